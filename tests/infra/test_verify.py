"""What `rotative verify` calls what differs, while new settings are on their way to all articles."""

import platform
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.record import Record
from functions.workflows.ports import Press
from functions.workflows.renew import renew
from infra import connection
from infra.commands import verify
from tests.newsroom import SETTINGS, Newsroom
from tests.workflows.articles import article, jpeg, with_lead

RENAMED = SETTINGS.replace("Économie".encode(), "Éco".encode())


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    newsroom = Newsroom()
    for name in ("port", "rail"):
        newsroom.upload(f"articles/{name}.md", article(f"Le {name}", tags="[Fret]"))
    newsroom.drain()
    monkeypatch.setattr(connection, "connect_same_build", lambda *_: newsroom.press)
    monkeypatch.setattr(verify, "in_bulk", lambda press: press)
    return newsroom


def verified(*options: str) -> Result:
    return CliRunner().invoke(verify.command, ["--inbox", str(Path()), *options])


def names(result: Result) -> set[str]:
    return {line.split()[0] for line in result.stdout.splitlines()}


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> None:
    """What happens between the comparison and the look at what waits."""

    def unreached(_: Press) -> list[Record]:
        happens()
        return []

    monkeypatch.setattr(verify, "unreached", unreached)


def test_what_new_settings_have_yet_to_reach_is_said_to_be_on_its_way(newsroom: Newsroom) -> None:
    assert verified().exit_code == 0
    newsroom.inbox.upload("newsroom.toml", RENAMED)
    renew(newsroom.press, desk_of)
    assert names(verified()) == {"spreading", "stale"}
    while newsroom.queues.renders:
        newsroom.render(newsroom.queues.renders.pop(0))
    found = verified()
    assert names(found) == {"spreading"}
    assert found.exit_code == 1
    assert "yet to reach 2 articles" in found.stderr
    newsroom.ingest("articles/port.md")
    assert "yet to reach 1 article," in verified().stderr
    newsroom.drain()
    done = verified()
    assert (done.exit_code, done.stdout, "yet to reach" in done.stderr) == (0, "", False)


def test_what_nobody_will_put_right_is_not_said_to_be_on_its_way(newsroom: Newsroom) -> None:
    newsroom.inbox.upload("newsroom.toml", RENAMED)
    renew(newsroom.press, desk_of)
    newsroom.site.objects["robots.txt"] = b"spoilt\n"
    while newsroom.queues.renders:
        newsroom.render(newsroom.queues.renders.pop(0))
    newsroom.site.objects["robots.txt"] = b"spoilt\n"
    assert "different  robots.txt" in verified().stdout.splitlines()


def test_what_is_put_right_while_it_is_compared_is_no_difference(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.inbox.upload("newsroom.toml", RENAMED)
    renew(newsroom.press, desk_of)
    meanwhile(monkeypatch, newsroom.drain)
    assert verified().exit_code == 0


def test_what_is_written_while_it_is_compared_may_be_newer_than_what_was_wanted(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.site.objects["robots.txt"] = b"spoilt\n"
    meanwhile(monkeypatch, lambda: newsroom.site.objects.update({"robots.txt": b"new\n"}))
    assert names(verified()) == {"stale"}


@pytest.mark.parametrize(
    ("machine", "options", "told"),
    [("x86_64", [], True), ("aarch64", ["--stack", "s"], True), ("x86_64", ["--stack", "s"], False)],
)
def test_a_picture_that_another_kind_of_machine_has_packed_is_known_by_its_name(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, machine: str, options: list[str], told: bool
) -> None:
    """Lambda's is ARM, most laptops are not: every card would differ, and be written anew by each --repair."""
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    monkeypatch.setattr(platform, "machine", lambda: machine)
    newsroom.upload("articles/vue.jpg", jpeg(64, 36))
    newsroom.upload("articles/vue.md", with_lead("vue.jpg", title="La vue"))
    newsroom.drain()
    pictures = [key for key in newsroom.site.objects if key.startswith(keys.image_prefix("vue.md"))]
    newsroom.site.objects.update(dict.fromkeys(pictures, b"packed otherwise"))
    assert names(verified(*options)) == ({"different"} if told else set())
    newsroom.site.objects["robots.txt"] = b"spoilt\n"
    del newsroom.site.objects[pictures[0]]
    assert names(verified(*options)) == {"different", "missing"}


@pytest.mark.parametrize(("stack", "cure"), [(None, "stop `rotative serve` and start it again"), ("s", "deploy first")])
def test_who_has_other_code_than_the_press_is_told_how_to_bring_the_two_together(
    stack: str | None, cure: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(connection, "connect", lambda *_: replace(Newsroom().press, code="newer"))
    with pytest.raises(SystemExit):
        connection.connect_same_build(Path(), stack)
    assert f"the press is code: run this from the code that the press runs, or {cure}" in capsys.readouterr().err
