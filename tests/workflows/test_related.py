"""Related boxes through the press, on fakes: who gets whom, and that nobody is forgotten."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from functions.core import keys
from functions.core.objects import Condition, Stored
from functions.core.related import archive
from functions.core.related.subjects import CANDIDATES
from functions.workflows.memory import Memory
from functions.workflows.reconcile import reconcile_full
from functions.workflows.report import report_of
from functions.workflows.status import status_of
from tests.newsroom import Newsroom
from tests.workflows.articles import article

HOST, CLOSE, LESS_CLOSE = "articles/2021/lagune.md", "articles/2022/plan.md", "articles/2023/bilan.md"
TOLD = "Omrane Lixus Dakhla Souss Tafilalt Rimal."


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shortlists of one article."""
    monkeypatch.setattr(archive, "SHORTLIST", 1)


def page(newsroom: Newsroom, key: str) -> str:
    status = status_of(newsroom.press, key.removeprefix("articles/"))
    assert status is not None
    assert status.path is not None
    return newsroom.page(status.path[1:] + "index.html")


def close(newsroom: Newsroom) -> None:
    newsroom.upload(CLOSE, article("Le plan", body=TOLD, date="2022-01-01"))


def less_close(newsroom: Newsroom) -> None:
    body = "Omrane Lixus Dakhla Figuig Zagora Midelt."
    newsroom.upload(LESS_CLOSE, article("Le bilan", body=body, date="2023-01-01"))


def in_force(newsroom: Newsroom) -> bool:
    """Whether every page is as a rebuild makes it."""
    newsroom.drain()
    return newsroom.site.objects == newsroom.rebuilt()


@pytest.fixture
def host(newsroom: Newsroom, short: None) -> Newsroom:
    """An article that lists the closest one it could have."""
    newsroom.upload(HOST, article("La lagune", body=TOLD, date="2021-01-01"))
    close(newsroom)
    newsroom.drain()
    assert "Le plan" in page(newsroom, HOST)
    return newsroom


def after_a_closer_one_has_left(host: Newsroom) -> None:
    host.remove(CLOSE)
    host.drain()
    less_close(host)


def while_a_closer_one_leaves(host: Newsroom) -> None:
    """It looks just before the host says that it has room again, and by what it sees it is not close enough."""

    def meanwhile() -> None:
        less_close(host)
        host.ingest(host.queues.ingests.pop(0))
        host.render(f"rel:{LESS_CLOSE.removeprefix('articles/')}")

    host.remove(CLOSE)
    host.ingest(host.queues.ingests.pop(0))
    host.render(f"rel:{CLOSE.removeprefix('articles/')}")
    before_the_next_row_of(host, HOST, meanwhile)
    host.render(f"art:{HOST.removeprefix('articles/')}")


@pytest.mark.parametrize("comes", [after_a_closer_one_has_left, while_a_closer_one_leaves])
def test_one_that_comes_when_a_closer_one_leaves_gets_its_place(
    host: Newsroom, comes: Callable[[Newsroom], None]
) -> None:
    comes(host)
    assert in_force(host)
    assert "Le bilan" in page(host, HOST)


def test_one_that_is_not_close_enough_disturbs_nobody(host: Newsroom) -> None:
    less_close(host)
    host.ingest(host.queues.ingests.pop(0))
    host.render(f"rel:{LESS_CLOSE.removeprefix('articles/')}")
    assert keys.dirty(f"art:{HOST.removeprefix('articles/')}") not in host.state.objects
    assert in_force(host)


def test_a_document_that_was_lost_is_made_again_by_reconcile(host: Newsroom) -> None:
    del host.state.objects[archive.document_of(CLOSE.removeprefix("articles/"))]
    less_close(host)
    host.drain()
    reconcile_full(host.press)
    host.drain()
    assert in_force(host)


def test_the_report_explains_the_box_and_names_those_that_took_the_article(newsroom: Newsroom) -> None:
    newsroom.upload(HOST, article("La lagune", body=TOLD, date="2021-01-01"))
    newsroom.drain()
    close(newsroom)
    newsroom.drain()
    status = status_of(newsroom.press, CLOSE.removeprefix("articles/"))
    assert status is not None
    report = report_of(newsroom.press, CLOSE, status.ver)
    assert report is not None
    for boxes in (report.boxes, report.related):
        (box,) = boxes
        assert box.id == HOST.removeprefix("articles/")
        assert box.score > 0.5
        assert "dakhla" in box.terms


def test_a_page_is_printed_again_without_a_look_at_the_record_of_each_candidate(newsroom: Newsroom) -> None:
    newsroom.upload(HOST, article("La lagune", body=TOLD, date="2021-01-01"))
    close(newsroom)
    less_close(newsroom)
    newsroom.drain()
    newsroom.press = replace(newsroom.press, memory=Memory())  # a function that has met none of them
    asked = asked_of(newsroom)
    newsroom.render(f"art:{HOST.removeprefix('articles/')}", forced=True)
    assert {key for key in asked if key.startswith(keys.RECORDS)} == {keys.record(HOST.removeprefix("articles/"))}
    newsroom.renew(newsroom.build.settings.canonical())
    assert in_force(newsroom)


def test_candidates_that_other_code_kept_in_another_form_are_read_anew(newsroom: Newsroom) -> None:
    newsroom.upload(HOST, article("La lagune", body=TOLD, date="2021-01-01"))
    close(newsroom)
    newsroom.drain()
    kept = keys.document(CANDIDATES, HOST.removeprefix("articles/"))
    newsroom.state.objects[kept] = newsroom.state.objects[kept].replace(b'"about"', b'"subject"').replace(b"[", b"{")
    less_close(newsroom)
    assert in_force(newsroom)
    assert b"Le bilan" in newsroom.state.objects[kept]


def test_nothing_of_an_article_that_has_gone_is_kept_beside_others(newsroom: Newsroom) -> None:
    newsroom.upload(HOST, article("La lagune", body=TOLD, date="2021-01-01"))
    close(newsroom)
    newsroom.drain()
    kept = keys.document(CANDIDATES, HOST.removeprefix("articles/"))
    assert b"Le plan" in newsroom.state.objects[kept]
    newsroom.remove(CLOSE)
    newsroom.drain()
    assert b"Le plan" not in newsroom.state.objects[kept]
    assert keys.document(CANDIDATES, CLOSE.removeprefix("articles/")) not in newsroom.state.objects


def test_pins_come_first_and_the_excluded_never(newsroom: Newsroom) -> None:
    close(newsroom)
    less_close(newsroom)
    wishes = f"related:\n  pin: [{LESS_CLOSE}]\n  exclude: [{CLOSE}]\n---\n\n"
    newsroom.upload(HOST, article("La lagune", body=TOLD, date="2021-01-01").replace("---\n\n", wishes, 1))
    assert in_force(newsroom)
    assert "Le bilan" in page(newsroom, HOST)
    assert "Le plan" not in page(newsroom, HOST)
    assert "La lagune" in page(newsroom, CLOSE)
    newsroom.remove(LESS_CLOSE)
    assert in_force(newsroom)
    assert "Le bilan" not in page(newsroom, HOST)


def asked_of(newsroom: Newsroom) -> list[str]:
    """The keys that are read of the state from now on, as they are read."""
    asked: list[str] = []
    get = newsroom.state.get

    def noted(key: str) -> Stored | None:
        asked.append(key)
        return get(key)

    setattr(newsroom.state, "get", noted)  # noqa: B010 - a fake's method is replaced
    return asked


def before_the_next_row_of(newsroom: Newsroom, key: str, do: Callable[[], None]) -> None:
    """Do something just before the next write of the document that an article's row is in."""
    document = archive.document_of(key.removeprefix("articles/"))
    put = newsroom.state.put

    def late(name: str, body: bytes, condition: Condition | None = None) -> None:
        if name == document:
            setattr(newsroom.state, "put", put)  # noqa: B010 - and is itself again
            do()
        put(name, body, condition)

    setattr(newsroom.state, "put", late)  # noqa: B010 - a fake's method is replaced
