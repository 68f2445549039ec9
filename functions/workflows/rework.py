"""Rework: one batch of a rebuild that runs on many workers at once. Every step may be repeated, in any order."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from functions.core import keys
from functions.core.groups import article_group, groups_of, is_list, standing_groups
from functions.workflows.now import current_build
from functions.workflows.ports import Press
from functions.workflows.printing import HouseOf
from functions.workflows.records import mending, records_of
from functions.workflows.render import render


class Worker(NamedTuple):
    """What a batch is rendered with; `in_time` says whether there is time for another group."""

    press: Press
    house_of: HouseOf
    in_time: Callable[[], bool]


def rework_articles(worker: Worker, records: Sequence[str]) -> int:
    """Render the articles of some records (keys of the state bucket), then flag their lists, each once a batch."""
    _beat(worker.press)
    with mending(worker.press):
        found = records_of(worker.press.state, map(keys.id_of_record, records))
    _render(worker, (article_group(record.id) for record in found))
    standing = standing_groups(current_build(worker.press).settings)
    lists = dict.fromkeys((*standing, *(name for record in found for name in groups_of(record) if is_list(name))))
    # Flags alone, no messages: the rebuild's next step renders them, or reconcile does once no batch goes on any more.
    worker.press.state.put_many({keys.dirty(name): worker.press.nonce().encode() for name in lists})
    return len(found)


def rework_lists(worker: Worker, flags: Sequence[str]) -> int:
    """Render the groups of some flags (keys of the state bucket)."""
    _beat(worker.press)
    _render(worker, map(keys.group_of_dirty, flags))
    return len(flags)


def _beat(press: Press) -> None:
    """Say that the rebuild goes on."""
    press.state.put(keys.REBUILD_BEAT, press.nonce().encode())


def _render(worker: Worker, groups: Iterable[str]) -> None:
    for name in groups:
        render(worker.press, worker.house_of, name, forced=True, in_time=worker.in_time)
