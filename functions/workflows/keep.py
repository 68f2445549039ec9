"""Keep: a receipt is told, kept, and found again."""

from collections.abc import Sequence

from functions.core import keys
from functions.core.desk import Desk
from functions.core.receipt import Receipt
from functions.workflows.ports import Press
from functions.workflows.tell import tell


def receipt_of(press: Press, key: str, ver: str) -> Receipt | None:
    """The receipt of one version of an inbox key, once there is one."""
    stored = press.state.get(keys.receipt(keys.id_of(key), ver))
    return Receipt.model_validate_json(stored.body) if stored else None


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
