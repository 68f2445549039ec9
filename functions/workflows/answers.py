"""Answers: the receipt of each upload."""

from collections.abc import Iterator, Sequence

from functions.core import keys
from functions.core.build import Build
from functions.core.picture import Picture
from functions.core.problem import Problem
from functions.core.reading import Reading, Version
from functions.core.receipt import Outcome, Receipt, had_readers, outcome_of
from functions.workflows.editing import Edited, Editor, read_image


def asset_receipt(editor: Editor, key: str, newest: Version) -> Receipt:
    """The answer to anything that is not an article: an image is stored, whatever else is refused."""
    blank = Receipt(key=key, id=keys.id_of(key), ver=newest.ver, outcome="stored")
    if newest.deleted:
        return blank.model_copy(update={"outcome": "withdrawn"})
    found = read_image(editor, key, newest.ver)
    return blank if isinstance(found, Picture) else blank.model_copy(update={"outcome": "refused", "problems": found})


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
