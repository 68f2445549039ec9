"""Reads infra/template.yaml, the one list of what the system is made of."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infra.local.cfn import Resolver, parse
from infra.local.errors import TemplateError
from infra.local.events import Event, routes, schedules
from infra.local.generated import check_shared_environment, secret
from infra.local.headers import cdn_headers, folders_of, origin_headers
from infra.local.known import ACTED_ON, check_event, check_resource
from infra.local.resources import (
    ACCOUNT,
    REGION,
    Bucket,
    Function,
    Key,
    Notification,
    Queue,
    QueueSource,
    Table,
    Template,
)

TEMPLATE = Path(__file__).parent.parent / "template.yaml"
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TYPE_WORD = re.compile(r"(?<=.)(Bucket|Queue|Table|Function)$")
_QUEUE_ATTRIBUTES = ("DeduplicationScope", "FifoThroughputLimit", "MessageRetentionPeriod", "VisibilityTimeout")


def load(path: Path = TEMPLATE, parameters: Mapping[str, str] | None = None) -> Template:
    """The template of the file, resolved to local names; `parameters` override its defaults.

    Raises TemplateError.
    """
    return read(path.read_text(encoding="utf-8"), parameters)


def read(text: str, parameters: Mapping[str, str] | None = None) -> Template:
    """The template of the text, resolved to local names. Raises TemplateError, naming the resource."""
    return _Reader(parse(text), parameters or {}).template()


def read_roles() -> dict[str, list[dict[str, Any]]]:
    """The policy statements of each function's role, by the function's logical id, resolved to local names."""
    return _Reader(parse(TEMPLATE.read_text(encoding="utf-8")), {}).roles()


def local_name(logical_id: str) -> str:
    """IngestDeadLetterQueue -> rotative-ingest-dead-letter."""
    return "rotative-" + _WORD_START.sub("-", _TYPE_WORD.sub("", logical_id)).lower()


class _Reader:
    def __init__(self, document: dict[str, Any], parameters: Mapping[str, str]) -> None:
        self._resources: dict[str, dict[str, Any]] = document.get("Resources", {})
        self._globals: dict[str, Any] = document.get("Globals", {}).get("Function", {})
        check_resource("Globals.Function", "AWS::Serverless::Function", self._globals)
        declared = document.get("Parameters", {})
        unknown = sorted(set(parameters) - set(declared))
        if unknown:
            raise TemplateError(f"no such parameter: {', '.join(unknown)}")
        values = {name: str(each.get("Default", "")) for name, each in declared.items()}
        self._names = {each: self._name(each) for each in self._resources}
        references = {**self._references(), **values, **parameters}
        self._resolve = Resolver(references, self._attributes(), document.get("Conditions", {}))

    def template(self) -> Template:
        for logical_id, resource in self._resources.items():
            check_resource(logical_id, resource["Type"], resource.get("Properties") or {})
        functions = {each: self._function(each) for each in self._of_type("AWS::Serverless::Function")}
        check_shared_environment(functions)
        queues = {each: self._queue(each) for each in self._of_type("AWS::SQS::Queue")}
        self._queue_by_arn = {each.arn: each.id for each in queues.values()}
        events = [
            (function, f"{function}.{name}", event["Type"], self._event(f"{function}.{name}", event))
            for function in functions
            for name, event in self._properties(function).get("Events", {}).items()
        ]
        headers = cdn_headers(self._resources, self._resolve)
        distributions = [self._properties(each) for each in self._of_type("AWS::CloudFront::Distribution")]
        return Template(
            buckets={each: self._bucket(each) for each in self._of_type("AWS::S3::Bucket")},
            queues=queues,
            tables={each: self._table(each) for each in self._of_type("AWS::DynamoDB::Table")},
            keys={each: Key(each, self._names[each]) for each in self._of_type("AWS::KMS::Key")},
            secrets={
                each: secret(each, self._names[each], self._acted_on(each)["GenerateSecretString"])
                for each in self._of_type("AWS::SecretsManager::Secret")
            },
            functions=functions,
            sources=tuple(self._source(each) for each in events if each[2] == "SQS"),
            schedules=schedules(events),
            routes=routes(events),
            headers=headers.pop("", {}),
            headers_below=headers,
            origin_headers=self._resolve(origin_headers(distributions)),
            folders=folders_of(distributions),
            state_machines={
                each: self._acted_on(each)["Definition"] for each in self._of_type("AWS::Serverless::StateMachine")
            },
        )

    def roles(self) -> dict[str, list[dict[str, Any]]]:
        found = {}
        for each in self._of_type("AWS::Serverless::Function"):
            role, _ = self._properties(each)["Role"]["Fn::GetAtt"]
            documents = [policy["PolicyDocument"] for policy in self._properties(role)["Policies"]]
            found[each] = [self._resolve(statement) for document in documents for statement in document["Statement"]]
        return found

    def _of_type(self, kind: str) -> list[str]:
        return [each for each, resource in self._resources.items() if resource["Type"] == kind]

    def _properties(self, logical_id: str) -> dict[str, Any]:
        return self._resources[logical_id].get("Properties") or {}

    def _acted_on(self, logical_id: str) -> dict[str, Any]:
        """The properties that mean something on one machine, resolved."""
        wanted = ACTED_ON[self._resources[logical_id]["Type"]]
        properties = self._properties(logical_id)
        resolved: dict[str, Any] = self._resolve({name: properties[name] for name in wanted & properties.keys()})
        return resolved

    def _name(self, logical_id: str) -> str:
        fifo = ".fifo" if self._properties(logical_id).get("FifoQueue") else ""
        return local_name(logical_id) + fifo

    def _references(self) -> dict[str, str]:
        urls = {each: self._bare_queue(each).url for each in self._of_type("AWS::SQS::Queue")}
        aliases = {each: Key(each, self._names[each]).alias for each in self._of_type("AWS::KMS::Key")}
        topics = self._of_type("AWS::SNS::Topic")
        arns = {each: f"arn:aws:sns:{REGION}:{ACCOUNT}:{self._names[each]}" for each in topics}
        nothing_cached = dict.fromkeys(self._of_type("AWS::CloudFront::Distribution"), "")
        return {**self._names, **urls, **aliases, **arns, **nothing_cached}

    def _attributes(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for each in self._of_type("AWS::S3::Bucket"):
            found[each, "Arn"] = f"arn:aws:s3:::{self._names[each]}"
        for each in self._of_type("AWS::SQS::Queue"):
            found[each, "Arn"] = self._bare_queue(each).arn
            found[each, "QueueName"] = self._names[each]
        for each in self._of_type("AWS::Logs::LogGroup"):
            found[each, "Arn"] = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{self._names[each]}:*"
        for each in self._of_type("AWS::DynamoDB::Table"):
            found[each, "Arn"] = Table(each, self._names[each], (), ()).arn
        for each in self._of_type("AWS::KMS::Key"):
            found[each, "Arn"] = Key(each, self._names[each]).arn
        for each in self._of_type("AWS::Serverless::Function"):
            found[each, "Arn"] = Function(each, self._names[each], "", 0, 0, {}).arn
        return found

    def _bare_queue(self, logical_id: str) -> Queue:
        return Queue(
            logical_id, self._names[logical_id], fifo=False, attributes={}, dead_letter_queue=None, max_receive_count=0
        )

    def _bucket(self, logical_id: str) -> Bucket:
        properties = self._acted_on(logical_id)
        notifications = properties.get("NotificationConfiguration", {})
        if set(notifications) - {"QueueConfigurations"}:
            raise TemplateError(f"{logical_id}: only queues can be notified on one machine")
        rules = properties.get("BucketEncryption", {}).get("ServerSideEncryptionConfiguration", [])
        algorithms = [each["ServerSideEncryptionByDefault"]["SSEAlgorithm"] for each in rules]
        return Bucket(
            id=logical_id,
            name=self._names[logical_id],
            versioned=properties.get("VersioningConfiguration", {}).get("Status") == "Enabled",
            encryption=algorithms[0] if algorithms else None,
            notifications=tuple(
                self._notification(logical_id, each) for each in notifications.get("QueueConfigurations", [])
            ),
        )

    def _notification(self, logical_id: str, configuration: dict[str, str]) -> Notification:
        if set(configuration) != {"Event", "Queue"}:
            raise TemplateError(f"{logical_id}: a queue notification holds Event and Queue, nothing else")
        return Notification(configuration["Event"], self._queue_by_arn[configuration["Queue"]])

    def _queue(self, logical_id: str) -> Queue:
        properties = self._acted_on(logical_id)
        redrive = properties.get("RedrivePolicy")
        by_arn = {self._bare_queue(each).arn: each for each in self._of_type("AWS::SQS::Queue")}
        return Queue(
            id=logical_id,
            name=self._names[logical_id],
            fifo=bool(properties.get("FifoQueue")),
            attributes={each: str(properties[each]) for each in _QUEUE_ATTRIBUTES if each in properties},
            dead_letter_queue=by_arn[redrive["deadLetterTargetArn"]] if redrive else None,
            max_receive_count=int(redrive["maxReceiveCount"]) if redrive else 0,
        )

    def _table(self, logical_id: str) -> Table:
        properties = self._acted_on(logical_id)
        if properties.get("BillingMode") != "PAY_PER_REQUEST":
            raise TemplateError(f"{logical_id}: tables are on demand (BillingMode: PAY_PER_REQUEST)")
        return Table(
            id=logical_id,
            name=self._names[logical_id],
            key=tuple((each["AttributeName"], each["KeyType"]) for each in properties["KeySchema"]),
            types=tuple((each["AttributeName"], each["AttributeType"]) for each in properties["AttributeDefinitions"]),
        )

    def _function(self, logical_id: str) -> Function:
        properties = {**self._globals, **self._properties(logical_id)}
        environment = {
            **self._globals.get("Environment", {}).get("Variables", {}),
            **self._properties(logical_id).get("Environment", {}).get("Variables", {}),
        }
        return Function(
            id=logical_id,
            name=self._names[logical_id],
            handler=properties["Handler"],
            timeout=int(properties["Timeout"]),
            memory=int(properties["MemorySize"]),
            environment={name: str(self._resolve(value)) for name, value in environment.items()},
        )

    def _event(self, where: str, event: dict[str, Any]) -> dict[str, Any]:
        check_event(where, event["Type"], event["Properties"])
        properties: dict[str, Any] = self._resolve(event["Properties"])
        return properties

    def _source(self, event: Event) -> QueueSource:
        function, where, _, properties = event
        if properties.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            raise TemplateError(f"{where}: FunctionResponseTypes must be [ReportBatchItemFailures]")
        return QueueSource(
            function=function,
            queue=self._queue_by_arn[properties["Queue"]],
            batch_size=int(properties["BatchSize"]),
            concurrency=int(properties["ScalingConfig"]["MaximumConcurrency"]),
        )
