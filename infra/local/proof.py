"""Proof: all that the press makes of its templates, as they lie on the disk, is made once and thrown away.

`serve --reload` does so with the uploads of its press, `make build` (`python -m infra.local.proof`) with the demo's.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from tomllib import TOMLDecodeError

from jinja2 import TemplateError, TemplateSyntaxError
from pydantic import ValidationError

from functions.bootstrap.desk import desk_of
from functions.bootstrap.files import template_files
from functions.bootstrap.press import press
from functions.core.build import Build
from functions.core.entry import Entry
from functions.core.errors import StaleBuild
from functions.core.mistakes import parse_phrases
from functions.core.newsletter import letter
from functions.core.newsletter.issue import day
from functions.core.newsletter.letter import Envelope, Letterhead, make_letterhead
from functions.core.parts import SignUpForm
from functions.core.receipt import Receipt
from functions.core.site.fixed import newsletter_question, newsletter_refusal
from functions.core.site.house import House, make_house
from functions.workflows.editing import Editor
from functions.workflows.now import as_of, current_build
from functions.workflows.rebuild import site_pages, take_inventory
from infra.console import fail
from infra.folder import FolderInbox
from infra.newsroom import DEMO, demo_settings

_NOBODY = "nobody@example.com"


class BadTemplate(ValueError):
    """A template, a word list or an asset with which the site could not be printed; the text says what and where."""


def prove() -> None:
    """Raises BadTemplate at the first mistake. Nothing is written; before the first settings nothing is tried."""
    try:
        build, hour = current_build(press()), as_of(press())
    except StaleBuild:
        return
    if hour:
        _prove(Editor(press().inbox, desk_of(build.settings), build), hour)


def prove_demo() -> None:
    """The same with the demo newsroom, for whoever builds what is deployed elsewhere."""
    build = Build(code="", settings=demo_settings())
    _prove(Editor(FolderInbox(DEMO), desk_of(build.settings), build), datetime.now(UTC))


def _prove(editor: Editor, hour: datetime) -> None:
    files, settings = template_files.__wrapped__(), editor.build.settings
    try:
        parse_phrases(files[f"locales/problems.{settings.newsroom.language}.toml"])
        inventory = take_inventory(editor, hour)
        house = make_house(settings, files)
        deque(site_pages(inventory, None, house), maxlen=0)
        _answer(house)
        entries = [entry for record in inventory.records if (entry := record.entry())]
        _write(make_letterhead(settings, files), entries, hour)
        _confirm_receipt(editor, files)
    except TemplateSyntaxError as error:
        raise BadTemplate(f"line {error.lineno} of {error.name}: {error.message}") from error
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise BadTemplate("; ".join(problems)) from error
    except KeyError as error:
        raise BadTemplate(f"there is no {error}") from error
    except (TemplateError, TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadTemplate(str(error)) from error


def _answer(house: House) -> None:
    newsletter_question("confirm", house)
    newsletter_refusal("", SignUpForm(wrong=("email", "consent")), house)


def _write(head: Letterhead, entries: list[Entry], now: datetime) -> None:
    newsroom = head.settings.newsroom
    envelope = Envelope(_NOBODY, "0" * 40, newsroom.language, "token")
    letter.invite(head, _NOBODY, newsroom.language, "v1.token", now)
    letter.change(head, envelope, (), "v1.token", now)
    letter.issue(head, day(now, newsroom), entries, envelope, now)


def _confirm_receipt(editor: Editor, files: Mapping[str, bytes]) -> None:
    if editor.desk.receipts:
        pages = replace(editor.desk.receipts, template=files["desk/receipt.html"].decode(), compiled={})
        pages.page(Receipt(key="articles/a.md", id="a.md", ver="1", outcome="published"), ["front"])


def main() -> None:
    try:
        prove_demo()
    except BadTemplate as error:
        fail(f"the demo newsroom cannot be printed with templates/: {error}")


if __name__ == "__main__":
    main()
