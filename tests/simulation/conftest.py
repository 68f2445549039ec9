"""The schedules' tests run in a quick house; every other test of the same process in the real one."""

from collections.abc import Iterator

import pytest

from tests.simulation import pure


@pytest.fixture(autouse=True, scope="module")
def _quick(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if not request.module.__name__.endswith("test_conformance"):
            pure.remember(patch)
        yield
