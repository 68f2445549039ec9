"""Keep: a receipt is told and kept. Apart from answers.py, since render, which pins stories, reads no upload."""

from collections.abc import Sequence

from functions.core import keys
from functions.core.desk import Desk
from functions.core.receipt import Receipt
from functions.workflows.ports import Press
from functions.workflows.tell import tell


def answered(press: Press, receipt: Receipt) -> bool:
    """Whether this receipt stands."""
    stored = press.state.get(keys.receipt(receipt.id, receipt.ver))
    return stored is not None and stored.body == receipt.canonical()


def keep_receipt(press: Press, desk: Desk, receipt: Receipt) -> None:
    """Tell who wants to be told, and keep the receipt: that for programs last, so that it stands for the rest."""
    tell(press, desk, receipt)
    put_receipt_page(press, desk, receipt)
    press.state.put(keys.receipt(receipt.id, receipt.ver), receipt.canonical())


def put_receipt_page(press: Press, desk: Desk, receipt: Receipt, groups: Sequence[str] = (), preview: str = "") -> None:
    """The receipt for people to read, beside the one for programs. `preview` is a site path."""
    pages = desk.receipts
    if pages:
        address = desk.settings.newsroom.base_url + preview if preview else ""
        page = pages.page(receipt, groups, preview=address)
        press.state.put(keys.receipt_page(receipt.id, receipt.ver), page)
