"""A first creation that fails half way is rolled back, and leaves nothing in the way of the next one."""

from infra.diagram import referred
from infra.package import document

RESOURCES = document()["Resources"]


def test_what_holds_data_goes_with_a_failed_creation_and_stays_otherwise() -> None:
    kept = [name for name, each in RESOURCES.items() if str(each.get("DeletionPolicy")).startswith("Retain")]
    assert {"InboxBucket", "StateBucket", "SiteBucket", "SubscribersTable", "DataKey", "IdentitySecret"} <= set(kept)
    for name in kept:
        assert RESOURCES[name]["DeletionPolicy"] == "RetainExceptOnCreate"
        assert RESOURCES[name]["UpdateReplacePolicy"] == "Retain"


def test_the_clock_that_writes_into_a_bucket_ticks_once_all_stands_that_may_fail() -> None:
    """CloudFormation deletes no bucket that holds anything: the rollback itself would fail.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
    """
    kinds = {name: each["Type"] for name, each in RESOURCES.items()}
    before = _before("ClockFunction")
    assert [kinds[name] for name in before].count("AWS::CloudFront::Distribution") == 1
    waits_for_the_cdn = [
        name for name in kinds if "Distribution" in _before(name) and kinds[name].startswith("AWS::Serverless::")
    ]
    assert set(waits_for_the_cdn) - {"ClockFunction"} <= before


def _before(name: str) -> set[str]:
    """The resources that stand before one is made."""
    found, waiting = set[str](), [name]
    while waiting:
        each = RESOURCES[waiting.pop()]
        needed = {*referred(each), *_listed(each.get("DependsOn", []))} & RESOURCES.keys()
        waiting.extend(needed - found)
        found |= needed
    return found


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
