"""Hostile texts as uploads of every format and in every field, and the page of whatever of it is accepted."""

import html
import json
from collections.abc import Callable

from functions.core.article import Article
from functions.core.desk import Desk
from functions.core.errors import UploadRejected
from functions.core.picture import Picture
from functions.core.site.articles import ArticleInputs, article_pages
from functions.core.upload import read_upload
from tests.core.documents import docx, paragraph
from tests.core.uploads import desk
from tests.site import samples

PATH = "/economie/2024/03/essai-aaaaaa/"
_IMAGE = "articles/a.jpg"
_REQUIRED = {"titre": "Un titre", "rubrique": "Économie", "date": "2024-03-29"}
_FIELDS: dict[str, Callable[[str], str]] = {
    "titre": lambda text: text,
    "chapo": lambda text: text,
    "tags": lambda text: f"[{text}]",
    "auteurs": lambda text: f"[{text}]",
    "image": lambda text: f"{{file: a.jpg, alt: {text}, caption: {text}, credit: {text}}}",
    "corrections": lambda text: f"[{{date: 2024-03-30, text: {text}}}]",
}
_BODIES = {"Markdown": "articles/a.md", "HTML": "articles/a.html", "text": "articles/a.txt", "DOCX": "articles/a.docx"}


def places() -> list[str]:
    """Where a vector is tried."""
    return [*_FIELDS, *_BODIES]


def page_with(vector: str) -> tuple[str, int]:
    """The page of an article that has the vector wherever it is accepted, and in how many places it was refused."""
    fields = {name: put(json.dumps(vector, ensure_ascii=False)) for name, put in _FIELDS.items()}
    accepted = {name: value for name, value in fields.items() if _read(_markdown({name: value}))}
    bodies = [found.body for key in _BODIES.values() if (found := _read(_upload(key, vector), key))]
    article = _read(_markdown(accepted))
    assert article is not None
    article = article.model_copy(update={"body": "".join([article.body, *bodies])})
    return page_of(article), len(places()) - len(accepted) - len(bodies)


def page_of(article: Article) -> str:
    """The page of an article, with other vectors' worth of it in a related box."""
    pictures = {_IMAGE: Picture(key=_IMAGE, ver="1", content="0" * 16, width=900, height=600, opaque=True)}
    entry = samples.entry(
        1, title=article.title, standfirst=article.standfirst, authors=article.authors, tags=article.tags
    )
    house = samples.house()
    related = house.rows([entry])
    made = ArticleInputs(upload_id="a.md", article=article, path=PATH, pictures=pictures, related=related)
    return article_pages(made, house)[0].body.decode()


def raw_page(vector: str) -> str:
    """A page into which a vector got as it is: what the headers alone must hold."""
    mark = "Ici, le vecteur."
    article = _read(_markdown({}, mark))
    assert article is not None
    before, _, after = page_of(article).partition(f"<p>{mark}</p>")
    return f"{before}{vector}{after}"


def _markdown(fields: dict[str, str], body: str = "Du texte.") -> bytes:
    lines = [f"{name}: {value}" for name, value in (_REQUIRED | fields).items()]
    return "\n".join(["---", *lines, "---", body]).encode(errors="replace")


def _upload(key: str, vector: str) -> bytes:
    if key.endswith(".html"):
        metas = "".join(f'<meta name="{name}" content="{value}">' for name, value in _REQUIRED.items())
        return f"{metas}<p>Du texte.</p>\n{vector}".encode(errors="replace")
    if key.endswith(".docx"):
        legal = "".join(letter for letter in vector if letter >= " ")
        return docx(paragraph("Du texte.") + paragraph(legal))
    return _markdown({}, f"Du texte.\n\n{vector}")


def _read(body: bytes, key: str = "articles/a.md") -> Article | None:
    try:
        return read_upload(key, body, _desk())
    except UploadRejected:
        return None


def _desk() -> Desk:
    return desk()


def attribute(text: str) -> str:
    """A text as an attribute's value."""
    return html.escape(text)
