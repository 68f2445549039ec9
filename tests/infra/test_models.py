"""botocore's models, cut down: smaller, and a client made of them is the client made of the whole ones."""

import json
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import botocore.utils
import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from botocore.loaders import Loader
from botocore.session import Session

from infra.closure import ROOT
from infra.models import cut_down
from infra.package import runtime

_ADAPTERS = ROOT / "functions" / "adapters"
_STOCK = Path(botocore.__file__).parent / "data"
_SERVICES = sorted(runtime().services)
_REGIONS = "eu-west-3 eu-south-2 me-central-1 af-south-1 us-east-1 us-gov-west-1 cn-north-1".split()


_CALLS: Sequence[tuple[str, str, dict[str, Any]]] = (
    ("s3", "put_object", {"Bucket": "a", "Key": "b/c d", "Body": b"e", "IfNoneMatch": "*", "ContentType": "text/html"}),
    ("s3", "list_object_versions", {"Bucket": "a", "Prefix": "b"}),
    (
        "cloudfront",
        "create_invalidation",
        {
            "DistributionId": "a",
            "InvalidationBatch": {"Paths": {"Quantity": 1, "Items": ["/b/*"]}, "CallerReference": "c"},
        },
    ),
    ("dynamodb", "put_item", {"TableName": "a", "Item": {"b": {"S": "c"}}, "ConditionExpression": "d = e"}),
    ("sqs", "send_message_batch", {"QueueUrl": "https://a/b", "Entries": [{"Id": "c", "MessageBody": "d"}]}),
    ("sns", "publish", {"TopicArn": "arn:aws:sns:eu-west-3:1:a", "Message": "b", "Subject": "c"}),
    ("kms", "encrypt", {"KeyId": "a", "Plaintext": b"b"}),
    ("secretsmanager", "get_secret_value", {"SecretId": "a"}),
    ("sesv2", "send_email", {"FromEmailAddress": "a", "Content": {"Raw": {"Data": b"b"}}}),
)


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("botocore") / "data"
    others = {path.name for path in _STOCK.iterdir() if path.is_dir() and path.name not in [*_SERVICES, "ec2"]}
    shutil.copytree(_STOCK, data, ignore=lambda folder, _: others if Path(folder) == _STOCK else set())
    cut_down(data, set(_SERVICES), runtime().methods)
    return data


def client(data: Path, service: str, region: str) -> Any:
    session = Session()
    session.register_component("data_loader", Loader([str(data)], include_default_search_paths=False))
    session.set_credentials("a", "b")
    return session.create_client(service, region_name=region, config=Config(signature_version="v4"))


def sent(caller: Any, operation: str, parameters: dict[str, Any]) -> tuple[str, str, Any]:
    """The request of a call that goes nowhere: its method, address and body."""
    requests: list[tuple[str, str, Any]] = []

    def stop(request: Any, **_: Any) -> AWSResponse:
        body = request.body.read() if hasattr(request.body, "read") else request.body
        requests.append((request.method, request.url, body))
        return AWSResponse(request.url, 200, HTTPHeaders(), BytesIO(b""))

    caller.meta.events.register("before-send", stop)
    with suppress(Exception):  # an empty answer is none that every service may give
        getattr(caller, operation)(**parameters)
    assert requests, "the call ended before it was sent"
    return requests[0]


def told(data: Path, service: str) -> dict[str, Any]:
    """A service's model as a client has it, without the manual."""
    model = client(data, service, _REGIONS[0]).meta.service_model._service_description
    found: dict[str, Any] = json.loads(json.dumps(model), object_hook=_without_manual)
    return found


def _without_manual(part: dict[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in part.items() if name != "documentation" or not isinstance(each, str)}


def referred(part: Any) -> set[str]:
    """The shapes that a part of a model refers to."""
    if isinstance(part, dict):
        own = {part["shape"]} if isinstance(part.get("shape"), str) else set()
        return own.union(*map(referred, part.values()))
    return set[str]().union(*map(referred, part)) if isinstance(part, list) else set()


def errors(model: dict[str, Any]) -> list[str]:
    return [name for name, shape in model["shapes"].items() if shape.get("exception")]


@pytest.mark.parametrize("service", _SERVICES)
def test_a_client_has_operations_and_shapes_as_they_were_and_all_errors(lean: Path, service: str) -> None:
    ours, whole = told(lean, service), told(_STOCK, service)
    for part in ("operations", "shapes"):
        assert ours[part] == {name: whole[part][name] for name in ours[part]}
    assert referred(ours) <= set(ours["shapes"])
    assert errors(ours) == errors(whole)
    assert {**ours, "operations": {}, "shapes": {}} == {**whole, "operations": {}, "shapes": {}}


def test_a_client_has_every_method_that_the_adapters_name(lean: Path) -> None:
    names = set(re.findall(r"[.\"](\w+)", "".join(path.read_text(encoding="utf-8") for path in _ADAPTERS.glob("*.py"))))
    for service in _SERVICES:
        ours, whole = (client(data, service, _REGIONS[0]).meta.method_to_api_mapping for data in (lean, _STOCK))
        assert names & set(whole) <= set(ours), service
        assert names & set(ours), service


def test_a_client_of_s3_has_what_botocore_calls_of_it_by_itself(lean: Path) -> None:
    called = set(re.findall(r"self\._client\.(\w+)\(Bucket", Path(botocore.utils.__file__).read_text(encoding="utf-8")))
    assert called == {"create_session", "head_bucket"}
    assert called <= set(client(lean, "s3", _REGIONS[0]).meta.method_to_api_mapping)


def test_a_client_of_dynamodb_still_knows_how_to_ask_for_its_endpoints(lean: Path) -> None:
    model = client(lean, "dynamodb", _REGIONS[0]).meta.service_model
    assert model.endpoint_discovery_operation.name == "DescribeEndpoints"


@pytest.mark.parametrize(("service", "operation", "parameters"), _CALLS)
def test_a_client_sends_the_same_request(lean: Path, service: str, operation: str, parameters: dict[str, Any]) -> None:
    assert sent(client(lean, service, _REGIONS[0]), operation, parameters) == sent(
        client(_STOCK, service, _REGIONS[0]), operation, parameters
    )


def test_every_service_is_called() -> None:
    assert {service for service, *_ in _CALLS} == set(_SERVICES)


@pytest.mark.parametrize("region", _REGIONS)
def test_a_client_calls_the_same_address_in_every_region(lean: Path, region: str) -> None:
    for service in _SERVICES:
        ours, whole = (client(data, service, region).meta for data in (lean, _STOCK))
        assert (ours.endpoint_url, ours.partition) == (whole.endpoint_url, whole.partition), service


def test_what_no_function_has_a_client_of_is_gone_and_so_are_the_manuals(lean: Path) -> None:
    assert {path.name for path in lean.iterdir() if path.is_dir()} == set(_SERVICES)
    assert not [*lean.rglob("*.gz"), *lean.rglob("examples-*")]
    models = {path: json.loads(path.read_bytes()) for path in lean.rglob("service-2.json")}
    assert not [path for path, model in models.items() if "documentation" in {*model, *model["operations"]}]
    assert sum(path.stat().st_size for path in lean.rglob("*") if path.is_file()) < 450_000
