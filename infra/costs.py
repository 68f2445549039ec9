"""What a month of a press costs, from prices and assumptions that are written down once.

`python -m infra.costs` writes the tables of docs/operations.md anew.
"""

import re
from typing import NamedTuple

from functions.core.cost import GB_SECOND, READ, WRITE, cost_of
from infra.closure import ROOT
from infra.package import document

HANDBOOK = ROOT / "docs" / "operations.md"
_BLOCK = re.compile(r"(?<=<!-- Cost -->\n).*?(?=<!-- /Cost -->)", re.DOTALL)
ARTICLES, VIEWS = (10, 100, 1_000), (10_000, 1_000_000, 100_000_000)
_DAYS = 30
TICK_WRITES, TICK_READS, LIGHT_LISTS = 2, 1, 5  # requests to S3 of a minute and of a quarter in which nothing happens


class Price(NamedTuple):
    """USD for one unit, without free tiers and volume discounts, and the page that says so."""

    usd: float
    unit: str
    source: str


PRICES = {
    "storage": Price(0.023, "GB and month in S3 Standard", "aws.amazon.com/s3/pricing"),
    "read": Price(READ, "GET to S3", "aws.amazon.com/s3/pricing"),
    "write": Price(WRITE, "PUT to S3, or LIST", "aws.amazon.com/s3/pricing"),
    "trace": Price(
        5e-6, "trace that X-Ray records: one a second, and a twentieth of what is beyond", "aws.amazon.com/xray/pricing"
    ),
    "compute": Price(GB_SECOND, "GB-second of Lambda, arm64", "aws.amazon.com/lambda/pricing"),
    "transfer": Price(0.085, "GB to readers in Europe", "aws.amazon.com/cloudfront/pricing"),
    "request": Price(1.2e-6, "HTTPS request to the CDN in Europe", "aws.amazon.com/cloudfront/pricing"),
    "edge": Price(1e-7, "call of a CloudFront function", "aws.amazon.com/cloudfront/pricing"),
    "alarm": Price(0.1, "metric that an alarm watches, a month", "aws.amazon.com/cloudwatch/pricing"),
    "metric": Price(0.3, "metric of our own, a month", "aws.amazon.com/cloudwatch/pricing"),
    "dashboard": Price(3.0, "dashboard, a month", "aws.amazon.com/cloudwatch/pricing"),
    "poll": Price(4e-7, "look of Lambda into a queue", "aws.amazon.com/sqs/pricing"),
    "key": Price(1.0, "key, a month", "aws.amazon.com/kms/pricing"),
    "secret": Price(0.4, "secret, a month", "aws.amazon.com/secrets-manager/pricing"),
}


class Assumed(NamedTuple):
    """What the tables take for granted. Measure your own: `rotative status ID` tells an upload's markers and groups."""

    markers: int = 10
    groups: int = 17  # pages and lists that one article touches: 16,952 renders for 1,000 uploads in `make bench-load`
    article_gb: float = 0.0006  # page, record, upload and the widths of one picture
    years_kept: int = 1
    requests_a_view: float = 3  # the page, and what the browser has not kept
    view_gb: float = 0.00006
    missed: float = 0.05  # requests that the CDN has to ask S3 for
    edge_calls: float = 2  # a request


ASSUMED = Assumed()


def monthly(articles_a_day: int, views: int) -> dict[str, float]:
    """The bill of a month by part, in USD."""
    articles = articles_a_day * _DAYS
    requests = views * ASSUMED.requests_a_view
    kept = articles_a_day * 365 * ASSUMED.years_kept * ASSUMED.article_gb
    return {
        "standing": standing(),
        "publishing": articles * _publish(),
        "storage": kept * PRICES["storage"].usd,
        "transfer": views * ASSUMED.view_gb * PRICES["transfer"].usd,
        "requests": requests
        * (PRICES["request"].usd + ASSUMED.edge_calls * PRICES["edge"].usd + ASSUMED.missed * PRICES["read"].usd),
    }


def _publish() -> float:
    usd = cost_of(ASSUMED.markers, ASSUMED.groups, ASSUMED.groups).usd
    return usd + (1 + ASSUMED.groups) * PRICES["trace"].usd


def standing() -> float:
    """What the template costs while nothing happens: key, secrets, alarms, metrics, queues, the clock and reconcile."""
    resources = document()["Resources"].values()
    kinds = [each["Type"] for each in resources]
    watched = sum(len([one for one in each["Properties"].get("Metrics", [0]) if one == 0 or "MetricStat" in one])
                  for each in resources if each["Type"] == "AWS::CloudWatch::Alarm")  # fmt: skip
    filters = [each["Properties"] for each in resources if each["Type"] == "AWS::Logs::MetricFilter"]
    measured = {one["MetricName"] for each in filters for one in each["MetricTransformations"]}
    events = [one for each in resources for one in each["Properties"].get("Events", {}).values()]
    sources = len([one for one in events if one["Type"] == "SQS"])
    looks = _DAYS * 24 * 60 * sources * 5 * 3  # Lambda's five pollers a queue, each of which waits 20 s
    ticks = _DAYS * 24 * 60 * 0.5 * 0.2  # every minute 0.2 s of 512 MB
    heals = _DAYS * (24 * 4 * 1.0 * 2 + 60)  # every quarter 2 s of 1 GB, and a minute a night
    minutes, quarters, hours = _DAYS * 24 * 60, _DAYS * 24 * 4, _DAYS * 24
    writes = TICK_WRITES * minutes + LIGHT_LISTS * quarters
    return (
        kinds.count("AWS::KMS::Key") * PRICES["key"].usd
        + kinds.count("AWS::SecretsManager::Secret") * PRICES["secret"].usd
        + watched * PRICES["alarm"].usd
        + len(measured) * PRICES["metric"].usd
        + kinds.count("AWS::CloudWatch::Dashboard") * PRICES["dashboard"].usd
        + looks * PRICES["poll"].usd
        + (ticks + heals) * PRICES["compute"].usd
        + writes * PRICES["write"].usd
        + TICK_READS * minutes * PRICES["read"].usd
        + (minutes + quarters + hours) * PRICES["trace"].usd
    )


def tables() -> str:
    """The prices, the bills, and the arithmetic of one of them, as Markdown."""
    lines = ["| articles a day | " + " | ".join(f"{views:,} views a month" for views in VIEWS) + " |"]
    lines += ["|" + " --- |" * (len(VIEWS) + 1)]
    for articles in ARTICLES:
        bills = (sum(monthly(articles, views).values()) for views in VIEWS)
        lines.append(f"| {articles:,} | " + " | ".join(f"{bill:,.2f}" for bill in bills) + " |")
    one = monthly(100, 1_000_000)
    added = " + ".join(f"{name} {usd:.2f}" for name, usd in one.items())
    lines += ["", f"100 articles a day and 1,000,000 views: {added} = {sum(one.values()):.2f} USD.", ""]
    again = f"{1_000 * _publish():.2f} USD for each thousand"
    lines += [f"A deployment of new code, or new settings, takes every article in again: up to {again}.", ""]
    lines += ["| USD | for one | source |", "| --- | --- | --- |"]
    lines += [
        f"| {price.usd:.10f}".rstrip("0").rstrip(".") + f" | {price.unit} | {price.source} |"
        for price in PRICES.values()
    ]
    return "\n".join([*lines, ""])


def main() -> None:
    text = HANDBOOK.read_text(encoding="utf-8")
    HANDBOOK.write_text(_BLOCK.sub(lambda _: tables(), text), encoding="utf-8")


if __name__ == "__main__":
    main()
