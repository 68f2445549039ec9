"""The resources of template.yaml as typed values, with the names that they have on one machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from infra.local.cfn import PSEUDO_PARAMETERS
from infra.local.headers import CdnHeader

ACCOUNT = PSEUDO_PARAMETERS["AWS::AccountId"]
REGION = PSEUDO_PARAMETERS["AWS::Region"]


@dataclass(frozen=True)
class Notification:
    """S3 tells a queue: `event` is a pattern such as "s3:ObjectCreated:*", `queue` the queue's logical id."""

    event: str
    queue: str


@dataclass(frozen=True)
class Bucket:
    """An S3 bucket."""

    id: str
    name: str
    versioned: bool
    encryption: str | None
    notifications: tuple[Notification, ...]

    @property
    def arn(self) -> str:
        return f"arn:aws:s3:::{self.name}"


@dataclass(frozen=True)
class Queue:
    """An SQS queue. `attributes` are those of CreateQueue, the redrive policy apart: it needs the other queue."""

    id: str
    name: str
    fifo: bool
    attributes: Mapping[str, str]
    dead_letter_queue: str | None
    max_receive_count: int

    @property
    def arn(self) -> str:
        return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{self.name}"

    @property
    def url(self) -> str:
        return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{self.name}"


@dataclass(frozen=True)
class Table:
    """A DynamoDB table on demand; `key` and `types` are [(attribute, HASH | RANGE)] and [(attribute, S | N | B)]."""

    id: str
    name: str
    key: tuple[tuple[str, str], ...]
    types: tuple[tuple[str, str], ...]

    @property
    def arn(self) -> str:
        return f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{self.name}"


@dataclass(frozen=True)
class Key:
    """A KMS key, known by its alias: its id follows from its name, since it is in everything that it has sealed."""

    id: str
    name: str

    @property
    def alias(self) -> str:
        return f"alias/{self.name}"

    @property
    def uuid(self) -> str:
        return str(uuid5(NAMESPACE_URL, self.name))

    @property
    def arn(self) -> str:
        return f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{self.uuid}"


@dataclass(frozen=True)
class Secret:
    """A generated secret of Secrets Manager: so many characters, in a JSON object under `json_key` if that is given."""

    id: str
    name: str
    length: int
    json_key: str


@dataclass(frozen=True)
class Function:
    """A Lambda function: its handler's import path, seconds, MiB and environment."""

    id: str
    name: str
    handler: str
    timeout: int
    memory: int
    environment: Mapping[str, str]

    @property
    def arn(self) -> str:
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self.name}"


@dataclass(frozen=True)
class QueueSource:
    """A function fed by a queue, both by logical id."""

    function: str
    queue: str
    batch_size: int
    concurrency: int


@dataclass(frozen=True)
class Schedule:
    """A function called by the clock: `expression` is rate(...) or cron(...), `input` the event it gets, as JSON."""

    name: str
    function: str
    expression: str
    time_zone: str
    input: str


@dataclass(frozen=True)
class Route:
    """A route of the HTTP API: `path` may hold {name} and {name+}."""

    function: str
    method: str
    path: str


@dataclass(frozen=True)
class Template:
    """Everything that template.yaml describes and one machine can stand up. The mappings go by logical id.

    But for `headers`, those that the CDN adds to an answer, by name, `headers_below`, those that it adds instead below
    a folder of the site, and `origin_headers`, with which it asks the API; a value of the latter may refer to a secret.
    `folders` are those of the site bucket in which it looks for a page. `state_machines` are in Amazon's States
    Language.
    """

    buckets: Mapping[str, Bucket]
    queues: Mapping[str, Queue]
    tables: Mapping[str, Table]
    keys: Mapping[str, Key]
    secrets: Mapping[str, Secret]
    functions: Mapping[str, Function]
    sources: tuple[QueueSource, ...]
    schedules: tuple[Schedule, ...]
    routes: tuple[Route, ...]
    headers: Mapping[str, CdnHeader]
    headers_below: Mapping[str, Mapping[str, CdnHeader]]
    origin_headers: Mapping[str, str]
    folders: tuple[str, ...]
    state_machines: Mapping[str, Mapping[str, Any]]

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment that all functions share."""
        return {name: value for each in self.functions.values() for name, value in each.environment.items()}
