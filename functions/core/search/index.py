"""The search index: what a browser downloads to search an archive without a server, and what an article is found by."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from functions.core.article import Language
from functions.core.entry import Entry
from functions.core.html.plain_text import names_of, plain_text, without_vowels
from functions.core.model import canonical_json
from functions.core.search.stems import fold, stems
from functions.core.search.stop_words import STOP_WORDS, STOP_WORDS_OF

PART_SIZE = 100
MOST_TERMS = 24
_SHORTEST = 3
_LATIN_NAME = re.compile("[A-Z][A-Za-zÀ-ÖØ-öø-ÿ]{2,}")
_ARABIC_WORD = re.compile("[\u0621-\u064a]{4,}")


class Finding(NamedTuple):
    """An article as search shows it; `date` is for machines, `day` for readers."""

    entry: Entry
    section: str
    date: str
    day: str


def body_terms(html: str, lang: Language) -> tuple[str, ...]:
    """The stems by which a body is found beside its title: names, the most frequent first, at most MOST_TERMS.

    Arabic has no capitals: there, the words that come back, and the names that are written in Latin letters.
    """
    if lang == "ar":
        text = plain_text(html)
        said = Counter(word for each in _ARABIC_WORD.findall(without_vowels(text)) for word in stems(each))
        silent = _silent_in_arabic()
        counts = Counter({word: count for word, count in said.items() if count > 1 and word not in silent})
        counts.update(_stems_of(_LATIN_NAME.findall(text)))
    else:
        counts = Counter(_stems_of(names_of(html)))
    return tuple(sorted(counts, key=lambda word: (-counts[word], word))[:MOST_TERMS])


def _stems_of(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if len(name) >= _SHORTEST and fold(name) not in STOP_WORDS:  # before stems: Julie's is that of July
            yield from stems(name)


@cache
def _silent_in_arabic() -> frozenset[str]:
    return frozenset(stems(" ".join(STOP_WORDS_OF["ar"])))


def terms(entry: Entry) -> list[str]:
    """The stems that find an article and that neither its title nor its standfirst has, sorted."""
    labels = [*(tag.label for tag in entry.tags), *(author.name for author in entry.authors)]
    shown = set(stems(f"{entry.title} {entry.standfirst}"))
    return sorted({*entry.terms, *stems(" ".join(labels))} - shown)


def shard(findings: Sequence[Finding], older: str) -> bytes:
    """A part of the index: `older` is the address of the part before it, `found` its articles, newest first.

    Each is [path, title, standfirst, category, date, day, language, terms].
    """
    found = [
        [
            finding.entry.path,
            finding.entry.title,
            finding.entry.standfirst,
            finding.section,
            finding.date,
            finding.day,
            finding.entry.lang,
            " ".join(terms(finding.entry)),
        ]
        for finding in findings
    ]
    return canonical_json({"older": older, "found": found})


def manifest(months: Iterable[str]) -> bytes:
    """The addresses of the months' newest parts, newest first."""
    return canonical_json({"months": list(months)})
