"""Rows: what the archive holds of a live article beside its signature."""

from typing import NamedTuple

from functions.core.related.fingerprint import UNIT

LEAST = UNIT * UNIT // 25  # of UNIT * UNIT for an article and itself; what is further away is never among the best


class Row(NamedTuple):
    """One article. `stamp` is another one whenever anything changes that a box shows, or by which it is chosen.

    Nobody who is further away than `edge` is on its shortlist. It may be lower than it could be: then it is told of
    articles that are not for it; if it were higher, it would miss some that are.
    """

    stamp: str
    edge: int = LEAST
