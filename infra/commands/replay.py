"""`rotative replay`."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import boto3
import click
from rich.markup import escape

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.groups import line_of
from functions.core.messages import group_of, keys_of
from functions.workflows.editing import Editor
from functions.workflows.now import current_build
from functions.workflows.ports import Press
from functions.workflows.rebuild import take_stock
from infra import connection
from infra.console import out, print_json, print_table
from infra.dead_letters import DeadLetters, Letter

_QUEUES = {
    "ingest": "INGEST_QUEUE_URL",
    "render": "RENDER_QUEUE_URL",
    "outbox": "OUTBOX_QUEUE_URL",
    "send": "SEND_QUEUE_URL",
    "feedback": "FEEDBACK_QUEUE_URL",
}


class Found(NamedTuple):
    """A dead letter: the queue that gave it up, what it is about, and what stands in its way now."""

    queue: str
    about: str
    since: datetime
    reason: str


@click.command(
    epilog="""
\b
Examples:
  rotative replay --dry-run                  what was given up, and what stands in its way
  rotative replay                            send all of it back to where it came from
  rotative replay --queue render --json      of one queue only, as JSON
"""
)
@connection.options
@click.option("--queue", "only", type=click.Choice(list(_QUEUES)), help="Only what this queue gave up.")
@click.option("--dry-run", is_flag=True, help="Only list; leave every message where it is.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")
def command(*, inbox: Path, stack: str | None, only: str | None, dry_run: bool, as_json: bool) -> None:
    """Send messages back that were given up, since every delivery of them failed.

    Mend what stands in their way first: what fails again comes back to where it was.
    """
    press = connection.connect(inbox, stack)
    found = [found for name in ([only] if only else _QUEUES) for found in _replay(press, name, keep=dry_run)]
    if as_json:
        print_json([each._asdict() for each in found])
        return
    _tell(found, "waiting" if dry_run else "sent back")


def _replay(press: Press, name: str, *, keep: bool) -> Iterator[Found]:
    dead = DeadLetters(boto3.client("sqs"), os.environ[_QUEUES[name]])
    kept = []
    for letter in dead.letters(datetime.now(UTC)):
        yield Found(name, _about(name, letter), letter.since, _reason(press, name, letter))
        if keep:
            kept.append(letter)
        else:
            dead.send_back(letter)
    for letter in kept:
        dead.leave(letter)


def _about(name: str, letter: Letter) -> str:
    """An upload's keys or a group; of a reader's mail only the message's id, which says nothing of the reader."""
    try:
        if name == "ingest":
            return ", ".join(keys_of(letter.body))
        return group_of(letter.body) if name == "render" else letter.id
    except (ValueError, KeyError, TypeError):
        return letter.id


def _reason(press: Press, name: str, letter: Letter) -> str:
    """What stands in its way, as far as looking again, without writing, can tell."""
    try:
        if name == "ingest":
            _read_again(press, letter)
        elif name == "render" and press.state.get(keys.dirty(line_of(group_of(letter.body)))) is None:
            return "no longer flagged: rendered since"
        current_build(press)
    except Exception as error:  # noqa: BLE001 - whatever makes a handler fail is what is asked for
        return f"{type(error).__name__}: {error}"
    return "nothing stands in its way now"


def _read_again(press: Press, letter: Letter) -> None:
    build = current_build(press)
    for key in keys_of(letter.body):
        take_stock(Editor(press.inbox, desk_of(build.settings), build), key, datetime.now(UTC))


def _tell(found: list[Found], what: str) -> None:
    if not found:
        out.print("no message was given up")
        return
    print_table(["queue", "about", "sent", "reason"], map(_row, found))
    out.print(f"{len(found)} {what}")


def _row(found: Found) -> list[str]:
    return [found.queue, escape(found.about), f"{found.since:%Y-%m-%d %H:%M:%S %Z}", escape(found.reason)]
