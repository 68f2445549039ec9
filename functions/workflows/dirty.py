"""Dirty flags: which groups have to be rendered again."""

from collections.abc import Iterable

from functions.core import keys
from functions.workflows.ports import Press

_MOST = 64  # signs of a version: S3's have 32, and SQS takes a nonce of 128


def mark(press: Press, groups: Iterable[str], ver: str = "") -> None:
    """Flag every group with a fresh nonce, then send each a wake-up. Safe to repeat.

    `ver` is the version of the upload for which it is done, if it is for one: it goes behind the nonce, into the logs.
    """
    reason = f"~{ver[:_MOST]}" if ver else ""
    nonces = {group: press.nonce() + reason for group in dict.fromkeys(groups)}
    if not nonces:
        return
    press.state.put_many({keys.dirty(group): nonce.encode() for group, nonce in nonces.items()})
    press.queues.ask_renders(nonces)
