"""Who did what, and what is left of an upload that the law wants gone."""

import json
from datetime import UTC, datetime

import pytest

from functions.core import keys
from functions.core.audit import deeds_of
from functions.core.errors import NotSettled
from functions.workflows.drafts import seal
from functions.workflows.erase import erase, uploads_of
from functions.workflows.history import history_of, remember
from tests.newsroom import SETTINGS, Newsroom
from tests.workflows.articles import article, jpeg, with_lead

KEY = "articles/2024/al-omrane.md"
ID = "2024/al-omrane.md"
OTHER = "articles/autre.md"


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


def event(key: str, ver: str, by: str) -> str:
    about = {"object": {"key": key, "versionId": ver}}
    said = {"eventTime": "2026-11-20T08:02:00.000Z", "eventName": "ObjectCreated:Put", "s3": about}
    identity = {"userIdentity": {"principalId": by}, "requestParameters": {"sourceIPAddress": "192.0.2.7"}}
    return json.dumps({"Records": [said | identity]})


def test_a_history_tells_each_version_its_maker_and_its_outcome_newest_first(newsroom: Newsroom) -> None:
    first = newsroom.upload(KEY, article())
    second = newsroom.upload(KEY, article(category="inconnue"))
    third = newsroom.upload(KEY, article(withdrawn="true", reason="Faux"))
    newsroom.drain()
    remember(newsroom.press, deeds_of(event(KEY, first, "AWS:SALMA")))
    told = history_of(newsroom.press, ID)
    assert [(past.ver, past.outcome, past.by, past.reason) for past in told] == [
        (third, "withdrawn", "", "Faux"),
        (second, "refused", "", ""),
        (first, "published", "AWS:SALMA", ""),
    ]


@pytest.mark.parametrize(("key", "body"), [("newsroom.toml", SETTINGS), ("front.yaml", b"pinned: []")])
def test_who_changed_the_settings_or_the_front_page_is_kept_too(newsroom: Newsroom, key: str, body: bytes) -> None:
    ver = newsroom.upload(key, body)
    newsroom.drain()
    remember(newsroom.press, deeds_of(event(key, ver, "AWS:SALMA")))
    newest = history_of(newsroom.press, key)[0]
    assert (newest.ver, newest.outcome, newest.by) == (ver, "stored", "AWS:SALMA")


def test_the_first_word_on_a_version_stands(newsroom: Newsroom) -> None:
    ver = newsroom.upload(KEY, article())
    newsroom.drain()
    for by in ("AWS:SALMA", "AWS:FORGER"):
        remember(newsroom.press, deeds_of(event(KEY, ver, by)))
    assert history_of(newsroom.press, ID)[0].by == "AWS:SALMA"


def test_our_own_messages_and_test_events_are_nobodys_deeds() -> None:
    assert list(deeds_of('{"key": "articles/a.md"}')) == []
    assert list(deeds_of('{"Event": "s3:TestEvent"}')) == []


def test_nothing_of_an_erased_article_remains_but_that_it_was_erased(newsroom: Newsroom) -> None:
    newsroom.upload(OTHER, article("Autre sujet", tags="Logement"))
    newsroom.upload("articles/2024/photo.jpg", jpeg())
    newsroom.drain()
    seal(newsroom.press)
    before_state, before_site = set(newsroom.state.objects), dict(newsroom.site.objects)
    newsroom.upload(KEY, with_lead(title="Nommément cité", tags="Logement, Rare", date="2021-05-01", draft="true"))
    newsroom.drain()
    ver = newsroom.upload(KEY, with_lead(title="Nommément cité", tags="Logement, Rare", date="2021-05-01"))
    remember(newsroom.press, deeds_of(event(KEY, ver, "AWS:SALMA")))
    newsroom.drain()
    newsroom.remove(KEY)
    newsroom.drain()
    erasure = erase(newsroom.press, newsroom.inbox, ID, by="AWS:CHIEF", reason="Jugement", now=newsroom.now)
    newsroom.drain()
    assert erasure is not None
    assert KEY not in newsroom.inbox.uploads
    assert "articles/2024/photo.jpg" not in newsroom.inbox.uploads
    everything = [*newsroom.state.objects.items(), *newsroom.site.objects.items()]
    assert not [key for key, body in everything if "Nommément cité".encode() in body or ID in key]
    assert newsroom.site.objects == newsroom.rebuilt() == before_site
    left = set(newsroom.state.objects) - before_state
    assert {key for key in left if not key.startswith("doc/")} == {f"erased/{erasure.code}.json"}
    assert "Jugement" in newsroom.state.objects[f"erased/{erasure.code}.json"].decode()


def test_the_hours_that_an_erased_article_waited_for_are_forgotten(newsroom: Newsroom) -> None:
    newsroom.upload(OTHER, article("Autre sujet", date="2098-01-01"))
    newsroom.upload(KEY, article(date="2099-01-01"))
    newsroom.upload(KEY, article(date="2098-06-01"))
    newsroom.remove(KEY)
    newsroom.drain()
    newsroom.press.state.put(keys.due(datetime(2099, 1, 1, tzinfo=UTC), ID), b"left by an older version")
    assert uploads_of(newsroom.press, ID) == (KEY,)
    erase(newsroom.press, newsroom.inbox, ID, by="", reason="Jugement", now=newsroom.now)
    due = [keys.id_of_marker(key) for key in newsroom.state.objects if key.startswith(keys.DUE)]
    assert due == [keys.id_of(OTHER)]
    assert uploads_of(newsroom.press, ID) == ()


def test_an_image_that_another_article_shows_is_not_erased(newsroom: Newsroom) -> None:
    newsroom.upload("articles/2024/photo.jpg", jpeg())
    newsroom.upload(KEY, with_lead())
    newsroom.upload("articles/2024/autre.md", with_lead())
    newsroom.remove(KEY)
    newsroom.drain()
    erase(newsroom.press, newsroom.inbox, ID, by="", reason="Jugement", now=newsroom.now)
    newsroom.drain()
    assert "articles/2024/photo.jpg" in newsroom.inbox.uploads
    assert newsroom.site.objects == newsroom.rebuilt()


def test_what_is_known_of_an_upload_in_a_folder_of_the_same_name_stays(newsroom: Newsroom) -> None:
    inside = f"{KEY}/dedans.md"
    newsroom.upload(KEY, article())
    ver = newsroom.upload(inside, article("Autre sujet"))
    remember(newsroom.press, deeds_of(event(inside, ver, "AWS:SALMA")))
    newsroom.remove(KEY)
    newsroom.drain()
    erase(newsroom.press, newsroom.inbox, ID, by="", reason="Jugement", now=newsroom.now)
    assert [(past.outcome, past.by) for past in history_of(newsroom.press, keys.id_of(inside))] == [
        ("published", "AWS:SALMA")
    ]
    assert [key for key in newsroom.state.objects if key.startswith(keys.receipts(ID)) and key.endswith(f"{ver}.json")]


def test_a_live_article_is_withdrawn_before_it_can_be_erased(newsroom: Newsroom) -> None:
    newsroom.upload(KEY, article())
    newsroom.drain()
    with pytest.raises(NotSettled):
        erase(newsroom.press, newsroom.inbox, ID, by="", reason="Jugement", now=newsroom.now)
    assert erase(newsroom.press, newsroom.inbox, "jamais.md", by="", reason="Jugement", now=newsroom.now) is None


def test_an_erasure_that_stopped_half_way_is_finished_by_the_next(newsroom: Newsroom) -> None:
    newsroom.upload(KEY, article("Nommément cité"))
    newsroom.drain()
    newsroom.remove(KEY)
    newsroom.drain()

    class Tired:
        def erase(self, key: str) -> int:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        erase(newsroom.press, Tired(), ID, by="", reason="Jugement", now=newsroom.now)
    erase(newsroom.press, newsroom.inbox, ID, by="", reason="Jugement", now=newsroom.now)
    newsroom.drain()
    assert newsroom.site.objects == newsroom.rebuilt()
