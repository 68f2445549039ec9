"""The newsletter's rows in a DynamoDB table with the string keys `pk` and `sk`."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from functions.core.errors import StoreUnavailable, WriteConflict
from functions.core.newsletter.rows import Key, Row

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

T = TypeVar("T")


class DynamoRows:
    """The port `Rows`: strongly consistent reads, one conditional request a write."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def read(self, key: Key) -> Row | None:
        answer = self._ask(self._client.get_item, Key=_key(key), ConsistentRead=True)
        return _row(answer["Item"]) if "Item" in answer else None

    def write(self, row: Row) -> None:
        item = {**_key(row.key), "body": {"S": row.body}, "rev": {"N": str(row.rev)}}
        if row.expires is not None:
            item["expires"] = {"N": str(row.expires)}
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
        if row.rev > 1:
            before = {":before": {"N": str(row.rev - 1)}}
            condition = {"ConditionExpression": "rev = :before", "ExpressionAttributeValues": before}
        self._ask(self._client.put_item, Item=item, **condition)

    def remove(self, key: Key) -> None:
        self._ask(self._client.delete_item, Key=_key(key))

    def of(self, pk: str) -> Sequence[Row]:
        found = self._pages(
            self._client.query,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
        )
        return [_row(item) for item in found]

    def scan(self, sks: Sequence[str]) -> Iterator[Row]:
        names = {f":sk{place}": {"S": sk} for place, sk in enumerate(sks)}
        found = self._pages(
            self._client.scan,
            FilterExpression=f"sk IN ({', '.join(names)})",
            ExpressionAttributeValues=names,
        )
        return (_row(item) for item in found)

    def take(self, key: Key, limit: int, expires: int) -> bool:
        try:
            self._ask(
                self._client.update_item,
                Key=_key(key),
                UpdateExpression="ADD taken :one SET expires = :expires",
                ConditionExpression="attribute_not_exists(taken) OR taken < :limit",
                ExpressionAttributeValues={
                    ":one": {"N": "1"},
                    ":limit": {"N": str(limit)},
                    ":expires": {"N": str(expires)},
                },
            )
        except WriteConflict:
            return False
        return True

    def _pages(self, request: Callable[..., Any], **parameters: Any) -> Iterator[dict[str, Any]]:
        while True:
            answer = self._ask(request, ConsistentRead=True, **parameters)
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            parameters["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _ask(self, request: Callable[..., T], **parameters: Any) -> T:
        """The answer; what is raised holds no address, and no key."""
        try:
            return request(TableName=self._table, **parameters)
        except self._client.exceptions.ConditionalCheckFailedException as error:
            raise WriteConflict("a row") from error
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(f"dynamodb: {self._table}: {type(error).__name__}") from error


def _key(key: Key) -> dict[str, Any]:
    return {"pk": {"S": key.pk}, "sk": {"S": key.sk}}


def _row(item: dict[str, Any]) -> Row:
    expires = item.get("expires")
    return Row(
        Key(item["pk"]["S"], item["sk"]["S"]),
        item["body"]["S"],
        int(item["rev"]["N"]),
        int(expires["N"]) if expires else None,
    )
