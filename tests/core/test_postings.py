"""Postings: sums over terms are the same as by hand, whatever comes and goes, and however many hold a term."""

from collections.abc import Mapping
from random import Random

import pytest

from functions.core.related import postings
from functions.core.related.postings import Postings

Shares = Mapping[str, int]


def by_hand(articles: Mapping[int, Shares], asked: Shares) -> dict[int, int]:
    """The sums, the long way, of those that have any."""
    found = articles.items()
    sums = ((number, sum(asked.get(term, 0) * share for term, share in held.items())) for number, held in found)
    return {number: each for number, each in sums if each}


def sums(found: Postings, asked: Shares) -> dict[int, int]:
    """The sums of those that have any."""
    return {number: each for number, each in enumerate(found.sums(asked)) if each}


def some_shares(luck: Random) -> Shares:
    """Shares as a signature has them: a few terms that everybody has, others that nobody has."""
    return {f"t{int(luck.paretovariate(0.5))}": luck.randrange(1, 1000) for _ in range(luck.randrange(1, 40))}


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
    shares = {f"t{place}": 1000 for place in range(40)}
    found = Postings()
    for number in range(50):
        found.put(number, shares)
    assert sums(found, shares) == dict.fromkeys(range(50), 40_000_000)


def test_only_so_many_long_numbers_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_MANY", 1)
    monkeypatch.setattr(postings, "_REMEMBERED", 2)
    found = Postings()
    articles = {number: {f"t{number % 4}": 900, "all": 100} for number in range(40)}
    for number, shares in articles.items():
        found.put(number, shares)
    asked = {"t0": 900, "t1": 800, "t2": 700, "all": 900}
    assert sums(found, asked) == by_hand(articles, asked)
