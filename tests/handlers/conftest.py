"""What the tests of the API share: a cloud with uploads that nobody has taken in."""

from collections.abc import Iterator

import pytest

from infra.local.cloud import LocalCloud
from infra.local.template import load
from tests.handlers.test_events import lay_in


@pytest.fixture(scope="module")
def standing() -> Iterator[LocalCloud]:
    with LocalCloud(load()) as running:
        lay_in()
        yield running
