"""The model of S3 answers as moto does, whatever is asked of both: state, site and inbox, through the same ports."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar, cast

import boto3
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from moto import mock_aws

from functions.adapters.s3 import S3Inbox, S3Site, S3State
from functions.core.errors import WriteConflict
from functions.core.objects import Condition, Listed
from functions.core.page import Page
from tests.simulation.ports import ModelInbox, ModelSite, ModelState
from tests.simulation.s3 import Bucket, Uploads, etag_of
from tests.simulation.world import Quiet

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

T = TypeVar("T")
_NAMES = ("a", "a/b", "a/b~1", "a/c/d", "a b+%", "ab", "b/é", "b/\uffee", "b/\U0001f600")
KEYS, BODIES, PREFIXES = st.sampled_from(_NAMES), st.sampled_from((b"", b"1", b"22")), st.sampled_from(("", "a", "a/"))
# What a write asks for: nothing, that there be no object, the object that stands, or one of a certain body.
CONDITIONS = st.sampled_from(("none", "absent", "standing", "1"))
_SETTINGS = settings(max_examples=20, stateful_step_count=40, deadline=None)


class _Locked:
    """A client one of whose requests is served at a time: moto's conditional writes are not atomic under threads."""

    def __init__(self, client: "S3Client") -> None:
        self._client = client
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(**parameters: Any) -> object:
            with self._lock:
                return getattr(self._client, name)(**parameters)

        return ask


class Buckets(RuleBasedStateMachine):
    """Three buckets in the model, three in moto, and every request that the ports can make."""

    def __init__(self, client: "S3Client", number: int) -> None:
        super().__init__()
        self.client = client
        names = [f"{name}-{number}" for name in ("state", "site", "inbox")]
        for name in names:
            client.create_bucket(Bucket=name)
        client.put_bucket_versioning(Bucket=names[2], VersioningConfiguration={"Status": "Enabled"})
        clock, wire = (lambda: datetime(2026, 11, 20, tzinfo=UTC)), Quiet()
        self.uploads, self.inbox_name = Uploads(clock), names[2]
        self.model = ModelState(wire, Bucket(clock)), ModelSite(wire, Bucket(clock))
        self.moto = S3State(client, names[0]), S3Site(client, names[1])
        self.inboxes = ModelInbox(wire, self.uploads), S3Inbox(client, names[2])
        self.vers: dict[str, str] = {}  # the model's version ids by moto's

    @rule(key=KEYS, body=BODIES, wanted=CONDITIONS)
    def put(self, key: str, body: bytes, wanted: str) -> None:
        condition = self._condition(key, wanted)
        both(*(lambda state=state: state.put(key, body, condition) for state in (self.model[0], self.moto[0])))

    @rule(bodies=st.dictionaries(KEYS, BODIES, max_size=4))
    def put_many(self, bodies: dict[str, bytes]) -> None:
        both(*(lambda state=state: state.put_many(bodies) for state in (self.model[0], self.moto[0])))

    @rule(key=KEYS, wanted=st.sampled_from(("none", "standing", "1")))
    def delete(self, key: str, wanted: str) -> None:
        condition = self._condition(key, wanted)
        both(*(lambda state=state: state.delete(key, condition) for state in (self.model[0], self.moto[0])))

    @rule(keys=st.lists(KEYS, unique=True, max_size=4))
    def get(self, keys: list[str]) -> None:
        both(*(lambda state=state: dict(state.get_many(keys)) for state in (self.model[0], self.moto[0])))

    @rule(prefix=PREFIXES, size=st.sampled_from((1, 2, 1000)))
    def list_keys(self, prefix: str, size: int) -> None:
        both(*(lambda state=state: shown(state.list(prefix, size)) for state in (self.model[0], self.moto[0])))

    @rule(prefix=PREFIXES)
    def values(self, prefix: str) -> None:
        both(*(lambda state=state: [*state.values(prefix)] for state in (self.model[0], self.moto[0])))

    @rule(key=KEYS, body=BODIES, wanted=CONDITIONS)
    def publish(self, key: str, body: bytes, wanted: str) -> None:
        condition = self._site_condition(key, wanted)
        page = Page(key, body, metadata={"by": "press"})
        both(*(lambda site=site: site.put(page, condition) for site in (self.model[1], self.moto[1])))

    @rule(key=KEYS, wanted=st.sampled_from(("none", "standing", "1")))
    def unpublish(self, key: str, wanted: str) -> None:
        condition = self._site_condition(key, wanted)
        both(*(lambda site=site: site.delete(key, condition) for site in (self.model[1], self.moto[1])))

    @rule(keys=st.lists(KEYS, unique=True, max_size=4))
    def look(self, keys: list[str]) -> None:
        both(
            *(
                lambda site=site: (dict(site.etags(keys)), shown(site.list("")))
                for site in (self.model[1], self.moto[1])
            )
        )

    @rule(key=KEYS, body=BODIES)
    def upload(self, key: str, body: bytes) -> None:
        answer = self.client.put_object(Bucket=self.inbox_name, Key=key, Body=body)
        self.vers[answer["VersionId"]] = self.uploads.put(key, body)

    @rule(key=KEYS)
    def remove(self, key: str) -> None:
        if not self.uploads.versions(key):
            return  # S3 would put a delete marker where nothing ever was, moto does not
        answer = self.client.delete_object(Bucket=self.inbox_name, Key=key)
        self.vers[answer["VersionId"]] = self.uploads.delete(key)

    @rule(key=KEYS, most=st.sampled_from((1, 9)))
    def read(self, key: str, most: int) -> None:
        model, moto = self.inboxes
        wanted, found = model.versions(key), moto.versions(key)
        assert [(self.vers[each.ver], each.deleted) for each in found] == [(each.ver, each.deleted) for each in wanted]
        for mine, theirs in zip(wanted, found, strict=True):
            if not mine.deleted:
                assert model.read(key, mine.ver, most) == moto.read(key, theirs.ver, most)

    @rule(prefix=PREFIXES, after=st.sampled_from(("", *_NAMES)))
    def uploads_by_key(self, prefix: str, after: str) -> None:
        model, moto = self.inboxes
        after = after if self.uploads.versions(after) else ""  # moto skips the first key after one that is not there
        assert [(key, self.vers[ver]) for key, ver in moto.keys(prefix, after)] == list(model.keys(prefix, after))

    def _condition(self, key: str, wanted: str) -> Condition | None:
        stored = self.model[0].get(key)
        return _condition(wanted, stored.etag if stored else None)

    def _site_condition(self, key: str, wanted: str) -> Condition:
        # The site's port has no unconditional write; what the reckless one asks is the object's absence.
        etag = self.model[1].etags([key]).get(key)
        return cast("Condition", _condition(wanted, etag))


def _condition(wanted: str, standing: str | None) -> Condition | None:
    if wanted == "none":
        return None
    if wanted == "standing" and standing:
        return Condition(standing)
    return Condition(None if wanted == "absent" else etag_of(b"1"))


def both(model: Callable[[], T], moto: Callable[[], T]) -> None:
    """Asks both; their answers are the same, or both refuse."""
    assert answer(model) == answer(moto)


def answer(ask: Callable[[], T]) -> T | str:
    try:
        return ask()
    except WriteConflict:
        return "conflict"


def shown(listed: Iterator[Listed]) -> Sequence[tuple[str, str]]:
    """What a LIST shows but for the hour of writing."""
    return [(each.key, each.etag) for each in listed]


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator["S3Client"]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "any")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield cast("S3Client", _Locked(boto3.client("s3")))


def test_the_model_answers_every_request_as_moto_does(client: "S3Client") -> None:
    numbers = count()

    class Fresh(Buckets):
        def __init__(self) -> None:
            super().__init__(client, next(numbers))

    run_state_machine_as_test(Fresh, settings=_SETTINGS)
