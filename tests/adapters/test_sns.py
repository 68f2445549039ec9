"""What a topic's subscribers get of a receipt, on moto's SNS."""

import json
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from functions.adapters.sns import SnsEditors
from functions.core.receipt import Letter, Receipt

RECEIPT = Receipt(key="articles/a.md", id="a.md", ver="1", outcome="refused")
LETTER = Letter(subject="refused: articles/a.md", text="Refusé\narticles/a.md\n")


@pytest.fixture
def aws() -> Iterator[None]:
    with mock_aws():
        yield


@pytest.mark.usefixtures("aws")
def test_a_subscriber_to_refusals_gets_the_letter() -> None:
    sns, sqs = boto3.client("sns", region_name="eu-west-3"), boto3.client("sqs", region_name="eu-west-3")
    topic = sns.create_topic(Name="receipts")["TopicArn"]
    url = sqs.create_queue(QueueName="desk")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    only = {"FilterPolicy": json.dumps({"outcome": ["refused"]})}
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes=only)
    lost: list[str] = []
    editors = SnsEditors(sns, topic, lost.append)
    editors.tell(RECEIPT, LETTER)
    editors.tell(RECEIPT.model_copy(update={"outcome": "published"}), LETTER)
    (message,) = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    told = json.loads(message["Body"])
    assert (told["Subject"], told["Message"]) == (LETTER.subject, LETTER.text)
    assert not lost


@pytest.mark.usefixtures("aws")
def test_a_topic_that_is_not_there_stops_nothing_and_is_complained_of() -> None:
    lost: list[str] = []
    sns = boto3.client("sns", region_name="eu-west-3")
    SnsEditors(sns, "arn:aws:sns:eu-west-3:123456789012:nowhere", lost.append).tell(RECEIPT, LETTER)
    assert lost == ["the editors could not be told of a receipt: NotFoundException"]
