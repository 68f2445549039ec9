"""The security headers of the CDN and of the local press, by the score table of Mozilla's HTTP Observatory."""

import pytest
from werkzeug.test import Client

from functions.core.newsletter.answer import page
from infra.local.api import Api
from infra.local.edge import Edge, over_http
from infra.local.errors import TemplateError
from infra.local.headers import cdn_headers
from infra.local.resources import Route
from infra.local.template import load
from infra.package import document
from tests.infra.observatory import BEST, score

TEMPLATE = load()
CDN = TEMPLATE.headers
HEADERS = {name: header.value for name, header in CDN.items()}
TRANSPORT = "Strict-Transport-Security"
TAKEN_AWAY = {
    "Content-Security-Policy": 25,
    "X-Content-Type-Options": 5,
    "Strict-Transport-Security": 20,
}


def total(headers: dict[str, str]) -> int:
    return 100 + sum(score(headers, https=True).values())


def test_the_template_s_headers_reach_all_that_a_site_without_cookies_can() -> None:
    assert total(dict(HEADERS)) == BEST
    assert min(score(HEADERS, https=True).values()) == 0


def test_every_behaviour_of_the_cdn_redirects_to_https_and_has_the_headers() -> None:
    config = document()["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    for behaviour in (config["DefaultCacheBehavior"], *config["CacheBehaviors"]):
        assert behaviour["ViewerProtocolPolicy"] == "redirect-to-https"
        policy = "ImageHeaders" if behaviour.get("PathPattern") in {"/images/*", "/assets/*"} else "SecurityHeaders"
        assert behaviour["ResponseHeadersPolicyId"] == {"Ref": policy}


def test_images_and_icons_have_the_headers_of_pages_but_that_feed_readers_and_other_sites_may_show_them() -> None:
    assert HEADERS["Cross-Origin-Resource-Policy"] == "same-origin"
    below = {
        folder: {name: header.value for name, header in headers.items()}
        for folder, headers in TEMPLATE.headers_below.items()
    }
    assert below == {
        "/images/": {**HEADERS, "Cross-Origin-Resource-Policy": "cross-origin"},
        "/assets/": {**HEADERS, "Cross-Origin-Resource-Policy": "cross-origin"},
        "/api/": HEADERS,
    }
    assert total(below["/images/"]) == BEST - 10


@pytest.mark.parametrize("pattern", ["/images/*", "/assets/*"])
def test_images_and_icons_are_cached_and_served_as_pages_are(pattern: str) -> None:
    config = document()["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    images = next(each for each in config["CacheBehaviors"] if each["PathPattern"] == pattern)
    own = {"PathPattern", "ResponseHeadersPolicyId"}
    pages = config["DefaultCacheBehavior"]
    assert {name: value for name, value in images.items() if name not in own} == {
        name: value for name, value in pages.items() if name not in own
    }


@pytest.mark.parametrize("pattern", ["/images/*.png", "/*/images/*", "/images/"])
def test_a_pattern_that_is_no_whole_folder_is_refused_at_home(pattern: str) -> None:
    behaviour = {"PathPattern": pattern, "ResponseHeadersPolicyId": {"Ref": "Policy"}}
    resources = {
        "Policy": {"Type": "", "Properties": {"ResponseHeadersPolicyConfig": {}}},
        "Distribution": {
            "Type": "AWS::CloudFront::Distribution",
            "Properties": {"DistributionConfig": {"CacheBehaviors": [behaviour]}},
        },
    }
    with pytest.raises(TemplateError, match="whole folders"):
        cdn_headers(resources, lambda config: config)


@pytest.mark.parametrize("path", ["/", "/nothing/", "/api/nothing", "/old"])
def test_every_answer_of_the_local_press_has_them_but_what_plain_http_cannot_say(path: str) -> None:
    edge = Edge(lambda _: None, Api([], lambda *_: {}), over_http(CDN))
    answered = dict(Client(edge).get(path).headers)
    assert TRANSPORT not in answered
    assert total({**answered, TRANSPORT: HEADERS[TRANSPORT]}) == BEST


def test_an_answer_of_the_api_keeps_its_word_that_no_link_is_told_and_costs_nothing() -> None:
    answer = {"statusCode": 200, "headers": page(200, "").headers, "body": ""}
    api = Api([Route("NewsletterFunction", "GET", "/api/newsletter/confirm")], lambda *_: answer)
    answered = dict(Client(Edge(lambda _: None, api, CDN)).get("/api/newsletter/confirm").headers)
    assert answered["Referrer-Policy"] == "no-referrer"
    assert total(answered) == BEST


@pytest.mark.parametrize("name", ["Opener-Policy", "Embedder-Policy", "Resource-Policy"])
def test_isolation_that_is_not_asked_for_earns_nothing_and_a_word_nobody_knows_costs_5(name: str) -> None:
    header = f"Cross-Origin-{name}"
    fewer = {each: value for each, value in HEADERS.items() if each != header}
    assert total(fewer) == BEST - 10
    assert total({**HEADERS, header: "same"}) == BEST - 15


@pytest.mark.parametrize(("name", "penalty"), TAKEN_AWAY.items())
def test_a_header_taken_away_costs_what_the_table_says(name: str, penalty: int) -> None:
    fewer = {each: value for each, value in HEADERS.items() if each != name}
    assert min(score(fewer, https=True).values()) == -penalty


def test_a_policy_that_lets_inline_scripts_run_costs_20() -> None:
    loose = {**HEADERS, "Content-Security-Policy": "default-src 'none'; script-src 'self' 'unsafe-inline'"}
    assert score(loose, https=True)["content-security-policy"] == -20
