"""References: what an article's header says of other uploads, by their keys."""

from functions.core import keys
from functions.core.article import RelatedWish
from functions.core.header.form import Form, Names, Text
from functions.core.mistakes import Mistake
from functions.core.spelling import spellings

MAX_WISHES = 20
_WISHES = Names({name: name for name in ("pin", "exclude")}, {"epingler": "pin", "exclure": "exclude"})


def read_wishes(key: str, form: Form, mistakes: list[Mistake]) -> RelatedWish:
    """What the editor of the article at `key` wants in the related box, or never in it."""
    node = form.mapping("related", "related: {pin: [2024/03/al-omrane.md]}")
    if node is None:
        return RelatedWish()
    wishes, folder = Form(node, _WISHES, mistakes, of="related"), _folder(key)
    return RelatedWish(pin=read_ids(wishes, "pin", folder), exclude=read_ids(wishes, "exclude", folder))


def read_other(key: str, form: Form, name: str) -> str | None:
    """The id of the upload, another one than that at `key`, which a field names."""
    other = form.text(name, keys.MAX_KEY_BYTES)
    found = _id(other) if other else None
    if other and (found is None or keys.inbox_key(found) == key):
        form.note("bad_id", name, other.line, value=other.text)
    elif other:
        _note_folder(form, name, other, _folder(key))
    return found


def read_ids(form: Form, name: str, folder: str = "") -> tuple[str, ...]:
    """The distinct ids that a list of keys names, in its order, each in every spelling that it may be stored in.

    `folder` is that of the article, if one names them.
    """
    found: dict[str, None] = {}
    for written in form.texts(name, keys.MAX_KEY_BYTES, MAX_WISHES):
        upload_id = _id(written)
        if upload_id is None:
            form.note("bad_id", name, written.line, value=written.text)
        else:
            found.update(dict.fromkeys(spellings(upload_id)))
            _note_folder(form, name, written, folder)
    return tuple(found)


def _folder(key: str) -> str:
    folder, slash, _ = keys.id_of(key).rpartition("/")
    return folder + slash


def _note_folder(form: Form, name: str, written: Text, folder: str) -> None:
    """A notice, where an editor may have named a file beside the article as images are named."""
    if folder and "/" not in written.text:
        form.note("from_the_top", name, written.line, value=written.text, suggestion=folder + written.text)


def _id(written: Text) -> str | None:
    """The id of a key, written with or without articles/; None where no upload can have such a key."""
    key = keys.ARTICLES + written.exact.removeprefix("/").removeprefix(keys.ARTICLES)
    return keys.id_of(key) if keys.is_natural(key) else None
