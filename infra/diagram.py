"""The architecture as template.yaml has it: who wakes each function, and what its role lets it read, write and send.

`python -m infra.diagram` draws it into docs/architecture.svg.
"""

import re
from collections.abc import Mapping
from typing import Any

from infra.closure import ROOT
from infra.drawing import Architecture, Row, draw
from infra.package import document

PICTURE = ROOT / "docs" / "architecture.svg"
_FUNCTION, _MACHINE = "AWS::Serverless::Function", "AWS::Serverless::StateMachine"
# What stands at the top of a column, in this order, and what its kind is called.
_KINDS = {
    "AWS::S3::Bucket": "bucket",
    "AWS::DynamoDB::Table": "table",
    "AWS::SQS::Queue": "queue",
    "AWS::SES::ConfigurationSet": "mail",
    "AWS::SecretsManager::Secret": "secret",
    "AWS::KMS::Key": "key",
    _FUNCTION: "function",
}
_USES = (
    ("read", r"s3:Get|dynamodb:(Get|Scan|Query)|secretsmanager:Get|kms:Decrypt"),
    ("write", r"s3:(Put|Delete)|dynamodb:(Put|Update|Delete)|kms:Encrypt"),
    ("send", r"sqs:Send|ses:Send"),
)


def architecture(resources: Mapping[str, Any]) -> Architecture:
    """The architecture of a template's resources."""
    functions = [name for name, each in resources.items() if each["Type"] == _FUNCTION]
    rows = tuple(
        Row(
            words(name),
            resources[name]["Properties"]["Description"],
            _wakes(resources, name),
            tuple(map(words, _sources(resources, name)[1:])),
            {words(used): how for used, how in _uses(resources, name).items()},
        )
        for name in functions
    )
    used = {name for row in rows for name in row.uses}
    kinds = {
        words(name): kind
        for of_type, kind in _KINDS.items()
        for name, each in resources.items()
        if each["Type"] == of_type
    }
    return Architecture(_way(resources, rows), rows, tuple(name for name in kinds if name in used), kinds)


def words(name: str) -> str:
    """IngestQueue -> Ingest queue."""
    first, *more = re.findall(r"[A-Z][a-z0-9]*", name.removesuffix("Function"))
    return " ".join([first, *(each.lower() for each in more)])


def referred(value: object) -> set[str]:
    """The logical ids that a value of the template refers to."""
    if isinstance(value, list):
        return set().union(*map(referred, value))
    if not isinstance(value, dict):
        return set()
    found = referred(list(value.values()))
    if isinstance(value.get("Ref"), str):
        found.add(value["Ref"])
    if "Fn::GetAtt" in value:
        found.add(value["Fn::GetAtt"][0])
    if "Fn::Sub" in value:
        found.update(re.findall(r"\$\{(\w+)[.}]", str(value["Fn::Sub"])))
    return found


def _wakes(resources: Mapping[str, Any], function: str) -> tuple[str, ...]:
    """What wakes a function: schedules, a queue with who fills it, the API behind the CDN, the state machine."""
    events = [each["Properties"] for each in resources[function]["Properties"].get("Events", {}).values()]
    if schedules := [each["ScheduleExpression"] for each in events if "ScheduleExpression" in each]:
        return (" and ".join(schedules),)
    if sources := _sources(resources, function):
        return (*_fillers(resources, sources[0]), words(sources[0]))
    return tuple(
        words(name)
        for name, each in resources.items()
        if each["Type"] == _MACHINE and function in referred(each["Properties"]["Definition"])
    )


def _sources(resources: Mapping[str, Any], function: str) -> list[str]:
    """The queues that wake a function, or the API, in the template's order."""
    events = resources[function]["Properties"].get("Events", {}).values()
    return list(dict.fromkeys(source for each in events for source in referred(each["Properties"])))


def _fillers(resources: Mapping[str, Any], target: str) -> tuple[str, ...]:
    """Who tells a target of its own accord, and who tells those: a bucket, SES by a topic, the CDN."""
    for name, each in resources.items():
        properties = each.get("Properties", {})
        if each["Type"] == "AWS::S3::Bucket" and target in referred(properties.get("NotificationConfiguration")):
            return (words(name),)
        if each["Type"] == "AWS::SNS::Subscription" and target in referred(properties["Endpoint"]):
            [topic] = referred(properties["TopicArn"])
            return (*_fillers(resources, topic), words(topic))
        if each["Type"].endswith("ConfigurationSetEventDestination") and target in referred(properties):
            return (words(*referred(properties["ConfigurationSetName"])),)
        if each["Type"] == "AWS::CloudFront::Distribution" and target in referred(properties):
            return (words(name),)
    return ()


def _uses(resources: Mapping[str, Any], function: str) -> dict[str, frozenset[str]]:
    """How a function uses which resource, by its role."""
    [role] = referred(resources[function]["Properties"]["Role"])
    found: dict[str, set[str]] = {}
    for policy in resources[role]["Properties"]["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            actions = " ".join([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
            how = {use for use, pattern in _USES if re.search(pattern, actions)}
            for name in referred(statement["Resource"]):
                if how and resources.get(name, {}).get("Type") in _KINDS:
                    found.setdefault(name, set()).update(how)
    return {name: frozenset(how) for name, how in found.items()}


def _way(resources: Mapping[str, Any], rows: tuple[Row, ...]) -> tuple[str, ...]:
    """The shortest way from the bucket that tells of uploads to the CDN, by wakes, sends and writes."""
    arrows: dict[str, list[str]] = {}
    for row in rows:
        for near, far in zip(row.wakes, (*row.wakes[1:], row.function), strict=True):
            arrows.setdefault(near, []).append(far)
        arrows.setdefault(row.function, []).extend(name for name, how in row.uses.items() if how & {"write", "send"})
    for name, each in resources.items():
        if each["Type"] == "AWS::CloudFront::Distribution":
            [bucket] = [origin for origin in referred(each["Properties"]) if origin.endswith("Bucket")]
            arrows.setdefault(words(bucket), []).append(words(name))
    begin = next(words(name) for name, each in resources.items() if "NotificationConfiguration" in each["Properties"])
    waiting: list[tuple[str, ...]] = [(begin,)]
    for way in waiting:
        if way[-1] == "Distribution":
            return way
        waiting.extend((*way, far) for far in arrows.get(way[-1], ()) if far not in way)
    return ()


def main() -> None:
    PICTURE.write_text(draw(architecture(document()["Resources"])), encoding="utf-8")


if __name__ == "__main__":
    main()
