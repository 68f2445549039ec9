"""A receipt, a while later: everything that an editor wants to know of an upload."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from functions.core import keys
from functions.core.report import Report
from functions.workflows.ports import Press
from functions.workflows.report import report_of
from tests.bench.meter import RELATED, Meter
from tests.newsroom import Newsroom
from tests.workflows.articles import article

KEY = "articles/2024/al-omrane.md"
ID = "2024/al-omrane.md"


@pytest.fixture
def newsroom() -> Newsroom:
    newsroom = Newsroom()
    newsroom.upload("articles/old.md", article("Al Omrane : le bilan", date="2022-01-10", tags="Al Omrane"))
    newsroom.drain()
    return newsroom


def report(newsroom: Newsroom, ver: str) -> Report:
    found = report_of(newsroom.press, KEY, ver)
    assert found is not None
    return found


def test_a_report_names_what_the_header_names_in_vain_until_it_comes(newsroom: Newsroom) -> None:
    named = {"translation_of": "draft.md", "moved_from": "gone.md"}
    wishes = "related: {pin: [new.md], exclude: [nobody.md]}"
    newsroom.upload("articles/gone.md", article("Parti"))
    newsroom.upload("articles/draft.md", article("Plus tard", draft="true"))
    newsroom.drain()
    newsroom.remove("articles/gone.md")
    text = article("Ancien", **named).replace("---\n\n", f"{wishes}\n---\n\n", 1)
    ver = newsroom.upload(KEY, text)
    newsroom.drain()

    def absent() -> list[tuple[str, str]]:
        return [(each.field, each.id) for each in report(newsroom, ver).absent]

    assert absent() == [("related.pin", "new.md"), ("related.exclude", "nobody.md"), ("translation_of", "draft.md")]
    for key in ("articles/new.md", "articles/nobody.md", "articles/draft.md"):
        newsroom.upload(key, article(f"Le voici : {key}"))
    newsroom.drain()
    assert absent() == []


def test_a_report_tells_the_lists_and_the_boxes_that_show_the_article_and_why(newsroom: Newsroom) -> None:
    ver = newsroom.upload(KEY, article("Al Omrane : le plan", tags="Al Omrane"))
    newsroom.drain()
    told = report(newsroom, ver)
    assert {"cat:economie", "cat:economie:2024-03", "tag:al-omrane", "front", "feeds"} <= set(told.groups)
    assert [(box.id, "al-omrane" in box.terms) for box in told.boxes] == [("old.md", True)]
    assert told.boxes[0].score > 0.1
    assert told.waiting_for == ()
    assert [version.outcome for version in told.versions] == ["published"]


def test_a_report_looks_no_more_often_at_the_archive_for_many_boxes(newsroom: Newsroom) -> None:
    ver = newsroom.upload(KEY, article("Al Omrane : le plan", tags="Al Omrane"))
    newsroom.drain()
    meter = Meter(newsroom)

    def boxes_and_calls() -> tuple[int, int]:
        meter.reset()
        return len(report(newsroom, ver).boxes), meter.counts()[RELATED].calls

    few, calls = boxes_and_calls()
    for year in (2020, 2021):
        newsroom.upload(f"articles/{year}.md", article("Al Omrane : un bilan", date=f"{year}-01-10", tags="Al Omrane"))
    newsroom.drain()
    many, more = boxes_and_calls()
    assert (few, many) == (1, 3)
    assert more - calls == 2  # what each box was chosen from


def test_a_page_that_is_yet_to_be_written_is_not_told_as_deleted(newsroom: Newsroom) -> None:
    ver = newsroom.upload(KEY, article("Al Omrane : le plan", tags="Logement"))
    newsroom.ingest(KEY)
    told = report(newsroom, ver)
    assert {"tag:logement", f"art:{ID}"} <= set(told.waiting_for)
    assert "deleted" not in {touched.what for touched in told.objects}


def test_a_report_tells_objects_that_were_written_deleted_or_left_alone(newsroom: Newsroom) -> None:
    newsroom.upload(KEY, article("Al Omrane : le plan", tags="Logement"))
    newsroom.drain()
    before = dict(newsroom.site.objects)
    ver = newsroom.upload(KEY, article("Al Omrane : le plan", tags="Climat", slug="autre"))
    newsroom.drain()
    at = newsroom.inbox.versions(KEY)[0].at
    for key, body in newsroom.site.objects.items():  # the fake tells no times of its own
        newsroom.site.modified[key] = at.replace(hour=at.hour - 1) if before.get(key) == body else at
    told = {touched.key: touched.what for touched in report(newsroom, ver).objects}
    assert told["tags/climat/index.html"] == "written"
    assert told["tags/logement/index.html"] == "deleted"
    assert told["sitemap.xml"] == "unchanged"
    assert Counter(told.values())["written"] >= 5


@pytest.mark.parametrize("field", [{"category": "economi"}, {"draft": "true"}, {"embargo": "2030-01-01 08:00"}])
def test_what_was_never_public_has_written_no_list(newsroom: Newsroom, field: dict[str, str]) -> None:
    ver = newsroom.upload(KEY, article("Al Omrane : le plan", **field))
    newsroom.drain()
    assert not report(newsroom, ver).objects


def test_a_receipt_has_a_page_in_the_language_of_the_newsroom(newsroom: Newsroom) -> None:
    ver = newsroom.upload(KEY, article("<b>Al Omrane</b>", category="economi"))
    newsroom.drain()
    page = newsroom.state.objects[keys.receipt_page(ID, ver)].decode()
    assert '<html lang="fr"' in page
    assert "Refusé" in page
    assert "vouliez-vous dire" in page


def test_what_an_editor_wrote_is_text_on_the_page_of_a_receipt(newsroom: Newsroom) -> None:
    ver = newsroom.upload(KEY, article(category="<script>alert(1)</script>"))
    newsroom.drain()
    page = newsroom.state.objects[keys.receipt_page(ID, ver)].decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_there_is_no_report_on_what_was_never_uploaded(newsroom: Newsroom) -> None:
    assert report_of(newsroom.press, KEY, "v9") is None


class Counted:
    """A port whose calls are counted as AWS would count them: one for each object of a call for many."""

    def __init__(self, port: object, calls: Counter[str]) -> None:
        self._port, self._calls = port, calls

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method: Callable[..., Any] = getattr(self._port, name)

        def call(*args: Any, **more: Any) -> Any:
            sized = args[0] if name in {"put_many", "get_many", "etags"} else [None]
            self._calls[name] += -(-len(list(sized)) // (10 if name.startswith("ask") else 1))
            return method(*args, **more)

        return call


def test_the_estimate_of_calls_is_near_what_a_publish_makes(newsroom: Newsroom) -> None:
    calls: Counter[str] = Counter()
    real = newsroom.press
    inbox, state, site = (Counted(port, calls) for port in (real.inbox, real.state, real.site))
    newsroom.press = Press(real.code, inbox, state, site, real.queues, real.nonce, real.memory)
    for number in range(4):
        newsroom.upload(
            f"articles/{number}.md", article(f"Nouvelle {number}", tags="Logement, Climat", author="S. Idrissi")
        )
        newsroom.drain()
    calls.clear()
    ver = newsroom.upload(KEY, article("Un plan", tags="Logement, Climat", author="S. Idrissi"))
    renders = 0
    while newsroom.queues.ingests or newsroom.queues.renders:
        if newsroom.queues.ingests:
            newsroom.ingest(newsroom.queues.ingests.pop(0))
        else:
            renders += 1
            newsroom.render(newsroom.queues.renders.pop(0))
    measured = calls.total() + 2 * (renders + 1) + 3
    newsroom.press = real
    estimated = report(newsroom, ver).calls
    assert abs(estimated - measured) / measured < 0.25, (estimated, measured, calls)
