import gzip
import json
from collections.abc import Mapping

import boto3
import pytest
from werkzeug.test import Client

from functions.core.newsletter.subscription import ORIGIN_HEADER
from infra.local.api import MAX_BODY, Api
from infra.local.cloud import LocalCloud
from infra.local.edge import Edge, edge_of, over_http
from infra.local.headers import CdnHeader
from infra.local.mailbox import PATH, Mailbox
from infra.local.newsletter import LocalNewsletter
from infra.local.resources import Route
from infra.local.secrets import resolved
from tests.infra import stubs

HTML = b"<p>Bonjour</p>" * 200
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def reader(cloud: LocalCloud) -> Client:
    def put(key: str, body: bytes, metadata: Mapping[str, str] | None = None) -> None:
        boto3.client("s3").put_object(
            Bucket="rotative-site", Key=key, Body=body, ContentType="text/html; charset=utf-8",
            CacheControl="public, max-age=60", Metadata=dict(metadata or {}),
        )  # fmt: skip

    put("index.html", HTML)
    put("sport/index.html", b"sport")
    put("culture/été/index.html", b"ete")
    put("images/ab/cd-480.webp", b"image")
    put("404.html", b"perdu")
    put("old/index.html", b"moved", {"redirect": "/sport/"})
    put("_before/2019/old.html", b"moved", {"redirect": "/sport/"})
    put("_before/sport/index.html", b"moved", {"redirect": "/"})
    put("gone/index.html", b"withdrawn", {"gone": "1"})
    api = Api(cloud.template.routes, cloud.runtime.invoke)
    edge = edge_of(cloud.template, lambda key: cloud.object("SiteBucket", key), api)
    return Client(edge, use_cookies=False)


def test_a_folder_is_its_index_with_the_headers_of_the_object(reader: Client, cloud: LocalCloud) -> None:
    answer = reader.get("/")
    assert (answer.status_code, answer.data) == (200, HTML)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert len(over_http(cloud.template.headers)) == 8
    for name, header in over_http(cloud.template.headers).items():
        assert answer.headers[name] == header.value
    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize(
    ("path", "policy"),
    [("/images/ab/cd-480.webp", "cross-origin"), ("/images/nothing.webp", "cross-origin"),
     ("/assets/icon-512.3f56a3697665.png", "cross-origin"), ("/", "same-origin"),
     ("/images", "same-origin"), ("/sport/", "same-origin"), ("/api/health", "same-origin")],
)  # fmt: skip
def test_other_sites_may_show_images_and_icons_and_no_page(reader: Client, path: str, policy: str) -> None:
    assert reader.get(path).headers.getlist("Cross-Origin-Resource-Policy") == [policy]


def test_an_unchanged_page_is_304(reader: Client) -> None:
    etag = reader.get("/").headers["ETag"]
    answer = reader.get("/", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data) == (304, b"")
    weak = {"If-None-Match": reader.get("/", headers={"Accept-Encoding": "gzip"}).headers["ETag"]}
    assert reader.get("/", headers=weak).status_code == 304


def test_text_is_compressed_for_those_who_take_it(reader: Client) -> None:
    answer = reader.get("/", headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(answer.data) == HTML
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["ETag"].startswith('W/"')
    assert "Content-Encoding" not in reader.get("/", headers={"Accept-Encoding": "gzip;q=0"}).headers
    assert "Content-Encoding" not in reader.get("/sport/", headers={"Accept-Encoding": "gzip"}).headers


def test_head_has_the_headers_alone(reader: Client) -> None:
    answer = reader.head("/")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(HTML))


@pytest.mark.parametrize(
    ("path", "location"),
    [("/sport", "/sport/"), ("/sport?a=1&b=%20", "/sport/?a=1&b=%20"), ("/culture/été", "/culture/%C3%A9t%C3%A9/"),
     ("/old/", "/sport/"), ("/old", "/old/"), ("/2019/old.html", "/sport/")],
)  # fmt: skip
def test_a_moved_page_and_a_missing_slash_are_301(reader: Client, path: str, location: str) -> None:
    answer = reader.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (301, location)


def test_a_withdrawn_page_is_410_with_its_tombstone(reader: Client) -> None:
    answer = reader.get("/gone/")
    assert (answer.status_code, answer.data) == (410, b"withdrawn")


@pytest.mark.parametrize(
    "path", ["/nothing/", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/sport//", "/%ff", "/sport%00/"]
)
def test_what_is_not_there_is_404_with_the_house_page(reader: Client, path: str) -> None:
    answer = reader.get(path)
    assert (answer.status_code, answer.data) == (404, b"perdu")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_pages_are_only_read(reader: Client, method: str) -> None:
    answer = reader.open("/", method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_a_route_of_the_template_calls_its_function_with_a_payload_of_format_2(reader: Client) -> None:
    headers = {"Content-Type": FORM, "Cookie": "x=1; y=2", "X-Two": "a", "User-Agent": "test"}
    answer = reader.post(
        "/api/newsletter/subscriptions?p=1&p=2",
        data=b"email=a%40b.ma",
        headers=headers,
        environ_overrides={"REMOTE_ADDR": "203.0.113.7"},
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/merci/")
    assert answer.headers.getlist("Set-Cookie") == ["a=1", "b=2"]
    assert json.loads(answer.data) == {"body": "ZW1haWw9YSU0MGIubWE=", "isBase64Encoded": True}
    [(_, event)] = stubs.CALLS
    assert (event["version"], event["routeKey"]) == ("2.0", "POST /api/newsletter/subscriptions")
    assert (event["rawPath"], event["rawQueryString"]) == ("/api/newsletter/subscriptions", "p=1&p=2")
    assert event["queryStringParameters"] == {"p": "1,2"}
    assert event["cookies"] == ["x=1", "y=2"]
    assert event["headers"]["x-two"] == "a"
    http = event["requestContext"]["http"]
    assert (http["method"], http["sourceIp"], http["userAgent"]) == ("POST", "203.0.113.7", "test")


def test_what_the_cdn_adds_for_the_api_a_reader_cannot_say(cloud: LocalCloud) -> None:
    api = Api(cloud.template.routes, cloud.runtime.invoke)
    edge = Edge(lambda _: None, api, {}, origin=cloud.template.origin_headers)
    forged = {"X-Rotative-Origin": "x", "CloudFront-Viewer-Address": "198.51.100.7:1", "X-Two": "a"}
    Client(edge).get("/api/health", headers=forged, environ_overrides={"REMOTE_ADDR": "2001:db8::7"})
    [(_, event)] = stubs.CALLS
    told = event["headers"][ORIGIN_HEADER]
    assert told == "{{resolve:secretsmanager:rotative-origin-secret:SecretString}}"
    assert event["headers"]["cloudfront-viewer-address"].startswith("2001:db8::7:")
    assert event["headers"]["x-two"] == "a"
    secret = boto3.client("secretsmanager").get_secret_value(SecretId="rotative-origin-secret")["SecretString"]
    assert len(secret) == 64
    assert resolved(told) == secret


def test_a_json_body_is_text_and_an_answer_without_a_status_is_json(reader: Client) -> None:
    answer = reader.post("/api/newsletter/subscriptions", data=b'{"a": "\xc3\xa9"}', content_type="application/json")
    assert json.loads(answer.data) == {"body": '{"a": "é"}', "isBase64Encoded": False}
    health = reader.get("/api/health")
    assert (health.status_code, health.json) == (200, {"ok": True})
    assert health.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_no_route_is_404_as_json(reader: Client) -> None:
    answer = reader.get("/api/")
    assert (answer.status_code, answer.json) == (404, {"message": "Not Found"})


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/nothing"), ("DELETE", "/api/health"), ("HEAD", "/api/a/b")])
def test_any_other_path_and_method_below_the_api_goes_to_the_last_route(reader: Client, method: str, path: str) -> None:
    reader.open(path, method=method)
    ((_, event),) = stubs.CALLS
    assert event["routeKey"] == "ANY /api/{proxy+}"
    assert (event["requestContext"]["http"]["method"], event["pathParameters"]) == (method, {"proxy": path[5:]})


def test_a_body_over_the_limit_is_413_and_reaches_no_function(reader: Client) -> None:
    answer = reader.post("/api/newsletter/subscriptions", data=b"x" * (MAX_BODY + 1), content_type=FORM)
    assert answer.status_code == 413
    assert stubs.CALLS == []


def test_a_function_that_fails_is_500_without_its_reason(cloud: LocalCloud) -> None:
    api = Api([Route("IngestFunction", "GET", "/api/{one}/{rest+}")], cloud.runtime.invoke)
    answer = Client(Edge(lambda _: None, api, {})).get("/api/a/b/c")
    assert (answer.status_code, answer.json) == (500, {"message": "Internal Server Error"})
    [(_, event)] = stubs.CALLS
    assert event["pathParameters"] == {"one": "a", "rest": "b/c"}


@pytest.mark.parametrize(("override", "told"), [(True, "strict-origin"), (False, "no-referrer")])
def test_a_header_of_the_cdn_replaces_the_origin_s_own_only_where_it_overrides(override: bool, told: str) -> None:
    answer = {"statusCode": 200, "headers": {"referrer-policy": "no-referrer"}}
    api = Api([Route("NewsletterFunction", "GET", "/api/a")], lambda *_: answer)
    client = Client(Edge(lambda _: None, api, {"Referrer-Policy": CdnHeader("strict-origin", override)}))
    assert client.get("/api/a").headers.getlist("Referrer-Policy") == [told]
    assert client.get("/").headers.getlist("Referrer-Policy") == ["strict-origin"]


def test_a_page_of_this_machine_alone_keeps_its_own_policy(cloud: LocalCloud) -> None:
    mailbox = Mailbox(tuple, LocalNewsletter(cloud.runtime.invoke))
    edge = Edge(lambda _: None, Api([], cloud.runtime.invoke), cloud.template.headers, mailbox)
    policy = Client(edge).get(f"{PATH}nothing").headers["Content-Security-Policy"]
    assert policy != cloud.template.headers["Content-Security-Policy"].value


def test_an_empty_site_answers_404(cloud: LocalCloud) -> None:
    edge = Edge(lambda key: cloud.object("SiteBucket", key), Api([], cloud.runtime.invoke), {})
    assert Client(edge).get("/").status_code == 404
