"""What botocore knows of AWS, cut down to what a function's clients read while they are made.

botocore holds a model of every service. Before a client's first call it reads its service's, with all the sentences of
the manual and every operation there is, and the regions of all services: most of the time that a client takes to make.
"""

import gzip
import json
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, cast

from botocore import xform_name

_MANUAL, _REGIONS = "documentation", "endpoints.json"
_READ = "clientContextParams"  # of these botocore reads the sentences too
_UNASKED = {"CreateSession", "HeadBucket"}  # botocore calls these of S3 by itself


def cut_down(data: Path, services: Collection[str], methods: Collection[str]) -> None:
    """Leave in botocore's data/ what these services need, without manuals and not packed: a client of any of them
    behaves as before, as far as it has these methods.
    """
    for folder in [each for each in data.iterdir() if each.is_dir() and each.name not in services]:
        shutil.rmtree(folder)
    for service in services:
        for version in sorted((data / service).iterdir())[:-1]:  # clients speak the newest version of an API
            shutil.rmtree(version)
    for manual in data.rglob("examples-1.json"):
        manual.unlink()
    models = [_unpacked(packed, methods) for packed in sorted(data.rglob("*.json.gz"))]
    prefixes = {model["metadata"]["endpointPrefix"] for model in models if "metadata" in model}
    regions = json.loads((data / _REGIONS).read_bytes())
    for partition in regions["partitions"]:
        partition["services"] = {name: each for name, each in partition["services"].items() if name in prefixes}
    _write(data / _REGIONS, regions)


def _unpacked(packed: Path, methods: Collection[str]) -> dict[str, Any]:
    model = cast("dict[str, Any]", _without_manual(json.loads(gzip.decompress(packed.read_bytes()))))
    if "operations" in model:
        _forget_operations(model, methods)
    _write(packed.with_suffix(""), model)
    packed.unlink()
    return model


def _without_manual(model: object) -> object:
    """A model without its sentences; a member that happens to be called so is no sentence, and stays."""
    if isinstance(model, dict):
        told = {name: each for name, each in model.items() if name != _MANUAL or not isinstance(each, str)}
        return {name: each if name == _READ else _without_manual(each) for name, each in told.items()}
    return [_without_manual(each) for each in model] if isinstance(model, list) else model


def _forget_operations(model: dict[str, Any], methods: Collection[str]) -> None:
    """Leave the operations of these methods and those that botocore calls by itself; of the errors, all."""
    kept = {
        name: each
        for name, each in model["operations"].items()
        if xform_name(name) in methods or name in _UNASKED or each.get("endpointoperation")
    }
    shapes = model["shapes"]
    reached: set[str] = set()
    waiting = {*_shapes_in(kept), *(name for name, shape in shapes.items() if shape.get("exception"))}
    while waiting:
        reached |= waiting
        waiting = {name for each in waiting for name in _shapes_in(shapes[each])} - reached
    model["operations"], model["shapes"] = kept, {name: each for name, each in shapes.items() if name in reached}


def _shapes_in(part: object) -> Iterator[str]:
    """The shapes that a part of a model refers to."""
    if isinstance(part, dict):
        for name, each in part.items():
            yield from (each,) if name == "shape" and isinstance(each, str) else _shapes_in(each)
    elif isinstance(part, list):
        for each in part:
            yield from _shapes_in(each)


def _write(path: Path, model: dict[str, Any]) -> None:
    path.write_text(json.dumps(model, separators=(",", ":")), encoding="utf-8")
