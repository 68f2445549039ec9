"""Dirty flags: which groups have to be rendered again."""

from collections.abc import Iterable

from functions.core import keys
from functions.core.groups import is_list, waiting_group
from functions.workflows.ports import Press

_MOST = 64  # signs of a version: S3's have 32, and SQS takes a nonce of 128


def mark(press: Press, groups: Iterable[str], ver: str = "", page_first: str = "") -> None:
    """Flag every group with a fresh nonce, then send each a wake-up. Safe to repeat.

    `ver` is the version of the upload for which it is done, if it is for one: messages tell it behind the nonce.
    `page_first` is an article: no list is to lead to a page that is not there, so they are woken behind its page.
    """
    nonces = {group: press.nonce() for group in dict.fromkeys(groups)}
    if not nonces:
        return
    press.state.put_many({keys.dirty(group): nonce.encode() for group, nonce in nonces.items()})
    if page_first:
        nonces = {group: nonce for group, nonce in nonces.items() if not is_list(group)}
        nonces[waiting_group(page_first)] = press.nonce()
    nonces = {group: nonce + _reason(ver) for group, nonce in nonces.items()}
    press.queues.ask_renders(nonces)


def wake(press: Press, groups: Iterable[str], ver: str = "") -> None:
    """Send each of some flagged groups a wake-up."""
    press.queues.ask_renders({group: press.nonce() + _reason(ver) for group in groups})


def _reason(ver: str) -> str:
    return f"~{ver[:_MOST]}" if ver else ""
