"""A Mac stores é as e and U+0301, an article may name it as one character: they meet, whichever came first."""

from itertools import permutations

import pytest

from functions.core import keys
from functions.core.record import Record
from functions.workflows.reconcile import Reconciled, reconcile_full
from functions.workflows.report import report_of
from tests.newsroom import Newsroom
from tests.workflows.articles import article, jpeg, with_lead

KEY = "articles/2024/al-omrane.md"
COMPOSED, DECOMPOSED = "Médina été", "Me\u0301dina e\u0301te\u0301"
BOTH = (COMPOSED, DECOMPOSED)


def photo(name: str) -> str:
    return f"articles/2024/{name}.jpg"


def record(newsroom: Newsroom, key: str = KEY) -> Record:
    return Record.model_validate_json(newsroom.state.objects[keys.record(keys.id_of(key))])


def shown(newsroom: Newsroom) -> list[str]:
    """The inbox keys of the images that the article shows."""
    newsroom.drain()
    assert newsroom.site.objects == newsroom.rebuilt()
    return [picture.inbox_key for picture in record(newsroom).pictures]


@pytest.mark.parametrize(("stored", "written"), [*permutations(BOTH)])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_image_and_the_article_that_spells_it_otherwise_meet_in_any_order(
    stored: str, written: str, order: tuple[int, int]
) -> None:
    newsroom = Newsroom()
    uploads: list[tuple[str, str | bytes]] = [(KEY, with_lead(f"{written}.jpg")), (photo(stored), jpeg())]
    for place in order:
        newsroom.upload(*uploads[place])
        newsroom.drain()
    assert shown(newsroom) == [photo(stored)]
    newsroom.upload(photo(stored), jpeg(colour="maroon"))
    assert shown(newsroom) == [photo(stored)]
    newsroom.remove(photo(stored))
    assert shown(newsroom) == []


@pytest.mark.parametrize(("stored", "written"), [*permutations(("IMG_1.JPG", "IMG_1.jpg"))])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_image_of_a_camera_and_the_article_that_writes_its_suffix_small_meet_in_any_order(
    stored: str, written: str, order: tuple[int, int]
) -> None:
    newsroom = Newsroom()
    key = f"articles/2024/{stored}"
    uploads: list[tuple[str, str | bytes]] = [(KEY, with_lead(written)), (key, jpeg())]
    for place in order:
        newsroom.upload(*uploads[place])
        newsroom.drain()
    assert shown(newsroom) == [key]
    newsroom.remove(key)
    assert shown(newsroom) == []


def test_an_image_in_the_text_is_found_like_the_one_above_it() -> None:
    newsroom = Newsroom()
    newsroom.upload(KEY, article(body=f"![Vue](<{COMPOSED}.jpg>)\n\n![Vue](<{DECOMPOSED}.jpg>)"))
    newsroom.upload(photo(DECOMPOSED), jpeg())
    assert shown(newsroom) == [photo(DECOMPOSED)] * 2
    assert record(newsroom).images == {photo(COMPOSED): None, photo(DECOMPOSED): record(newsroom).pictures[0].ver}


@pytest.mark.parametrize("written", BOTH)
def test_of_two_images_the_one_that_is_named_exactly_is_shown_then_the_other(written: str) -> None:
    newsroom = Newsroom()
    other = photo(next(name for name in BOTH if name != written))
    newsroom.upload(KEY, with_lead(f"{written}.jpg"))
    newsroom.upload(other, jpeg(colour="maroon"))
    assert shown(newsroom) == [other]
    newsroom.upload(photo(written), jpeg())
    assert shown(newsroom) == [photo(written)]
    newsroom.remove(photo(written))
    assert shown(newsroom) == [other]


def test_reconcile_finds_an_image_in_another_spelling_that_nobody_was_told_of() -> None:
    newsroom = Newsroom()
    newsroom.upload(KEY, with_lead(f"{COMPOSED}.jpg"))
    newsroom.drain()
    newsroom.inbox.upload(photo(DECOMPOSED), jpeg())
    reconcile_full(newsroom.press)
    assert shown(newsroom) == [photo(DECOMPOSED)]
    newsroom.inbox.upload(photo(DECOMPOSED), jpeg(colour="maroon"))
    reconcile_full(newsroom.press)
    newsroom.drain()
    assert reconcile_full(newsroom.press) == Reconciled(flags=0, uploads=0)
    assert shown(newsroom) == [photo(DECOMPOSED)]


@pytest.mark.parametrize(("stored", "written"), [*permutations(BOTH)])
def test_a_renamed_article_is_found_from_its_old_name_in_either_spelling(stored: str, written: str) -> None:
    newsroom = Newsroom()
    old = f"articles/{stored}.md"
    newsroom.upload(old, article())
    newsroom.drain()
    before = keys.site_key(record(newsroom, old).path or "")
    newsroom.remove(old)
    newsroom.drain()
    newsroom.upload(KEY, article(moved_from=f"{written}.md"))
    newsroom.drain()
    assert newsroom.site.pages[before].metadata["redirect"] == record(newsroom).path
    assert newsroom.site.objects == newsroom.rebuilt()


@pytest.mark.parametrize(("stored", "written"), [*permutations(BOTH)])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_an_article_says_of_another_one_holds_in_either_spelling(
    stored: str, written: str, order: tuple[int, int]
) -> None:
    newsroom = Newsroom()
    other, wishes = f"articles/{stored}.md", f"related: {{pin: [{written}.md]}}\n---\n\n"
    text = article("The plan", lang="en", translation_of=f"{written}.md").replace("---\n\n", wishes, 1)
    uploads = [(other, article("Tout autre chose", slug="autre")), (KEY, text)]
    for place in order:
        newsroom.upload(*uploads[place])
        newsroom.drain()
    newsroom.upload("front.yaml", f"pinned: [{written}.md]\n")
    newsroom.drain()
    address = newsroom.build.settings.newsroom.base_url + (record(newsroom, other).path or "")
    page = newsroom.page(keys.site_key(record(newsroom).path or ""))
    assert f'hreflang="fr" href="{address}"' in page  # a translation
    assert "Tout autre chose" in page  # a pin
    assert newsroom.site.objects == newsroom.rebuilt()
    report = report_of(newsroom.press, KEY, record(newsroom).ver)
    assert report is not None
    assert report.absent == ()


def test_what_is_named_in_vain_is_told_once() -> None:
    newsroom = Newsroom()
    wishes = f"related: {{pin: [{COMPOSED}.md]}}\n---\n\n"
    ver = newsroom.upload(KEY, article().replace("---\n\n", wishes, 1))
    newsroom.drain()
    report = report_of(newsroom.press, KEY, ver)
    assert report is not None
    assert [each.id for each in report.absent] == [f"{COMPOSED}.md"]
