"""Whatever a function was doing when it stopped: once its message has come again, the site is that of a rebuild."""

from functools import partial
from itertools import islice

import pytest

from tests.simulation.crashes import carry_out, pairs, prepared, single_faults
from tests.simulation.workflows import WORKFLOWS

pytestmark = pytest.mark.once
_SHORT = {"publish", "edit", "withdraw", "change slug", "embargo release"}  # make test-long tries every workflow
_EVERY = 29  # one pair of stops in so many: all of them take hours


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in _SHORT else [pytest.mark.long]) for name in WORKFLOWS]
)
def test_a_stop_or_a_lost_answer_at_any_request_does_no_harm(name: str) -> None:
    workflow = WORKFLOWS[name]
    start = prepared(workflow)
    healthy = carry_out(start, workflow, {})
    assert healthy.differences == ()
    runs = {plan: carry_out(start, workflow, dict([plan])) for plan in single_faults(healthy)}
    assert {plan: run.differences for plan, run in runs.items() if run.differences} == {}


def test_two_stops_while_publishing_do_no_harm() -> None:
    workflow = WORKFLOWS["publish"]
    carry = partial(carry_out, prepared(workflow), workflow)
    for plan in islice(pairs(carry({}), carry), 0, None, _EVERY):
        assert carry(plan).differences == (), plan
