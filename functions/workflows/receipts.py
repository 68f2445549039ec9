"""Receipts: what became of each upload is made out, told to who wants to be told, kept, and found again."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from functions.core import keys
from functions.core.build import Build
from functions.core.desk import Desk
from functions.core.errors import UnknownForm
from functions.core.picture import Picture
from functions.core.problem import Problem
from functions.core.reading import Reading, Version
from functions.core.receipt import Outcome, Receipt, had_readers, outcome_of
from functions.workflows.editing import Edited, Editor
from functions.workflows.intake import under_way
from functions.workflows.pictures import read_image
from functions.workflows.ports import Press

_WELL = frozenset({"published", "stored"})


def asset_receipt(editor: Editor, key: str, newest: Version) -> Receipt:
    """The answer to anything that is not an article: an image is stored, whatever else is refused."""
    found = () if newest.deleted else read_image(editor.inbox, editor.desk, key, newest.ver)
    return file_receipt(key, newest, () if isinstance(found, Picture) else found)


def file_receipt(key: str, newest: Version, problems: tuple[Problem, ...]) -> Receipt:
    """The answer to the newest version of a file that is no article, once it is known what is wrong with it."""
    is_refused = any(problem.severity == "refusal" for problem in problems)
    outcome: Outcome = "withdrawn" if newest.deleted else "refused" if is_refused else "stored"
    return Receipt(key=key, id=keys.id_of(key), ver=newest.ver, outcome=outcome, problems=problems)


def article_receipt(edited: Edited, build: Build) -> Receipt:
    """The answer to the newest version of an article's key."""
    newest = edited.record.history[0]
    outcome = outcome_of(newest, edited.resolution, edited.record.elders)
    receipt = _receipt(edited, newest, outcome, newest.problems + edited.waiting_for, build)
    if edited.resolution.live not in {None, newest.ver}:
        return receipt.model_copy(update={"stands": True})
    due = newest.visible_from if outcome == "held" else None
    if due and due <= edited.as_of:
        due = None  # its hour has come: it waits for something else
    if not due and outcome != "draft":
        return receipt
    suspended = True if had_readers(edited.record.history) else None
    return receipt.model_copy(update={"due": due, "suspended": suspended})


def superseded_receipts(edited: Edited, known: Sequence[str], build: Build) -> Iterator[Receipt]:
    """The answers to versions that were replaced before anybody looked: their editors wait for one too."""
    for reading in edited.record.history[1:]:
        if reading.ver not in known:
            outcome: Outcome = "published" if reading.kind == "accepted" else outcome_of(reading, edited.resolution)
            yield _receipt(edited, reading, outcome, reading.problems, build)


def tell(press: Press, desk: Desk, receipt: Receipt) -> None:
    """Tell the editors of a receipt that is about to be kept, unless the one that stands says as much: at least once.

    Other words for it, and other addresses, come with new code or settings, for the whole archive: they are no news.
    Of a whole archive that comes in, what is well is none either.
    """
    if press.editors is None or desk.receipts is None or _is_known(press, receipt):
        return
    if receipt.outcome not in _WELL or not under_way(press):
        press.editors.tell(receipt, desk.receipts.letter(receipt))


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


def receipt_of(press: Press, key: str, ver: str) -> Receipt | None:
    """The receipt of one version of an inbox key, once there is one."""
    stored = press.state.get(keys.receipt(keys.id_of(key), ver))
    return Receipt.read(stored.body) if stored else None


def answered(press: Press, receipt: Receipt) -> bool:
    """Whether this receipt stands."""
    stored = press.state.get(keys.receipt(receipt.id, receipt.ver))
    return stored is not None and stored.body == receipt.canonical()


def _is_known(press: Press, receipt: Receipt) -> bool:
    stored = press.state.get(keys.receipt(receipt.id, receipt.ver))
    with suppress(UnknownForm):
        return stored is not None and _news(Receipt.read(stored.body)) == _news(receipt)
    return False


def _news(receipt: Receipt) -> tuple[object, ...]:
    """What an editor has to hear of again if it changes: what became of an upload, and what there is to do."""
    problems = ((each.code, each.field, each.value) for each in receipt.problems if each.severity == "refusal")
    return receipt.outcome, receipt.due, receipt.suspended, receipt.stands, *problems


def _receipt(
    edited: Edited, reading: Reading, outcome: Outcome, problems: tuple[Problem, ...], build: Build
) -> Receipt:
    return Receipt.trusted(
        key=edited.record.key,
        id=edited.record.id,
        ver=reading.ver,
        outcome=outcome,
        url=build.settings.newsroom.base_url + reading.path if reading.path and outcome != "withdrawn" else None,
        problems=problems,
    )
