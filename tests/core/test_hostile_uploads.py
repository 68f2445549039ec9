"""Whatever the bytes: an article that harms nobody, or problems; never another error, never for long."""

import contextlib
import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from functions.core.article import Article
from functions.core.errors import UploadRejected
from functions.core.files import MAX_TEXT_BYTES
from functions.core.upload import check_image, read_upload
from tests.core.test_sanitize import dangers
from tests.core.uploads import KEY, desk, problem, problems, public_list, read, upload

FIELDS = [
    "titre",
    "chapo",
    "tags",
    "auteur",
    "authors",
    "slug",
    "image",
    "related",
    "corrections",
    "date",
    "lang",
    "draft",
    "x",
]
YAML = st.text("ab:-#'\"[]{}&*!|>~ \n\t,%@\u202e\x07\x85é0", max_size=30)
SIGNS = '![]( ](/a) ](a.jpg) <img src= <a href=" "> ``` ` # > - 1. | [^1] [^1]: --- \n \n\n & &#1; \\ * _ ~~ é « »'
MARKDOWN = st.lists(st.sampled_from(SIGNS.split(" ")) | st.text(max_size=4), max_size=30).map("".join)


def outcome(content: bytes, key: str = KEY) -> Article | None:
    try:
        article = read_upload(key, content, desk())
    except UploadRejected as rejected:
        check_problems(rejected)
        return None
    assert not dangers(article.body)
    assert Article.model_validate_json(article.canonical()).canonical() == article.canonical()
    return article


def check_problems(rejected: UploadRejected) -> None:
    assert 1 <= len(rejected.problems) <= 100


@given(st.binary(max_size=300))
@example(b"---\n---\n")
@example(b"\xef\xbb\xbf---\n")
def test_any_bytes_are_an_article_or_refused(content: bytes) -> None:
    outcome(content)


@given(st.sampled_from(FIELDS), YAML)
def test_any_value_of_any_field_is_read_or_refused(field: str, value: str) -> None:
    outcome(upload(**{field: value}))


@given(YAML)
def test_any_header_is_read_or_refused(header: str) -> None:
    outcome(upload(header=header))


@given(MARKDOWN)
def test_any_body_is_harmless_or_refused(body: str) -> None:
    outcome(upload(body))


@given(st.text(max_size=30), st.binary(max_size=30))
def test_any_key_is_read_or_refused(key: str, content: bytes) -> None:
    outcome(content, f"articles/{key}.md")
    with pytest.raises(UploadRejected):
        check_image(key, "v", content, desk())


def test_naughty_strings_are_read_or_refused_as_title_tag_and_text() -> None:
    for text in json.loads(public_list("blns.json").read_text()):
        quoted = json.dumps(text, ensure_ascii=False)
        outcome(upload(text, titre=quoted, chapo=quoted, tags=f"[{quoted}]", slug=quoted))
        outcome(upload(text, titre=text))


def test_every_example_of_commonmark_is_harmless_or_refused() -> None:
    spec = public_list("commonmark-spec.txt").read_text()
    for example_ in spec.split("`" * 32)[1::2]:
        outcome(upload(example_.partition("\n")[2].partition("\n.\n")[0].replace("→", "\t")))


def test_every_vector_of_a_public_list_is_harmless_or_refused() -> None:
    for vector in public_list("xss-payload-list.txt").read_text(errors="replace").splitlines():
        article = outcome(upload(f"Du texte.\n\n{vector}", chapo=json.dumps(vector, ensure_ascii=False)))
        assert article is None or "\n" not in article.standfirst


HUGE = {
    "quotes in quotes": ">" * 10**6,
    "tags in tags": "<b>" * 300_000,
    "elements in elements": "<blockquote>" * 80_000,
    "brackets": "[" * 10**6,
    "images": "![a](" * 200_000,
    "an image of blanks": "![a](" + " " * 10**6,
    "titles of images": "![a](b c “" * 80_000 + "![a](b c) ",
    "addresses with brackets": "[a](https://b " + "(c)" * 300_000,
    "emphasis": "*a_ " * 250_000,
    "bad links": "[a](x:y) " * 110_000,
    "bad raw links": '<a href="x:y">' * 70_000,
    "bad images": "![](y.jpg) " * 90_000,
    "points": "a :b ?" * 170_000,
    "quotation marks": '"a ' * 170_000 + 'a" ' * 170_000,
    "addresses": "w" * 10**6 + "@",
    "http addresses": "https://a.ma/ " * 70_000,
    "brackets after an http address": "https://a.ma/" + ")." * 500_000,
    "counted links": "[a](https://www.google.com/url?q=a) " * 28_000,
    "a line below a picture": "![a](b.jpg)  \na&#32;" + " " * 10**6 + "b",
    "a paragraph below a picture": "<p><img src=b.jpg alt=a><br>x" + " " * 10**6 + "y</p>",
    "a second picture below a picture": "<p><img src=b.jpg alt=a><br>" + " " * 10**6 + "<img src=b.jpg alt=a></p>",
    "signs of an address": '<a href="mailto:' + "@" * 10**6 + ' ">x</a>',
    "shortcodes": "[caption x]<img src=b.jpg alt=a>" + "[caption" * 120_000,
    "notes": '<div class="footnote-definition" id="x"><sup class="footnote-definition-label">1</sup>' * 12_000,
    "controls": "\x01" * 10**6,
    "table rows": "|a|b|\n|-|-|\n" + "|x\n" * 330_000,
    "line ends in another language": 'x<br lang="ar">' * 49_000,
    "tags after a number": "1" + "<b></b>" * 24_000,
    "paragraphs that open anew what is open": "<p>" + "".join(f"<b id={n}>" for n in range(190)) + "<p>x" * 49_000,
    "tags in a tag in quotes": "<p hidden>\n\n<div " + "<a " * 300_000 + '=">"',
}
HUGE_HEADERS = {
    "unknown fields": "".join(f"k{number}: x\n" for number in range(7000)),
    "missing spaces": "".join(f"k{number}:x\n" for number in range(7000)),
    "missing quotation marks": "".join(f"k{number}: x: y\n" for number in range(5000)),
    "comments": "".join(f"k{number}: x #y\n" for number in range(5000)),
    "controls": "\x01" * 60_000,
    "brackets": "a: " + "[{" * 30_000,
    "tags": "tags: " + "a," * 30_000,
    "corrections": "corrections:\n" + "- {date: x, text: y}\n" * 3000,
    "quotation marks": "titre: " + '"' * 60_000,
    "spaces": 'titre: "a' + " " * 60_000 + "b: c",
}


@pytest.mark.parametrize(
    "content",
    [upload(body) for body in HUGE.values()]
    + [upload(body, lang="ar") for body in ("+1 €a-" * 120_000, "1-" * 500_000, "ا" + " 404" * 250_000)]
    + [upload(header=header) for header in HUGE_HEADERS.values()],
    ids=[*HUGE, "amounts", "numbers", "thousands", *(f"header of {name}" for name in HUGE_HEADERS)],
)
def test_a_huge_upload_costs_no_more_than_its_length(content: bytes) -> None:
    assert len(content) <= MAX_TEXT_BYTES
    before = time.process_time()
    with contextlib.suppress(UploadRejected):
        read_upload(KEY, content, desk())
    assert time.process_time() - before < 5


# Each leaves a <b> of its own open, which every paragraph after it would open anew: gigabytes of elements.
SEEMS_CLOSED = {
    "in an attribute": '<b title="</b>{}">',
    "in a comment": "<b title={}><!--</b>-->",
    "in a comment that has an end": "<b title={}><!-- --!><!--</b>-->",
    "after no name": "<b title={}></ </b>",
    "by another name": "<strike title={}></stri\u212ae>",
    "in what is no quotation": '<b title={}><i ="><i t="> </b> "></i></i>',
    "in the text of a picture": '<b title={}><svg><style><i t="</style></b>"></i></svg>',
    "in a table": "<b title={}><table></b></table>",
    "too far in": "<b title={}>" + "<section>" * 9 + "</b>" + "</section>" * 9,
}


@pytest.mark.parametrize("piece", SEEMS_CLOSED.values(), ids=SEEMS_CLOSED)
def test_what_only_seems_to_be_closed_makes_a_text_deep(piece: str) -> None:
    body = "<p>" + "".join(piece.format(number) + "<p>" for number in range(2000))
    assert problem(upload(body)).code == "too_nested"


def test_a_text_of_many_tags_says_what_one_of_few_says() -> None:
    piece = (
        '<p>a &lt; b <b title="</b>">c</b><!-- <i> --> d <script>"</p><q>"</script><svg><path d="m"/><text>x</text>'
        '</svg><noscript><i>y</noscript><span lang="en">1 < 2</span></p>\n'
    )
    assert read(f"{piece}\n" * 200).body == read(piece).body * 200


@pytest.mark.parametrize("body", ["x</x>" * 1000 + "<b>" * 1000, "x<b></x>" * 1000])
def test_closing_tags_of_what_is_not_open_make_no_text_less_deep(body: str) -> None:
    assert problem(upload(body)).code == "too_nested"


def test_a_file_that_is_no_text_is_told_so_with_the_line() -> None:
    with pytest.raises(UploadRejected) as rejected:
        read_upload(KEY, Path(__file__).read_bytes() + b"\xff", desk())
    assert rejected.value.problems[0].code == "not_utf8"
    assert rejected.value.problems[0].line == Path(__file__).read_text().count("\n") + 1


@pytest.mark.parametrize("reference", ["&#1;", "&#x1f;", "&#13;", "&#xFFFE;"])
def test_a_reference_brings_in_no_character_that_no_text_has(reference: str) -> None:
    assert read(f"deux {reference}mots").body == "<p>deux mots</p>\n"
    page = read_upload("articles/a.html", upload(f"<p>deux {reference}mots</p>"), desk())
    assert page.body.strip() == "<p>deux mots</p>"


def test_a_sign_in_a_name_that_nobody_knows_stands_in_the_header() -> None:
    told = problems(upload(header="titre: a\nru\x7fb: c\nrubrique: Économie\ndate: 2024-03-29"))
    assert next(found for found in told if found.code == "control_character").reason.count("« l’en-tête »") == 1
