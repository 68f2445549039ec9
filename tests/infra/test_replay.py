"""What was given up goes back to where it came from, and nothing gets lost on the way."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from click.testing import CliRunner

from infra.cli import main
from infra.dead_letters import DeadLetters
from infra.local.cloud import LocalCloud
from infra.local.press import LocalPress
from infra.local.resources import Template
from infra.newsroom import DATA
from tests.infra import stubs
from tests.infra.test_queues import bodies, queue, send


@pytest.fixture
def press(template: Template, inbox: Path) -> Iterator[LocalPress]:
    with LocalPress(inbox, inbox / DATA, 0, 0, template=template) as running:
        running.wait_until_quiet(10)
        yield running


def replay(press: LocalPress, inbox: Path, *options: str) -> list[dict[str, str]]:
    answer = CliRunner().invoke(main, ["replay", "--inbox", str(inbox), "--json", *options], catch_exceptions=False)
    assert answer.exit_code == 0
    found: list[dict[str, str]] = json.loads(answer.stdout)
    return found


def test_a_profile_for_aws_is_none_for_the_press_on_this_machine(
    press: LocalPress, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "no-such-profile")
    assert replay(press, inbox, "--dry-run") == []
    assert "AWS_PROFILE" not in os.environ


def give_up(cloud: LocalCloud) -> None:
    """Deliver everything until only dead letters are left."""
    while not cloud.quiet:
        for pump in cloud.pumps:
            pump.bring_forward()


def test_what_was_given_up_is_listed_then_sent_back_once_its_cause_is_gone(
    press: LocalPress, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = press.cloud
    send(cloud.template.queues["IngestQueue"].url, "good", "poison")
    send(cloud.template.queues["RenderQueue"].url, "poison", group="a")
    give_up(cloud)
    listed = replay(press, inbox, "--dry-run")
    assert [each["queue"] for each in listed] == ["ingest", "render"]
    assert all(each["reason"].startswith("JSONDecodeError") or "newsroom.toml" in each["reason"] for each in listed)
    assert queue(cloud, "IngestDeadLetterQueue").depth == queue(cloud, "RenderDeadLetterQueue").depth == 1
    monkeypatch.setattr(stubs, "POISON", set())
    stubs.CALLS.clear()
    assert [each["queue"] for each in replay(press, inbox, "--queue", "render")] == ["render"]
    assert [each["queue"] for each in replay(press, inbox)] == ["ingest"]
    press.wait_until_quiet(10)
    assert bodies("render") == bodies("ingest")[:1] == [["poison"]]
    assert bodies("ingest")[1:] == [["poison"]]
    assert replay(press, inbox) == []


def test_what_ses_told_of_a_reader_goes_back_and_is_not_shown(press: LocalPress, inbox: Path) -> None:
    queues = press.cloud.template.queues
    send(queues["FeedbackDeadLetterQueue"].url, "a complaint of naima")
    (listed,) = replay(press, inbox)
    assert listed["queue"] == "feedback"
    assert "naima" not in json.dumps(listed)
    press.wait_until_quiet(10)
    assert bodies("feedback") == [["a complaint of naima"]]
    assert queue(press.cloud, "FeedbackDeadLetterQueue").depth == 0


def test_what_stands_in_the_way_is_told_whole_on_a_line(press: LocalPress, inbox: Path) -> None:
    send(press.cloud.template.queues["RenderQueue"].url, "poison", group="a")
    give_up(press.cloud)
    (listed,) = replay(press, inbox, "--dry-run")
    told = CliRunner().invoke(main, ["replay", "--inbox", str(inbox), "--dry-run"]).output.splitlines()
    assert [line for line in told if line.startswith(" render ") and line.rstrip().endswith(listed["reason"])]


def test_a_stop_between_sending_back_and_deleting_loses_no_message(cloud: LocalCloud) -> None:
    url = cloud.template.queues["IngestQueue"].url
    send(url, "poison")
    cloud.drain()

    class Stopping:
        def __getattr__(self, name: str) -> object:
            if name == "delete_message":
                raise KeyboardInterrupt
            return getattr(boto3.client("sqs"), name)

    dead = DeadLetters(Stopping(), url)  # type: ignore[arg-type] # a client that dies
    with pytest.raises(KeyboardInterrupt):
        dead.send_back(next(dead.letters(datetime.now(UTC))))
    assert queue(cloud, "IngestQueue").depth == queue(cloud, "IngestDeadLetterQueue").depth == 1


def test_what_was_given_up_meanwhile_hides_nothing_of_what_was_before(cloud: LocalCloud) -> None:
    """SQS gives out the messages of a standard queue in any order."""
    url, begun = cloud.template.queues["IngestQueue"].url, datetime.now(UTC)

    waiting = [begun + timedelta(minutes=1), begun - timedelta(minutes=1)]

    class Unordered:
        def __getattr__(self, name: str) -> object:
            return getattr(boto3.client("sqs"), name)

        def receive_message(self, **_: object) -> dict[str, Any]:
            sent = [f"{waiting.pop(0).timestamp() * 1000:.0f}"] if waiting else []
            told = {"MessageId": "a", "Body": "{}", "ReceiptHandle": "h"}
            return {"Messages": [{**told, "Attributes": {"SentTimestamp": each}} for each in sent]}

    dead = DeadLetters(Unordered(), url)  # type: ignore[arg-type] # a client whose messages are ours
    assert [letter.since < begun for letter in dead.letters(begun)] == [True]
