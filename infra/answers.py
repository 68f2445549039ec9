"""The press's answers to an upload: waited for, and told to whoever gave the command."""

import time

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.errors import AccessRefused
from functions.core.receipt import Receipt
from functions.core.report import Report
from functions.workflows.now import current_settings
from functions.workflows.ports import Press
from functions.workflows.receipts import receipt_of
from functions.workflows.report import report_of
from functions.workflows.status import is_settled
from infra.console import fail, notes, print_receipt, print_report

_TICK = 0.05


def wait_for(press: Press, key: str, ver: str, deadline: float) -> Receipt:
    """The receipt of a version once all its pages are written; ends the command at the deadline, which is monotonic."""
    while not ((receipt := receipt_of(press, key, ver)) and is_settled(press, keys.id_of(key))):
        if time.monotonic() > deadline:
            fail(f"no answer about {key} yet: ask again with `rotative status {keys.id_of(key)}`")
        time.sleep(_TICK)
    return receipt


def tell(press: Press, receipt: Receipt, seconds: float) -> None:
    """Print a receipt, and where its upload shows after so many seconds."""
    settings = current_settings(press)
    print_receipt(receipt, desk_of(settings).receipts)
    if report := report_for(press, receipt.key, receipt.ver):
        print_report(report, settings.newsroom.base_url, seconds)


def report_for(press: Press, key: str, ver: str) -> Report | None:
    """The report, where there is one and the identity that asks may see it: it looks into everybody's records."""
    try:
        return report_of(press, key, ver)
    except AccessRefused:
        notes.print("where else it shows, and what it cost, is for an operator to see")
        return None
