"""The rebuild's state machine: its text, and how it is started and followed from here."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.stub import Stubber
from click.testing import CliRunner
from moto import mock_aws

from infra.cli import main
from infra.local.template import load
from infra.package import document
from infra.state_machine import run
from tests.e2e.checkers import ASL

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

MACHINE = "arn:aws:states:eu-west-3:123456789012:stateMachine:gazette-rebuild"
EXECUTION = "arn:aws:states:eu-west-3:123456789012:execution:gazette-rebuild:1"
MAP_RUN = "arn:aws:states:eu-west-3:123456789012:mapRun:gazette-rebuild/Articles:1"
THEN = "2026-11-28T00:00:00Z"
ROLE = "arn:aws:iam::123456789012:role/rebuild"


def test_a_machine_that_traces_may_ask_x_ray_what_to_sample() -> None:
    """https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html"""
    resources = document()["Resources"]
    assert resources["RebuildStateMachine"]["Properties"]["Tracing"] == {"Enabled": True}
    [policy] = resources["RebuildStateMachineRole"]["Properties"]["Policies"]
    [trace] = [each["Action"] for each in policy["PolicyDocument"]["Statement"] if each["Sid"] == "Trace"]
    assert {"xray:GetSamplingRules", "xray:GetSamplingTargets"} <= set(trace)


@pytest.mark.once
@pytest.mark.skipif(
    not (ASL.is_file() and shutil.which("node")), reason="needs asl-validator: make checkers, and Node.js"
)
def test_a_validator_of_amazon_s_states_language_finds_nothing() -> None:
    for machine in load().state_machines.values():
        text = json.dumps(machine)
        command = ["node", str(ASL), "--json-definition", text]
        told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert "invalid" not in told.stdout + told.stderr, told.stdout + told.stderr
        assert told.returncode == 0


@pytest.fixture
def sfn() -> "SFNClient":
    return boto3.client("stepfunctions", region_name="eu-west-3")


def looked(stub: Stubber, status: str, done: int, failed: int = 0, **more: str) -> None:
    """One look at an execution with one map of 100 items."""
    execution: Any = {
        "executionArn": EXECUTION,
        "stateMachineArn": MACHINE,
        "status": status,
        "startDate": THEN,
        **more,
    }
    stub.add_response("describe_execution", execution, {"executionArn": EXECUTION})
    runs = [{"executionArn": EXECUTION, "mapRunArn": MAP_RUN, "stateMachineArn": MACHINE, "startDate": THEN}]
    stub.add_response("list_map_runs", {"mapRuns": runs}, {"executionArn": EXECUTION})
    counts = {"succeeded": done, "failed": failed, "total": 100, "pending": 100 - done - failed, "running": 0,
              "timedOut": 0, "aborted": 0, "resultsWritten": 0}  # fmt: skip
    each = {"mapRunArn": MAP_RUN, "executionArn": EXECUTION, "status": status, "startDate": THEN, "maxConcurrency": 20,
            "toleratedFailurePercentage": 1.0, "toleratedFailureCount": 0, "itemCounts": counts,
            "executionCounts": counts}  # fmt: skip
    stub.add_response("describe_map_run", each, {"mapRunArn": MAP_RUN})


@pytest.mark.parametrize("running", [False, True])
def test_an_execution_is_started_or_joined_and_followed_to_its_end(
    sfn: "SFNClient", running: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    told: list[tuple[str, int, int]] = []
    with Stubber(sfn) as stub:
        standing = [{"executionArn": EXECUTION, "stateMachineArn": MACHINE, "name": "1", "status": "RUNNING",
                     "startDate": THEN}] if running else []  # fmt: skip
        asked = {"stateMachineArn": MACHINE, "statusFilter": "RUNNING", "maxResults": 1}
        stub.add_response("list_executions", {"executions": standing}, asked)
        if not running:
            started = {"executionArn": EXECUTION, "startDate": THEN}
            stub.add_response("start_execution", started, {"stateMachineArn": MACHINE})
        looked(stub, "RUNNING", 40)
        looked(stub, "FAILED", 98, 2, error="States.ExceedToleratedFailureThreshold", cause="too many")
        found = run(sfn, MACHINE, lambda *how: told.append(how))
        stub.assert_no_pending_responses()
    assert told == [("articles", 40, 100), ("articles", 100, 100)]
    assert found == ("FAILED", "States.ExceedToleratedFailureThreshold: too many", 98, 2)


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator["SFNClient"]:
    """A stack whose state machine is there, on moto, whose executions never end by themselves."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-3")
    with mock_aws() as mocked:
        mocked.reset()  # a handler that came late may have kept it going: see infra/local/cloud.py
        client = boto3.client("stepfunctions")
        definition = json.dumps(load().state_machines["RebuildStateMachine"])
        made = client.create_state_machine(name="gazette-rebuild", definition=definition, roleArn=ROLE)
        body = {
            "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
            "Outputs": {"RebuildStateMachineArn": {"Value": made["stateMachineArn"]}},
        }
        boto3.client("cloudformation").create_stack(StackName="gazette", TemplateBody=json.dumps(body))
        yield client


def test_a_rebuild_of_a_stack_that_somebody_stops_says_so(stack: "SFNClient", monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: float) -> None:
        for each in stack.list_executions(stateMachineArn=MACHINE)["executions"]:
            stack.stop_execution(executionArn=each["executionArn"])

    monkeypatch.setattr(time, "sleep", stop)
    answer = CliRunner().invoke(main, ["rebuild", "--stack", "gazette"])
    assert answer.exit_code == 2
    assert "aborted" in answer.stderr
    assert "start it again" in answer.stderr
