"""Sharing: the picture by which an article is known where its address is passed on."""

from functions.core.article import Article
from functions.core.cards.drawing import HEIGHT, WIDTH, Card, draw
from functions.core.page import Page
from functions.core.parts import Preview
from functions.core.picture import Picture
from functions.core.site.figures import widest
from functions.core.site.house import House


def card_of(article: Article, house: House) -> Card | None:
    """What is written on an article's card; None in a newsroom without cards."""
    if not house.settings.site.cards:
        return None
    section = house.section(article.category)
    rtl = house.locales[article.lang].direction == "rtl"
    return Card(article.title, section.text, house.site.name, section.accent, rtl)


def card_page(upload_id: str, card: Card, house: House) -> Page:
    """The card as it is published, beside the article's images."""
    return Page(card.key(upload_id), draw(card, house.card_fonts), "image/png", "immutable")


def preview(upload_id: str, article: Article, lead: Picture | None, house: House) -> Preview | None:
    """The picture for Open Graph and its like: the card, else the lead image, else none."""
    card = card_of(article, house)
    if card:
        alt = (
            f"{card.newsroom}, {card.section} : {card.title}"
            if article.lang == "fr"
            else f"{card.section}: {card.title}"
        )
        return Preview(house.url("/" + card.key(upload_id)), "image/png", WIDTH, HEIGHT, alt)
    if lead is None or article.lead is None:
        return None
    file = widest(upload_id, lead)
    return Preview(house.url("/" + file.key), file.media_type, file.width, file.height, article.lead.alt)


def photograph(upload_id: str, lead: Picture | None, house: House) -> str:
    """The absolute address of the lead image's largest file, or nothing."""
    return house.url("/" + widest(upload_id, lead).key) if lead else ""
