"""What exporters leave: pictures that lead to themselves or that have the site's address, fields by other names."""

import pytest

from functions.core.problem import Problem
from tests.core.test_pasted import page
from tests.core.uploads import problem, problems, read, upload

SHOWN = '<p><img src="@articles/2024/03/a.jpg" alt="Une grue"></p>'
FROM_THE_TOP = SHOWN.replace("2024/03", "wp-content/uploads")


@pytest.mark.parametrize(
    "href",
    [
        "a.jpg", "images/a-1024x683.JPG?w=3", "/wp-content/uploads/a.gif", "../a.webp",
        "https://www.example.ma/wp-content/uploads/a.jpg", "http://example.ma/a.png",
    ],
)  # fmt: skip
def test_a_picture_that_leads_to_itself_is_a_picture(href: str) -> None:
    assert read(f"[![Une grue](a.jpg)]({href})").body.strip() == SHOWN
    html = f'<p><a class="b" href="{href}" rel="c"> <img src="a.jpg" alt="Une grue"></a></p>'
    assert read(f"Un.\n\n{html}").body.strip().endswith(SHOWN)


@pytest.mark.parametrize("href", ["https://www.nasa.gov/a.jpg", "https://www.example.ma/2019/03/a/", "/economie/"])
def test_one_that_leads_elsewhere_still_does(href: str) -> None:
    assert f'<a href="{href}"><img' in read(f"[![Une grue](a.jpg)]({href})").body


@pytest.mark.parametrize(
    "src",
    [
        "https://www.example.ma/wp-content/uploads/a.jpg", "http://example.ma/wp-content/uploads/a.jpg",
        "//www.EXAMPLE.ma/wp-content/uploads/a.jpg?itok=x", "/wp-content/uploads/a.jpg?itok=a3Zq",
    ],
)  # fmt: skip
def test_a_picture_of_the_newsrooms_own_site_is_looked_for_at_its_path_below_articles(src: str) -> None:
    assert read(f"![Une grue]({src})").body.strip() == FROM_THE_TOP
    assert page(f'<p>Un.</p><p><img src="{src}" alt="Une grue"></p>').strip().endswith(FROM_THE_TOP)


@pytest.mark.parametrize(
    "src",
    [
        "https://old.example.ma/a.jpg", "https://www.example.ma.evil.example/a.jpg", "https://www.example.ma:81/a.jpg",
        "https://www.example.ma/images/0123456789abcdef/a-640.jpg",
    ],
)  # fmt: skip
def test_one_of_another_site_or_that_the_press_has_published_is_not(src: str) -> None:
    found: Problem = problem(upload(f"![Une grue]({src})"))
    assert (found.code, found.line) == ("external_image", 6)


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("coverImage", "image"), ("feature_image", "image"), ("featuredImage", "image"), ("thumbnail", "image"),
        ("date_updated", "updated_at"), ("last_modified_at", "updated_at"), ("dateModified", "updated_at"),
        ("excerpt", "standfirst"), ("status", "draft"), ("link", "aliases"), ("layout", None), ("guid", None),
    ],
)  # fmt: skip
def test_a_field_by_another_systems_name_is_told_by_ours(name: str, ours: str | None) -> None:
    found = problem(upload(**{name: "a"}))
    assert (found.code, found.value, found.suggestion) == ("unknown_field", name, ours)


@pytest.mark.parametrize(
    "url", ["https://example.ma/wp-content/uploads/rapport.pdf", "/docs/a.DOCX", "/wp-content/uploads/a.jpg?w=3#b"]
)
def test_a_link_to_a_file_of_the_earlier_site_is_told(url: str) -> None:
    article = read(f"[Le rapport]({url})")
    assert f'href="{url}"' in article.body
    assert [(each.code, each.severity, each.line, each.value) for each in article.notices] == [
        ("absent_file", "notice", 6, url)
    ]


@pytest.mark.parametrize(
    "url", ["https://a.example/b.pdf", "/economie/", "/2019/a.html", "/images/0123456789abcdef/a-640.jpg", "/a?b=c.pdf"]
)
def test_what_the_site_or_another_may_have_is_not(url: str) -> None:
    assert not read(f"[Un lien]({url})").notices


@pytest.mark.parametrize("notice", ["[gallery]", "[a](/b.pdf)"])
def test_no_number_of_notices_hides_what_refuses_an_article(notice: str) -> None:
    found = problems(upload(f"{notice}\n\n" * 100 + "Un [lien](javascript:c)."))
    assert "bad_link" in {each.code for each in found}
