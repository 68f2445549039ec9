"""Runs the template's state machines on one machine: the part of Amazon's States Language that they use.

Distributed maps over a listing of a bucket, in batches, each given to a function in the shape that AWS gives it.
Source: the Step Functions Developer Guide, "Using Map state in Distributed mode".
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

import boto3

from infra.local.cloud import LocalCloud
from infra.local.errors import TemplateError
from infra.local.lambda_runtime import InvocationFailed

_AT_ONCE = 4  # how many the machine asks for is meant for AWS
_TRIES = 3
_CONTEXT_ITEM = "$$.Map.Item.Value."
Progress = Callable[[str, int, int], None]


def run(cloud: LocalCloud, workflow: str, progress: Progress = lambda *_: None) -> dict[str, int]:
    """Run a state machine to its end; how many items each of its maps has done, by state.

    Raises TemplateError for a state that does something else, InvocationFailed for a batch that keeps failing.
    """
    machine = cloud.template.workflows[workflow]
    done: dict[str, int] = {}
    name: str | None = machine["StartAt"]
    while name is not None:
        state = machine["States"][name]
        if state["Type"] != "Pass":
            done[name] = _map(cloud, name, state, progress)
        name = state.get("Next")
    return done


def _map(cloud: LocalCloud, name: str, state: Mapping[str, Any], progress: Progress) -> int:
    if state["Type"] != "Map" or not state["ItemReader"]["Resource"].endswith(":s3:listObjectsV2"):
        raise TemplateError(f"{name}: only maps over a listing of S3 are known to the local press")
    work = state["ItemProcessor"]["States"][state["ItemProcessor"]["StartAt"]]
    function = next(
        each.id for each in cloud.template.functions.values() if each.arn == work["Parameters"]["FunctionName"]
    )
    items = [_item(state["ItemSelector"], found) for found in _listing(state["ItemReader"]["Parameters"])]
    batches = list(_batches(state["ItemBatcher"], items))

    def carry(batch: dict[str, Any]) -> int:
        for attempt in range(_TRIES):
            try:
                return int(cloud.runtime.invoke_here(function, batch)["done"])
            except InvocationFailed:
                if attempt == _TRIES - 1:
                    raise
        return 0

    done = 0
    with ThreadPoolExecutor(_AT_ONCE) as workers:
        for count in workers.map(carry, batches):
            done += count
            progress(name, done, len(items))
    return done


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
