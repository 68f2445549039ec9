"""Postings: sums over terms are the same as by hand, whatever comes and goes, and however many hold a term."""

import math
from array import array
from collections.abc import Mapping
from random import Random

import pytest

from functions.core.related import postings
from functions.core.related.fingerprint import SALIENT, UNIT
from functions.core.related.postings import Postings, reaching

Shares = Mapping[str, int]


def by_hand(articles: Mapping[int, Shares], asked: Shares) -> dict[int, int]:
    """The sums, the long way, of those that have any."""
    found = articles.items()
    sums = ((number, sum(asked.get(term, 0) * share for term, share in held.items())) for number, held in found)
    return {number: each for number, each in sums if each}


def sums(found: Postings, asked: Shares) -> dict[int, int]:
    """The sums of those that have any."""
    return {number: each for number, each in enumerate(found.sums(asked, 100)) if each}


def some_shares(luck: Random) -> Shares:
    """Shares as a signature has them: a few terms that everybody has, others that nobody has."""
    return {f"t{int(luck.paretovariate(0.5))}": luck.randrange(1, 28) for _ in range(luck.randrange(1, 40))}


@pytest.mark.parametrize("many", [1, 10, 10_000])
def test_sums_are_those_by_hand_while_articles_come_and_go(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_MANY", many)
    luck, found, articles = Random(many), Postings(), dict[int, Shares]()
    for _ in range(400):
        number = luck.randrange(100)
        if number in articles:
            found.remove(number, articles.pop(number))
        else:
            articles[number] = some_shares(luck)
            found.put(number, articles[number])
        asked = some_shares(luck)
        assert sums(found, asked) == by_hand(articles, asked)


def test_the_greatest_sums_do_not_run_into_their_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_MANY", 1)
    share = round(UNIT / math.sqrt(SALIENT))
    shares = {f"t{place}": share for place in range(SALIENT)}
    found = Postings()
    for number in range(50):
        found.put(number, shares)
    assert sums(found, shares) == dict.fromkeys(range(50), SALIENT * share * share)
    assert (UNIT + math.sqrt(SALIENT) / 2) ** 2 < 1 << 15, "each share may have been rounded up by half of one"


@pytest.mark.parametrize("bound", [0, 1, 500, 501, (1 << 15) - 1])
def test_who_reaches_a_bound_is_found_among_any_number_of_sums(bound: int) -> None:
    luck = Random(bound)
    for size in (0, 1, 2, 1000):
        some = array(
            "H", [luck.choice((0, 499, 500, 501, (1 << 15) - 1, luck.randrange(1 << 15))) for _ in range(size)]
        )
        bounds = array("H", [luck.choice((each, bound)) for each in some])
        assert reaching(some, bound) == [number for number, each in enumerate(some) if each >= bound]
        pairs = enumerate(zip(some, bounds, strict=True))
        assert reaching(some, bounds) == [number for number, (each, least) in pairs if each >= least]


def test_only_so_many_long_numbers_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_MANY", 1)
    monkeypatch.setattr(postings, "_REMEMBERED", 2)
    found = Postings()
    articles = {number: {f"t{number % 4}": 90, "all": 100} for number in range(40)}
    for number, shares in articles.items():
        found.put(number, shares)
    asked = {"t0": 90, "t1": 80, "t2": 70, "all": 90}
    assert sums(found, asked) == by_hand(articles, asked)
