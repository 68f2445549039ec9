"""One contract of the newsletter's rows, on the fake and on moto's DynamoDB."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from moto import mock_aws

from functions.adapters.dynamodb import DynamoRows
from functions.core.errors import StoreUnavailable, WriteConflict
from functions.core.newsletter.rows import Key, Row
from functions.workflows.counter import Rows
from tests.newsletter.fakes import FakeRows

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TABLE = "subscribers"
KEY, OTHER = Key("subscriber#1", "state"), Key("subscriber#1", "issue#2026-11-20")


@pytest.fixture
def client() -> Iterator["DynamoDBClient"]:
    with mock_aws():
        made = boto3.client("dynamodb", region_name="eu-west-3")
        made.create_table(
            TableName=TABLE,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": "pk", "AttributeType": "S"},
                {"AttributeName": "sk", "AttributeType": "S"},
            ],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        )
        yield made


@pytest.fixture(params=["fake", "dynamodb"])
def rows(request: pytest.FixtureRequest) -> Rows:
    if request.param == "fake":
        return FakeRows()
    return DynamoRows(request.getfixturevalue("client"), TABLE)


def test_a_row_that_was_written_is_read_back_as_it_is(rows: Rows) -> None:
    row = Row(KEY, '{"asks":[]}', 1, 1_800_000_000)
    assert rows.read(KEY) is None
    rows.write(row)
    assert rows.read(KEY) == row
    rows.write(Row(KEY, "{}", 2))
    assert rows.read(KEY) == Row(KEY, "{}", 2, None)


@pytest.mark.parametrize("rev", [1, 3])
def test_a_row_is_replaced_only_by_its_next_revision(rows: Rows, rev: int) -> None:
    rows.write(Row(KEY, "first", 1))
    with pytest.raises(WriteConflict):
        rows.write(Row(KEY, "second", rev))
    assert rows.read(KEY) == Row(KEY, "first", 1)


def test_the_second_revision_of_nothing_is_a_conflict(rows: Rows) -> None:
    with pytest.raises(WriteConflict):
        rows.write(Row(KEY, "second", 2))


def test_a_row_can_be_removed_again_and_again_and_written_anew(rows: Rows) -> None:
    rows.write(Row(KEY, "first", 1))
    rows.remove(KEY)
    rows.remove(KEY)
    assert rows.read(KEY) is None
    rows.write(Row(KEY, "anew", 1))


def test_a_partition_holds_its_rows_by_sk_and_nobody_else_s(rows: Rows) -> None:
    for key in (KEY, OTHER, Key("subscriber#2", "state")):
        rows.write(Row(key, "x", 1))
    assert [row.key for row in rows.of("subscriber#1")] == [OTHER, KEY]
    assert list(rows.of("subscriber#3")) == []


def test_a_scan_finds_the_rows_of_some_sks_and_passes_over_counters(rows: Rows) -> None:
    for key in (KEY, OTHER, Key("subscriber#2", "state"), Key("subscriber#2", "consent#1#asked")):
        rows.write(Row(key, "x", 1))
    rows.take(Key("limit#everybody", "2026-11-20T12"), 1, 1_800_000_000)
    found = {row.key for row in rows.scan(("state", OTHER.sk))}
    assert found == {KEY, OTHER, Key("subscriber#2", "state")}


def test_no_more_is_taken_than_the_limit_allows_and_each_key_has_its_own(rows: Rows) -> None:
    hour = Key("limit#net", "2026-11-20T12")
    assert [rows.take(hour, 3, 1_800_000_000) for _ in range(5)] == [True, True, True, False, False]
    assert rows.take(Key("limit#net", "2026-11-20T13"), 3, 1_800_000_000)


def test_a_table_of_many_pages_is_read_to_its_end(client: "DynamoDBClient") -> None:
    rows = DynamoRows(client, TABLE)
    for number in range(30):  # of 50 kB each: DynamoDB answers a megabyte at a time
        rows.write(Row(Key(f"subscriber#{number}", "state"), "x" * 50_000, 1))
        rows.write(Row(Key("subscriber#one", f"consent#{number:02}"), "x" * 50_000, 1))
    assert len(list(rows.scan(("state",)))) == 30
    assert [row.key.sk for row in rows.of("subscriber#one")] == [f"consent#{number:02}" for number in range(30)]


CALLS: dict[str, Callable[[DynamoRows], Any]] = {
    "read": lambda rows: rows.read(KEY),
    "write": lambda rows: rows.write(Row(KEY, "amine@example.ma", 1)),
    "remove": lambda rows: rows.remove(KEY),
    "of": lambda rows: rows.of(KEY.pk),
    "scan": lambda rows: list(rows.scan(("state",))),
    "take": lambda rows: rows.take(KEY, 1, 1),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_missing_table_is_unavailable(name: str) -> None:
    with mock_aws(), pytest.raises(StoreUnavailable, match="dynamodb: subscribers"):
        CALLS[name](DynamoRows(boto3.client("dynamodb", region_name="eu-west-3"), TABLE))


@pytest.mark.parametrize("name", CALLS)
def test_a_service_that_does_not_answer_is_unavailable_and_the_message_holds_no_address(name: str) -> None:
    nobody = boto3.client(
        "dynamodb",
        region_name="eu-west-3",
        endpoint_url="http://127.0.0.1:9",
        aws_access_key_id="none",
        aws_secret_access_key="none",
        config=Config(connect_timeout=1, retries={"total_max_attempts": 1}),
    )
    with pytest.raises(StoreUnavailable) as caught:
        CALLS[name](DynamoRows(nobody, TABLE))
    assert "@" not in str(caught.value)
    assert "subscriber#" not in str(caught.value)
