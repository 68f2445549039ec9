"""The simulation's tests run in a quick house; every other test of the same process in the real one."""

from collections.abc import Iterator

import pytest

from tests.simulation import pure


@pytest.fixture(autouse=True, scope="module")
def _quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        pure.remember(patch)
        yield
