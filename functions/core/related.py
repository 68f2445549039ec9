"""Which articles could interest the readers of this one: fingerprints, and a ranking of them. Pure, and order-free.

A fingerprint is weighted terms: tags, title words, names of people and organisations. Weights are absolute (no counts
over the archive), so they cannot depend on what arrived first. Two articles are as close as the cosine of their terms.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from pydantic import AwareDatetime

from functions.core import keys
from functions.core.article import Article
from functions.core.model import Frozen
from functions.core.stop_words import STOP_WORDS

BOX = 4
PARTITIONS = 4
_FLOOR = 0.12
_MARGIN = 3
_GLANCE = 100
_TERMS = 32
_TAG, _TITLE, _NAME = 30, 20, 8
_SAME_CATEGORY = 1.1
_TAGS = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE)


class Fingerprint(Frozen):
    """What an article is about: `terms` are (term, weight), heaviest first; the wishes are the editor's."""

    id: str
    lang: str
    category: str
    at: AwareDatetime
    terms: tuple[tuple[str, int], ...]
    pin: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    @cached_property
    def norm(self) -> float:
        """The length of the vector of terms."""
        return math.sqrt(sum(weight * weight for _, weight in self.terms)) or 1.0

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """The terms of the vector that has the length 1."""
        return {term: weight / self.norm for term, weight in self.terms}

    @cached_property
    def moment(self) -> float:
        """`at`, in seconds."""
        return self.at.timestamp()


class Neighbour(NamedTuple):
    """An article of a related box; `terms` are what it shares, strongest first; a pinned one has score 1."""

    id: str
    score: float
    terms: tuple[str, ...]


def fingerprint(upload_id: str, article: Article) -> Fingerprint:
    """The fingerprint of an article: depends on that article alone."""
    weights: Counter[str] = Counter()
    for tag in article.tags:
        weights["#" + tag.slug] += _TAG
        weights.update(dict.fromkeys(_words(tag.label), _NAME))
    weights.update(dict.fromkeys(_words(article.title), _TITLE))
    weights.update(dict.fromkeys(_words(article.standfirst), _NAME // 2))
    weights.update({name: _NAME * min(count, 3) for name, count in Counter(_names(article.body)).items()})
    heaviest = sorted(weights.items(), key=lambda term: (-term[1], term[0]))[:_TERMS]
    return Fingerprint(
        id=upload_id,
        lang=article.lang,
        category=article.category,
        at=article.published_at,
        terms=tuple(heaviest),
        pin=article.related.pin,
        exclude=article.related.exclude,
    )


def partition_of(upload_id: str) -> str:
    """Which of the archive's signature documents holds an article: fixed by its id."""
    return str(int(keys.content_hash(upload_id.encode())[:8], 16) % PARTITIONS)


class Archive:
    """The fingerprints of every live article, indexed by term."""

    def __init__(self, fingerprints: Iterable[Fingerprint]) -> None:
        self._all: Mapping[str, Fingerprint] = {each.id: each for each in fingerprints}
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        self._pinning: dict[str, set[str]] = defaultdict(set)
        for each in self._all.values():
            for term, share in each.shares.items():
                self._postings[term].append((each.id, share))
            for pinned in each.pin:
                self._pinning[pinned].add(each.id)

    def rank(self, target: Fingerprint, size: int = BOX) -> tuple[Neighbour, ...]:
        """The related box of an article: its pins first, then the closest; fewer rather than bad, never itself."""
        pinned = [Neighbour(id_, 1.0, ()) for id_ in target.pin if id_ in self._all and id_ != target.id]
        taken = {target.id, *target.exclude, *(each.id for each in pinned)}
        close = sorted(
            (self._key(id_, score) for id_, score in self._scores(target).items() if id_ not in taken),
        )[: max(0, size - len(pinned))]
        found = [Neighbour(id_, -negative, self._shared(target, id_)) for negative, _, id_ in close]
        return tuple(pinned[:size] + found)

    def touched_by(self, versions: Sequence[Fingerprint]) -> frozenset[str]:
        """The articles whose box any of these versions of one article enters, or nearly enters.

        Nearly, because other articles may be changing at the same moment: a margin of places costs a few idle renders.
        """
        touched: set[str] = set()
        for version in versions:
            touched |= self._pinning.get(version.id, set())
            for id_, score in self._scores(version).items():
                if id_ != version.id and id_ not in touched and self._would_list(self._all[id_], version, score):
                    touched.add(id_)
        return frozenset(touched)

    def _would_list(self, host: Fingerprint, guest: Fingerprint, score: float) -> bool:
        place = (-score, -guest.moment, guest.id)
        taken: Collection[str] = (host.id, guest.id, *host.exclude)
        if guest.id in host.exclude or self._is_crowded(host, place, taken):
            return False
        ahead = sum(self._key(id_, other) < place for id_, other in self._scores(host).items() if id_ not in taken)
        return ahead < BOX + _MARGIN

    def _is_crowded(self, host: Fingerprint, place: tuple[float, float, str], taken: Collection[str]) -> bool:
        """Whether a look at a few says already that enough are ahead: mostly it does, and spares a look at them all."""
        rarest_first = sorted((self._postings[term] for term, _ in host.terms if term in self._postings), key=len)
        some = dict.fromkeys(islice((id_ for postings in rarest_first for id_, _ in postings), _GLANCE))
        ahead = (id_ for id_ in some if id_ not in taken and self._key(id_, self._score(host, id_)) < place)
        return sum(1 for _ in islice(ahead, BOX + _MARGIN)) == BOX + _MARGIN

    def _key(self, id_: str, score: float) -> tuple[float, float, str]:
        return (-score, -self._all[id_].moment, id_)

    def _score(self, target: Fingerprint, id_: str) -> float:
        """One of the scores, to the last bit."""
        shares, dot = self._all[id_].shares, 0.0
        for term, weight in target.terms:
            if term in shares:
                dot += weight * shares[term]
        return self._lifted(target, id_, dot)

    def _lifted(self, target: Fingerprint, id_: str, dot: float) -> float:
        lift = _SAME_CATEGORY if self._all[id_].category == target.category else 1.0
        return round(lift * dot / target.norm, 6)

    def _scores(self, target: Fingerprint) -> dict[str, float]:
        dots: dict[str, float] = defaultdict(float)
        for term, weight in target.terms:
            for id_, share in self._postings.get(term, ()):
                dots[id_] += weight * share
        scores = {}
        for id_, dot in dots.items():
            score = self._lifted(target, id_, dot)
            if score >= _FLOOR:
                scores[id_] = score
        return scores

    def _shared(self, target: Fingerprint, id_: str) -> tuple[str, ...]:
        theirs = dict(self._all[id_].terms)
        shared = sorted((-weight * theirs[term], term) for term, weight in target.terms if term in theirs)
        return tuple(term.removeprefix("#") for _, term in shared[:5])


def _words(text: str) -> list[str]:
    words = (_fold(_ELISION.sub("", word)) for word in _WORD.findall(text))
    return [word for word in words if len(word) > 2 and word not in STOP_WORDS]


def _names(body: str) -> list[str]:
    """Words with a capital that do not merely open a sentence: names of people and organisations, mostly."""
    found = []
    for sentence in re.split(r"[.!?»:]\s+|\n", _TAGS.sub("\n", body)):
        for word in _WORD.findall(sentence)[1:]:
            bare = _ELISION.sub("", word)
            folded = _fold(bare)
            if bare[:1].isupper() and len(folded) > 2 and folded not in STOP_WORDS:
                found.append(folded)
    return found


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.lower().replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip("'-")
