"""Render: one group's pages are made to match their inputs. The order of effects is the protocol; see CONTRIBUTING."""

from collections.abc import Callable
from itertools import takewhile

from functions.core import keys
from functions.core.errors import NotSettled, StaleBuild, WriteConflict
from functions.core.groups import STATIC, WAITING, Group, groups_of, is_list
from functions.core.objects import Condition, Stored
from functions.workflows.dirty import mark, wake
from functions.workflows.now import current_build
from functions.workflows.ports import Press
from functions.workflows.preview import print_preview
from functions.workflows.print_article import print_article
from functions.workflows.print_list import print_list, print_static
from functions.workflows.printing import HouseOf
from functions.workflows.records import mending, record_of
from functions.workflows.relate import relate

_PASSES = 3


def render(press: Press, house_of: HouseOf, name: str, *, forced: bool, in_time: Callable[[], bool]) -> bool:
    """Bring a group's pages up to date and clear its flag; NotSettled when that did not work out in a few passes.

    False if there was nothing to do: another message's render has done it.

    `forced`: render even without a flag, since an earlier delivery of this message may have stopped half way.
    `in_time` says whether there is time for another pass.
    """
    group = Group.parse(name)
    if group.kind == WAITING:
        return _wake_lists(press, group.value)
    wrote = touched = False
    for _ in takewhile(lambda _: in_time(), range(_PASSES)):
        flag = press.state.get(keys.dirty(name))
        if flag is None and not forced:
            return False
        try:
            with mending(press):
                wrote = _print(press, house_of, group, again=forced)
            if _clear(press, name, flag):
                return True
        except WriteConflict:
            forced = touched = True  # for all we know
            continue
        except StaleBuild:
            _hand_over(press, name, touched=touched or wrote)
            raise
        if not wrote:
            return True
        touched = True
    _hand_over(press, name, touched=touched)
    raise NotSettled(name)


def _wake_lists(press: Press, upload_id: str) -> bool:
    """On with the lists that lead to an article, whose page is printed: they were flagged when it was."""
    with mending(press):
        record = record_of(press.state, upload_id)
    if record:
        wake(press, filter(is_list, groups_of(record)), record.ver)
    return record is not None


def _hand_over(press: Press, name: str, *, touched: bool) -> None:
    """Flag the group again for others: what we wrote may lie over what somebody else has, who is done."""
    if touched:
        mark(press, [name])


def _clear(press: Press, name: str, flag: Stored | None) -> bool:
    """Take the flag away if it is still the one that was read; False if there was none."""
    if flag is None:
        return False
    press.state.delete(keys.dirty(name), Condition(flag.etag))
    return True


def _print(press: Press, house_of: HouseOf, group: Group, *, again: bool) -> bool:
    """Make the pages; True if any had to be written."""
    if group.kind == "rel":
        current_build(press)  # an old worker has no say any more
        return relate(press, group.value)
    if group.kind == "art":
        return print_article(press, house_of, group.value, again=again)
    if group.kind == "pre":
        return print_preview(press, house_of, group.value)
    if group.kind == STATIC:
        return print_static(press, house_of)
    return print_list(press, house_of, group)
