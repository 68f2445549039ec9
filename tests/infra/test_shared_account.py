"""What the press shares with others of its account: names, keys, and the concurrency of Lambda."""

import json
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from infra.account import Account, _concurrency
from infra.deployment import Deployment, beside, defaults, objections, reserved
from infra.lint_template import fixed_names
from infra.local.template import load
from infra.package import document, handlers

ACCOUNT = Account("123456789012", "naima", "eu-west-3", 50_000, 14, ("example.ma",), concurrency=1000)


def test_nothing_is_called_the_same_in_two_stacks_of_one_account() -> None:
    """Such as schedules, which SAM calls after the function: the second press could not be made."""
    resources = document()["Resources"]
    events = {
        f"{function}.{name}": {"Properties": event["Properties"]}
        for function in handlers()
        for name, event in resources[function]["Properties"].get("Events", {}).items()
        if event["Type"] == "ScheduleV2"
    }
    assert len(events) == len({json.dumps(each["Properties"].get("Name")) for each in events.values()})
    assert list(fixed_names({**resources, **events})) == []


@pytest.mark.parametrize(
    ("properties", "found"),
    [
        ({"Name": "ClockFunctionMinute"}, ["Minute: Name is 'ClockFunctionMinute' in every stack"]),
        ({"CachePolicyConfig": {"Name": "pages"}}, ["Minute: Name is 'pages' in every stack"]),
        ({"DashboardName": {"Fn::Sub": "rotative-${AWS::Region}"}}, 1),
        ({"QueueName": {"Fn::Sub": "${AWS::StackName}-minute"}}, []),
        ({"LogGroupName": {"Ref": "ClockLog"}, "MetricName": "Drift"}, []),
    ],
)
def test_a_name_that_is_the_same_in_every_stack_is_found(properties: dict[str, Any], found: list[str] | int) -> None:
    told = list(fixed_names({"Minute": {"Properties": properties}}))
    assert (len(told) if isinstance(found, int) else told) == found


def test_a_rebuild_in_an_account_without_shares_to_give_takes_few_of_its_ten_workers() -> None:
    """Twenty would be throttled until batches fail, and sign-ups and the clock with them."""
    for answer, most in (("yes", 20), ("no", 2)):
        machine = load(parameters={"ReserveConcurrency": answer}).state_machines["RebuildStateMachine"]
        first = machine["States"][machine["StartAt"]]
        assert first["Parameters"] == {"workers.$": f"States.StringToJson('{most}')"}
        maps = [each for each in machine["States"].values() if each["Type"] == "Map"]
        assert {each["MaxConcurrencyPath"] for each in maps} == {"$.workers"}
    reserved = document()["Resources"]["RebuildFunction"]["Properties"]["ReservedConcurrentExecutions"]["Fn::If"][1]
    assert reserved == 20


def test_services_use_the_key_for_nobody_but_this_press() -> None:
    """CloudWatch and SES work for every account: whose topic it is, SNS says in the context.

    https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    """
    key = document()["Resources"]["DataKey"]["Properties"]["KeyPolicy"]["Statement"]
    services = [each for each in key if "Service" in each["Principal"]]
    assert [each["Sid"] for each in services] == ["Logs", "AlarmsAndMailEvents"]
    for each in services:
        [(context, whose)] = each["Condition"]["ArnLike"].items()
        assert context.startswith("kms:EncryptionContext:")
        assert ":${AWS::Region}:${AWS::AccountId}:" in whose["Fn::Sub"]
        assert "${AWS::StackName}" in whose["Fn::Sub"]


def test_what_others_have_reserved_is_not_there_to_be_reserved_and_what_the_press_has_is() -> None:
    crowded = ACCOUNT._replace(concurrency=reserved() + 99)
    assert defaults(crowded, {})["ReserveConcurrency"] == "no"
    stands = {"ReserveConcurrency": "yes"}
    deployment = Deployment("rotative", "eu-west-3", defaults(crowded, stands))
    [objection] = objections(deployment, crowded)
    assert f"the account has {reserved() + 99} left" in objection
    upgraded = ACCOUNT._replace(concurrency=100)
    assert list(objections(deployment, beside(upgraded, stands))) == []
    assert beside(upgraded, {"ReserveConcurrency": "no"}) == upgraded
    full = Deployment("rotative", "eu-west-3", {**defaults(ACCOUNT, {}), "ReserveConcurrency": "yes"})
    assert list(objections(full, ACCOUNT._replace(concurrency=0)))


def test_the_account_is_asked_for_what_nobody_has_reserved() -> None:
    client = boto3.client("lambda", region_name="eu-west-3")
    with Stubber(client) as stub, pytest.MonkeyPatch.context() as patch:
        limit = {"ConcurrentExecutions": 1000, "UnreservedConcurrentExecutions": 150}
        stub.add_response("get_account_settings", {"AccountLimit": limit})
        patch.setattr("infra.account.boto3.client", lambda service: client)
        assert _concurrency() == 150
