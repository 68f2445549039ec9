"""Every sample event of the newsletter's mails is fed to its handler, on the resources of template.yaml.

In a sample <SEALED> stands for a sealed address, <READER> for its keyed hash and <TODAY> for the day of the issue: each
cloud has keys of its own.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_string
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from functions.bootstrap.newsletter import keyring, rows, vault
from functions.bootstrap.newsroom import settings, state
from functions.core.newsletter import rows as places
from functions.core.newsletter.issue import day
from functions.core.newsletter.rows import Delivery, Row
from functions.core.newsletter.subscriber import Ask, Subscriber
from functions.core.newsletter.subscription import address_of
from functions.core.newsletter.tokens import milliseconds
from functions.core.objects import Condition
from functions.workflows.subscribers import change, read
from infra.local.cloud import LocalCloud
from infra.local.template import load
from tests.handlers.test_events import handle, lay_in

EVENTS = Path(__file__).parents[2] / "events"
SAMPLES = {
    folder: sorted(path.stem for path in (EVENTS / folder).glob("*.json"))
    for folder in ("outbox", "issue", "delivery", "feedback")
}
NAIMA = "naima@example.ma"
# The messages that have to be delivered again, by their place in the batch; none for a sample that is not named here.
FAILED = {
    "outbox/broken-message": [0],
    "outbox/address-of-another-key": [0],
    "delivery/broken-message": [1],
    "feedback/broken-message": [0],
}
MAILS = {"sign-up": 1, "broken-message": 1, "reader": 1, "delivered-again": 1}
QUIET = ("bounce-soft", "out-of-office-five-times", "not-spam", "delivery", "send", "open", "greeting")
STATES = dict.fromkeys(QUIET, "confirmed")


@pytest.fixture(scope="module")
def standing() -> Iterator[LocalCloud]:
    """A cloud with a few published articles."""
    with LocalCloud(load()) as running:
        lay_in()
        running.drain()
        yield running


@pytest.fixture
def cloud(standing: LocalCloud) -> LocalCloud:
    """It before anybody reads the newsletter: no subscriber, no issue, no mail, no message."""
    standing.drain()
    for row in rows().scan(("state", places.issue(today()))):
        for each in rows().of(row.key.pk):
            rows().remove(each.key)
    for found in state().list("newsletter/"):
        state().delete(found.key, Condition(found.etag))
    standing.ses.sent_messages.clear()
    return standing


@pytest.fixture
def reader(cloud: LocalCloud) -> str:
    """The id of a confirmed reader."""
    subscriber = keyring().subscriber(NAIMA)
    before_the_samples = milliseconds(datetime(2026, 11, 1, tzinfo=UTC))
    ask = Ask(at=before_the_samples, job="1", address=vault().seal(address_of(NAIMA).canonical()))
    change(rows(), subscriber, lambda _: Subscriber(confirmed=ask, confirmed_on=ask.at + 10))
    return subscriber


def sample(name: str) -> Any:
    text = (EVENTS / f"{name}.json").read_text(encoding="utf-8")
    known = {
        "<SEALED>": vault().seal(address_of(NAIMA).canonical()),
        "<READER>": keyring().subscriber(NAIMA),
        "<TODAY>": today(),
        "1795154400000": str(milliseconds(datetime.now(UTC))),
    }
    for mark, meant in known.items():
        text = text.replace(mark, meant)
    return json.loads(text)


def today() -> str:
    return day(datetime.now(UTC), settings().newsroom)


def carry(name: str) -> None:
    """Feeds a sample; exactly the messages that are expected to must fail."""
    event = sample(name)
    answer = handle(name.partition("/")[0], event)
    again = [event["Records"][place]["messageId"] for place in FAILED.get(name, ())]
    assert [failure["itemIdentifier"] for failure in answer["batchItemFailures"]] == again


def standing_of(reader: str) -> str:
    return read(rows(), reader).state(milliseconds(datetime.now(UTC)))


def delivery(reader: str) -> str:
    row = rows().read(places.delivery(reader, today()))
    return Delivery.model_validate_json(row.body).outcome if row else ""


@pytest.mark.parametrize("name", SAMPLES["outbox"])
def test_a_sample_of_the_outbox_is_carried_out(name: str, cloud: LocalCloud) -> None:
    carry(f"outbox/{name}")
    assert len(cloud.ses.sent_messages) == MAILS.get(name, 0)
    assert standing_of(keyring().subscriber(NAIMA)) == ("pending" if MAILS.get(name) else "unknown")


@pytest.mark.parametrize("name", SAMPLES["issue"])
def test_the_hour_makes_the_issue_and_wakes_its_readers_once(name: str, cloud: LocalCloud, reader: str) -> None:
    report = handle("issue", sample(f"issue/{name}"))
    if name == "hour" and not report:  # before the newsroom's hour
        report = handle("issue", sample("issue/now"))
    assert (report["date"], report["articles"], report["waiting"]) == (today(), 2, 1)
    cloud.drain()
    (sent,) = cloud.ses.sent_messages
    mail = message_from_string(sent.raw_data, policy=default)
    assert mail["To"] == NAIMA
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert handle("issue", {"task": "now"})["sent"] == 1
    assert handle("issue", {"task": "now"}) == {}, "it is done"


@pytest.mark.parametrize("name", SAMPLES["delivery"])
def test_a_sample_of_the_send_queue_is_sent_at_most_once(name: str, cloud: LocalCloud, reader: str) -> None:
    handle("issue", {"task": "now"})
    carry(f"delivery/{name}")
    assert len(cloud.ses.sent_messages) == MAILS.get(name, 0)
    assert delivery(reader) == ("sent" if MAILS.get(name) else "")


@pytest.mark.parametrize("name", SAMPLES["feedback"])
def test_a_sample_of_feedback_moves_its_reader_one_way_only(name: str, cloud: LocalCloud, reader: str) -> None:
    claimed = Delivery(outcome="claimed", at=1).canonical().decode()
    rows().write(Row(places.delivery(reader, today()), claimed, 1))
    carry(f"feedback/{name}")
    assert standing_of(reader) == STATES.get(name, "suppressed")
    assert delivery(reader) == ("sent" if name in {"send", "delivery"} else "claimed")
