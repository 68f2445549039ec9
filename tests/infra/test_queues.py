import time
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest

from infra.local.cloud import LocalCloud
from infra.local.lambda_runtime import InvocationFailed
from infra.local.pump import Pump
from infra.local.resources import Template
from infra.local.sqs_backend import PressQueue
from tests.infra import stubs


@pytest.fixture
def url(cloud: LocalCloud) -> str:
    return cloud.template.queues["IngestQueue"].url


def send(url: str, *bodies: str, group: str = "") -> None:
    sqs = boto3.client("sqs")
    for number, body in enumerate(bodies):
        fifo = {"MessageGroupId": group, "MessageDeduplicationId": f"{group}-{number}-{body}"} if group else {}
        sqs.send_message(QueueUrl=url, MessageBody=body, **fifo)  # type: ignore[arg-type] # two shapes of one call


def bodies(function: str) -> list[list[str]]:
    """The bodies of each batch that a stub was given."""
    return [[each["body"] for each in event["Records"]] for name, event in stubs.CALLS if name == function]


def queue(cloud: LocalCloud, logical_id: str) -> PressQueue:
    return cloud.sqs.press_queue(cloud.template.queues[logical_id].name)


def test_messages_come_in_batches_of_at_most_the_batch_size(cloud: LocalCloud, url: str) -> None:
    send(url, *(str(number) for number in range(25)))
    cloud.drain()
    assert [len(batch) for batch in bodies("ingest")] == [10, 10, 5]


def test_only_the_failed_message_of_a_batch_is_delivered_again(cloud: LocalCloud, url: str) -> None:
    send(url, "good", "poison", "fine")
    cloud.drain()
    assert bodies("ingest") == [["good", "poison", "fine"], *[["poison"]] * 4]


def test_poison_ends_in_the_dead_letter_queue_after_five_deliveries(cloud: LocalCloud, url: str) -> None:
    send(url, "poison")
    cloud.drain()
    counts = [event["Records"][0]["attributes"]["ApproximateReceiveCount"] for _, event in stubs.CALLS]
    assert counts == ["1", "2", "3", "4", "5"]
    dead = boto3.client("sqs").receive_message(QueueUrl=cloud.template.queues["IngestDeadLetterQueue"].url)
    assert [each["Body"] for each in dead["Messages"]] == ["poison"]


def test_an_exception_fails_the_whole_batch(cloud: LocalCloud, url: str) -> None:
    send(url, "good", "raise")
    cloud.drain()
    assert bodies("ingest") == [["good", "raise"]] * 5
    assert queue(cloud, "IngestDeadLetterQueue").depth == 2


def test_a_group_waits_for_its_failed_message_and_is_woken_once_by_those_that_say_the_same(cloud: LocalCloud) -> None:
    url = cloud.template.queues["RenderQueue"].url
    sources = [each.queue for each in cloud.template.sources]
    pump = cloud.pumps[sources.index("RenderQueue")]
    send(url, "poison", group="a")
    pump.carry_one_batch(cloud.runtime.invoke_here)
    send(url, "second", "second", "third", group="a")
    send(url, "other", group="b")
    assert pump.carry_one_batch(cloud.runtime.invoke_here)
    assert not pump.carry_one_batch(cloud.runtime.invoke_here)
    assert bodies("render") == [["poison"], ["other"]]
    cloud.drain()
    assert bodies("render")[2] == ["poison", "second", "third"]
    send(url, "fourth", group="a")
    cloud.drain()
    assert bodies("render")[-1] == ["fourth"]


def test_a_deduplication_id_counts_once_within_its_group_even_when_its_message_has_gone(cloud: LocalCloud) -> None:
    url = cloud.template.queues["RenderQueue"].url
    send(url, "x", group="a")
    cloud.drain()
    send(url, "x", group="a")
    sqs = boto3.client("sqs")
    sqs.send_message(QueueUrl=url, MessageBody="y", MessageGroupId="b", MessageDeduplicationId="a-0-x")
    cloud.drain()
    assert bodies("render") == [["x"], ["y"]]


def test_a_handler_that_runs_out_of_time_is_given_up_and_its_message_comes_back(cloud: LocalCloud, url: str) -> None:
    send(url, "sleep")
    start = time.monotonic()
    cloud.pumps[0].carry_one_batch(cloud.runtime.invoke)
    assert 0.9 < time.monotonic() - start < 1.25
    assert cloud.pumps[0].depth == 1
    assert cloud.runtime.running == 0


def test_a_handler_that_outlives_its_cloud_never_reaches_the_real_one(template: Template) -> None:
    with LocalCloud(template) as cloud:
        send(template.queues["IngestQueue"].url, "sleep")
        cloud.pumps[0].carry_one_batch(cloud.runtime.invoke)
    assert cloud.runtime.unfinished
    assert boto3.client("s3", region_name="eu-west-3").list_buckets()["Buckets"] == []
    with LocalCloud(template):
        assert len(boto3.client("s3").list_buckets()["Buckets"]) == 3


def test_a_failed_message_comes_back_after_a_second_not_after_the_visibility(cloud: LocalCloud, url: str) -> None:
    send(url, "poison")
    cloud.pumps[0].carry_one_batch(cloud.runtime.invoke_here)
    start = time.monotonic()
    assert not queue(cloud, "IngestQueue").wait_until_ready(0.1)
    assert queue(cloud, "IngestQueue").wait_until_ready(5)
    assert 0.9 < time.monotonic() - start < 5


def test_a_waiting_pump_has_a_message_at_once(cloud: LocalCloud, url: str) -> None:
    pump = cloud.pumps[0]
    pump.start()
    took = [_seconds_to_deliver(pump, url, str(number)) for number in range(5)]
    pump.stop()
    pump.join(1)
    assert sorted(took)[2] < 0.05


def _seconds_to_deliver(pump: Pump, url: str, body: str) -> float:
    time.sleep(0.02)
    send(url, body)
    start = time.monotonic()
    while pump.depth:
        time.sleep(0.001)
    return time.monotonic() - start


def test_no_message_is_lost_between_many_senders_and_the_pumps(cloud: LocalCloud, url: str) -> None:
    cloud.pumps[0].start()
    with ThreadPoolExecutor(8) as senders:
        list(senders.map(lambda number: cloud.sqs.send_message("rotative-ingest", str(number)), range(400)))
    cloud.wait_until_quiet(10)
    cloud.pumps[0].stop()
    cloud.pumps[0].join(1)
    assert sorted(int(body) for batch in bodies("ingest") for body in batch) == list(range(400))


def test_a_function_learns_who_it_is_and_how_long_it_has(cloud: LocalCloud) -> None:
    assert cloud.runtime.invoke("ClockFunction", {}) == {
        "name": "rotative-clock",
        "memory": 512,
        "arn": "arn:aws:lambda:eu-west-3:123456789012:function:rotative-clock",
    }


def test_an_exception_in_a_function_reaches_whoever_called_it(cloud: LocalCloud) -> None:
    event = {"Records": [{"messageId": "1", "body": "raise"}]}
    with pytest.raises(InvocationFailed, match="rotative-ingest: RuntimeError: raise"):
        cloud.runtime.invoke("IngestFunction", event)


def test_a_message_that_was_given_up_while_it_was_in_hand_does_not_stop_the_deliveries(
    cloud: LocalCloud, url: str
) -> None:
    send(url, "late")

    def outlive(function: str, event: object) -> None:
        queue(cloud, "IngestQueue").clear()
        raise InvocationFailed(f"{function} took too long")

    assert cloud.pumps[0].carry_one_batch(outlive)
    send(url, "next")
    cloud.drain()
    assert bodies("ingest") == [["next"]]
