"""No change makes a build or a publish do much more, or less, than it did, unless it says so in work.toml."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.gates.house import ROOT

KEPT = tomllib.loads((Path(__file__).parent / "work.toml").read_text(encoding="utf-8"))
PYTHON = "{}.{}".format(*sys.version_info)
TOLERATED = 0.05


@pytest.fixture(scope="module")
def counted() -> Mapping[str, int]:
    command = [sys.executable, "-m", "tests.gates.work"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    found: Any = json.loads(done.stdout)
    return {str(name): int(count) for name, count in found.items()}


def assert_near(what: str, now: int, kept: int) -> None:
    assert abs(now - kept) <= TOLERATED * kept, (
        f"{what}: {now:,}, kept {kept:,} ({now / kept - 1:+.1%}): find out why, or write it into tests/gates/work.toml"
    )


@pytest.mark.once
@pytest.mark.skipif(PYTHON not in KEPT["calls_of_a_build"], reason=f"nothing is kept for Python {PYTHON}")
def test_a_build_of_200_articles_calls_as_many_functions_as_it_did(counted: Mapping[str, int]) -> None:
    assert_near("calls of functions in a build", counted["calls_of_a_build"], KEPT["calls_of_a_build"][PYTHON])


@pytest.mark.once
def test_the_day_of_a_small_press_asks_s3_as_often_as_it_did(counted: Mapping[str, int]) -> None:
    assert_near("requests to S3 in a day", counted["requests_of_a_day"], KEPT["requests_of_a_day"])
