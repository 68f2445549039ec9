"""The handbook says what the template and the arithmetic say."""

import re

from click.testing import CliRunner

from functions.bootstrap import mailing
from functions.workflows.reconcile import reconcile_light
from infra.cli import main
from infra.costs import (
    ARTICLES,
    ASSUMED,
    HANDBOOK,
    LIGHT_LISTS,
    PRICES,
    TICK_READS,
    TICK_WRITES,
    VIEWS,
    monthly,
    standing,
    tables,
)
from infra.package import document
from tests.bench.meter import Meter
from tests.newsroom import Newsroom

TEXT = HANDBOOK.read_text(encoding="utf-8")
RESOURCES = document()["Resources"]


def test_the_cost_tables_are_what_the_arithmetic_makes() -> None:
    assert f"<!-- Cost -->\n{tables()}<!-- /Cost -->" in TEXT, "run python -m infra.costs"


def test_a_bill_is_the_sum_of_parts_that_grow_with_what_they_are_for() -> None:
    idle = monthly(0, 0)
    assert idle == {"standing": standing(), "publishing": 0, "storage": 0, "transfer": 0, "requests": 0}
    for articles in ARTICLES:
        for views in VIEWS:
            once, twice = monthly(articles, views), monthly(2 * articles, 2 * views)
            assert twice["publishing"] == 2 * once["publishing"]
            assert twice["requests"] == 2 * once["requests"]
    assert monthly(1, 1_000_000)["transfer"] == 1_000_000 * ASSUMED.view_gb * PRICES["transfer"].usd


def test_what_is_asked_of_s3_while_nothing_happens_is_in_the_bill() -> None:
    newsroom = Newsroom()
    meter = Meter(newsroom)
    newsroom.tick(newsroom.now)
    assert sum(each.calls for each in meter.counts().values()) == TICK_WRITES + TICK_READS
    meter.reset()
    reconcile_light(newsroom.press, newsroom.now)
    assert sum(each.calls for each in meter.counts().values()) == LIGHT_LISTS


def test_every_alarm_has_its_line() -> None:
    alarms = {
        name.removesuffix("Alarm") for name, each in RESOURCES.items() if each["Type"] == "AWS::CloudWatch::Alarm"
    }
    told = set(re.findall(r"\w+", TEXT.partition("## When an alarm goes off")[2]))
    assert alarms <= told


def test_what_the_handbook_names_is_in_the_template() -> None:
    names = {*RESOURCES, *document()["Parameters"], *document()["Outputs"]}
    quoted = set(re.findall(r"`([A-Z][a-z]+(?:[A-Z]\w+)+)`", TEXT))
    settings = {"ReservedConcurrentExecutions", "MaximumConcurrency", "ThrottlingRateLimit"}
    assert quoted - settings <= names
    assert all(f"{each}:" in (HANDBOOK.parent.parent / "infra" / "template.yaml").read_text() for each in settings)


def test_who_deletes_a_press_is_told_what_stays_and_what_stands_in_the_way() -> None:
    told = TEXT.partition("## Delete a press")[2].partition("\n## ")[0]
    kept = {name for name, each in RESOURCES.items() if str(each.get("DeletionPolicy")).startswith("Retain")}
    assert kept == set(re.findall(r"`(\w+)`", told)) & RESOURCES.keys()
    assert "Detach `EditorsPolicyArn`" in told
    keys, secrets = (len([name for name in kept if name.endswith(end)]) for end in ("Key", "Secret"))
    assert f"{keys * PRICES['key'].usd + secrets * PRICES['secret'].usd:.2f} USD a month" in told


def test_how_long_a_backup_outlives_an_erasure_is_said_to_who_erases_and_to_who_restores() -> None:
    backup = RESOURCES["SubscribersTable"]["Properties"]["PointInTimeRecoverySpecification"]
    assert backup == {"PointInTimeRecoveryEnabled": True}, "without RecoveryPeriodInDays it is 35 days"
    told = CliRunner().invoke(main, ["newsletter", "erase", "--help"]).output
    restore = TEXT.partition("## Restore\n")[2].partition("## Rotate keys")[0]
    assert "35 days" in " ".join(told.split())
    assert "35 days" in restore
    assert "erase ADDRESS` again" in restore


def test_who_erases_is_told_of_the_list_that_ses_keeps_itself() -> None:
    told = CliRunner().invoke(main, ["newsletter", "erase", "--help"]).output
    assert "aws sesv2 delete-suppressed-destination --email-address ADDRESS" in " ".join(told.split())


def test_how_long_the_runtime_lives_and_how_fast_a_list_is_sent_is_said_of_what_is_deployed() -> None:
    assert f"`{document()['Globals']['Function']['Runtime']}` until" in TEXT
    assert hasattr(mailing, "_SENDERS"), "the handbook names it"
    assert "`_SENDERS` of `functions/bootstrap/mailing.py`" in TEXT


def test_a_function_is_called_as_the_aws_cli_takes_it_and_not_waited_for() -> None:
    """It reads a payload as base64 unless told, and wants a file for the answer, which may take 15 minutes."""
    calls = [call.replace("\\\n", "") for call in re.findall(r"aws lambda invoke(?:.*\\\n)*.*", TEXT)]
    assert calls
    for call in calls:
        assert call.endswith(" /dev/stdout")
        assert "--invocation-type Event --cli-binary-format raw-in-base64-out" in call


def test_the_readme_names_a_bill_of_the_table() -> None:
    readme = " ".join((HANDBOOK.parent.parent / "README.md").read_text(encoding="utf-8").split())
    bill = f"{sum(monthly(100, 1_000_000).values()):.0f} USD"
    assert f"{bill} for 100 articles a day and a million page views" in readme
    assert f"100 articles a day and a million page views cost {bill}" in readme
