"""Judged articles: a corpus of JSON lines, and how good lists of related articles are by its labels."""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from functions.core.article import Article, Language

PLACES = 5
_FEWEST_TAGS = 3
_GRADES = ((0.5, 3), (0.25, 2), (0.1, 1))  # shared part of the tags' rarity, and what it is worth
_RELEVANT = 2

Lists = Mapping[str, Sequence[str]]
Judgements = Mapping[str, Mapping[str, int]]


class Sample(NamedTuple):
    """A line of the corpus; `linked` are the ids that the source itself calls related."""

    id: str
    title: str
    at: datetime
    category: str
    tags: frozenset[str]
    lang: Language
    summary: str
    text: str
    linked: tuple[str, ...]

    def article(self) -> Article:
        """The article without its tags: they are what it is judged by."""
        return Article(
            title=self.title,
            standfirst=self.summary,
            category=self.category,
            published_at=self.at,
            slug="-",
            lang=self.lang,
            body=self.text.replace("<", " "),
            words=len(self.text.split()),
        )


class Quality(NamedTuple):
    """Means over the judged articles: nDCG and precision at five, the share of entries with nothing in common."""

    ndcg: float
    precision: float
    unrelated: float
    judged: int


def read(file: Path) -> list[Sample]:
    """The samples of a file, oldest first."""
    with file.open(encoding="utf-8") as lines:
        return sorted(
            (_sample(json.loads(line)) for line in lines if line.strip()), key=lambda each: (each.at, each.id)
        )


def _sample(line: dict[str, str]) -> Sample:
    at = datetime.fromisoformat(line["date"])
    lang: Language = "en" if line["lang"] == "en" else "ar" if line["lang"] == "ar" else "fr"
    return Sample(
        id=line["id"],
        title=line["title"],
        at=at if at.tzinfo else at.replace(tzinfo=UTC),
        category=line.get("category") or "-",
        tags=frozenset(line.get("tags") or ()),
        lang=lang,
        summary=line.get("summary") or "",
        text=line["text"],
        linked=tuple(line.get("related") or ()),
    )


def by_tags(samples: Iterable[Sample]) -> Judgements:
    """What the samples that have enough tags are worth to each other, by the rarity of the tags that two share."""
    tags = {each.id: each.tags for each in samples if len(each.tags) >= _FEWEST_TAGS}
    holders = defaultdict(list)
    for id_, own in tags.items():
        for tag in own:
            holders[tag].append(id_)
    rarity = {tag: math.log(len(tags) / len(held)) for tag, held in holders.items()}
    total = {id_: sum(rarity[tag] for tag in own) for id_, own in tags.items()}
    return {id_: dict(_graded(id_, own, holders, rarity, total)) for id_, own in tags.items()}


def _graded(
    id_: str,
    own: frozenset[str],
    holders: Mapping[str, Sequence[str]],
    rarity: Mapping[str, float],
    total: Mapping[str, float],
) -> Iterator[tuple[str, int]]:
    shared: Counter[str] = Counter()
    for tag in own:
        for other in holders[tag]:
            shared[other] += rarity[tag]  # type: ignore[assignment]  # a Counter of floats counts as well
    for other, weight in shared.items():
        union = total[id_] + total[other] - weight
        grade = next((worth for least, worth in _GRADES if union > 0 and weight / union >= least), 0)
        if other != id_ and grade:
            yield other, grade


def by_links(samples: Sequence[Sample]) -> Judgements:
    """Samples that the source links, either way, are worth the most to each other."""
    known = {each.id for each in samples}
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for each in samples:
        for other in known.intersection(each.linked) - {each.id}:
            found[each.id][other] = found[other][each.id] = _GRADES[0][1]
    return found


def quality(lists: Lists, judgements: Judgements) -> Quality:
    """How good lists are for the samples that have any relevant other one; what was not judged is left out of them."""
    scores = [_score(lists.get(id_, ()), worth, judgements) for id_, worth in judgements.items() if is_judged(worth)]
    count = len(scores)
    ndcg, precision, unrelated = (sum(column) / count for column in zip(*scores, strict=True))
    return Quality(ndcg, precision, unrelated, count)


def is_judged(worth: Mapping[str, int]) -> bool:
    """Whether anything is relevant, so that a list can be right."""
    return any(grade >= _RELEVANT for grade in worth.values())


def _score(listed: Sequence[str], worth: Mapping[str, int], judgements: Judgements) -> tuple[float, float, float]:
    grades = [worth.get(id_, 0) for id_ in listed if id_ in judgements][:PLACES]
    best = sorted(worth.values(), reverse=True)[:PLACES]
    relevant = sum(grade >= _RELEVANT for grade in grades)
    return _gain(grades) / _gain(best), relevant / PLACES, sum(grade == 0 for grade in grades) / PLACES


def _gain(grades: Sequence[int]) -> float:
    return sum(((1 << grade) - 1) / math.log2(place + 2) for place, grade in enumerate(grades))
