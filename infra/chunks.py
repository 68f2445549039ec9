"""Chunks: what one process does of a build. It imports no more than that."""

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple, cast

from functions.bootstrap.desk import desk_of
from functions.bootstrap.files import code
from functions.bootstrap.house import house_of
from functions.core.article import Article
from functions.core.build import Build
from functions.core.duplicates import bands_in
from functions.core.errors import UploadRejected
from functions.core.files import kind_of
from functions.core.page import Page
from functions.core.record import Record
from functions.core.settings import Settings
from functions.core.site.articles import ArticleInputs
from functions.core.translations import Translation
from functions.workflows.editing import Editor, read_article
from functions.workflows.print_article import inputs_of
from functions.workflows.rebuild import Stock, article_output, take_stock
from infra.archive import archive_in
from infra.folder import ONLY, FolderInbox, FolderSite

_STOCKS, _INPUTS = "stocks.pickle", "inputs.pickle"


@dataclass(frozen=True)
class Plan:
    """What to build, and into what. `as_of` is the hour at which the site stands."""

    inbox: Path
    out: Path
    settings: Settings
    as_of: datetime
    jobs: int


class Taken(NamedTuple):
    """A chunk of uploads, taken in: the folder with its stocks and inputs, and of each stock the bands of its text."""

    shelf: Path
    bands: tuple[tuple[str, ...], ...]


class Batch(NamedTuple):
    """A chunk of articles to print. `places` are those of its live ones in the archive, None stands for the others.

    The inputs wait on the shelf and lack what others add; `anew` come instead.
    """

    shelf: Path
    places: tuple[int | None, ...]
    versions: tuple[tuple[Translation, ...], ...]
    anew: dict[str, ArticleInputs]


class Printed(NamedTuple):
    """The site keys of some pages, and how many of them had to be written."""

    keys: tuple[str, ...]
    written: int


def editor_of(plan: Plan) -> Editor:
    """Who reads the uploads of the folder."""
    return Editor(FolderInbox(plan.inbox), desk_of(plan.settings), Build(code=code(), settings=plan.settings))


def _read(editor: Editor, key: str) -> Article | UploadRejected:
    try:
        return read_article(editor, key, ONLY)
    except UploadRejected as rejected:
        return rejected


def take_chunk(plan: Plan, folder: str, keys: Sequence[str]) -> Taken:
    """A chunk of inbox keys; `folder` takes the shelf."""
    editor = editor_of(plan)
    # Read before anything is made of it: a processor is a tenth quicker while it does but one thing.
    ahead = {(key, ONLY): _read(editor, key) for key in keys if kind_of(key) == "article"}
    editor = editor._replace(ahead=ahead)
    stocks = [stock for key in keys if (stock := take_stock(editor, key, plan.as_of))]
    shelf = Path(mkdtemp(dir=folder))
    light = [stock._replace(record=_without_text(stock.record)) if stock.record else stock for stock in stocks]
    (shelf / _STOCKS).write_bytes(pickle.dumps(light, pickle.HIGHEST_PROTOCOL))
    inputs = [inputs_of(stock.record) for stock in stocks if stock.record]
    (shelf / _INPUTS).write_bytes(pickle.dumps(inputs, pickle.HIGHEST_PROTOCOL))
    return Taken(shelf, tuple(bands_in(stock.record.history) if stock.record else () for stock in stocks))


def stocks_on(shelf: Path, *, keep: bool = False) -> list[Stock]:
    """What was taken in; the articles without their texts. Unless it is to `keep` them, the shelf has them no more."""
    return cast("list[Stock]", _unpickled(shelf / _STOCKS, keep=keep))


def _unpickled(file: Path, *, keep: bool) -> object:
    """What one of our own files holds; it goes unless it is to be kept, since all of them would fill a small disk."""
    held: object = pickle.loads(file.read_bytes())  # noqa: S301 - from a folder that only this user can write into
    if not keep:
        file.unlink()
    return held


def _without_text(record: Record) -> Record:
    if not (record.article and record.article.standfirst):  # feeds tell the first words of what has no standfirst
        return record
    return record.model_copy(update={"article": record.article.model_copy(update={"body": ""})})


def print_chunk(plan: Plan, folder: str, batch: Batch) -> Printed:
    """The pages of a chunk of articles; `folder` has the archive to which they are related."""
    inbox, house, archive = FolderInbox(plan.inbox), house_of(plan.settings), archive_in(folder)
    shelf = cast("list[ArticleInputs]", _unpickled(batch.shelf / _INPUTS, keep=False))
    boxes = archive.boxes(place for place in batch.places if place is not None)
    inputs = (
        replace(
            batch.anew.get(one.upload_id, one),
            related=next(boxes) if place is not None else (),
            versions=versions,
        )
        for one, place, versions in zip(shelf, batch.places, batch.versions, strict=True)
    )
    pages = (page for one in inputs for page in article_output(inbox, house, one))
    return print_pages(FolderSite(plan.out), pages)


def print_pages(site: FolderSite, pages: Iterable[Page]) -> Printed:
    """Write what is not there yet."""
    keys, written = [], 0
    for page in pages:
        keys.append(page.key)
        written += site.put(page)
    return Printed(tuple(keys), written)
