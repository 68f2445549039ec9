import json
from typing import Any

import pytest

from functions.core.newsletter.api import METHODS
from functions.core.newsletter.subscription import SignUp
from infra.local.template import load
from infra.openapi import FILE, document


@pytest.fixture(scope="module")
def api() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document())
    return found


def test_the_committed_document_is_the_one_that_the_code_makes() -> None:
    assert FILE.read_text(encoding="utf-8") == document(), "write it again: python -m infra.openapi"


def test_it_names_every_route_of_the_template_and_no_other(api: dict[str, Any]) -> None:
    told = {(method.upper(), path) for path, methods in api["paths"].items() for method in methods}
    assert told == {(route.method, route.path) for route in load().routes if route.method != "ANY"}


def test_the_allow_header_lists_the_methods_of_the_document(api: dict[str, Any]) -> None:
    told = {path: {method.upper() for method in methods} for path, methods in api["paths"].items()}
    assert {path: set(allow.split(", ")) - {"HEAD"} for path, allow in METHODS.items()} == told
    assert all(("HEAD" in allow) == ("GET" in allow) for allow in METHODS.values())


def test_every_operation_has_a_name_of_its_own_and_its_answers(api: dict[str, Any]) -> None:
    operations = [each for methods in api["paths"].values() for each in methods.values()]
    assert len({each["operationId"] for each in operations}) == len(operations)
    assert all(each["summary"] and each["responses"] for each in operations)


def test_a_sign_up_has_the_fields_that_are_taken(api: dict[str, Any]) -> None:
    schemas = api["paths"]["/api/newsletter/subscriptions"]["post"]["requestBody"]["content"].values()
    for each in schemas:
        assert set(each["schema"]["properties"]) == set(SignUp.model_fields)
        assert each["schema"]["additionalProperties"] is False
        assert "$ref" not in json.dumps(each)
