"""The CloudFront Functions of the template, run by Node, beside the local edge: readers get the same answer."""

import json
import shutil
import subprocess
from typing import Any
from urllib.parse import quote

import pytest

from functions.core.site.articles import article_pages
from infra.package import document
from tests.site import samples

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="no node here")
MOVED = "Moved Permanently"


def run(name: str, *events: dict[str, Any]) -> list[dict[str, Any]]:
    """What a function of the template makes of each event."""
    code = document()["Resources"][name]["Properties"]["FunctionCode"]
    reading = "const events = JSON.parse(require('fs').readFileSync(0));"
    program = f"{code}\n{reading}\nconsole.log(JSON.stringify(events.map(handler)));"
    done = subprocess.run(
        [NODE or "node", "-e", program],
        input=json.dumps(events),
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def asked(uri: str, **query: str) -> dict[str, Any]:
    return {"request": {"uri": uri, "querystring": {name: {"value": value} for name, value in query.items()}}}


def answered(**metadata: str) -> dict[str, Any]:
    headers = {f"x-amz-meta-{name}": {"value": value} for name, value in metadata.items()}
    return {"response": {"statusCode": 200, "statusDescription": "OK", "headers": headers | {"etag": {"value": "x"}}}}


@pytest.mark.parametrize(
    ("uri", "key"),
    [
        ("/", "/index.html"),
        ("/economie/2024/03/al-omrane-k3j5qa/", "/economie/2024/03/al-omrane-k3j5qa/index.html"),
        ("/feed.xml", "/feed.xml"),
        ("/economie/feed.xml", "/economie/feed.xml"),
        ("/tags/1.5-degr%C3%A9/", "/tags/1.5-degr%C3%A9/index.html"),
        ("/2019/a+b%20c+d/", "/2019/a%2Bb%20c%2Bd/index.html"),
        ("/2019/a+b.html", "/2019/a%2Bb.html"),
    ],
)
def test_a_path_is_the_object_that_answers_for_it(uri: str, key: str) -> None:
    [request] = run("EdgeRequestFunction", asked(uri, utm="x"))
    assert request["uri"] == key


@pytest.mark.parametrize(
    ("uri", "query", "location"),
    [
        ("/economie", {}, "/economie/"),
        ("/culture/%C3%A9t%C3%A9", {"a": "1", "b": "%20"}, "/culture/%C3%A9t%C3%A9/?a=1&b=%20"),
        ("//evil.example/x", {}, "/evil.example/x/"),
        ("/\\evil.example/x", {}, "/evil.example/x/"),
    ],
)
def test_a_missing_slash_is_a_301_on_this_host(uri: str, query: dict[str, str], location: str) -> None:
    [answer] = run("EdgeRequestFunction", asked(uri, **query))
    assert (answer["statusCode"], answer["statusDescription"]) == (301, MOVED)
    assert answer["headers"]["location"]["value"] == location


def test_what_an_object_says_of_itself_becomes_its_status() -> None:
    _, former = article_pages(samples.inputs(path="/ثقافة/فاس/", former=("/sport/fes/",)), samples.house())
    moved, gone, plain, not_gone = run(
        "EdgeResponseFunction", answered(**former.metadata), answered(gone="1"), answered(), answered(gone="0")
    )
    assert (moved["statusCode"], moved["headers"]["location"]["value"]) == (301, quote("/ثقافة/فاس/"))
    assert (gone["statusCode"], gone["statusDescription"]) == (410, "Gone")
    assert plain["statusCode"] == not_gone["statusCode"] == 200
    for answer in (moved, gone, plain, not_gone):
        assert not [name for name in answer["headers"] if name.startswith("x-amz-")]
        assert answer["headers"]["etag"]["value"] == "x"


def test_what_a_reader_has_already_is_not_said_once_more_without_its_body() -> None:
    """Who comes to a withdrawn article again asks whether it has changed: a 410 without a body would be blank."""
    unchanged = [answered(gone="1"), answered(redirect="/sport/")]
    for each in unchanged:
        each["response"] |= {"statusCode": 304, "statusDescription": "Not Modified"}
    answers = run("EdgeResponseFunction", *unchanged)
    assert [(each["statusCode"], each["statusDescription"]) for each in answers] == [(304, "Not Modified")] * 2


def test_the_functions_keep_to_what_cloudfront_runs() -> None:
    functions = [each for each in document()["Resources"].values() if each["Type"] == "AWS::CloudFront::Function"]
    assert len(functions) == 2
    for each in functions:
        code = each["Properties"]["FunctionCode"]
        assert len(code.encode()) <= 10_240
        assert not any(word in code for word in ("fetch(", "require(", "setTimeout", "Date(", "eval("))
