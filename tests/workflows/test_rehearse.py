"""A dry run tells all that an upload would do, and does none of it."""

from collections.abc import Callable
from typing import Any

import pytest

from functions.bootstrap.desk import desk_of
from functions.bootstrap.house import house_of
from functions.workflows.ports import Press
from functions.workflows.rehearse import Change, Rehearsal, rehearse
from tests.newsroom import Newsroom
from tests.workflows.articles import article, jpeg, with_lead

KEY = "articles/2024/al-omrane.md"
_WRITES = {"put", "put_many", "delete", "ask_renders", "ask_ingests"}


class Counting:
    """A port that counts what is asked of it; a write is counted and refused."""

    def __init__(self, port: object, calls: list[str]) -> None:
        self._port, self._calls = port, calls

    def __getattr__(self, name: str) -> Callable[..., Any]:
        self._calls.append(name)
        assert name not in _WRITES, f"a dry run asked to {name}"
        method: Callable[..., Any] = getattr(self._port, name)
        return method


@pytest.fixture
def newsroom() -> Newsroom:
    newsroom = Newsroom()
    for day in range(1, 5):
        newsroom.upload(f"articles/{day}.md", article(f"Al Omrane {day}", date=f"2024-03-0{day}", tags="Al Omrane"))
    newsroom.drain()
    return newsroom


def rehearsed(newsroom: Newsroom, uploads: dict[str, bytes]) -> Rehearsal:
    calls: list[str] = []
    real = newsroom.press
    inbox, state, site, queues = (Counting(port, calls) for port in (real.inbox, real.state, real.site, real.queues))
    press = Press(real.code, inbox, state, site, queues, real.nonce)
    found = rehearse(press, desk_of, house_of, uploads, newsroom.now)
    assert calls
    return found


def done(newsroom: Newsroom, uploads: dict[str, bytes]) -> tuple[Change, ...]:
    """What really changes when the same is uploaded."""
    before = dict(newsroom.site.pages)
    for key, body in uploads.items():
        newsroom.upload(key, body)
    newsroom.drain()
    after = newsroom.site.pages
    return tuple(Change(key, after.get(key)) for key in sorted({*before, *after}) if before.get(key) != after.get(key))


@pytest.mark.parametrize(
    "uploads",
    [
        {KEY: article("Al Omrane, la suite", tags="Al Omrane, Logement").encode()},
        {"articles/2.md": article("Al Omrane 2, revu", slug="revu", category="developpement-durable").encode()},
        {"articles/3.md": article(withdrawn="true", reason="Erreur").encode()},
        {"articles/p.jpg": jpeg(16, 9), KEY: with_lead("/p.jpg").encode()},
        {KEY: article(category="inconnue").encode()},
        {"front.yaml": b"pinned: [1.md]\n"},
    ],
)
def test_what_a_dry_run_tells_is_what_then_happens_and_it_writes_nothing(
    newsroom: Newsroom, uploads: dict[str, bytes]
) -> None:
    told = rehearsed(newsroom, uploads)
    assert told.changes == done(newsroom, uploads)


def test_a_dry_run_of_new_settings_tells_every_page_that_would_change(newsroom: Newsroom) -> None:
    settings = newsroom.inbox.uploads["newsroom.toml"][0][1].replace("Économie".encode(), b"Affaires")
    told = rehearsed(newsroom, {"newsroom.toml": settings})
    before = dict(newsroom.site.pages)
    newsroom.renew(settings)
    pages = newsroom.site.pages
    assert [change for change in told.changes if before.get(change.key) != change.page] == [
        Change(key, pages[key]) for key in sorted(pages) if before.get(key) != pages[key]
    ]


def test_a_dry_run_answers_as_the_press_would(newsroom: Newsroom) -> None:
    (receipt,) = rehearsed(newsroom, {KEY: article(category="inconnue").encode()}).receipts
    assert (receipt.outcome, receipt.problems[0].code) == ("refused", "unknown_category")
