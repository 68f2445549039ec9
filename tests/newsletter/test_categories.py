"""What a sign-up may ask for: a program hears of what there is not, a person's form is never in its way."""

import json

import pytest

from functions.core.newsletter.answer import refused
from functions.core.newsletter.subscription import Refusal
from tests.newsletter.fakes import Desk
from tests.newsletter.requests import as_form, as_json


def test_a_program_that_asks_for_categories_that_there_are_not_hears_which_there_are() -> None:
    desk = Desk()
    refusal = desk.sign_up(as_json(categories=["bourse", "economie", "sport"]))
    assert isinstance(refusal, Refusal)
    answer = refused(refusal)
    assert answer.status == 422
    told = {each["field"]: each["suggestion"] for each in json.loads(answer.body)["errors"]}
    assert told == dict.fromkeys(("categories.0", "categories.2"), "economie, developpement-durable")
    assert not desk.outbox.invitations


@pytest.mark.parametrize("asked", [[], ["economie"], ["developpement-durable", "economie"]])
def test_a_program_that_asks_for_what_there_is_is_taken(asked: list[str]) -> None:
    assert Desk().sign_up(as_json(categories=asked)) == "taken"


def test_a_form_of_before_a_category_went_is_taken() -> None:
    assert Desk().sign_up(as_form(("categories", "bourse"))) == "taken"


def test_a_sign_up_that_names_no_category_reads_no_settings() -> None:
    desk = Desk()
    desk.counter = desk.counter._replace(categories=lambda: pytest.fail("read for nothing"))
    assert desk.sign_up(as_json()) == desk.sign_up(as_form(("categories", "economie"))) == "taken"
