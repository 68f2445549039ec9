"""A newsroom made up for the tests of its pages: settings, the house, articles and entries."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from functions.core import keys
from functions.core.article import Article, Author, Correction, Figure, Language, Tag
from functions.core.entry import Entry
from functions.core.page import Page
from functions.core.picture import Image, Picture
from functions.core.settings import Category, Newsletter, Newsroom, Settings
from functions.core.site.articles import ArticleInputs, article_pages
from functions.core.site.house import House, make_house

TEMPLATES = Path(__file__).parents[2] / "templates"
CATEGORIES = {
    "economie": "Économie",
    "developpement-durable": "Développement durable",
    "culture": "Culture",
    "sport": "Sport",
    "societe": "Société",
    "monde": "Monde",
    "sciences": "Sciences",
    "ثقافة": "ثقافة",
}
NOON = datetime.fromisoformat("2024-03-29T12:30:00+00:00")
UPLOAD = "2024/03/al-omrane.md"
IMAGE = "articles/2024/03/chantier.jpg"
PATH = "/economie/2024/03/al-omrane-k3j5qa/"
PICTURE = Picture(key=IMAGE, ver="v1", content="0123456789abcdef", width=1800, height=1200, opaque=True)
BODY = """\
<p>Le groupe Al Omrane engage 12 milliards de dirhams de travaux sur trois ans.</p>
<h2>Trois régions d’abord</h2>
<p>« Nous commençons par <em>l’Oriental</em> », dit <a href="https://www.example.com/">son président</a>.</p>
<p><img alt="Le chantier, vu du port" src="@articles/2024/03/chantier.jpg" title="Le chantier en mars"></p>
<blockquote><p>Une ville se construit avec ceux qui l’habitent.</p></blockquote>
"""


def settings(language: Language = "fr", privacy: str | None = None, **newsroom: str) -> Settings:
    """The settings of the made-up newsroom."""
    about = {"name": "La Quotidienne", "base_url": "https://www.example.ma", **newsroom}
    return Settings(
        newsroom=Newsroom(language=language, **about),
        category=tuple(Category(slug=slug, name=name) for slug, name in CATEGORIES.items()),
        newsletter=Newsletter(privacy=privacy),
    )


def template_files() -> dict[str, bytes]:
    """The files of templates/, as bootstrap reads them."""
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_bytes() for path in TEMPLATES.rglob("*") if path.is_file()
    }


@cache
def house(language: Language = "fr") -> House:
    """The house of the made-up newsroom."""
    return make_house(settings(language), template_files())


def article(**changes: Any) -> Article:
    """An article with everything in it."""
    fields: dict[str, Any] = {
        "title": "Investissements : Al Omrane accélère",
        "standfirst": "Le groupe public lance son plus grand programme depuis dix ans.",
        "category": "economie",
        "tags": (Tag(slug="logement", label="Logement"), Tag(slug="al-omrane", label="Al Omrane")),
        "authors": (Author(slug="salma-idrissi", name="Salma Idrissi"), Author(slug="y-benali", name="Youssef Benali")),
        "published_at": NOON,
        "updated_at": NOON + timedelta(days=3),
        "slug": "al-omrane",
        "lead": Figure(key=IMAGE, alt="Des grues au-dessus du port", caption="Le port de Nador", credit="L. Amrani"),
        "images": (IMAGE,),
        "body": BODY,
        "words": 60,
        "corrections": (Correction(date=NOON.date() + timedelta(days=4), text="Le budget est de 12 milliards."),),
    }
    return Article.model_validate(fields | changes)


def bare_article() -> Article:
    """An article with nothing but what is required."""
    return Article(
        title="Nu", category="sport", published_at=NOON, slug="nu", body="<p>Une phrase.</p>", words=2, lang="fr"
    )


def entry(number: int = 1, **changes: Any) -> Entry:
    """The entry number `number` of a list: each an hour older than the one before."""
    upload_id = f"2024/03/article-{number}.md"
    category = changes.get("category", "economie")
    fields: dict[str, Any] = {
        "id": upload_id,
        "path": keys.article_path(category, "2024-03", f"article-{number}", keys.code_of(upload_id)),
        "title": f"Article numéro {number}",
        "standfirst": "Ce qu’il faut en retenir.",
        "category": category,
        "published_at": NOON - timedelta(hours=number),
        "lang": "fr",
        "tags": (Tag(slug="logement", label="Logement"),),
        "authors": (Author(slug="salma-idrissi", name="Salma Idrissi"),),
    }
    return Entry.model_validate(fields | changes)


def thumbnail() -> Image:
    """A lead image in a list."""
    return Image(src="/images/0123456789abcdef/0123456789abcdef-480.jpg", alt="Un port", width=480, height=320)


def entries(count: int, **changes: Any) -> list[Entry]:
    """Entries, newest first."""
    return [entry(number, **changes) for number in range(1, count + 1)]


def inputs(**changes: Any) -> ArticleInputs:
    """The inputs of the sample article's pages."""
    fields: dict[str, Any] = {
        "upload_id": UPLOAD,
        "article": article(),
        "path": PATH,
        "pictures": {IMAGE: PICTURE},
        "related": house().rows(entries(3)),
    }
    return ArticleInputs(**fields | changes)


def article_page(language: Language = "fr", **changes: Any) -> Page:
    """The page of the sample article with some of its fields changed."""
    related = house(language).rows(entries(3))
    return article_pages(inputs(article=article(**changes), related=related), house(language))[0]
