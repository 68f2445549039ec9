"""Chunks: what one process does of a build. It imports no more than that."""

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp
from typing import NamedTuple

from functions.bootstrap.desk import desk_of
from functions.bootstrap.files import code
from functions.bootstrap.house import house_of
from functions.core.build import Build
from functions.core.page import Page
from functions.core.parts import Row
from functions.core.record import Record
from functions.core.settings import Settings
from functions.core.site.articles import ArticleInputs
from functions.core.translations import Translation
from functions.workflows.editing import Editor
from functions.workflows.print_article import inputs_of
from functions.workflows.rebuild import Stock, article_output, take_stock
from infra.folder import FolderInbox, FolderSite


@dataclass(frozen=True)
class Plan:
    """What to build, and into what. `as_of` is the hour at which the site stands."""

    inbox: Path
    out: Path
    settings: Settings
    as_of: datetime
    jobs: int


class Taken(NamedTuple):
    """A chunk of uploads, taken in: records without their texts, which wait in the file `shelf` for the printing."""

    stocks: tuple[Stock, ...]
    shelf: Path


class Shelved(NamedTuple):
    """A chunk of articles to print: the file with their inputs, which lack what others add. `anew` come instead."""

    shelf: Path
    boxes: tuple[tuple[Row, ...], ...]
    versions: tuple[tuple[Translation, ...], ...]
    anew: dict[str, ArticleInputs]


class Printed(NamedTuple):
    """The site keys of some pages, and how many of them had to be written."""

    keys: tuple[str, ...]
    written: int


def editor_of(plan: Plan) -> Editor:
    """Who reads the uploads of the folder."""
    return Editor(FolderInbox(plan.inbox), desk_of(plan.settings), Build(code=code(), settings=plan.settings))


def take_chunk(plan: Plan, folder: str, keys: Sequence[str]) -> Taken:
    """A chunk of inbox keys; `folder` takes the shelf."""
    editor = editor_of(plan)
    stocks = [stock for key in keys if (stock := take_stock(editor, key, plan.as_of))]
    descriptor, shelf = mkstemp(dir=folder)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - the descriptor is what there is
        pickle.dump([inputs_of(stock.record) for stock in stocks if stock.record], file, pickle.HIGHEST_PROTOCOL)
    light = [stock._replace(record=_without_text(stock.record)) if stock.record else stock for stock in stocks]
    return Taken(tuple(light), Path(shelf))


def _without_text(record: Record) -> Record:
    article = record.article and record.article.model_copy(update={"body": ""})
    return record.model_copy(update={"article": article})


def print_chunk(plan: Plan, shelved: Shelved) -> Printed:
    """The pages of a chunk of articles."""
    inbox, house = FolderInbox(plan.inbox), house_of(plan.settings)
    with shelved.shelf.open("rb") as file:
        shelf: list[ArticleInputs] = pickle.load(file)  # noqa: S301 - a file of our own, in a folder of this user's
    inputs = (
        replace(shelved.anew.get(one.upload_id, one), related=box, versions=versions)
        for one, box, versions in zip(shelf, shelved.boxes, shelved.versions, strict=True)
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
