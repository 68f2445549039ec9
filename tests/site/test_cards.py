import io
from typing import Any

import pytest
from PIL import Image, ImageFont

from functions.core.cards.arabic import joined, visual
from functions.core.cards.drawing import HEIGHT, WIDTH, Card, Fonts, draw
from functions.core.cards.lettering import broken, drawable
from functions.core.site.sharing import card_of
from tests.newsroom import SETTINGS, Newsroom
from tests.site import samples
from tests.workflows.articles import article, jpeg, with_lead

WITH_CARDS = SETTINGS.replace(b"cards = false", b"cards = true")
FONTS = Fonts(*(samples.template_files()[f"cards/{name}.ttf"] for name in ("latin", "arabic")))


def card(title: str = "Al Omrane accélère", **changes: Any) -> Card:
    return Card(title, "Économie", "La Quotidienne", "c1", rtl=False)._replace(**changes)


def picture(some: Card) -> Image.Image:
    return Image.open(io.BytesIO(draw(some, FONTS)))


TITLES = {
    "short": "Bourse",
    "french": "Logement\u00a0: «\u202ftrois régions d’abord\u202f», dit le ministre de l’Habitat",
    "long": "Une très longue phrase qui ne finit pas " * 10,
    "word": "Anticonstitutionnellement" * 4,
    "emoji": 'Noor 😀 & </script> "x"',
    "none": "😀",
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_a_card_is_a_small_png_of_the_size_that_networks_ask(title: str) -> None:
    body = draw(card(title), FONTS)
    image = Image.open(io.BytesIO(body))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT)) == ("PNG", (1200, 630))
    assert len(body) <= 60_000
    assert draw(card(title), FONTS) == body


def test_nothing_is_written_into_the_margins() -> None:
    for title in TITLES.values():
        shown = picture(card(title)).convert("L").point(lambda value: 255 if value < 128 else 0)
        box = shown.crop((0, 104, WIDTH, HEIGHT)).getbbox()
        assert box is not None
        assert box[0] >= 60
        assert box[2] <= WIDTH - 60


def test_the_band_has_the_colour_of_the_category() -> None:
    assert picture(card(accent="c1")).convert("RGB").getpixel((2, 2)) == (0x89, 0x2C, 0x1C)
    assert picture(card(accent="c2")).convert("RGB").getpixel((2, 2)) == (0x00, 0x62, 0x20)


def test_an_arabic_card_begins_at_the_right() -> None:
    shown = picture(card("تحلية", rtl=True)).convert("L").point(lambda value: 255 if value < 128 else 0)
    box = shown.crop((0, 110, WIDTH, 500)).getbbox()
    assert box is not None
    assert box[0] > WIDTH / 2
    assert box[2] > WIDTH - 90


def test_a_card_has_another_name_as_soon_as_anything_on_it_changes() -> None:
    names = {
        some.key("a.md")
        for some in (
            card(),
            card("Autre"),
            card(section="Sport"),
            card(newsroom="B"),
            card(accent="c2"),
            card(rtl=True),
        )
    }
    assert len(names) == 6
    assert card().key("a.md") == card().key("a.md") != card().key("b.md")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("سلام", "\ufee1\ufefc\ufeb3"),
        ("تحلية", "\ufe94\ufef4\ufee0\ufea4\ufe97"),
        ("2026 في", "\ufef2\ufed3 2026"),
        ("نسبة 12,5%", "%12,5 \ufe94\ufe92\ufeb4\ufee7"),
        ("(المغرب)", "(\ufe8f\ufeae\ufed0\ufee4\ufedf\ufe8d)"),
        ("مع Al Omrane غدا", "\ufe8d\ufeaa\ufecf Al Omrane \ufeca\ufee3"),
        ("مُدُن", "\ufee5\ufeaa\ufee3"),
    ],
)
def test_arabic_is_joined_and_runs_from_the_right(text: str, seen: str) -> None:
    assert visual(joined(text), rtl=True) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("دار 2024-2026 دار", "راد 2026-2024 راد"),
        ("دار +5 و-3", "3-و 5+ راد"),
        ("دار 1.250,5 و10/12", "10/12و 1.250,5 راد"),
        ("2024-2026 و5%", "%5و 2024-2026"),
        ("OCP 12,5% دار", "راد OCP 12,5%"),
        ("دار ٣-٤ و٣,٤", "٣,٤و ٤-٣ راد"),
        ("دار Apple (iOS) دار", "راد Apple (iOS) راد"),
        ("دار (Apple دار) 5", "5 (راد Apple) راد"),
    ],
)
def test_a_number_after_arabic_lets_go_of_its_signs_as_in_a_browser(text: str, seen: str) -> None:
    assert visual(text, rtl=True) == seen


def test_a_line_reads_as_it_would_after_the_lines_above_it() -> None:
    assert visual("2024-2026", rtl=True) == "2024-2026"
    assert visual("2024-2026", rtl=True, before="دار ") == "2026-2024"
    assert visual("5-3", rtl=False, before="دار ") == "3-5"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Titre simple (2)", "Titre simple (2)"),
        ("Le mot «سلام» en 2026", "Le mot «\ufee1\ufefc\ufeb3» en 2026"),
    ],
)
def test_a_latin_line_keeps_its_order_around_arabic_words(text: str, seen: str) -> None:
    assert visual(joined(text), rtl=False) == seen


def test_lines_are_even_and_never_begin_with_a_french_mark() -> None:
    lines = broken("Logement\u00a0: qui paiera demain\u202f? Et combien\u202f?", 20, len)
    assert lines == ["Logement\u00a0: qui", "paiera demain\u202f?", "Et combien\u202f?"]
    assert broken("un deux trois quatre", 19, len) == ["un deux", "trois quatre"]
    assert broken("immense", 4, len) == ["imm", "ens", "e"]


def test_what_the_fonts_lack_falls_back_or_goes() -> None:
    assert drawable("Ḥimaya 😀 – é «\u202fx\u202f» œ €") == "Himaya – é «\u202fx\u202f» œ €"
    assert drawable("سلام") == "سلام"


def test_the_fonts_have_every_letter_that_is_drawable() -> None:
    missing = {
        name: ImageFont.truetype(io.BytesIO(body), 40).getmask("\uffff").getbbox()
        for name, body in (("latin", FONTS.latin), ("arabic", FONTS.arabic))
    }
    for code in (*range(0x21, 0x17F), *range(0x621, 0x64B)):
        letter = chr(code)
        if not letter.isprintable() or drawable(letter) != letter or letter == "\u0640":
            continue
        name = "arabic" if code >= 0x600 else "latin"
        font = ImageFont.truetype(io.BytesIO(FONTS.arabic if name == "arabic" else FONTS.latin), 40)
        assert bytes(font.getmask(joined(letter))) != bytes(font.getmask("\uffff")), hex(code)
    assert all(missing.values())


def test_a_newsroom_without_cards_has_none() -> None:
    newsroom = Newsroom()
    newsroom.upload("articles/a.md", article())
    newsroom.drain()
    assert not [key for key in newsroom.site.objects if "/card-" in key]
    house = samples.house()
    assert card_of(samples.article(lang="ar"), house) == Card(
        "Investissements : Al Omrane accélère", "Économie", "La Quotidienne", "c1", rtl=True
    )


def cards(newsroom: Newsroom) -> list[str]:
    return [key for key in newsroom.site.objects if "/card-" in key]


def test_a_card_follows_its_title_and_is_not_drawn_again_for_other_changes() -> None:
    newsroom = Newsroom(WITH_CARDS)
    newsroom.upload("articles/a.md", article("Premier titre"))
    newsroom.drain()
    (first,) = cards(newsroom)
    assert first in newsroom.page(next(key for key in newsroom.site.objects if "premier-titre" in key))
    newsroom.upload("articles/a.md", article("Premier titre", body="Un autre texte."))
    newsroom.drain()
    assert cards(newsroom) == [first]
    newsroom.upload("articles/a.md", article("Second titre"))
    newsroom.drain()
    (second,) = cards(newsroom)
    assert second != first
    assert newsroom.site.objects == newsroom.rebuilt()


def test_there_is_no_card_before_the_hour_nor_after_a_withdrawal() -> None:
    newsroom = Newsroom(WITH_CARDS)
    newsroom.upload("articles/a.md", article(embargo="2099-01-01"))
    newsroom.upload("articles/b.md", with_lead(title="Avec image"))
    newsroom.upload("articles/photo.jpg", jpeg())
    newsroom.drain()
    assert len(cards(newsroom)) == 1
    assert newsroom.site.objects == newsroom.rebuilt()
    newsroom.remove("articles/b.md")
    newsroom.drain()
    assert not [key for key in newsroom.site.objects if key.startswith("images/")]
    assert newsroom.site.objects == newsroom.rebuilt()


def test_switching_cards_off_takes_them_away() -> None:
    newsroom = Newsroom(WITH_CARDS)
    newsroom.upload("articles/a.md", article())
    newsroom.drain()
    newsroom.renew(SETTINGS)
    assert not cards(newsroom)
    assert newsroom.site.objects == newsroom.rebuilt()
