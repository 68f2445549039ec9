"""Tell: editors who asked for it hear what became of an upload."""

from functions.core import keys
from functions.core.desk import Desk
from functions.core.receipt import Receipt
from functions.workflows.ports import Press


def tell(press: Press, desk: Desk, receipt: Receipt) -> None:
    """Tell the editors of a receipt that is about to be kept, unless it is the one that stands: at least once."""
    if press.editors is None or desk.receipts is None:
        return
    stored = press.state.get(keys.receipt(receipt.id, receipt.ver))
    if stored is None or stored.body != receipt.canonical():
        press.editors.tell(receipt, desk.receipts.letter(receipt))
