"""Addresses that an article had before it came here."""

import pytest

from functions.core.addresses import ELSEWHERE
from infra.package import document
from tests.core.uploads import problem, read, upload


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/2019/03/al-omrane.html", "/2019/03/al-omrane.html"),
        ("/2019/03/al-omrane/", "/2019/03/al-omrane/"),
        ("/2019/03/al-omrane", "/2019/03/al-omrane/"),
        ("/al-omrane/index.html", "/al-omrane/"),
        ("/bourse/masi-index.html", "/bourse/masi-index.html"),
        ("/al-omrane.html/", "/al-omrane.html/"),
        ("https://old.example.ma/node/123", "/node/123/"),
        ("//old.example.ma/node/123", "/node/123/"),
        ("/%C3%A9co/l%27eau.PHP", "/éco/l'eau.PHP/"),
        ("/عمران/", "/عمران/"),
        ("/a~b%2525/100%25.html", "/a~b%25/100%.html"),
        ("/.well-known", "/.well-known/"),
    ],
)
def test_an_address_is_the_path_that_readers_ask_the_cdn_for(written: str, path: str) -> None:
    assert read(aliases=f"['{written.replace(chr(39), chr(39) * 2)}']").aliases == (path,)


def test_each_of_several_counts_once_whatever_form_it_has() -> None:
    article = read(**{"anciennes-adresses": "/a, /a/, https://example.ma/a/index.html; /b.html"})
    assert article.aliases == ("/a/", "/b.html")


def test_what_is_refused_is_what_the_cdn_asks_others_for() -> None:
    behaviours = document()["Resources"]["Distribution"]["Properties"]["DistributionConfig"]["CacheBehaviors"]
    others = [each["PathPattern"] for each in behaviours if each["TargetOriginId"] != "pages"]
    assert others == [f"{ELSEWHERE}*"]


def test_a_comma_within_an_address_is_one_of_it() -> None:
    assert read(aliases="/le-port,12.html, /b;c.html,/d,").aliases == ("/le-port,12.html", "/b;c.html", "/d/")


@pytest.mark.parametrize(
    "written",
    ["/", "", "/index.html", "a.html", "/?p=123", "/a?", "/a#b", "/a//b", "/../a", "/a/./b", "/a\\b", "mailto:a@b.ma",
     "/caf%E9", "/a%00b", "/a%0Ab", "https://old.example.ma", "http://[a/b", "/" + "a" * 256 + ".html", "/a" * 200,
     "/" + "é" * 260, "/a/" + "é" * 128, "/api/a"],
)  # fmt: skip
def test_what_nobody_can_be_led_on_from_is_refused_with_an_example(written: str) -> None:
    found = problem(upload(aliases=f"['{written}']"))
    assert (found.code, found.field, found.line, found.suggestion) == (
        "bad_address", "aliases", 5, "/2019/03/al-omrane.html",
    )  # fmt: skip


def test_who_writes_it_as_in_another_generator_is_told_the_name() -> None:
    for name in ("redirect_from", "permalink", "url"):
        found = problem(upload(**{name: "/a/"}))
        assert (found.code, found.suggestion) == ("unknown_field", "aliases")


def test_no_more_than_twenty_are_taken() -> None:
    assert problem(upload(aliases=", ".join(f"/{number}/" for number in range(21)))).code == "too_many"
