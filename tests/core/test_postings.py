"""Postings, and the volume that they are in memory: a document says what it was told, whoever comes and goes."""

import math
from collections.abc import Mapping
from random import Random

import pytest

from functions.core.related import archive, index, volume
from functions.core.related.archive import Archive
from functions.core.related.fingerprint import SALIENT, UNIT, Signature
from functions.core.related.index import asked_by
from functions.core.related.postings import NO_POSTINGS, Filed, Postings
from functions.core.related.rows import LEAST, Row
from functions.core.related.volume import Volume

NAMES = [f"2024/é {number}.md" for number in range(60)]
EVERYBODY = 1  # how close one must be


def signature_of(shares: Mapping[str, int], lang: str = "fr") -> Signature:
    return Signature(lang, " ".join(shares) + "|" + " ".join(map(str, shares.values())))


def some_signature(luck: Random) -> Signature:
    """A few terms that everybody has, others that nobody has; now and then wishes."""
    shares = {f"t{int(luck.paretovariate(0.5))}": luck.randrange(1, 28) for _ in range(luck.randrange(1, 40))}
    pin, exclude = (tuple(luck.sample(NAMES, luck.choice((0, 0, 0, 2)))) for _ in range(2))
    return signature_of(shares, luck.choice(["fr", "fr", "en"]))._replace(pin=pin, exclude=exclude)


def sums_by_hand(there: Mapping[str, Filed], asked: Signature) -> dict[str, int]:
    """How close each article is, the long way, of those that are at all."""
    sums = {
        id_: sum(asked.shares.get(term, 0) * share for term, share in each.shares.items())
        for id_, (_, each) in there.items()
        if each.lang == asked.lang
    }
    return {id_: each for id_, each in sums.items() if each}


def sums(found: Volume, asked: Signature) -> dict[str, int]:
    near = found.closest(asked_by(asked), EVERYBODY, len(NAMES))
    return {id_: -less for less, id_ in near}


def assert_says(found: Volume, there: Mapping[str, Filed], asked: Signature) -> None:
    rows = {id_: row for id_, (row, _) in there.items()}
    assert dict(found.postings.rows()) == rows
    assert {name: row for name in NAMES if (row := found.row(name))} == rows
    assert found.postings.wishes == {
        id_: (each.pin, each.exclude) for id_, (_, each) in there.items() if each.pin or each.exclude
    }
    assert sums(found, asked) == sums_by_hand(there, asked)
    near = {id_ for id_, close in sums_by_hand(there, asked).items() if close >= there[id_][0].edge}
    assert set(found.hosts(asked_by(asked))) == near


@pytest.mark.parametrize(("many", "few"), [(1, 1 << 16), (10, 1 << 16), (10_000, 1 << 16), (10, 20)])
def test_it_says_what_it_was_told_while_articles_come_and_go(
    many: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(volume, "_MANY", many)
    monkeypatch.setattr(index, "_FEW", few)  # more articles need wider numbers
    luck, found, there = Random(many), Volume(NO_POSTINGS), dict[str, Filed]()
    for turn in range(300):
        name = luck.choice(NAMES)
        if name in there and luck.random() < 0.5:
            row, signature = there[name]
            there[name] = row._replace(edge=luck.randrange(LEAST, 1 << 15)), signature
            found = found.with_edge(name, there[name][0].edge)
        elif name in there:
            del there[name]
            found = found.without(name)
        else:
            there[name] = Row(f"stamp {turn}", luck.randrange(1, 2000)), some_signature(luck)
            found = found.plus(name, *there[name])
        asked = some_signature(luck)
        assert_says(found, there, asked)
        assert_says(Volume(Postings.read(found.postings.body)), there, asked)
        assert_says(Volume(Postings.of(there)), there, asked)


def test_no_room_is_lost_when_an_article_is_written_anew() -> None:
    found = Postings.of({name: (Row("1"), some_signature(Random(name))) for name in NAMES})
    length = len(found.body)
    for name in NAMES:
        found = found.without(name).plus(name, Row("2"), some_signature(Random(name)))
    assert len(found.body) == length


def test_the_greatest_sums_do_not_run_into_their_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volume, "_MANY", 1)
    share = round(UNIT / math.sqrt(SALIENT))
    signature = signature_of({f"t{place}": share for place in range(SALIENT)})
    found = Volume(Postings.of({name: (Row(""), signature) for name in NAMES}))
    assert sums(found, signature) == dict.fromkeys(NAMES, SALIENT * share * share)
    assert (UNIT + math.sqrt(SALIENT) / 2) ** 2 < 1 << 15, "each share may have been rounded up by half of one"


@pytest.mark.parametrize("body", [b"", b"{\n}", b'{\n"a.md":[["fr","t|1",[],[]],"stamp",0]\n}', b'["postings 2"]\n'])
def test_a_document_that_other_code_wrote_in_another_form_says_nothing(body: bytes) -> None:
    assert Postings.read(body) == NO_POSTINGS


@pytest.mark.parametrize("lost", [1, 2, 9, 40])
def test_a_document_that_lacks_its_end_says_nothing(lost: int) -> None:
    body = Postings.of({name: (Row("stamp"), signature_of({"t": 90, "all": 100})) for name in NAMES}).body
    assert Postings.read(body[:-lost]) == NO_POSTINGS


def test_only_so_many_long_numbers_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volume, "_MANY", 1)
    monkeypatch.setattr(volume, "_REMEMBERED", 2)
    there = {name: (Row(""), signature_of({f"t{place % 4}": 90, "all": 100})) for place, name in enumerate(NAMES)}
    asked = signature_of({"t0": 90, "t1": 80, "t2": 70, "all": 90})
    assert sums(Volume(Postings.of(there)), asked) == sums_by_hand(there, asked)


def test_the_shortlist_of_many_documents_is_that_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "SHORTLIST", 7)
    luck = Random(1)
    there = {name: (Row(""), some_signature(luck)) for name in NAMES}
    parts = [Volume(Postings.of({name: there[name] for name in NAMES[start::5]})) for start in range(5)]
    for name, (_, signature) in there.items():
        close = sums_by_hand(
            {id_: each for id_, each in there.items() if id_ not in (name, *signature.exclude)}, signature
        )
        listed = sorted((-each, id_) for id_, each in close.items() if each >= LEAST)[:7]
        edge = -listed[-1][0] if len(listed) == 7 else LEAST
        assert Archive(parts).shortlist(name, signature) == ([id_ for _, id_ in listed], edge)
