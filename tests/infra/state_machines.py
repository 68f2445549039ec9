"""Runs the template's state machines in the local cloud: the part of Amazon's States Language that they use.

Distributed maps over a listing of a bucket, in batches, each given to a function in the shape that AWS gives it.
Source: the Step Functions Developer Guide, "Using Map state in Distributed mode".
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import boto3

from infra.local.cloud import LocalCloud

_CONTEXT_ITEM = "$$.Map.Item.Value."


def run(cloud: LocalCloud, name: str) -> None:
    """Run a state machine to its end. Raises InvocationFailed for a batch that fails."""
    machine = cloud.template.state_machines[name]
    following: str | None = machine["StartAt"]
    while following is not None:
        state = machine["States"][following]
        if state["Type"] != "Pass":
            _map(cloud, state)
        following = state.get("Next")


def _map(cloud: LocalCloud, state: Mapping[str, Any]) -> None:
    assert state["Type"] == "Map"
    assert state["ItemReader"]["Resource"].endswith(":s3:listObjectsV2")
    work = state["ItemProcessor"]["States"][state["ItemProcessor"]["StartAt"]]
    arn = work["Parameters"]["FunctionName"]
    function = next(each.id for each in cloud.template.functions.values() if each.arn == arn)
    items = [_item(state["ItemSelector"], found) for found in _listing(state["ItemReader"]["Parameters"])]
    for batch in _batches(state["ItemBatcher"], items):
        cloud.runtime.invoke_here(function, batch)


def _listing(parameters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    pages = boto3.client("s3").get_paginator("list_objects_v2")
    for page in pages.paginate(Bucket=parameters["Bucket"], Prefix=parameters["Prefix"]):
        yield from page.get("Contents", ())


def _item(selector: Mapping[str, str], found: Mapping[str, Any]) -> dict[str, Any]:
    return {name.removesuffix(".$"): found[path.removeprefix(_CONTEXT_ITEM)] for name, path in selector.items()}


def _batches(batcher: Mapping[str, Any], items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    waiting = iter(items)
    while batch := list(islice(waiting, batcher["MaxItemsPerBatch"])):
        yield {"BatchInput": batcher["BatchInput"], "Items": batch}
