"""Related articles: as good as comparing with the whole archive? `python -m tests.bench.related FILE...`.

`make eval-related CORPUS="FILE..."`: each a file of JSON lines with id, title, date, category, tags, lang, summary,
text, related. They are judged by their tags, which no method sees but Hugo's; where few have any, by their links.
"""

import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from heapq import nsmallest
from pathlib import Path

from functions.core.html.plain_text import words
from functions.core.related.archive import Archive
from functions.core.related.fingerprint import fingerprint
from functions.core.related.rank import rank
from functions.core.search.stems import fold, stem
from tests.bench.judged import PLACES, Judgements, Lists, Quality, Sample, by_links, by_tags, is_judged, quality, read
from tests.bench.report import table, write_section

_TITLE, _SUMMARY = 3, 2
_COMMON = 0.1  # of all articles: a word of more of them is left out by the full comparison
_DAMPED, _HALF_DAMPED = 0.2, 180
_FEW = 50
Method = Callable[[Sequence[Sample]], Lists]


def ours(samples: Sequence[Sample], asked: Container[str] | None = None) -> Lists:
    """The boxes of the press: of all, or of those asked for."""
    prints = {each.id: fingerprint(each.id, each.article()) for each in samples}
    archive = Archive.of({id_: about.signature for id_, about in prints.items()})
    targets = {id_: about for id_, about in prints.items() if asked is None or id_ in asked}
    shortlists = {id_: archive.shortlist(id_, about.signature).ids for id_, about in targets.items()}
    return {
        id_: [found.id for found in rank(about, (prints[other] for other in shortlists[id_]), PLACES)]
        for id_, about in targets.items()
    }


def newest(samples: Sequence[Sample]) -> Lists:
    """The newest before it in the category, as most themes have it."""
    lists, before = {}, defaultdict[str, list[str]](list)
    for each in samples:
        lists[each.id] = before[each.category][: -PLACES - 1 : -1]
        before[each.category].append(each.id)
    return lists


def tags_and_date(samples: Sequence[Sample]) -> Lists:
    """The most shared tags, then the nearest in time: what Hugo does unless told otherwise."""
    at = {each.id: each.at for each in samples}
    holders = defaultdict(list)
    for each in samples:
        for tag in each.tags:
            holders[tag].append(each.id)
    lists = {}
    for each in samples:
        shared = Counter(other for tag in each.tags for other in holders[tag] if other != each.id)
        lists[each.id] = nsmallest(PLACES, shared, key=lambda id_: (-shared[id_], abs(at[id_] - each.at), id_))
    return lists


def whole_archive(samples: Sequence[Sample], asked: Container[str] | None = None) -> Lists:
    """TF-IDF over whole texts, each (or each asked for) with each: cosine, frequencies of this very archive."""
    return {id_: _best(scores) for id_, scores in _cosines(samples, asked)}


def whole_archive_damped(samples: Sequence[Sample]) -> Lists:
    """The same, with up to a fifth less for what is further away in time."""
    at = {each.id: each.at for each in samples}
    return {
        id_: _best({other: score * _damping(abs((at[id_] - at[other]).days)) for other, score in scores.items()})
        for id_, scores in _cosines(samples)
    }


def _damping(days: int) -> float:
    return 1 - _DAMPED + _DAMPED * math.exp2(-days / _HALF_DAMPED)


def _best(scores: Mapping[str, float]) -> list[str]:
    return nsmallest(PLACES, scores, key=lambda id_: (-scores[id_], id_))


def _cosines(
    samples: Sequence[Sample], asked: Container[str] | None = None
) -> Iterator[tuple[str, Mapping[str, float]]]:
    counts = {each.id: _counts(each) for each in samples}
    held = Counter(word for said in counts.values() for word in said)
    telling = {word: math.log(len(samples) / n) for word, n in held.items() if 1 < n <= _COMMON * len(samples)}
    vectors = {id_: _vector(said, telling) for id_, said in counts.items()}
    postings = defaultdict(list)
    for id_, vector in vectors.items():
        for word, weight in vector.items():
            postings[word].append((id_, weight))
    targets = {id_: vector for id_, vector in vectors.items() if asked is None or id_ in asked}
    for id_, vector in targets.items():
        scores: defaultdict[str, float] = defaultdict(float)
        for word, weight in vector.items():
            for other, theirs in postings[word]:
                scores[other] += weight * theirs
        scores.pop(id_, None)
        yield id_, scores


def _counts(sample: Sample) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, times in ((sample.text, 1), (sample.title, _TITLE), (sample.summary, _SUMMARY)):
        for word in words(text):
            if word.isalpha():
                counts[stem(fold(word))] += times
    return counts


def _vector(said: Mapping[str, int], telling: Mapping[str, float]) -> dict[str, float]:
    vector = {word: (1 + math.log(count)) * telling[word] for word, count in said.items() if word in telling}
    norm = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {word: weight / norm for word, weight in vector.items()}


METHODS: Mapping[str, Method] = {
    "newest in the category": newest,
    "shared tags, then date (sees the labels)": tags_and_date,
    "whole archive, TF-IDF": whole_archive,
    "whole archive, TF-IDF, damped by age": whole_archive_damped,
    "Rotative": ours,
}


def main(files: Sequence[str]) -> None:
    """Judge every method on every file and write the section of the report."""
    if not files:
        sys.exit('name a corpus: make eval-related CORPUS="articles.jsonl"')
    rows = [row for file in files for row in _rows(Path(file))]
    head = ["corpus", "method", "nDCG@5", "of whole archive", "P@5", "unrelated entries", "judged", "CPU ms an article"]
    write_section("Related articles", 'make eval-related CORPUS="FILE..."', table(head, rows))


def _rows(file: Path) -> Iterator[list[object]]:
    samples = read(file)
    judgements = by_tags(samples)
    if sum(map(is_judged, judgements.values())) < _FEW:
        judgements = by_links(samples)
    if not judgements:
        sys.exit(f"{file}: too few tags and links to judge anything by")
    found: dict[str, tuple[Quality, float]] = {}
    for name, method in METHODS.items():
        found[name] = _timed(method, samples, judgements)
        sys.stderr.write(f"{file.stem}, {name}: {found[name][0].ndcg:.3f}\n")
    floor = found["whole archive, TF-IDF"][0].ndcg
    for name, (each, cpu) in found.items():
        score, ratio, shared, none = (
            f"{x:.3f}" for x in (each.ndcg, each.ndcg / floor, each.precision, each.unrelated)
        )
        yield [f"{file.stem} ({len(samples):,})", name, score, ratio, shared, none, each.judged, f"{cpu:.2f}"]


def _timed(method: Method, samples: Sequence[Sample], judgements: Judgements) -> tuple[Quality, float]:
    started = time.process_time()
    lists = method(samples)
    return quality(lists, judgements), (time.process_time() - started) * 1000 / len(samples)


if __name__ == "__main__":
    main(sys.argv[1:])
