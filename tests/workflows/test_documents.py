"""Articles that are Word documents: what is inside them is published with them, and nothing else."""

from functions.bootstrap.house import house_of
from functions.core import keys
from functions.core.receipt import Receipt
from functions.workflows.print_article import image_pages, inputs_of
from functions.workflows.receipts import receipt_of
from functions.workflows.records import record_of
from tests.core.documents import PNG, docx, paragraph, picture, relation
from tests.core.test_images import drawn, saved
from tests.fakes import FakeInbox
from tests.newsroom import Newsroom
from tests.workflows.articles import article

KEY = "articles/2024/03/reportage.docx"
OTHER = saved(drawn((90, 50)), "PNG")


def document(image: bytes | None = PNG, text: str = "Du texte.") -> bytes:
    inside = paragraph("", inner=picture("i1")) if image else ""
    media = {"media__image1_png": image} if image else {}
    relations = [relation("i1", "image", "media/image1.png")] if image else []
    return docx(paragraph(text) + inside, relations, **media)


class Inbox(FakeInbox):
    """An inbox that notes what is read."""

    def __init__(self) -> None:
        super().__init__()
        self.reads: list[str] = []

    def read(self, key: str, ver: str, most: int) -> bytes:
        self.reads.append(key)
        return super().read(key, ver, most)


def receipt(newsroom: Newsroom, key: str, ver: str) -> Receipt:
    found = receipt_of(newsroom.press, key, ver)
    assert found is not None
    return found


def images(newsroom: Newsroom) -> set[str]:
    prefix = keys.image_prefix(keys.id_of(KEY))
    return {key for key in newsroom.site.objects if key.startswith(prefix) and "card-" not in key}


def test_the_images_inside_a_document_are_published_with_it() -> None:
    newsroom = Newsroom()
    ver = newsroom.upload(KEY, document())
    newsroom.drain()
    answer = receipt(newsroom, KEY, ver)
    assert (answer.outcome, answer.problems) == ("published", ())
    page = next(text for key, text in newsroom.site.objects.items() if "un-titre" in key)
    assert images(newsroom)
    assert any(key.encode() in page for key in images(newsroom))
    assert newsroom.site.objects == newsroom.rebuilt()


def test_a_document_is_read_once_to_print_all_its_images() -> None:
    newsroom, inbox = Newsroom(), Inbox()
    pictures = paragraph("", inner=picture("i1")) + paragraph("", inner=picture("i2"))
    relations = [relation(f"i{number}", "image", f"media/image{number}.png") for number in (1, 2)]
    newsroom.upload(KEY, docx(pictures, relations, media__image1_png=PNG, media__image2_png=OTHER))
    newsroom.drain()
    inbox.uploads = newsroom.inbox.uploads
    record = record_of(newsroom.state, keys.id_of(KEY))
    assert record
    printed = list(image_pages(inbox, house_of(newsroom.build.settings), inputs_of(record)))
    assert {page.key for page in printed} >= images(newsroom)
    assert len(images(newsroom)) > 2
    assert inbox.reads == [KEY]


def test_a_new_version_takes_the_old_ones_images_away_and_the_old_version_brings_them_back() -> None:
    newsroom = Newsroom()
    newsroom.upload(KEY, document())
    newsroom.drain()
    first = images(newsroom)
    newsroom.upload(KEY, document(OTHER))
    newsroom.drain()
    second = images(newsroom)
    assert second
    assert not first & second
    newsroom.upload(KEY, document(None, "Sans image."))
    newsroom.drain()
    assert not images(newsroom)
    newsroom.upload(KEY, document())
    newsroom.drain()
    assert images(newsroom) == first
    assert newsroom.site.objects == newsroom.rebuilt()


def test_a_document_that_is_refused_leaves_the_live_one_alone() -> None:
    newsroom = Newsroom()
    newsroom.upload(KEY, document())
    newsroom.drain()
    before = dict(newsroom.site.objects)
    ver = newsroom.upload(KEY, document(b"no image"))
    newsroom.drain()
    assert [problem.code for problem in receipt(newsroom, KEY, ver).problems] == ["not_an_image"]
    assert newsroom.site.objects == before == newsroom.rebuilt()


def test_removing_a_document_removes_its_images() -> None:
    newsroom = Newsroom()
    newsroom.upload(KEY, document())
    newsroom.drain()
    newsroom.remove(KEY)
    newsroom.drain()
    assert not images(newsroom)
    assert newsroom.site.objects == newsroom.rebuilt()


def test_nobody_waits_for_an_image_that_came_with_its_document() -> None:
    newsroom = Newsroom()
    newsroom.upload(KEY, document())
    newsroom.drain()
    assert not list(newsroom.press.state.list(keys.NEEDS))


def test_a_notice_stands_on_a_receipt_that_says_published() -> None:
    newsroom = Newsroom()
    key = "articles/2024/03/latin.md"
    ver = newsroom.upload(key, article("Un été").encode("cp1252"))
    newsroom.drain()
    answer = receipt(newsroom, key, ver)
    assert answer.outcome == "published"
    assert [(problem.code, problem.severity) for problem in answer.problems] == [("windows_1252", "notice")]
