"""Renew: a newsroom.toml is put in force if it can be used, answered like any upload, and made known by a walk."""

from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from functions.core import keys
from functions.core.desk import Desk
from functions.core.receipt import Receipt
from functions.core.settings import MAX_BYTES, Settings, given_up, told
from functions.workflows.install import install, valid_settings
from functions.workflows.ports import Press
from functions.workflows.receipts import answered, file_receipt, keep_receipt
from functions.workflows.walk import walk


class Renewed(NamedTuple):
    """How many uploads have been sent on their way, and the newest file's receipt; None where there is no file."""

    uploads: int
    receipt: Receipt | None


def renew(press: Press, desk_of: Callable[[Settings], Desk]) -> Renewed:
    """Take in the newest newsroom.toml. A bad one changes nothing: the one before it stays in force.

    Where that is so already, the walk goes on that makes it known: its next part is why this message came.
    """
    receipt = _answer(press, desk_of(install(press).settings))
    return Renewed(walk(press), receipt)


def _answer(press: Press, desk: Desk) -> Receipt | None:
    newest = next(iter(press.inbox.versions(keys.SETTINGS_KEY)), None)
    if newest is None:
        return None
    text = b"" if newest.deleted else press.inbox.read(keys.SETTINGS_KEY, newest.ver, MAX_BYTES + 1)
    problems = () if newest.deleted else told(text, desk.phrases)
    if not (problems or newest.deleted):
        problems = desk.phrases.put(given_up(*islice(valid_settings(press), 2)))
    receipt = file_receipt(keys.SETTINGS_KEY, newest, problems)
    if not answered(press, receipt):
        keep_receipt(press, desk, receipt)
    return receipt
