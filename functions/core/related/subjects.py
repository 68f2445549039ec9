"""Subjects: what related boxes know of articles, and the document of those that one article's box is chosen from."""

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from functions.core.entry import Entry
from functions.core.model import canonical_json
from functions.core.related.fingerprint import Fingerprint

CANDIDATES = "box"  # the kind of these documents


class Subject(NamedTuple):
    """A live article as related boxes choose and show it; `stamp` is that of its row in the archive."""

    about: Fingerprint
    entry: Entry
    stamp: str


_SUBJECTS = TypeAdapter(dict[str, Subject])


def read_subjects(body: bytes) -> dict[str, Subject]:
    """The subjects of a document, by article; none when other code wrote it in another form."""
    try:
        return _SUBJECTS.validate_json(body)
    except ValidationError:
        return {}


def subjects_body(subjects: Mapping[str, Subject]) -> bytes:
    """The document of subjects."""
    return canonical_json(_SUBJECTS.dump_python(dict(subjects), mode="json", exclude_none=True))
