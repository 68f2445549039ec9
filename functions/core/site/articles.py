"""An article's pages: itself, the 301 stubs at its former paths, the tombstones once it is withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from functions.core import keys
from functions.core.article import Article
from functions.core.contexts import ArticlePage, NoticePage
from functions.core.html.description import beginning
from functions.core.locale import Locale
from functions.core.page import Page
from functions.core.parts import Alternate, CorrectionNote, Link, Moment, Row
from functions.core.picture import Picture
from functions.core.site.figures import lead_figure, with_pictures
from functions.core.site.house import House
from functions.core.site.linked_data import breadcrumbs, modified, news_article
from functions.core.site.moved import redirects
from functions.core.site.notes import with_named_ways_back
from functions.core.site.sharing import photograph, preview
from functions.core.site.wide import with_reachable_boxes
from functions.core.translations import Translation


@dataclass(frozen=True)
class ArticleInputs:
    """All that an article's pages depend on.

    `article` is None when it is not live; then `gone` tells whether it was withdrawn, and `moved_to` is the path of the
    article that has taken its place, if one has. `path` is its current site path, `former` are the other paths that it
    once had, `pictures` those of its images that have arrived, by inbox key, `related` the box's rows in rank order,
    and `versions` its text in every language, its own included. Search engines must not keep an `unlisted` page.
    """

    upload_id: str
    article: Article | None
    path: str | None
    former: tuple[str, ...] = ()
    gone: bool = False
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    related: tuple[Row, ...] = ()
    versions: tuple[Translation, ...] = ()
    moved_to: str = ""
    unlisted: bool = False


def article_pages(inputs: ArticleInputs, house: House) -> tuple[Page, ...]:
    """The pages at all paths of an article; none while it was never live."""
    if inputs.article is not None and inputs.path is not None:
        page = house.page(inputs.path, _article(inputs, inputs.article, inputs.path, house))
        return (page, *redirects(inputs.former, inputs.path, house))
    if inputs.moved_to:
        return tuple(redirects(inputs.former, inputs.moved_to, house))
    if inputs.gone:
        return _tombstones([inputs.path, *inputs.former] if inputs.path else inputs.former, house)
    return ()


def _tombstones(paths: Sequence[str], house: House) -> tuple[Page, ...]:
    words = house.locale.words
    shell = house.shell(words.gone_title)
    body = house.render(NoticePage(house.site, shell, title=words.gone_title, text=words.gone_text, form=None))
    return tuple(Page(keys.site_key(path), body, metadata={"gone": "1"}) for path in paths)


def _article(inputs: ArticleInputs, article: Article, path: str, house: House) -> ArticlePage:
    locale = house.locales[article.lang]
    words = locale.words
    section = house.section(article.category)
    description = article.standfirst or beginning(article.body)
    lead, url = _lead_picture(inputs, article), house.url(path)
    body = with_reachable_boxes(with_named_ways_back(article.body, words), words)
    shown = preview(inputs.upload_id, article, lead, house)
    images = [photograph(inputs.upload_id, lead, house), shown.url if shown else ""]
    return ArticlePage(
        site=house.site,
        shell=house.shell(
            article.title, "" if inputs.unlisted else path, category=article.category, description=description
        ),
        words=words,
        lang=article.lang,
        dir=locale.direction,
        territory=locale.territory,
        title=article.title,
        standfirst=article.standfirst,
        section=section,
        archives=section.href + "#archives",
        authors=tuple(Link(keys.author_path(author.slug), author.name) for author in article.authors),
        published=house.moment(article.published_at, locale),
        updated=_updated(article, locale, house),
        lead=lead_figure(inputs.upload_id, article.lead, lead, words, house),
        body=with_pictures(body, inputs.upload_id, inputs.pictures, words, house),
        corrections=_corrections(article, locale, house),
        tags=tuple(Link(keys.tag_path(tag.slug), tag.label) for tag in article.tags),
        related=inputs.related,
        versions=tuple(_alternate(version, house) for version in inputs.versions),
        preview=shown,
        modified=house.moment(modified(article, house)).iso,
        linked_data=(
            news_article(article, url, description, list(dict.fromkeys(filter(None, images))), house),
            breadcrumbs(article, url, house),
        ),
    )


def _updated(article: Article, locale: Locale, house: House) -> Moment | None:
    """When the text was changed after its publication; with the hour where the day would say nothing new."""
    if article.updated_at is None or article.updated_at <= article.published_at:
        return None
    day, hour = house.moment(article.updated_at, locale), house.hour(article.updated_at)
    same_day = day.text == house.moment(article.published_at, locale).text
    return Moment(day.iso, locale.instant(day.text, hour.text)) if same_day else day


def _alternate(version: Translation, house: House) -> Alternate:
    locale = house.locales[version.lang]
    text = locale.words.read_in_this_language
    return Alternate(version.lang, locale.direction, locale.territory, version.path, house.url(version.path), text)


def _lead_picture(inputs: ArticleInputs, article: Article) -> Picture | None:
    return inputs.pictures.get(article.lead.key) if article.lead else None


def _corrections(article: Article, locale: Locale, house: House) -> tuple[CorrectionNote, ...]:
    return tuple(CorrectionNote(house.corrected(each, locale), each.text) for each in article.corrections)
