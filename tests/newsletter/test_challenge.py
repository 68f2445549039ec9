"""A challenge stands before every way to sign up, where a press has one."""

from functions.core.newsletter.subscription import Refusal
from tests.newsletter.fakes import Desk
from tests.newsletter.requests import as_form, as_json


def test_a_challenge_can_be_put_before_every_way_in() -> None:
    for request in (as_json(challenge="wrong"), as_form(("challenge", "wrong"))):
        refusal = Desk().sign_up(request)
        assert isinstance(refusal, Refusal)
        assert refusal.problems[0].field == "challenge"
