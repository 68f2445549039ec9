"""What a receipt says: why an upload waits and until when, in the newsroom's time, language and words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.receipt import Letter, Receipt
from functions.core.receipt_page import ReceiptPages
from functions.workflows.receipts import receipt_of
from functions.workflows.report import report_of
from infra.console import print_receipt
from tests.newsroom import IN_PARIS, SETTINGS, Newsroom
from tests.workflows.articles import article, jpeg, with_lead

KEY = "articles/plan.md"
HOUR = {"embargo": "2026-11-29 01:00"}
DUE = datetime(2026, 11, 29, 0, tzinfo=UTC)
SENTENCE = "Paraîtra le dimanche 29 novembre 2026 à 01:00"
WITHDRAWN = "La page qui était en ligne est retirée"


class Letters(list[Letter]):
    """The port `Editors`, as what they were told."""

    def tell(self, receipt: Receipt, letter: Letter) -> None:
        self.append(letter)


@pytest.fixture
def newsroom() -> Newsroom:
    newsroom = Newsroom(IN_PARIS)
    newsroom.press = replace(newsroom.press, editors=Letters())
    return newsroom


def save(newsroom: Newsroom, body: str, key: str = KEY) -> Receipt:
    ver = newsroom.upload(key, body)
    newsroom.drain()
    return receipt(newsroom, ver, key)


def receipt(newsroom: Newsroom, ver: str, key: str = KEY) -> Receipt:
    found = receipt_of(newsroom.press, key, ver)
    assert found
    return found


def pages(newsroom: Newsroom) -> ReceiptPages:
    found = desk_of(newsroom.build.settings).receipts
    assert found
    return found


def stored_page(newsroom: Newsroom, answer: Receipt) -> str:
    return newsroom.state.objects[keys.receipt_page(answer.id, answer.ver)].decode()


def page_now(newsroom: Newsroom, answer: Receipt) -> str:
    """The page with all that is known by now."""
    report = report_of(newsroom.press, answer.key, answer.ver)
    assert report
    return pages(newsroom).page(receipt(newsroom, answer.ver, answer.key), report.groups, report=report).decode()


def letter(newsroom: Newsroom) -> str:
    letters = newsroom.press.editors
    assert isinstance(letters, Letters)
    return letters[-1].text


def test_a_scheduled_article_is_told_its_hour_in_the_newsrooms_time_everywhere(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = save(newsroom, article("Un plan", **HOUR))
    assert (answer.outcome, answer.due, answer.suspended) == ("held", DUE, None)
    print_receipt(answer, pages(newsroom))
    told = [stored_page(newsroom, answer), page_now(newsroom, answer), letter(newsroom), capsys.readouterr().out]
    assert all(SENTENCE in each for each in told)
    newsroom.tick(DUE)
    assert receipt(newsroom, answer.ver).due is None
    assert SENTENCE not in stored_page(newsroom, answer) + letter(newsroom)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Will appear on Sunday 29 November 2026 at 01:00"), ("ar", "سيُنشر يوم الأحد 29 نونبر 2026")],
)
def test_the_hour_is_told_in_the_language_of_the_newsroom(language: str, sentence: str) -> None:
    newsroom = Newsroom(SETTINGS.replace(b'"fr"', f'"{language}"'.encode()))
    answer = save(newsroom, article("Un plan", **HOUR))
    said = list(pages(newsroom).said(answer))
    assert any(each.startswith(sentence) for each in said), said


def test_an_address_is_a_link_only_once_it_is_live(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    answer = save(newsroom, article("Un plan", **HOUR))
    url = answer.url or ""
    assert f'href="{url}"' not in stored_page(newsroom, answer)
    assert "Adresse, une fois en ligne" in stored_page(newsroom, answer)
    assert f"Adresse, une fois en ligne · {url}" in letter(newsroom).splitlines()
    print_receipt(answer)
    assert f"will be at {url}" in capsys.readouterr().out
    newsroom.tick(DUE)
    assert f'href="{url}"' in stored_page(newsroom, answer)
    assert url in letter(newsroom).splitlines()
    print_receipt(receipt(newsroom, answer.ver))
    assert "will be at" not in capsys.readouterr().out


def test_places_are_listed_only_where_the_article_is(newsroom: Newsroom) -> None:
    answer = save(newsroom, article("Un plan", **HOUR))
    assert "Où il paraît" not in stored_page(newsroom, answer) + page_now(newsroom, answer)
    newsroom.tick(DUE)
    assert "Où il paraît" in stored_page(newsroom, answer)
    refused = save(newsroom, article("Un plan", category="rien"))
    assert "Où il paraît" not in stored_page(newsroom, refused)


def test_an_article_that_waits_for_an_image_says_which_and_has_nothing_to_correct(newsroom: Newsroom) -> None:
    answer = save(newsroom, with_lead("vue.jpg"))
    page = page_now(newsroom, answer)
    assert "Ce qu’il attend" in page
    assert "articles/vue.jpg" in page
    assert "À corriger" not in page
    newsroom.upload("articles/vue.jpg", b"rien")
    newsroom.drain()
    assert "À corriger" in stored_page(newsroom, answer)
    newsroom.upload("articles/vue.jpg", jpeg())
    newsroom.drain()
    assert receipt(newsroom, answer.ver).outcome == "published"


def test_a_notice_is_nothing_to_correct(newsroom: Newsroom) -> None:
    ver = newsroom.upload(KEY, article("Un été").encode("windows-1252"))
    newsroom.drain()
    page = stored_page(newsroom, receipt(newsroom, ver))
    assert "À savoir" in page
    assert "À corriger" not in page


def test_the_newsrooms_own_names_of_fields_stand_on_its_pages(newsroom: Newsroom) -> None:
    refused = stored_page(newsroom, save(newsroom, article("", category="rien")))
    assert "<b>titre</b>" in refused
    assert "<b>rubrique</b>" in refused
    assert "<b>ancien-fichier</b>" in page_now(newsroom, save(newsroom, article("Un plan", moved_from="perdu.md")))


def test_times_stand_in_the_newsrooms_time_and_language(newsroom: Newsroom) -> None:
    answer = save(newsroom, article("Un plan"))
    page = page_now(newsroom, answer)
    assert page.count(">vendredi 20 novembre 2026 à 09:02</time>") == 2


@pytest.mark.parametrize(
    ("change", "until"), [(HOUR, f"{WITHDRAWN} jusque-là"), ({"draft": "true"}, f"{WITHDRAWN} tant que")]
)
def test_a_change_that_takes_a_live_page_off_says_so(newsroom: Newsroom, change: dict[str, str], until: str) -> None:
    save(newsroom, article("Un plan"))
    answer = save(newsroom, article("Un plan", **change))
    assert answer.suspended is True
    assert until in stored_page(newsroom, answer)
    assert until in letter(newsroom)
    newsroom.queues.ingests.append(KEY)
    newsroom.drain()
    assert receipt(newsroom, answer.ver) == answer


@pytest.mark.parametrize("change", [{"rubrique": "Nulle"}, {"image": "{file: absente.jpg, alt: Une vue}"}])
def test_a_change_that_does_not_go_live_says_that_readers_have_the_version_before(
    newsroom: Newsroom, change: dict[str, str]
) -> None:
    assert save(newsroom, article("Un plan")).stands is None
    answer = save(newsroom, article("Un plan", **change))
    assert answer.stands is True
    for told in (stored_page(newsroom, answer), page_now(newsroom, answer), letter(newsroom)):
        assert "Les lecteurs ont toujours la version précédente, qui reste en ligne" in told
    newsroom.remove(KEY)
    newsroom.drain()
    assert save(newsroom, article("Un plan", **change)).stands is None


def test_a_page_that_was_withdrawn_before_is_not_said_to_be_live(newsroom: Newsroom) -> None:
    save(newsroom, article("Un plan"))
    newsroom.remove(KEY)
    newsroom.drain()
    assert save(newsroom, article("Un plan", **HOUR)).suspended is None


def test_only_pages_that_existed_are_said_to_be_deleted(newsroom: Newsroom) -> None:
    answer = save(newsroom, with_lead("vue.jpg", tags="Climat"))
    waiting = report_of(newsroom.press, KEY, answer.ver)
    assert waiting
    assert "deleted" not in {touched.what for touched in waiting.objects}
    save(newsroom, article("Un plan", tags="Climat"))
    answer = save(newsroom, article("Un plan", tags="Eau"))
    changed = report_of(newsroom.press, KEY, answer.ver)
    assert changed
    assert [each.key for each in changed.objects if each.what == "deleted"] == ["tags/climat/index.html"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"category": "économi"}, "Corrigez, puis déposez"), ({"draft": "true"}, "ôtez la ligne"),
        ({"withdrawn": "true", "reason": "x"}, "ancien-fichier: plan.md"),
    ],
)  # fmt: skip
def test_an_editor_is_told_what_to_do_next(newsroom: Newsroom, fields: dict[str, str], sentence: str) -> None:
    answer = save(newsroom, article("Un plan", **fields))
    assert sentence in stored_page(newsroom, answer)
    assert sentence in letter(newsroom)


def test_no_line_of_a_receipt_ends_within_quotation_marks(newsroom: Newsroom) -> None:
    page = stored_page(newsroom, save(newsroom, article("Un plan", titel="x")))
    assert "«\u00a0titel\u00a0»\u00a0: vouliez-vous dire «\u00a0titre\u00a0»\u00a0?" in page


def test_the_parts_of_an_address_keep_their_order_in_any_script(newsroom: Newsroom) -> None:
    page = stored_page(newsroom, save(newsroom, article("الخطة", slug="الخطة")))
    assert "<bdi>economie</bdi>/<wbr><bdi>2024</bdi>/<wbr><bdi>03</bdi>/<wbr><bdi>الخطة" in page


def test_the_receipt_of_an_image_that_is_gone_says_what_became_of_its_articles(newsroom: Newsroom) -> None:
    newsroom.upload("articles/a.jpg", jpeg())
    newsroom.drain()
    newsroom.remove("articles/a.jpg")
    newsroom.drain()
    assert "ont quitté le site" in letter(newsroom)
