"""The related box: which of an article's shortlist could interest its readers, whole texts compared."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from functions.core.related.fingerprint import Fingerprint, product

BOX = 5
LEAST_SCORE = 0.06  # fewer rather than bad: what is below shares little but the language
SAME_STORY = 0.9
TELLING = 12  # terms: briefs of fewer may well be alike
_DAMPED = 0.25
_HALF_DAMPED = 180 * 86_400
_SAME_CATEGORY = 1.1
_EXPLAINED = 5
T = TypeVar("T")


class Neighbour(NamedTuple):
    """An article of a related box; `terms` are what it shares, strongest first; a pinned one has score 1."""

    id: str
    score: float
    terms: tuple[str, ...]


def rank(target: Fingerprint, candidates: Iterable[Fingerprint], size: int = BOX) -> tuple[Neighbour, ...]:
    """The box of an article: its pins first, then the closest of the candidates; nothing twice, never itself."""
    found = {each.id: each for each in candidates}
    pinned = [found[id_] for id_ in dict.fromkeys(target.pin) if id_ in found and id_ != target.id][:size]
    taken = {target.id, *target.exclude, *(each.id for each in pinned)}
    others = [each for each in found.values() if each.id not in taken]
    scores = {each.id: _score(target, each) for each in others}
    near = [each for each in others if scores[each.id] >= LEAST_SCORE]
    near.sort(key=lambda each: (-scores[each.id], -each.at.timestamp(), each.id))
    chosen = pick(near, [target, *pinned], _same_story, size - len(pinned))
    return (
        *(Neighbour(each.id, 1.0, ()) for each in pinned),
        *(Neighbour(each.id, scores[each.id], _shared(target, each)) for each in chosen),
    )


def pick(best_first: Iterable[T], told: Sequence[T], same_story: Callable[[T, T], bool], room: int) -> list[T]:
    """The best that tell another story than those told already, and than each other, as far as there is room."""
    chosen: list[T] = []
    for each in best_first:
        if len(chosen) == room:
            break
        if not any(same_story(each, other) for other in (*told, *chosen)):
            chosen.append(each)
    return chosen


def score(cosine: float, seconds_apart: float, *, same_category: bool) -> float:
    """The cosine, up to a quarter less for an article of another time, a tenth more for one of the same category."""
    age = 1 - _DAMPED + _DAMPED * _HALF_DAMPED / (_HALF_DAMPED + seconds_apart)
    return round(cosine * age * (_SAME_CATEGORY if same_category else 1.0), 6)


def _score(target: Fingerprint, other: Fingerprint) -> float:
    apart = abs((target.at - other.at).total_seconds())
    return score(_cosine(target, other), apart, same_category=other.category == target.category)


def _cosine(one: Fingerprint, other: Fingerprint) -> float:
    return product(one.weights, other.weights) / (one.norm * other.norm)


def _same_story(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two say nearly the same, by the terms that weigh most in them."""
    if one.lang != other.lang or min(len(one.shares), len(other.shares)) < TELLING:
        return False
    return product(one.shares, other.shares) > SAME_STORY * one.salience * other.salience


def _shared(target: Fingerprint, other: Fingerprint) -> tuple[str, ...]:
    """The strongest of the terms that both have; a tag stands for its own words too."""
    mine, theirs = target.weights, other.weights
    words = [word for _, word in sorted((-mine[word] * theirs[word], word) for word in mine.keys() & theirs.keys())]
    tags = [word[1:] for word in words if word.startswith("#")]
    told = (word for word in words if not any(tag.startswith(word) for tag in tags))
    return tuple(word.removeprefix("#") for word in told)[:_EXPLAINED]
