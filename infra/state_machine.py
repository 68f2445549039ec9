"""A rebuild at any size: the stack's state machine, started and followed from here."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from infra.processes import Progress

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient
    from mypy_boto3_stepfunctions.type_defs import DescribeMapRunOutputTypeDef

_EVERY = 2.0  # seconds: a rebuild takes minutes, and each look is a call


class Followed(NamedTuple):
    """How an execution ended (`SUCCEEDED`, or as AWS calls it), why, and how many items its maps have done."""

    status: str
    cause: str
    done: int
    failed: int


def run(client: "SFNClient", machine: str, progress: Progress) -> Followed:
    """Start a machine, or join the execution that is running, and wait for its end."""
    execution = _running(client, machine) or client.start_execution(stateMachineArn=machine)["executionArn"]
    while True:
        found = client.describe_execution(executionArn=execution)
        runs = list(_map_runs(client, execution))
        for each in runs:
            counts = each["itemCounts"]
            progress(
                _label(each["mapRunArn"]), counts["total"] - counts["pending"] - counts["running"], counts["total"]
            )
        if found["status"] != "RUNNING":
            cause = ": ".join(filter(None, (found.get("error"), found.get("cause"))))
            done = sum(each["itemCounts"]["succeeded"] for each in runs)
            gone = sum(each["itemCounts"][why] for each in runs for why in ("failed", "timedOut", "aborted"))
            return Followed(found["status"], cause, done, gone)
        time.sleep(_EVERY)


def _running(client: "SFNClient", machine: str) -> str | None:
    found = client.list_executions(stateMachineArn=machine, statusFilter="RUNNING", maxResults=1)["executions"]
    return found[0]["executionArn"] if found else None


def _map_runs(client: "SFNClient", execution: str) -> "Iterator[DescribeMapRunOutputTypeDef]":
    for page in client.get_paginator("list_map_runs").paginate(executionArn=execution):
        for each in page.get("mapRuns", ()):
            yield client.describe_map_run(mapRunArn=each["mapRunArn"])


def _label(map_run: str) -> str:
    """`articles` of arn:aws:states:REGION:ACCOUNT:mapRun:MACHINE/Articles:ID."""
    return map_run.rpartition("/")[2].partition(":")[0].lower()
