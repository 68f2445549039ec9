"""A newsroom.toml that is uploaded while the press runs is answered, good or bad; a bad one changes nothing."""

from dataclasses import replace

import pytest

from functions.bootstrap.desk import desk_of
from functions.bootstrap.house import house_of
from functions.core import keys
from functions.core.receipt import Letter, Receipt
from functions.core.settings import MAX_BYTES
from functions.workflows.rehearse import rehearse
from functions.workflows.renew import renew
from infra.commands.status import tell_one
from tests.newsroom import SETTINGS, Newsroom

KEY = "newsroom.toml"
BAD = SETTINGS.replace(b'language = "fr"', b'language = "de"')


class Letters(list[Letter]):
    """The port `Editors`, as what they were told."""

    def tell(self, receipt: Receipt, letter: Letter) -> None:
        self.append(letter)


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def newsroom(letters: Letters) -> Newsroom:
    newsroom = Newsroom()
    newsroom.press = replace(newsroom.press, editors=letters)
    return newsroom


def save(newsroom: Newsroom, text: bytes) -> Receipt:
    newsroom.inbox.upload(KEY, text)
    receipt = renew(newsroom.press, desk_of).receipt
    newsroom.drain()
    assert receipt
    return receipt


def page(newsroom: Newsroom, receipt: Receipt) -> str:
    return newsroom.state.objects[keys.receipt_page(receipt.id, receipt.ver)].decode()


def test_bad_settings_are_refused_in_the_newsrooms_words_and_change_nothing(
    newsroom: Newsroom, letters: Letters, capsys: pytest.CaptureFixture[str]
) -> None:
    before = dict(newsroom.site.objects)
    receipt = save(newsroom, BAD)
    assert receipt.outcome == "refused"
    sentence = "valeur impossible pour le réglage « newsroom.language » : « de »"
    tell_one(newsroom.press, KEY)
    shown = page(newsroom, receipt).replace("\u00a0", " ")
    assert all(sentence in told for told in (shown, letters[-1].text, capsys.readouterr().out))
    assert newsroom.site.objects == before


def test_settings_of_which_only_the_beginning_would_be_read_are_refused(newsroom: Newsroom) -> None:
    """A category beyond the limit would be gone without a word."""
    before = dict(newsroom.site.objects)
    receipt = save(newsroom, SETTINGS + b"#" * MAX_BYTES + b'\n[[category]]\nslug = "sport"\nname = "Sport"\n')
    assert (receipt.outcome, [each.code for each in receipt.problems]) == ("refused", ["file_too_long"])
    assert newsroom.site.objects == before


def test_good_settings_are_stored_and_in_force(newsroom: Newsroom) -> None:
    receipt = save(newsroom, SETTINGS.replace("Économie".encode(), b"Affaires"))
    assert (receipt.outcome, receipt.problems) == ("stored", ())
    assert "Enregistré" in page(newsroom, receipt)
    assert "Affaires" in newsroom.page("index.html")


@pytest.mark.parametrize(
    "gone",
    [
        SETTINGS.replace(b'slug = "economie"', b'slug = "eco"'),
        SETTINGS.replace(b'slug = "economie"', b'slug = "eco"').replace("Économie".encode(), b"Affaires"),
        SETTINGS.replace("""[[category]]
slug = "economie"
name = "Économie"
""".encode(), b""),
    ],
)  # fmt: skip
def test_settings_that_give_a_category_up_say_so_before_and_after(
    newsroom: Newsroom, letters: Letters, gone: bytes
) -> None:
    rehearsed = rehearse(newsroom.press, desk_of, house_of, {KEY: gone}, newsroom.now).receipts[0]
    receipt = save(newsroom, gone)
    assert [each.outcome for each in (rehearsed, receipt)] == ["stored", "stored"]
    assert rehearsed.problems == receipt.problems
    (notice,) = receipt.problems
    assert (notice.code, notice.severity, notice.value) == ("category_gone", "notice", "Économie")
    renew(newsroom.press, desk_of)
    assert len(letters) == 1


def test_a_category_may_change_its_name_where_headers_know_it_by_its_address(newsroom: Newsroom) -> None:
    more = SETTINGS + b'[[category]]\nslug = "sport"\nname = "Sport"\n'
    assert not save(newsroom, more.replace("Économie".encode(), "Économie et finances".encode())).problems


def test_a_name_by_which_headers_know_a_category_is_not_lost_without_a_word(newsroom: Newsroom) -> None:
    named = SETTINGS.replace("Économie".encode(), "Économie et finances".encode())
    save(newsroom, named)
    (notice,) = save(newsroom, SETTINGS).problems
    assert (notice.code, notice.suggestion) == ("category_gone", "economie-et-finances")


def test_settings_that_are_taken_in_again_are_told_once(newsroom: Newsroom, letters: Letters) -> None:
    save(newsroom, BAD)
    renew(newsroom.press, desk_of)
    assert len(letters) == 1


def test_settings_that_are_deleted_stay_in_force(newsroom: Newsroom) -> None:
    newsroom.inbox.remove(KEY)
    receipt = renew(newsroom.press, desk_of).receipt
    assert receipt
    assert receipt.outcome == "withdrawn"
    assert newsroom.build.settings.newsroom.language == "fr"


def test_the_pins_have_a_page_for_people_too(newsroom: Newsroom) -> None:
    ver = newsroom.upload("front.yaml", "pinned: [rien.md]\nuntil: demain\n")
    newsroom.drain()
    assert "Refusé" in newsroom.state.objects[keys.receipt_page(keys.id_of("front.yaml"), ver)].decode()


def test_a_rehearsal_says_what_would_become_of_settings(newsroom: Newsroom) -> None:
    found = rehearse(newsroom.press, desk_of, house_of, {KEY: BAD}, newsroom.now)
    assert [receipt.outcome for receipt in found.receipts] == ["refused"]
    assert found.changes == ()
