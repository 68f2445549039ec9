"""Postings: one document of the archive. It lies nearly as it is looked through, so that reading it takes no parsing.

It is a line of JSON, then the arrays of its index, one after the other, the lowest byte of each number first; of the
terms the lowest bytes of all, then the next ones. So what is alike stands together, and a document of the usual size is
packed to half of that.
"""

import zlib
from array import array
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import accumulate, compress
from operator import sub
from typing import Literal, NamedTuple

from pydantic import TypeAdapter

from functions.core.model import canonical_json
from functions.core.related.fingerprint import Signature
from functions.core.related.index import KEY_BYTES, NO_ENTRIES, Index, asked_by, code_of
from functions.core.related.rows import Row

_BETWEEN = "\n"  # no id has it
_UNPACKED = b"["  # as the line of JSON begins
_MOST_PACKED = 1 << 18  # bytes: of more, packing takes longer than sending
_QUICKLY = 1
_FREE = ""  # the id of a number that no article has now
Filed = tuple[Row, Signature]
Wishes = tuple[tuple[str, ...], tuple[str, ...]]
"""The ids that an editor pinned, and those that were excluded."""


class _Head(NamedTuple):
    form: Literal["postings 2"]
    size: int
    ids: str
    stamps: str
    wishes: dict[str, Wishes]
    terms: int
    entries: int


class Postings(NamedTuple):
    """The articles of one document, each under its place in `ids`, and the terms that they find salient."""

    ids: list[str]
    stamps: list[str]
    edges: "array[int]"
    wishes: Mapping[str, Wishes]
    terms: Index

    @classmethod
    def of(cls, articles: Mapping[str, Filed]) -> "Postings":
        """The document of these articles."""
        rows, signatures = [row for row, _ in articles.values()], [signature for _, signature in articles.values()]
        wishes = {id_: (each.pin, each.exclude) for id_, each in zip(articles, signatures, strict=True)}
        return cls(
            list(articles),
            [row.stamp for row in rows],
            array("H", [row.edge for row in rows]),
            {id_: wish for id_, wish in wishes.items() if any(wish)},
            Index.of([asked_by(signature) for signature in signatures]),
        )

    @classmethod
    def read(cls, body: bytes) -> "Postings":
        """What a document says; nothing when other code wrote it in another form, or a part of it is gone."""
        try:
            first, _, rest = (body if body.startswith(_UNPACKED) else zlib.decompress(body)).partition(b"\n")
            head = _HEAD.validate_json(first)
            size, parts = head.size, BytesIO(rest)
            ids, stamps = (each.split(_BETWEEN)[:size] for each in (head.ids, head.stamps))
            edges, terms = _read("H", size, parts), _read_terms(head.terms, parts)
            ends = array("I", accumulate(_read(code_of(size + 1), head.terms, parts)))
            numbers, shares = _read(code_of(size), head.entries, parts), _read("B", head.entries, parts)
        except (ValueError, zlib.error):
            return NO_POSTINGS
        return cls(ids, stamps, edges, head.wishes, Index(terms, ends, numbers, shares))

    @property
    def body(self) -> bytes:
        """The document."""
        index, size = self.terms, len(self.ids)
        ids, stamps = _BETWEEN.join(self.ids), _BETWEEN.join(self.stamps)
        head = _Head("postings 2", size, ids, stamps, dict(self.wishes), len(index.terms), len(index.shares))
        held = array(code_of(size + 1), map(sub, index.ends, (0, *index.ends)))
        arrays = (held, index.numbers, index.shares)
        columns = [self.edges.tobytes(), _written_terms(index.terms), *(each.tobytes() for each in arrays)]
        text = b"".join([canonical_json(head), b"\n", *columns])
        return zlib.compress(text, _QUICKLY) if len(text) <= _MOST_PACKED else text

    def rows(self) -> Iterator[tuple[str, Row]]:
        """The row of each article."""
        return compress(zip(self.ids, map(Row, self.stamps, self.edges), strict=True), self.ids)

    def with_edge(self, upload_id: str, edge: int) -> "Postings":
        """The same, but for where the shortlist of one of its articles ends."""
        edges = self.edges[:]
        edges[self.ids.index(upload_id)] = edge
        return self._replace(edges=edges)

    def without(self, upload_id: str) -> "Postings":
        """The same without one of its articles. The number is free then."""
        number = self.ids.index(upload_id)
        wishes = {id_: wish for id_, wish in self.wishes.items() if id_ != upload_id}
        return self._numbered(number, _FREE, Row(""))._replace(wishes=wishes, terms=self.terms.minus(number))

    def plus(self, upload_id: str, row: Row, signature: Signature) -> "Postings":
        """The same with an article that it does not have."""
        number = self.ids.index(_FREE) if _FREE in self.ids else len(self.ids)
        wishes = dict(self.wishes)
        if signature.pin or signature.exclude:
            wishes[upload_id] = signature.pin, signature.exclude
        terms = self.terms.plus(number, asked_by(signature))
        return self._numbered(number, upload_id, row)._replace(wishes=wishes, terms=terms)

    def _numbered(self, number: int, upload_id: str, row: Row) -> "Postings":
        ids, stamps, edges = self.ids[:], self.stamps[:], self.edges[:]
        ids[number : number + 1] = [upload_id]
        stamps[number : number + 1] = [row.stamp]
        edges[number : number + 1] = array("H", [row.edge])
        return self._replace(ids=ids, stamps=stamps, edges=edges)


def _read(code: str, count: int, parts: BytesIO) -> "array[int]":
    """So many numbers. Raises ValueError where some are missing."""
    numbers = array(code)
    numbers.frombytes(_bytes(count * numbers.itemsize, parts))
    return numbers


def _read_terms(count: int, parts: BytesIO) -> "array[int]":
    terms = array("Q", bytes(8 * count))
    text = memoryview(terms).cast("B")
    for place in range(KEY_BYTES):
        text[place::8] = _bytes(count, parts)
    return terms


def _written_terms(terms: "array[int]") -> bytes:
    text = terms.tobytes()
    return b"".join([text[place::8] for place in range(KEY_BYTES)])


def _bytes(count: int, parts: BytesIO) -> bytes:
    found = parts.read(count)
    if len(found) < count:
        raise ValueError(count)
    return found


_HEAD = TypeAdapter(_Head)
NO_POSTINGS = Postings([], [], array("H"), {}, NO_ENTRIES)
