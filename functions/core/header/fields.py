"""The fields of an article's front matter: the contract's names, limits and meanings."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from functions.core import keys
from functions.core.article import LANGUAGES, Author, Correction, Figure, Language, RelatedWish, Tag
from functions.core.desk import Desk
from functions.core.files import BadPlace, image_beside
from functions.core.header.addresses import read_aliases
from functions.core.header.form import Form, Names, Text, nearest, without_accents
from functions.core.header.front_matter import Mapping
from functions.core.header.labels import MAX_NAME, read_authors, read_tags
from functions.core.header.references import read_other, read_wishes
from functions.core.mistakes import Mistake
from functions.core.slugs import slug
from functions.core.typography import Hand, typeset

MAX_TITLE, MAX_STANDFIRST, MAX_CAPTION, MAX_ALT, MAX_CORRECTIONS = 300, 1000, 500, 300, 50
_FIELDS = (
    "title standfirst category tags authors author published_at updated_at embargoed_until slug lang image related "
    "corrections draft typography withdrawn reason moved_from translation_of duplicate aliases"
).split()
_ALIASES = {
    "titre": "title",
    "chapo": "standfirst",
    "rubrique": "category",
    "categorie": "category",
    "categories": "category",  # as exporters have it: a list, of one
    "mots-cles": "tags",
    "auteurs": "authors",
    "auteur": "author",
    "date": "published_at",
    "embargo": "embargoed_until",
    "typographie": "typography",
    "retire": "withdrawn",
    "motif": "reason",
    "ancien-fichier": "moved_from",
    "traduction-de": "translation_of",
    "doublon": "duplicate",
    "anciennes-adresses": "aliases",
}
_IN_ARABIC = {
    "عنوان": "title",
    "مقدمة": "standfirst",
    "قسم": "category",
    "وسوم": "tags",
    "كاتب": "author",
    "تاريخ": "date",
    "لغة": "lang",
    "صورة": "image",
}
_TRIED = {  # in other systems, or by other editors
    "title": "headline",
    "standfirst": "summary, description, excerpt, subtitle",
    "chapo": "resume, extrait, accroche, chapeau",
    "category": "section",
    "tags": "keywords, post_tag",
    "mots-cles": "etiquettes",
    "authors": "byline",
    "author": "by",
    "auteur": "par, signature",
    "date": "publie, date de publication",
    "published_at": "pubdate, created, date_published",
    "updated_at": "modifie, modified, lastmod, last_modified_at, date_updated, datemodified",
    "lang": "langue, language, locale",
    "image": "photo, cover, featured_image, feature_image, featuredimage, thumbnail",
    "draft": "brouillon, status, statut",
    "aliases": "permalink, url, link, redirect_from",
    "related": "lies",
}
_NAMES = Names(
    known={name: name for name in _FIELDS} | _ALIASES,
    tried={word: name for name, words in _TRIED.items() for word in words.split(", ")}
    | _IN_ARABIC
    | {f"ال{word}": name for word, name in _IN_ARABIC.items()},
)
_FIGURE = Names(
    known={name: name for name in ("file", "alt", "caption", "credit")},
    tried={"fichier": "file", "src": "file", "legende": "caption", "texte": "alt", "photographe": "credit"},
)
_CORRECTION = Names({name: name for name in ("date", "text")}, {"texte": "text", "jour": "date"})
_LANGUAGES: dict[str, Language] = {each: each for each in LANGUAGES}
_UNKNOWN = datetime(1990, 1, 1, tzinfo=UTC)


class Header(NamedTuple):
    """What the front matter says, typeset; stand-ins where there were mistakes, which refuse the upload anyway."""

    title: str
    standfirst: str
    category: str
    tags: tuple[Tag, ...]
    authors: tuple[Author, ...]
    published_at: datetime
    updated_at: datetime | None
    embargoed_until: datetime | None
    slug: str
    lang: Language
    lead: Figure | None
    corrections: tuple[Correction, ...]
    related: RelatedWish
    draft: bool
    typography: bool
    withdrawn: bool
    reason: str
    moved_from: str | None
    translation_of: str | None
    duplicate: bool
    aliases: tuple[str, ...]


def contract_name(written: str | None) -> str | None:
    """The contract's name of a field as an editor spells it."""
    return _NAMES.known.get(without_accents(written), written) if written else None


def is_field(written: str) -> bool:
    """Whether the contract has a field of that name."""
    return without_accents(written) in _NAMES.known


def read_header(key: str, tree: Mapping, desk: Desk, mistakes: list[Mistake]) -> Header:
    """The header of the article at an inbox key; every mistake is added to `mistakes`."""
    form = Form(tree, _NAMES, mistakes)
    lang = _lang(form, desk)
    is_set = form.flag("typography", default=True)
    hand = lang if is_set else None
    title = _required(form, "title", MAX_TITLE)
    standfirst = form.text("standfirst", MAX_STANDFIRST)
    return Header(
        title=typeset(title, hand),
        standfirst=typeset(standfirst.text, hand) if standfirst else "",
        category=_category(form, desk),
        tags=read_tags(form, hand),
        authors=read_authors(form, hand),
        published_at=form.instant("published_at", desk.zone, required=True) or _UNKNOWN,
        updated_at=form.instant("updated_at", desk.zone),
        embargoed_until=form.instant("embargoed_until", desk.zone),
        slug=_slug(form, title),
        lang=lang,
        lead=_figure(key, form, hand, mistakes),
        corrections=tuple(_corrections(form, desk, hand, mistakes)),
        related=read_wishes(key, form, mistakes),
        draft=form.flag("draft"),
        typography=is_set,
        withdrawn=(withdrawn := form.flag("withdrawn")),
        reason=reason.text if (reason := form.text("reason", MAX_STANDFIRST, required=withdrawn)) else "",
        moved_from=read_other(key, form, "moved_from"),
        translation_of=read_other(key, form, "translation_of"),
        duplicate=form.flag("duplicate"),
        aliases=read_aliases(form),
    )


def _required(form: Form, name: str, limit: int) -> str:
    found = form.text(name, limit, required=True)
    return found.text if found else ""


def _lang(form: Form, desk: Desk) -> Language:
    asked = form.sign("lang", 100)
    if asked and asked.text in _LANGUAGES:
        return _LANGUAGES[asked.text]
    if asked:
        like = nearest(asked.text.casefold()[:2], _LANGUAGES)
        form.note("bad_language", "lang", asked.line, value=asked.text, suggestion=like)
    return desk.settings.newsroom.language


def _category(form: Form, desk: Desk) -> str:
    asked = form.only("category", MAX_NAME)
    if asked is None:
        return ""
    found = desk.categories.get(slug(asked.text))
    if found is None:
        names = {name: category.name for name, category in desk.categories.items()}
        if like := nearest(slug(asked.text), names):
            form.note("unknown_category", "category", asked.line, value=asked.text, suggestion=like)
        else:
            form.note_choice("unknown_category", "category", asked, names.values())
        return ""
    return found.slug


def _slug(form: Form, title: str) -> str:
    asked = form.sign("slug", MAX_TITLE)
    if asked is None:
        return slug(title)
    usable = slug(asked.text)
    if usable != asked.text:
        form.note("bad_slug", "slug", asked.line, value=asked.text, suggestion=usable or None)
    return usable


def _figure(key: str, form: Form, hand: Hand, mistakes: list[Mistake]) -> Figure | None:
    node = form.mapping("image", 'image: {file: photo.jpg, alt: "…"}')
    if node is None:
        return None
    figure = Form(node, _FIGURE, mistakes, of="image")
    file = figure.text("file", keys.MAX_KEY_BYTES, required=True)
    alt = figure.text("alt", MAX_ALT, required=True)
    caption, credit = figure.text("caption", MAX_CAPTION), figure.text("credit", MAX_CAPTION)
    return Figure(
        key=_image_key(key, figure, file) if file else "",
        alt=typeset(alt.text, hand) if alt else "",
        caption=typeset(caption.text, hand) if caption else "",
        credit=typeset(credit.text, hand) if credit else "",
    )


def _image_key(key: str, figure: Form, file: Text) -> str:
    try:
        return image_beside(key, file.exact)
    except BadPlace as error:
        figure.note(error.code, "file", file.line, value=file.text)
        return ""


def _corrections(form: Form, desk: Desk, hand: Hand, mistakes: list[Mistake]) -> Iterable[Correction]:
    nodes = form.items("corrections")
    if len(nodes) > MAX_CORRECTIONS:
        form.note("too_many", "corrections", nodes[MAX_CORRECTIONS].line, value=str(len(nodes)), limit=MAX_CORRECTIONS)
    for node in nodes[:MAX_CORRECTIONS]:
        if not isinstance(node, Mapping):
            form.note("not_named_values", "corrections", node.line, suggestion='- {date: 2024-03-29, text: "…"}')
            continue
        notice = Form(node, _CORRECTION, mistakes, of="corrections")
        day, text = notice.day("date", desk.zone), notice.text("text", MAX_STANDFIRST, required=True)
        if day and text:
            yield Correction(date=day.day, at=day.at, text=typeset(text.text, hand))
