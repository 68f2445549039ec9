"""A sign-up that nobody confirmed leaves no address behind, whatever was known before and wherever a function stops."""

import re

import pytest

from functions.core.newsletter import rows
from functions.core.newsletter.subscription import address_of
from functions.core.newsletter.tokens import milliseconds
from functions.workflows.consent import confirm, unsubscribe
from functions.workflows.forget import forget
from functions.workflows.issue import issue
from functions.workflows.personal_data import erase
from functions.workflows.subscribers import read
from tests.newsletter.fakes import KEYRING, Desk
from tests.newsletter.issuing import Crashed, Trouble
from tests.newsletter.mail import token
from tests.newsletter.requests import as_json
from tests.newsroom import Newsroom

EMAIL = "naima@example.ma"
READER = KEYRING.subscriber(EMAIL)
HERE = "192.0.2.99"


def sign_up(desk: Desk, confirms: bool = False) -> None:
    desk.sign_up(as_json())
    assert desk.work_off() == ["invited"]
    desk.wait(minutes=20)
    if confirms:
        assert confirm(desk.rows, KEYRING, token(desk.mailer.sent[-1]), HERE, desk.now) == "done"
        desk.wait(minutes=20)


def asked_again(before: str) -> Desk:
    """Of an address of which something is known for ever a sign-up waits, and nobody confirms it."""
    desk = Desk()
    if before == "confirmed":
        sign_up(desk)
        first = token(desk.mailer.sent[-1])
        sign_up(desk)
        assert confirm(desk.rows, KEYRING, first, HERE, desk.now) == "done"
        return desk
    sign_up(desk, confirms=True)
    if before == "unsubscribed":
        unsubscribe(desk.rows, KEYRING, KEYRING.sign("unsubscribe", READER), HERE, desk.now)
    else:
        erase(desk.office, address_of(EMAIL))
    desk.wait(days=1)
    sign_up(desk)
    return desk


def sealed(desk: Desk) -> int:
    """How many sealed addresses stand in a row that stays."""
    return sum(len(re.findall('"address":"[^"]', row.body)) for row in desk.rows.by_key.values() if row.expires is None)


@pytest.mark.parametrize("before", ["unsubscribed", "erased", "confirmed"])
def test_a_sign_up_nobody_confirms_is_gone_with_the_issue_after_seven_days(before: str) -> None:
    desk, newsroom = asked_again(before), Newsroom()
    wanted = 1 if before == "confirmed" else 0  # the one that was agreed to
    was = read(desk.rows, READER)
    desk.wait(days=6)
    issue(desk.office, newsroom.state, early=True)
    assert sealed(desk) == wanted + 1, "it may still be confirmed"
    desk.wait(days=2)
    issue(desk.office, newsroom.state, early=True)
    assert sealed(desk) == wanted
    assert read(desk.rows, READER) == was.model_copy(update={"asks": ()}), "and nothing else"
    assert forget(desk.rows, milliseconds(desk.now)) == 0


def test_a_sign_up_of_which_nothing_else_is_known_is_left_to_the_time_to_live() -> None:
    desk = Desk()
    sign_up(desk)
    desk.wait(days=8)
    before = dict(desk.rows.by_key)
    assert forget(desk.rows, milliseconds(desk.now)) == 0
    assert desk.rows.by_key == before
    assert all(row.expires for row in before.values())


def test_who_signs_up_again_while_the_old_one_is_forgotten_is_not() -> None:
    desk = asked_again("unsubscribed")
    desk.wait(days=8)
    row = desk.rows.by_key[rows.state(READER)]
    found = desk.rows.scan

    def scan(sks: tuple[str, ...]) -> object:
        yield from found(sks)
        sign_up(desk)

    desk.rows.scan = scan  # type: ignore[method-assign,assignment] # a sign-up between the look and the write
    assert forget(desk.rows, milliseconds(desk.now)) == 1
    known = read(desk.rows, READER)
    assert known.state(milliseconds(desk.now)) == "pending"
    assert len(known.asks) == 1
    assert desk.rows.by_key[row.key].rev > row.rev


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_crash_at_any_one_call_leaves_the_rest_to_the_next_hour(after: bool) -> None:
    desk, quiet = asked_again("erased"), Trouble()
    desk.wait(days=8)
    kept = dict(desk.rows.by_key)
    issue(desk.office._replace(rows=quiet.around(desk.rows)), Newsroom().state, early=True)
    assert quiet.calls >= 3
    for place in range(quiet.calls):
        desk.rows.by_key, state = dict(kept), Newsroom().state
        with pytest.raises(Crashed):
            issue(
                desk.office._replace(rows=Trouble([place], after=after).around(desk.rows)),
                state,
                early=True,
            )
        issue(desk.office, state, early=True)
        assert sealed(desk) == 0


def test_a_sign_up_that_comes_out_of_a_dead_letter_queue_too_late_is_none() -> None:
    desk = asked_again("unsubscribed")
    desk.wait(days=1)
    desk.sign_up(as_json())
    desk.wait(days=8)
    assert desk.work_off() == ["nothing to do"]
