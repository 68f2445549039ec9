"""One page of every kind, for the tests that hold all pages to something."""

from functions.core.article import Correction, Language
from functions.core.page import HTML, Page
from functions.core.site.articles import article_pages
from functions.core.site.fixed import static_pages
from functions.core.site.lists import author_pages, category_pages, corrections_pages, front_pages, tag_pages
from functions.core.site.machines import feed_pages, month_index_pages
from functions.core.site.months import month_pages
from tests.site import samples


def all_pages(language: Language = "fr") -> tuple[Page, ...]:
    """Everything that the sample newsroom publishes, full lists and empty ones."""
    house = samples.house(language)
    listed = samples.entries(8, thumbnail=samples.thumbnail())
    arabic = samples.entry(9, lang="ar", title="مهرجان فاس", standfirst="عشر ليال")
    mended = samples.entry(10, corrections=(Correction(date=samples.NOON.date(), text="Le fleuve est le Sebou."),))
    mixed = [*listed, arabic, mended]
    return (
        *article_pages(samples.inputs(former=("/sport/2024/02/ancien-k3j5qa/",)), house),
        *article_pages(
            samples.inputs(upload_id="nu.md", article=samples.bare_article(), path="/sport/nu/", related=()), house
        ),
        *article_pages(samples.inputs(article=None, path="/sport/retire/", gone=True), house),
        *category_pages("economie", mixed, ["2024-03", "2023-12"], house),
        *category_pages("sport", [], [], house),
        *month_pages("economie", "2024-03", mixed, house),
        *month_pages("sport", "2024-02", [], house),
        *tag_pages("logement", mixed, house),
        *author_pages("salma-idrissi", mixed, house),
        *front_pages({"economie": mixed, "sport": [arabic], "culture": []}, house),
        *feed_pages(mixed, mixed[:3], ["2024-03", "2023-12"], house),
        *month_index_pages("2024-03", mixed, house),
        *corrections_pages([mended], house),
        *static_pages(house),
    )


def html_pages(language: Language = "fr") -> list[Page]:
    """Those of them that people read."""
    return [page for page in all_pages(language) if page.content_type == HTML]
