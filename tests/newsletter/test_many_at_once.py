"""Many sign-ups at once, each in a thread as if in a Lambda of its own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import boto3
import pytest

from functions.bootstrap.mailing import letterhead_of, office
from functions.bootstrap.newsletter import counter, keyring, rows
from functions.core.newsletter.invitation import Invitation
from functions.core.newsletter.rows import STATE, partition
from functions.workflows.invite import invite
from functions.workflows.subscribe import subscribe
from infra.local.cloud import LocalCloud
from infra.local.template import load
from tests.handlers.test_events import lay_in
from tests.newsletter.fakes import Desk
from tests.newsletter.requests import as_json

WORKERS = 16


@pytest.fixture(scope="module")
def cloud() -> Iterator[LocalCloud]:
    with LocalCloud(load()) as running:
        lay_in()
        yield running


def sign_up(place: int, email: str) -> object:
    request = as_json(email=email).model_copy(update={"address": f"10.{place // 250}.{place % 250}.1"})
    return subscribe(request, counter(), datetime.now(UTC))


def waiting(cloud: LocalCloud) -> list[Invitation]:
    sqs, url, found = boto3.client("sqs"), cloud.template.queues["OutboxQueue"].url, []
    while taken := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += [Invitation.model_validate_json(each["Body"]) for each in taken]
    return found


def test_a_hundred_sign_ups_of_one_address_make_one_row_and_one_mail(cloud: LocalCloud) -> None:
    with ThreadPoolExecutor(WORKERS) as workers:
        said = list(workers.map(sign_up, range(100), ["Naima@example.ma"] * 100))
        assert said == ["taken"] * 100
        head, messages = letterhead_of(office().settings()), waiting(cloud)
        assert len(messages) == 100
        outcomes = list(workers.map(lambda message: invite(office(), head, message), messages))
    assert outcomes.count("invited") == len(cloud.ses.sent_messages) == 1
    found = rows().of(partition(keyring().subscriber("naima@example.ma")))
    assert [row.key.sk for row in found].count(STATE) == 1
    assert len(found) == 2, "the state, and the consent that was asked for"


def test_a_thousand_different_ones_make_a_thousand_rows_and_mails() -> None:
    desk = Desk()
    requests = [as_json(email=f"reader{number}@example.org") for number in range(1000)]
    with ThreadPoolExecutor(WORKERS) as workers:
        assert list(workers.map(desk.sign_up, requests)) == ["taken"] * 1000
        head = desk.head
        outcomes = list(workers.map(lambda message: invite(desk.office, head, message), desk.outbox.invitations))
    assert outcomes == ["invited"] * 1000
    assert [key.sk for key in desk.rows.by_key].count(STATE) == 1000
    assert len({mail.to for mail in desk.mailer.sent}) == 1000
