"""The artifacts under AWS's own runtime client: each in a process that sees its zip, its layer and nothing else."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from functions.bootstrap.press import press
from infra.local.cloud import CLIENT_ENVIRONMENT, LocalCloud
from infra.local.server import Server, aws_app
from infra.local.template import load
from tests.handlers.test_events import EVENTS, FAILED, lay_in
from tests.infra.artifacts import Artifact, build
from tests.infra.runtime_api import Environment, FunctionFailed

pytestmark = pytest.mark.long
FUNCTIONS = sorted(load().functions)
FRONT = json.loads((EVENTS / "render" / "front.json").read_text(encoding="utf-8"))


class Account:
    """A cloud that other processes reach over HTTP, with some uploads in it, and the built functions."""

    def __init__(self, cloud: LocalCloud, endpoint: str, artifacts: dict[str, Artifact], folder: Path) -> None:
        self.cloud = cloud
        self._artifacts = artifacts
        self._folder = folder
        self._variables = {**CLIENT_ENVIRONMENT, **cloud.template.environment, "AWS_ENDPOINT_URL": endpoint}

    def environment(self, name: str) -> Environment:
        """A cold start of a function."""
        return Environment(self.cloud.template.functions[name], self._artifacts[name], self._variables, self._folder)


@pytest.fixture(scope="module")
def artifacts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Artifact]:
    return build(tmp_path_factory.mktemp("artifacts"))


@pytest.fixture
def account(artifacts: dict[str, Artifact], tmp_path: Path) -> Iterator[Account]:
    with LocalCloud(load()) as cloud:
        server = Server("aws", aws_app(), 0, "--aws-port")
        server.start()
        try:
            lay_in()
            made = Account(cloud, server.url, artifacts, tmp_path)
            with made.environment("ReconcileFunction") as environment:
                environment.invoke({"task": "deploy"})
            yield made
        finally:
            server.stop()


def samples(function: str) -> list[Path]:
    """The sample events of a function's handler."""
    return sorted((EVENTS / load().functions[function].handler.split(".")[-2]).glob("*.json"))


# What test_mailing.py fills in is sealed by a key of its own: here such a sample fails, and is reported.
SEALED = {"outbox", "delivery"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_takes_its_sample_events_as_it_would_at_aws(account: Account, name: str) -> None:
    with account.environment(name) as environment:
        for path in samples(name):
            event = json.loads(path.read_text(encoding="utf-8"))
            answer = environment.invoke(event)
            if "Records" in event:
                again = [each["itemIdentifier"] for each in answer["batchItemFailures"]]
                assert set(again) <= {each["messageId"] for each in event["Records"]}, path.name
                if path.parent.name not in SEALED:
                    assert again == [event["Records"][place]["messageId"] for place in FAILED.get(path.stem, ())]
            elif "routeKey" in event:
                assert answer["statusCode"] < 500, (path.name, answer, environment.log.read_text())
    log = environment.log.read_text()
    assert "Traceback" not in log or any(path.stem in FAILED or path.parent.name in SEALED for path in samples(name)), (
        log
    )


def test_an_event_of_no_known_shape_is_reported_as_an_error(account: Account) -> None:
    with account.environment("ReconcileFunction") as environment, pytest.raises(FunctionFailed, match="KeyError"):
        environment.invoke({"no": "task"})


def test_a_time_out_in_the_middle_of_a_write_is_healed_by_the_next_delivery(account: Account) -> None:
    written: list[str] = []

    def hang(key: str, _: bytes) -> None:
        written.append(key)
        if len(written) == 1:
            time.sleep(9)  # the object stands, its writer has no answer yet

    ingest = json.loads((EVENTS / "ingest" / "article.json").read_text(encoding="utf-8"))
    with account.environment("IngestFunction") as environment:
        environment.invoke(ingest)
    account.cloud.on_object("SiteBucket", "", hang)
    with account.environment("RenderFunction") as environment, pytest.raises(TimeoutError):
        environment.invoke(FRONT, timeout=8)
    assert len(written) == 1
    assert press().state.get("dirty/front") is not None
    with account.environment("RenderFunction") as environment:
        assert environment.invoke(_again(FRONT))["batchItemFailures"] == []
    assert press().state.get("dirty/front") is None
    healed = _page("index.html")
    boto3.client("s3").delete_object(Bucket="rotative-site", Key="index.html")
    with account.environment("RenderFunction") as environment:
        assert environment.invoke(_again(FRONT))["batchItemFailures"] == []
    assert _page("index.html") == healed


def _again(event: dict[str, Any]) -> dict[str, Any]:
    """The event as SQS delivers it a second time."""
    records = [
        {**each, "attributes": {**each["attributes"], "ApproximateReceiveCount": "2"}} for each in event["Records"]
    ]
    return {"Records": records}


def _page(key: str) -> bytes:
    body: bytes = boto3.client("s3").get_object(Bucket="rotative-site", Key=key)["Body"].read()
    return body
