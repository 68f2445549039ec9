"""Dirty flags: which groups have to be rendered again."""

from collections.abc import Iterable

from functions.core import keys
from functions.workflows.ports import Press


def mark(press: Press, groups: Iterable[str]) -> None:
    """Flag every group with a fresh nonce, then send each a wake-up. Safe to repeat."""
    nonces = {group: press.nonce() for group in dict.fromkeys(groups)}
    if not nonces:
        return
    press.state.put_many({keys.dirty(group): nonce.encode() for group, nonce in nonces.items()})
    press.queues.ask_renders(nonces)
