"""The related box: which of an article's shortlist could interest its readers, whole texts compared."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from functions.core.related.fingerprint import Fingerprint, product

BOX = 5
_LEAST = 0.06  # fewer rather than bad: what is below shares little but the language
_SAME_STORY = 0.9
_TELLING = 12  # terms: briefs of fewer may well be alike
_DAMPED = 0.25
_HALF_DAMPED = 180 * 86_400
_SAME_CATEGORY = 1.1
_EXPLAINED = 5


class Neighbour(NamedTuple):
    """An article of a related box; `terms` are what it shares, strongest first; a pinned one has score 1."""

    id: str
    score: float
    terms: tuple[str, ...]


class Chosen(NamedTuple):
    """An article of a related box and its score; a pinned one has 1."""

    about: Fingerprint
    score: float


def rank(target: Fingerprint, candidates: Iterable[Fingerprint], size: int = BOX) -> tuple[Neighbour, ...]:
    """The box of an article: its pins first, then the closest of the candidates; nothing twice, never itself."""
    found = {each.id: each for each in candidates}
    cosines = {id_: _cosine(target, each) for id_, each in found.items()}
    return tuple(
        Neighbour(about.id, score, () if about.id in target.pin else _shared(target, about))
        for about, score in choose(target, found, cosines, size)
    )


def choose(
    target: Fingerprint, found: Mapping[str, Fingerprint], cosines: Mapping[str, float], size: int = BOX
) -> Sequence[Chosen]:
    """The same, of candidates whose cosines are known."""
    box = [Chosen(found[id_], 1.0) for id_ in dict.fromkeys(target.pin) if id_ in found and id_ != target.id][:size]
    taken = {target.id, *target.exclude, *(pinned.about.id for pinned in box)}
    scored = sorted(
        (-score, -found[id_].at.timestamp(), id_)
        for id_, cosine in cosines.items()
        if id_ not in taken and (score := _score(target, found[id_], cosine)) >= _LEAST
    )
    told = [target, *(pinned.about for pinned in box)]
    for negative, _, id_ in scored:
        if len(box) == size:
            break
        if not any(_same_story(found[id_], other) for other in told):
            box.append(Chosen(found[id_], -negative))
            told.append(found[id_])
    return box


def _score(target: Fingerprint, other: Fingerprint, cosine: float) -> float:
    """The cosine, up to a quarter less for an article of another time, a tenth more for one of the same category."""
    apart = abs((target.at - other.at).total_seconds())
    age = 1 - _DAMPED + _DAMPED * _HALF_DAMPED / (_HALF_DAMPED + apart)
    lift = _SAME_CATEGORY if other.category == target.category else 1.0
    return round(cosine * age * lift, 6)


def _cosine(one: Fingerprint, other: Fingerprint) -> float:
    return product(one.weights, other.weights) / (one.norm * other.norm)


def _same_story(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two say nearly the same, by the terms that weigh most in them."""
    if min(len(one.shares), len(other.shares)) < _TELLING:
        return False
    return product(one.shares, other.shares) > _SAME_STORY * one.salience * other.salience


def _shared(target: Fingerprint, other: Fingerprint) -> tuple[str, ...]:
    """The strongest of the terms that both have; a tag stands for its own words too."""
    mine, theirs = target.weights, other.weights
    words = [word for _, word in sorted((-mine[word] * theirs[word], word) for word in mine.keys() & theirs.keys())]
    tags = [word[1:] for word in words if word.startswith("#")]
    told = (word for word in words if not any(tag.startswith(word) for tag in tags))
    return tuple(word.removeprefix("#") for word in told)[:_EXPLAINED]
