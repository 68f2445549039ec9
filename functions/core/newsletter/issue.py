"""An issue of the newsletter: which articles it carries. Made once a day from the records, never changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date as Date
from datetime import datetime, timedelta

from pydantic import AwareDatetime

from functions.core.model import Frozen
from functions.core.record import Record
from functions.core.settings import Newsroom
from functions.core.spelling import spellings

ISSUES = "newsletter/issues/"
_FIRST_SIZE = 12  # articles of the very first issue, whatever their age
_SIZE = 60  # of one category: a reader of a quiet one gets it whole on a day that is full of others
_LATE = timedelta(hours=48)  # an article may come in this much later than it is dated, and is still news
_LISTED = timedelta(days=14)  # an embargo hides an article for so long at most, if it is to be mailed when it ends
_REMEMBERED = timedelta(days=30)


class Issue(Frozen):
    """`date` is the newsroom's local day, and the issue's name. `ids` are its articles, newest first, perhaps none.

    `mailed`: the articles of the issues of the last 30 days, this one included, each with its day.
    """

    date: str
    made_at: AwareDatetime
    ids: tuple[str, ...] = ()
    mailed: Mapping[str, str] = {}


def day(now: datetime, newsroom: Newsroom) -> str:
    """The name of the issue of an instant: the newsroom's local day."""
    return now.astimezone(newsroom.zone).date().isoformat()


def day_before(date: str) -> str:
    """The name of the issue of the day before."""
    return (Date.fromisoformat(date) - timedelta(days=1)).isoformat()


def issue_key(date: str) -> str:
    """The issue's object in the state bucket; newest first in LIST's order."""
    return f"{ISSUES}{99_999_999 - int(date.replace('-', ''))}~{date}.json"


def report_key(date: str) -> str:
    """The object that says that the issue is done, and what became of it."""
    return f"newsletter/reports/{date}.json"


def horizon(previous: Issue | None) -> datetime | None:
    """The publication before which no article need be looked at; None for the first issue, which takes the newest."""
    return previous.made_at - _LISTED if previous else None


def make_issue(date: str, records: Iterable[Record], previous: Issue | None, now: datetime) -> Issue:
    """The issue of a day, from the records, newest first: live, new since the previous issue, and never mailed.

    What was mailed before its file was renamed has been mailed.
    """
    before = dict(previous.mailed) if previous else {}
    since = previous.made_at - _LATE if previous else None
    room: Counter[str] = Counter()
    fresh: dict[str, None] = {}
    for record in records:
        if not record.article or not is_public(record, now) or (since and record.article.visible_from <= since):
            continue
        if mailed_on := next((before[name] for name in names(record) if name in before), ""):
            before[record.id] = mailed_on
        elif record.id not in fresh and room[record.article.category] < _SIZE:
            room[record.article.category] += 1
            fresh[record.id] = None
    ids = tuple(fresh)[: None if previous else _FIRST_SIZE]
    oldest = (Date.fromisoformat(previous.date if previous else date) - _REMEMBERED).isoformat()
    mailed = {id_: day_ for id_, day_ in before.items() if day_ >= oldest} | dict.fromkeys(ids, date)
    return Issue(date=date, made_at=now, ids=ids, mailed=mailed)


def names(record: Record) -> Iterator[str]:
    """The id of an article, and those of the uploads that it was before."""
    yield record.id
    for former in record.moved_from:
        yield from spellings(former)


def is_public(record: Record, now: datetime) -> bool:
    """Whether readers may see the article at this moment."""
    return record.state == "live" and record.article is not None and record.article.visible_from <= now


class Report(Frozen):
    """What became of an issue: readers by outcome. `waiting` have no delivery yet; `claimed` are in doubt.

    `unreadable` have a row in the table that no code here can read.
    """

    date: str
    articles: int
    sent: int = 0
    claimed: int = 0
    nothing: int = 0
    refused: int = 0
    unreadable: int = 0
    waiting: int = 0
