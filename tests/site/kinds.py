"""One page of every kind, for the tests that hold all pages to something."""

from datetime import timedelta

from functions.core.article import Correction, Language
from functions.core.page import HTML, Page
from functions.core.site import compose
from tests.site import samples


def all_pages(language: Language = "fr") -> tuple[Page, ...]:
    """Everything that the sample newsroom publishes, full lists and empty ones."""
    house = samples.house(language)
    listed = samples.entries(8, thumbnail=samples.thumbnail())
    arabic = samples.entry(9, lang="ar", title="مهرجان فاس", standfirst="عشر ليال")
    mended = samples.entry(10, corrections=(Correction(date=samples.NOON.date(), text="Le fleuve est le Sebou."),))
    mixed = [*listed, arabic, mended]
    return (
        *compose.article_pages(samples.inputs(former=("/sport/2024/02/ancien-k3j5qa/",)), house),
        *compose.article_pages(
            samples.inputs(upload_id="nu.md", article=samples.bare_article(), path="/sport/nu/", related=()), house
        ),
        *compose.article_pages(samples.inputs(article=None, path="/sport/retire/", gone=True), house),
        *compose.category_pages("economie", mixed, ["2024-03", "2023-12"], house),
        *compose.category_pages("sport", [], [], house),
        *compose.month_pages("economie", "2024-03", mixed, house),
        *compose.month_pages("sport", "2024-02", [], house),
        *compose.tag_pages("logement", mixed, house),
        *compose.author_pages("salma-idrissi", mixed, house),
        *compose.front_pages({"economie": mixed, "sport": [arabic], "culture": []}, house),
        *compose.feed_pages(mixed, ["2024-03", "2023-12"], house, since=samples.NOON - timedelta(hours=4)),
        *compose.month_index_pages("2024-03", mixed, house),
        *compose.corrections_pages([mended], house),
        *compose.static_pages(house),
    )


def html_pages(language: Language = "fr") -> list[Page]:
    """Those of them that people read."""
    return [page for page in all_pages(language) if page.content_type == HTML]
