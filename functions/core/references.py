"""References: what an article's header says of other uploads, by their keys."""

from functions.core import keys
from functions.core.article import RelatedWish
from functions.core.fields import Form, Names, Text
from functions.core.spelling import spellings
from functions.core.words import Mistake

MAX_WISHES = 20
_WISHES = Names({name: name for name in ("pin", "exclude")}, {"epingler": "pin", "exclure": "exclude"})


def read_wishes(form: Form, mistakes: list[Mistake]) -> RelatedWish:
    """What the editor wants in the related box, or never in it."""
    node = form.mapping("related")
    if node is None:
        return RelatedWish()
    wishes = Form(node, _WISHES, mistakes, of="related")
    return RelatedWish(pin=read_ids(wishes, "pin"), exclude=read_ids(wishes, "exclude"))


def read_other(key: str, form: Form, name: str) -> str | None:
    """The id of the upload, another one than that at `key`, which a field names."""
    other = form.text(name, keys.MAX_KEY_BYTES)
    found = _id(other) if other else None
    if other and (found is None or keys.inbox_key(found) == key):
        form.note("bad_id", name, other.line, value=other.text)
    return found


def read_ids(form: Form, name: str) -> tuple[str, ...]:
    """The distinct ids that a list of keys names, in its order, each in every spelling that it may be stored in."""
    found: dict[str, None] = {}
    for written in form.texts(name, keys.MAX_KEY_BYTES, MAX_WISHES):
        upload_id = _id(written)
        if upload_id is None:
            form.note("bad_id", name, written.line, value=written.text)
        else:
            found.update(dict.fromkeys(spellings(upload_id)))
    return tuple(found)


def _id(written: Text) -> str | None:
    """The id of a key, written with or without articles/; None where no upload can have such a key."""
    key = keys.ARTICLES + written.exact.removeprefix("/").removeprefix(keys.ARTICLES)
    return keys.id_of(key) if keys.is_natural(key) else None
