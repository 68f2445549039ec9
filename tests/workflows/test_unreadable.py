"""State that other code has left, or that is lost or broken, is understood or made anew; see also test_protocol."""

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.core import keys
from functions.core.errors import UnknownForm
from functions.core.record import Record
from functions.workflows.memory import Memory
from functions.workflows.reconcile import deploy, reconcile_full
from tests.fakes import NOON
from tests.newsroom import Newsroom
from tests.workflows.articles import article

KEY, ID = "articles/economie/al-omrane.md", "economie/al-omrane.md"
RECORD = keys.record(ID)
BROKEN = b'{"id": '


@pytest.fixture
def newsroom() -> Newsroom:
    """A press with two articles, and one that waits for its hour."""
    newsroom = Newsroom()
    newsroom.upload(KEY, article(tags="Logement"))
    newsroom.upload("articles/economie/match.md", article("Le match"))
    newsroom.upload("articles/economie/held.md", article("Demain", embargo="2026-11-21T12:00:00Z"))
    newsroom.drain()
    newsroom.tick(NOON)
    return newsroom


def drain_in_spite(newsroom: Newsroom) -> int:
    """Deliver every message, one that meets what it cannot read once more at the end; how many did."""
    failed = 0
    while waiting := newsroom.queues.ingests or newsroom.queues.again or newsroom.queues.renders:
        message = waiting.pop(0)
        try:
            (newsroom.render if waiting is newsroom.queues.renders else newsroom.ingest)(message)
        except UnknownForm:
            failed += 1
            assert failed < 20
            waiting.append(message)
    return failed


def is_right(newsroom: Newsroom) -> bool:
    """Whether the site is what a rebuild would make, and no flag is left."""
    return dict(newsroom.site.objects) == newsroom.rebuilt() and not list(newsroom.state.list(keys.DIRTY))


def test_a_kind_of_group_that_newer_code_has_flagged_is_nobody_s_work_after_a_rollback(newsroom: Newsroom) -> None:
    newsroom.state.put(keys.dirty("shelf:x"), b"nonce")
    newsroom.render("shelf:x")
    assert is_right(newsroom)


def test_what_newer_code_has_put_into_the_state_stops_nothing_after_a_rollback(newsroom: Newsroom) -> None:
    state = newsroom.state.objects
    for key, body in list(state.items()):
        if body.startswith(b"{"):
            state[key] = b'{"of_newer_code":1,' + body[1:]
    newsroom.upload("articles/economie/new.md", article("Une autre", tags="Logement"))
    newsroom.drain()
    newsroom.tick(NOON + timedelta(days=2))
    reconcile_full(newsroom.press)
    newsroom.drain()
    assert is_right(newsroom)


def test_a_record_that_cannot_be_read_is_made_anew_by_the_page_that_needs_it(newsroom: Newsroom) -> None:
    newsroom.state.objects[RECORD] = BROKEN
    newsroom.upload("articles/economie/new.md", article("Une autre", tags="Logement"))
    assert drain_in_spite(newsroom)
    assert is_right(newsroom)


def test_a_full_reconcile_makes_a_record_anew_that_cannot_be_read(newsroom: Newsroom) -> None:
    before = newsroom.state.objects[RECORD]
    newsroom.state.objects[RECORD] = BROKEN
    assert reconcile_full(newsroom.press).uploads == 1
    newsroom.drain()
    assert newsroom.state.objects[RECORD] == before
    assert is_right(newsroom)


def test_what_is_due_does_not_wait_for_a_record_that_cannot_be_read(newsroom: Newsroom) -> None:
    newsroom.upload("articles/economie/also.md", article("Aussi", embargo="2026-11-21T11:00:00Z"))
    newsroom.drain()
    newsroom.state.objects[keys.record("economie/also.md")] = BROKEN
    newsroom.tick(NOON + timedelta(days=1))
    assert "Aussi" in newsroom.page("economie/index.html")
    assert "Demain" in newsroom.page("economie/index.html")


@pytest.mark.parametrize("lost", [RECORD, "idx/tag=", "idx/all=", "idx/cat=", "rec/economie/held", "due/"])
def test_a_full_reconcile_puts_back_a_marker_or_a_record_that_is_lost(newsroom: Newsroom, lost: str) -> None:
    key = next(key for key in newsroom.state.objects if key.startswith(lost))
    del newsroom.state.objects[key]
    reconcile_full(newsroom.press)
    newsroom.drain()
    assert key in newsroom.state.objects
    newsroom.tick(NOON + timedelta(days=2))
    assert is_right(newsroom)
    assert reconcile_full(newsroom.press).uploads == 0


def test_no_page_goes_with_an_inbox_that_is_lost(newsroom: Newsroom) -> None:
    before = dict(newsroom.site.objects)
    newsroom.inbox.uploads.clear()
    newsroom.ingest(KEY)
    newsroom.drain()
    assert dict(newsroom.site.objects) == before


def test_a_deployment_replaces_a_build_that_cannot_be_read(newsroom: Newsroom) -> None:
    newsroom.state.objects[keys.BUILD_KEY] = BROKEN
    with pytest.raises(UnknownForm, match="Installed"):
        reconcile_full(newsroom.press)
    deploy(newsroom.press)
    newsroom.drain()
    assert is_right(newsroom)


def test_a_clock_that_cannot_be_read_is_set_by_the_next_tick(newsroom: Newsroom) -> None:
    newsroom.state.objects[keys.CLOCK_KEY] = BROKEN
    newsroom.tick(NOON + timedelta(days=1))
    assert "Demain" in newsroom.page("economie/index.html")
    assert is_right(newsroom)


@pytest.mark.parametrize("key", [keys.WALK_KEY, keys.INTAKE_KEY])
def test_a_place_that_cannot_be_read_is_the_beginning(newsroom: Newsroom, key: str) -> None:
    newsroom.state.objects[key] = BROKEN
    newsroom.queues.again.append(keys.SETTINGS_KEY if key == keys.WALK_KEY else key)
    newsroom.drain()
    assert key not in newsroom.state.objects
    assert is_right(newsroom)


def test_a_list_whose_document_cannot_be_read_is_read_from_the_records(newsroom: Newsroom) -> None:
    for number in range(6):
        newsroom.upload(f"articles/economie/{number}.md", article(f"Nouvelle {number}", body=f"Texte {number}."))
    newsroom.drain()
    newsroom.state.objects["doc/cat=economie.json"] = BROKEN
    newsroom.press = replace(newsroom.press, memory=Memory())
    newsroom.upload("articles/economie/new.md", article("Une autre"))
    newsroom.drain()
    assert is_right(newsroom)


def test_a_signature_that_other_code_left_in_a_record_stops_nothing(newsroom: Newsroom) -> None:
    record = Record.read(newsroom.state.objects[RECORD])
    signature = record.history[0].signature
    assert signature
    heavy = signature._replace(salient="al omrane investit|65000 64000 63000")
    former = record.history[0].model_copy(update={"signature": heavy})
    stored = record.model_copy(update={"history": (former, *record.history[1:]), "build": "former"}).canonical()
    newsroom.state.objects[RECORD] = stored
    reconcile_full(newsroom.press)
    newsroom.drain()
    assert heavy in Record.read(newsroom.state.objects[RECORD]).signatures
    assert is_right(newsroom)
