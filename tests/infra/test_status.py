"""`rotative status` says since when an upload is live, what it waits for, and what became of what is no article."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from functions.core import keys
from functions.core.reading import Version
from functions.workflows.status import newest_answer, status_of, statuses
from infra.answers import tell
from infra.commands.status import tell_all, tell_one
from infra.connection import upload_id
from tests.bench.meter import LISTS, Meter
from tests.fakes import FakeInbox
from tests.newsroom import IN_PARIS, Newsroom
from tests.workflows.articles import article, jpeg, with_lead

KEY = "articles/plan.md"
DUE = datetime(2026, 11, 29, 0, tzinfo=UTC)
NOTHING = "waiting for nothing: readers see all of it"


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom(IN_PARIS)


def save(newsroom: Newsroom, body: str | bytes, key: str = KEY) -> None:
    newsroom.upload(key, body)
    newsroom.drain()


def live_since(newsroom: Newsroom) -> datetime | None:
    found = status_of(newsroom.press, "plan.md")
    assert found
    return found.live_since


def test_an_article_is_live_since_its_hour_not_since_its_upload(newsroom: Newsroom) -> None:
    save(newsroom, article("Un plan", embargo=DUE.isoformat()))
    assert live_since(newsroom) is None
    newsroom.tick(DUE + timedelta(seconds=20))
    assert live_since(newsroom) == DUE


def test_an_article_is_live_since_the_image_that_it_waited_for(newsroom: Newsroom) -> None:
    save(newsroom, with_lead("vue.jpg"))
    save(newsroom, jpeg(), "articles/vue.jpg")
    arrived = newsroom.inbox.versions("articles/vue.jpg")[0].at
    save(newsroom, jpeg(colour="red"), "articles/vue.jpg")
    assert live_since(newsroom) == arrived > newsroom.inbox.versions(KEY)[0].at


@pytest.mark.parametrize(
    ("body", "awaited"),
    [
        (article("Un plan", embargo="2026-11-29 01:00"), "its hour, 2026-11-29 01:00:00 +0100"),
        (with_lead("vue.jpg"), "the image articles/vue.jpg"),
        (article("Un plan", category="rien"), "a correction"),
        (article("Un plan", draft="true"), "a version that is no draft"),
        (article("Un plan", withdrawn="true", reason="Faux"), "nothing: it is withdrawn"),
    ],
)
def test_what_an_article_waits_for_is_said(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str], body: str, awaited: str
) -> None:
    save(newsroom, body)
    tell_one(newsroom.press, KEY)
    told = capsys.readouterr().out
    assert f"waiting for {awaited}" in told
    assert NOTHING not in told


def test_what_is_live_waits_for_nothing_until_a_bad_version_comes(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    save(newsroom, article("Un plan"))
    tell_one(newsroom.press, KEY)
    assert NOTHING in capsys.readouterr().out
    save(newsroom, article("Un plan", category="rien"))
    tell_one(newsroom.press, KEY)
    told = capsys.readouterr().out
    assert "live since 2026-11-20 09:02:00 +0100" in told
    assert "waiting for a correction" in told


def test_the_list_says_what_each_waits_for(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    save(newsroom, article("Un plan", draft="true"))
    tell_all(newsroom.press)
    assert "a version that is no draft" in " ".join(capsys.readouterr().out.split())


def test_the_list_asks_for_two_objects_an_upload_and_says_what_the_status_of_each_does(newsroom: Newsroom) -> None:
    for number in range(5):
        save(newsroom, article(f"Le plan {number}", tags="Logement, Climat"), f"articles/{number}.md")
    newsroom.state.put(keys.dirty("tag:climat"), b"a nonce")
    each = [status_of(newsroom.press, f"{number}.md") for number in range(5)]
    meter = Meter(newsroom)
    assert list(statuses(newsroom.press)) == each
    assert [found.waiting_for for found in each if found] == [("tag:climat",)] * 5
    assert meter.counts()[LISTS].calls == 2 * 5 + 2


class Closed(FakeInbox):
    """An inbox of which nothing may be asked."""

    def versions(self, key: str) -> Sequence[Version]:
        raise AssertionError(key)


def test_the_table_of_all_uploads_looks_at_no_version_of_an_image(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    save(newsroom, jpeg(), "articles/vue.jpg")
    save(newsroom, with_lead("vue.jpg"))
    tell_all(replace(newsroom.press, inbox=Closed()))
    assert "live" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("key", "asked", "outcome"),
    [
        ("articles/vue.jpg", "vue.jpg", "stored"),
        ("articles/vue.jpg", "articles/vue.jpg", "stored"),
        ("articles/rapport.pdf", "rapport.pdf", "refused"),
        ("front.yaml", "front.yaml", "stored"),
    ],
)
def test_what_is_no_article_has_its_newest_receipt(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str], key: str, asked: str, outcome: str
) -> None:
    save(newsroom, jpeg() if key.endswith("jpg") else b"", key)
    tell_one(newsroom.press, asked)
    assert capsys.readouterr().out.startswith(f"{outcome:9} {key}")
    tell_one(newsroom.press, asked, as_json=True)
    assert json.loads(capsys.readouterr().out)["receipt"]["outcome"] == outcome


def test_what_was_never_uploaded_is_not_known(newsroom: Newsroom) -> None:
    with pytest.raises(SystemExit):
        tell_one(newsroom.press, "perdu.jpg")


@pytest.mark.parametrize("key", [KEY, "articles/vue.jpg"])
def test_who_runs_other_code_than_the_press_is_told_all_the_same(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    """An editor who has not upgraded yet, or an operator who has and is about to deploy."""
    save(newsroom, jpeg() if key.endswith("jpg") else article("Un plan"), key)
    other = replace(newsroom.press, code="another")
    tell_one(other, key)
    tell_all(other)
    receipt = newest_answer(other, key)
    assert receipt
    tell(other, receipt, 1)
    assert capsys.readouterr().out.count(keys.id_of(key)) >= 2


@pytest.mark.parametrize("before", ["", "articles/", "inbox/articles/", "/home/naima/inbox/articles/"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", ["2024/été.md", "2024/vue été.jpg", "inbox/plan.md"])
def test_an_upload_is_known_by_its_id_its_key_and_its_file_however_its_accents_are_typed(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, before: str, form: Literal["NFC", "NFD"], name: str
) -> None:
    monkeypatch.setattr(Path, "absolute", lambda path: Path("/home/naima") / path)
    stored = unicodedata.normalize("NFD", name)
    save(newsroom, jpeg() if name.endswith("jpg") else article("Un plan"), f"articles/{stored}")
    assert upload_id(newsroom.press, Path("inbox"), before + unicodedata.normalize(form, name)) == stored


@pytest.mark.parametrize("before", ["", "inbox/", "/home/naima/inbox/"])
def test_what_is_beside_the_articles_is_known_by_its_key_and_its_file(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    monkeypatch.setattr(Path, "absolute", lambda path: Path("/home/naima") / path)
    for name in (keys.SETTINGS_KEY, keys.PINS_KEY):
        assert upload_id(newsroom.press, Path("inbox"), before + name) == name
