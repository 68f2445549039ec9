"""Editors who want to be told are, of every receipt and of each once; who cannot be told stops nothing."""

from dataclasses import replace

import pytest

from functions.bootstrap.desk import desk_of
from functions.core.receipt import Letter, Receipt
from functions.workflows.intake import begin, end
from functions.workflows.now import current_build
from functions.workflows.reconcile import reconcile_full
from tests.newsroom import SETTINGS, Newsroom
from tests.workflows.articles import article, jpeg, with_lead

KEY = "articles/été.md"


class Listeners(list[Letter]):
    """The port `Editors`, as what they were told."""

    def tell(self, receipt: Receipt, letter: Letter) -> None:
        assert letter.subject.startswith(receipt.outcome)
        self.append(letter)


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def told(newsroom: Newsroom) -> Listeners:
    listeners = Listeners()
    newsroom.press = replace(newsroom.press, editors=listeners)
    return listeners


def save(newsroom: Newsroom, key: str, body: str | bytes) -> None:
    newsroom.upload(key, body)
    newsroom.drain()


def test_a_refusal_says_line_by_line_what_to_correct(newsroom: Newsroom, told: Listeners) -> None:
    save(newsroom, KEY, article("", category="economi"))
    (letter,) = told
    assert letter.subject == "refused: articles/?t?.md"
    first, key, what_next, *problems = letter.text.splitlines()
    assert (first, key, what_next[:8]) == ("Refusé", KEY, "Corrigez")
    assert [line.split(" · ")[:2] for line in problems] == [
        ["- titre", "le champ « titre » manque"],
        ["- Ligne 2", "rubrique"],
    ]
    assert "« Économie »" in problems[1]


def test_what_is_live_is_said_with_its_address(newsroom: Newsroom, told: Listeners) -> None:
    save(newsroom, "articles/a.md", article("Un plan"))
    assert told[0].subject == "published: articles/a.md"
    assert "https://www.example.ma/economie/" in told[0].text


def test_nobody_is_told_twice_and_a_change_of_mind_is_told(newsroom: Newsroom, told: Listeners) -> None:
    save(newsroom, KEY, with_lead("images/a.jpg"))
    newsroom.queues.ingests += [KEY, KEY]
    newsroom.drain()
    reconcile_full(newsroom.press)
    newsroom.drain()
    save(newsroom, "articles/images/a.jpg", jpeg())
    newsroom.remove(KEY)
    newsroom.drain()
    save(newsroom, "front.yaml", "pinned: [2022/rien.md]\n")
    newsroom.queues.ingests.append("front.yaml")
    newsroom.drain()
    outcomes = [letter.subject.partition(":")[0] for letter in told]
    assert sorted(outcomes) == ["held", "published", "stored", "stored", "withdrawn"]


def test_other_words_and_addresses_for_what_was_told_are_no_news(newsroom: Newsroom, told: Listeners) -> None:
    save(newsroom, KEY, article("", category="economi"))
    save(newsroom, "articles/a.md", article("Un plan"))
    newsroom.renew(SETTINGS.replace(b'language = "fr"', b'language = "en"').replace(b"www.", b"news."))
    assert [letter.subject.partition(":")[0] for letter in told] == ["refused", "published", "stored"]
    kept = [body for key, body in newsroom.state.objects.items() if key.startswith("receipts/")]
    kept = [body for body in kept if body.startswith(b"{")]
    assert sum(b"https://news.example.ma/economie/" in body or b"unknown category" in body for body in kept) == 2


def test_of_an_archive_that_comes_in_only_what_is_amiss_is_told(newsroom: Newsroom, told: Listeners) -> None:
    begin(newsroom.press)
    save(newsroom, "articles/images/a.jpg", jpeg())
    save(newsroom, "articles/a.md", article("Un plan"))
    save(newsroom, "articles/b.md", article(""))
    end(newsroom.press)
    newsroom.drain()
    save(newsroom, "articles/c.md", article("Un autre plan"))
    assert [letter.subject for letter in told] == ["refused: articles/b.md", "published: articles/c.md"]


def test_a_subject_is_one_short_line_of_ascii() -> None:
    newsroom = Newsroom()
    pages = desk_of(current_build(newsroom.press).settings).receipts
    assert pages is not None
    receipt = Receipt(key="articles/\r\nBcc: x\u2028" + "é" * 300, id="x", ver="1", outcome="refused")
    subject = pages.letter(receipt).subject
    assert subject.isascii()
    assert subject.isprintable()
    assert len(subject) < 100
