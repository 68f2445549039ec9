"""What functions ask of AWS, as IAM sees it: (action, resource) of every call that botocore makes."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

import botocore.client
from botocore.exceptions import ClientError

from infra.local.resources import ACCOUNT, REGION
from infra.local.template import load

# Operations whose IAM action has another name, or more than one.
_ACTIONS: Mapping[str, str] = {
    "s3:HeadObject": "s3:GetObject",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:ListObjectVersions": "s3:ListBucketVersions",
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sesv2:SendEmail": "ses:SendEmail",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
}


class Call(NamedTuple):
    """One request: its IAM action, the ARN that it is about, the parameters given, and what conditions can ask for."""

    action: str
    resource: str
    parameters: Mapping[str, Any]
    context: Mapping[str, str] = {}


class Grant(NamedTuple):
    """One action on one resource, which a statement allows."""

    sid: str
    action: str
    resource: str


Listener = Callable[[Call], None]


@contextmanager
def recording(listener: Listener) -> Iterator[None]:
    """Tell the listener of every call that any client makes, whichever session made the client."""
    original: Any = vars(botocore.client.BaseClient)["_make_api_call"]

    def recorded(client: Any, operation: str, parameters: dict[str, Any]) -> Any:
        for call in _calls(client.meta.service_model.service_name, operation, parameters):
            listener(call)
        return original(client, operation, parameters)

    with patch.object(botocore.client.BaseClient, "_make_api_call", recorded):
        yield


@contextmanager
def identity(statements: list[dict[str, Any]]) -> Iterator[None]:
    """Refuse what statements do not allow, as AWS does; a missing key is S3's 403 for who may not list it."""
    original: Any = vars(botocore.client.BaseClient)["_make_api_call"]

    def judged(client: Any, operation: str, parameters: dict[str, Any]) -> Any:
        service = client.meta.service_model.service_name
        refused = [call for call in _calls(service, operation, parameters) if not allowed(statements, call)]
        if refused:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": str(refused[0])}}, operation)
        try:
            return original(client, operation, parameters)
        except client.exceptions.NoSuchKey:
            listing = {"Bucket": parameters["Bucket"], "Prefix": parameters["Key"]}
            return judged(client, "ListObjectsV2", listing) and original(client, operation, parameters)

    with patch.object(botocore.client.BaseClient, "_make_api_call", judged):
        yield


def allowed(statements: list[dict[str, Any]], call: Call) -> list[Grant]:
    """The grants of a role's statements that allow a call."""
    holding = [each for each in statements if _holds(each.get("Condition", {}), call.context)]
    return [
        each
        for each in grants(holding)
        if _matches(each.action, call.action) and _matches(each.resource, call.resource)
    ]


def grants(statements: list[dict[str, Any]]) -> list[Grant]:
    """Everything that statements allow, under whatever conditions."""
    return [
        Grant(statement["Sid"], action, resource)
        for statement in statements
        if statement["Effect"] == "Allow"
        for action in _list(statement["Action"])
        for resource in _list(statement["Resource"])
    ]


def _holds(condition: Mapping[str, Mapping[str, Any]], context: Mapping[str, str]) -> bool:
    """Whether a request of this context meets every key of a condition; of several values one is enough."""
    return all(
        key in context and any(_OPERATORS[name](value, context[key]) for value in _list(values))
        for name, keys in condition.items()
        for key, values in keys.items()
    )


def _calls(service: str, operation: str, parameters: dict[str, Any]) -> Iterator[Call]:
    """All that has to be allowed for one request."""
    action = f"{service}:{operation}"
    if action == "s3:GetObject" and "VersionId" in parameters:
        action = "s3:GetObjectVersion"
    resource = _resource(service, parameters)
    yield Call(_ACTIONS.get(action, action), resource, parameters, _context(parameters))
    if service == "s3" and "IfMatch" in parameters:  # S3 User Guide, "How to perform conditional deletes", and writes
        yield Call("s3:GetObject", resource, parameters)
    if service == "secretsmanager":
        yield _opening(resource)


def _context(parameters: Mapping[str, Any]) -> dict[str, str]:
    """What a request says that conditions of our policies ask for."""
    sealed = {f"kms:EncryptionContext:{key}": value for key, value in parameters.get("EncryptionContext", {}).items()}
    return sealed | ({"s3:prefix": parameters["Prefix"]} if "Prefix" in parameters else {})


def _opening(secret: str) -> Call:
    """What Secrets Manager asks of KMS for its caller (its User Guide, "Secret encryption and decryption")."""
    (key,) = load().keys.values()
    via = f"secretsmanager.{REGION}.amazonaws.com"
    return Call("kms:Decrypt", key.arn, {}, {"kms:ViaService": via, "kms:EncryptionContext:SecretARN": secret})


def _resource(service: str, parameters: dict[str, Any]) -> str:
    if "TopicArn" in parameters:
        return str(parameters["TopicArn"])
    if service == "s3":
        key = f"/{parameters['Key']}" if "Key" in parameters else ""
        return f"arn:aws:s3:::{parameters['Bucket']}{key}"
    if service == "sqs":
        return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{str(parameters.get('QueueUrl')).rpartition('/')[2]}"
    if service == "dynamodb":
        index = f"/index/{parameters['IndexName']}" if "IndexName" in parameters else ""
        return f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{_table(parameters)}{index}"
    if service == "cloudformation":  # by its name, so with any id
        return f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{parameters['StackName']}/*"
    if service == "kms":  # by its alias on one machine, by its id on AWS; a role names the ARN
        return next((key.arn for key in load().keys.values() if key.alias == parameters.get("KeyId")), "*")
    if service == "sesv2":
        return f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/{parameters['FromEmailAddress'].rpartition('@')[2]}"
    return str(parameters.get("SecretId") or "*")


def _table(parameters: dict[str, Any]) -> str:
    """The table of a call; that of the first item of a transaction."""
    if "TransactItems" in parameters:
        [item] = parameters["TransactItems"][0].values()
        return str(item["TableName"])
    return str(parameters["TableName"])


def _matches(pattern: str, value: str) -> bool:
    """IAM's wildcards, which know no character classes."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), value, re.DOTALL) is not None


def _list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


# How a condition's operators compare what it says with what a request says; no other is known here.
_OPERATORS: Mapping[str, Callable[[str, str], bool]] = {"StringEquals": operator.eq, "StringLike": _matches}
