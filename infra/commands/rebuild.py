"""`rotative rebuild`."""

from datetime import datetime
from pathlib import Path
from typing import Any

import boto3
import click
from botocore.exceptions import BotoCoreError, ClientError

from functions.bootstrap.desk import desk_of
from functions.core.build import Build
from functions.core.scope import Scope
from functions.core.settings import Settings
from functions.core.slugs import slug
from functions.workflows.install import settings_in_force
from functions.workflows.now import current_build
from functions.workflows.ports import Press
from functions.workflows.rebuild import Compared, Rebuilt, compare, rebuild
from functions.workflows.rehearse import Change
from infra import connection, state_machine
from infra.basis import basis_of
from infra.bulk import at_once, in_bulk
from infra.console import bar, fail, notes, print_json
from infra.diff import print_changes
from infra.encoders import comparable

_DAY: dict[str, Any] = {"type": click.DateTime(["%Y-%m-%d"]), "metavar": "DAY"}


@click.command(
    epilog="""
\b
Examples:
  rotative rebuild
  rotative rebuild --category economie --since 2026-11-01
  rotative rebuild --stack gazette  on AWS, by as many workers as it takes
  rotative rebuild --dry-run        what new templates would change, as a unified diff
"""
)
@connection.options
@click.option("--category", help="Only the articles of a category, by slug or name, and the lists that show them.")
@click.option("--since", **_DAY, help="Only articles published on this day or later, and the lists that show them.")
@click.option("--until", **_DAY, help="Only articles published on this day or before, and the lists that show them.")
@click.option("--dry-run", is_flag=True, help="Only say what this code and its templates would change; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts, or what would change, as JSON on stdout.")
def command(
    *,
    inbox: Path,
    stack: str | None,
    category: str | None,
    since: datetime | None,
    until: datetime | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write the whole site, or a part of it, again from the inbox's versions.

    What is right already is left alone, so a rebuild that was interrupted can be resumed: start it again.
    On AWS a whole site is written by the stack's own state machine, a part of one from here.
    Days are those of the newsroom's time zone. A page of a part that nothing accounts for is deleted.
    """
    if stack and not (dry_run or category or since or until):
        _in_the_cloud(connection.state_machine(stack), as_json=as_json)
        return
    press = in_bulk(connection.connect(inbox, stack) if dry_run else connection.connect_same_build(inbox, stack))
    build_of = _build_here if dry_run else current_build
    scope = _scope(build_of(press).settings, category, since, until)
    with bar() as progress:
        compared = comparable(compare(press.site, lambda: basis_of(press, build_of(press)), scope, progress), stack)
        outcome = (
            [each for each in compared if each.what != "right"] if dry_run else rebuild(press.site, compared, at_once)
        )
    _tell(outcome, as_json=as_json)


def _in_the_cloud(machine: str, *, as_json: bool) -> None:
    with bar() as progress:
        try:
            followed = state_machine.run(boto3.client("stepfunctions"), machine, progress)
        except (ClientError, BotoCoreError) as error:
            fail(f"cannot follow {machine}: {error}")
    if as_json:
        print_json(followed._asdict())
    notes.print(f"{followed.done} done, {followed.failed} not: {followed.status.lower()} {followed.cause}".rstrip())
    if followed.failed or followed.status != "SUCCEEDED":
        fail("start it again: what is right is left alone; the log group of the rebuild says what went wrong")


def _tell(outcome: Rebuilt | list[Compared], *, as_json: bool) -> None:
    if isinstance(outcome, Rebuilt):
        if as_json:
            print_json(outcome._asdict())
        notes.print(f"{outcome.written} written, {outcome.deleted} deleted, {outcome.unchanged} unchanged")
    elif as_json:
        print_json([{"key": each.key, "what": each.what} for each in outcome])
    else:
        print_changes((Change(each.key, each.page) for each in outcome), connection.site_reader())


def _build_here(press: Press) -> Build:
    """The code and templates that are here, which need not be those that the press runs."""
    settings = settings_in_force(press)
    if settings is None:
        fail("no valid newsroom.toml has been uploaded yet")
    return Build(code=press.code, settings=settings)


def _scope(settings: Settings, category: str | None, since: datetime | None, until: datetime | None) -> Scope | None:
    if not (category or since or until):
        return None
    named = desk_of(settings).categories.get(slug(category)) if category else None
    if category and named is None:
        fail(f"there is no category {category!r}, only {', '.join(each.slug for each in settings.category)}")
    if since and until and since > until:
        fail(f"no day is both since {since:%Y-%m-%d} and until {until:%Y-%m-%d}: change the two round")
    return Scope(named.slug if named else None, since.date() if since else None, until.date() if until else None)
