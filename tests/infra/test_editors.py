"""What the policy for editors lets them do, by itself and with the command line."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from click.testing import CliRunner, Result

from functions.bootstrap.press import press
from functions.core import keys
from infra.answers import tell, wait_for
from infra.cli import main
from infra.commands import publish
from infra.connection import _OUTPUTS as OUTPUTS
from infra.local.cfn import Resolver
from infra.local.cloud import LocalCloud
from infra.local.template import load
from infra.package import document
from tests.handlers.test_events import EVENTS
from tests.infra.recorder import Call, allowed, identity
from tests.workflows.articles import article, jpeg, with_lead

SPORT = "articles/sport/match.md"
ARNS = {(f"{name}Bucket", "Arn"): f"arn:aws:s3:::rotative-{name.lower()}" for name in ("Inbox", "State")}


def editor(desk: str) -> list[dict[str, Any]]:
    """What the policy allows an identity with the tag `desk`."""
    policy = document()["Resources"]["EditorsPolicy"]["Properties"]["PolicyDocument"]
    text = json.dumps(Resolver({}, ARNS)(policy["Statement"])).replace("${aws:PrincipalTag/desk}", desk)
    statements: list[dict[str, Any]] = json.loads(text)
    return statements


@pytest.mark.parametrize(
    ("action", "resource", "may"),
    [
        ("s3:PutObject", "rotative-inbox/articles/sport/match.md", True),
        ("s3:DeleteObject", "rotative-inbox/articles/sport/match.md", True),
        ("s3:GetObject", "rotative-state/receipts/sport/match.md/v1.json", True),
        ("s3:GetObject", "rotative-state/rec/sport/match.md.json", True),
        ("s3:PutObject", "rotative-inbox/articles/sports.md", False),
        ("s3:PutObject", "rotative-inbox/articles/economie/budget.md", False),
        ("s3:PutObject", "rotative-inbox/newsroom.toml", False),
        ("s3:DeleteObjectVersion", "rotative-inbox/articles/sport/match.md", False),
        ("s3:GetObject", "rotative-state/receipts/economie/budget.md/v1.json", False),
        ("s3:GetObject", "rotative-state/rec/economie/budget.md.json", False),
        ("s3:GetObject", "rotative-state/drafts/sport/match.md.json", False),
        ("s3:PutObject", "rotative-state/dirty/front", False),
        ("s3:PutObject", "rotative-site/index.html", False),
    ],
)
def test_an_editor_may_upload_to_a_folder_and_read_what_became_of_it(action: str, resource: str, may: bool) -> None:
    assert bool(allowed(editor("sport"), Call(action, f"arn:aws:s3:::{resource}", {}))) is may


@pytest.mark.parametrize(
    ("prefix", "may"),
    [("rec/sport/", True), ("dirty/rel:sport/match.md", True), ("dirty/cat:economie", True),
     ("", False), ("rec/", False), ("dirty/", False), ("dirty/art:economie/budget.md", False), ("drafts/", False)],
)  # fmt: skip
def test_an_editor_lists_their_own_desk_and_the_lists_of_all(prefix: str, may: bool) -> None:
    call = Call("s3:ListBucket", "arn:aws:s3:::rotative-state", {}, {"s3:prefix": prefix})
    assert bool(allowed(editor("sport"), call)) is may


@pytest.mark.parametrize("action", ["s3:ListBucket", "s3:ListBucketVersions"])
@pytest.mark.parametrize(("prefix", "may"), [("articles/sport/", True), ("articles/economie/", False), ("", False)])
def test_an_editor_sees_what_lies_in_the_folder_of_the_desk(action: str, prefix: str, may: bool) -> None:
    call = Call(action, "arn:aws:s3:::rotative-inbox", {}, {"s3:prefix": prefix})
    assert bool(allowed(editor("sport"), call)) is may


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalCloud]:
    """A stack named rotative with an article of another desk."""
    with LocalCloud(load()) as cloud:
        upload("newsroom.toml", (EVENTS / "uploads" / "newsroom.toml").read_bytes())
        upload("articles/economie/budget.md", article("Le budget"))
        cloud.drain()
        body = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}
        outputs = {output: {"Value": os.environ[name]} for name, output in OUTPUTS.items()}
        template = json.dumps({**body, "Outputs": outputs})
        boto3.client("cloudformation").create_stack(StackName="rotative", TemplateBody=template)
        yield cloud


def upload(key: str, body: str | bytes) -> str:
    return boto3.client("s3").put_object(Bucket="rotative-inbox", Key=key, Body=body)["VersionId"]


def rotative(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--stack", "rotative"])


@pytest.mark.parametrize(("key", "body"), [(SPORT, article("Le match")), ("articles/sport/but.jpg", jpeg())])
def test_an_editor_publishes_with_nothing_but_the_policy(
    stack: LocalCloud, key: str, body: str | bytes, tmp_path: Path
) -> None:
    file = tmp_path / key
    file.parent.mkdir(parents=True)
    file.write_bytes(body if isinstance(body, bytes) else body.encode())
    with identity(editor("sport")):
        waiting = rotative("publish", str(file), "--timeout", "0")
    assert "no answer about" in waiting.stderr
    stack.drain()
    [version] = press().inbox.versions(key)
    with identity(editor("sport")):
        tell(press(), wait_for(press(), key, version.ver, 0), 0)


def test_a_slow_line_takes_nothing_from_the_time_that_an_answer_has(
    stack: LocalCloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / "articles" / "sport" / name for name in ("aller.md", "retour.md")]
    files[0].parent.mkdir(parents=True)
    upload_at_once, wait = publish._upload, time.sleep

    def upload_slowly(key: str, path: Path) -> str:
        wait(0.3)
        return upload_at_once(key, path)

    monkeypatch.setattr(publish, "_upload", upload_slowly)
    monkeypatch.setattr(time, "sleep", lambda _: stack.drain())
    for file in files:
        file.write_text(article(f"Match {file.stem}"))
    done = rotative("publish", *map(str, files), "--timeout", "0.2", "--json")
    assert done.exit_code == 0, done.output
    seconds = [each["seconds"] for each in json.loads(done.stdout)]
    assert seconds == sorted(seconds, reverse=True), "each from its own upload"


def test_an_editor_asks_for_the_state_of_an_article_of_the_desk_and_no_other(stack: LocalCloud) -> None:
    upload(SPORT, article("Le match"))
    stack.drain()
    with identity(editor("sport")):
        own = rotative("status", keys.id_of(SPORT))
        others, every = rotative("status", "economie/budget.md"), rotative("status")
    assert (own.exit_code, "readers see all of it" in own.stdout) == (0, True), own.output
    assert "for an operator to see" in own.stderr
    assert others.exit_code != 0
    assert "is not of your desk" in others.stderr
    assert "for an operator to see" in every.stderr


@pytest.mark.parametrize(("image", "since"), [("but.jpg", True), ("../photos/but.jpg", False)])
def test_an_editor_asks_for_the_state_of_an_article_that_shows_an_image(
    stack: LocalCloud, image: str, since: bool
) -> None:
    """Since when it is live, the image may decide, which may lie with another desk."""
    upload(f"articles/{'sport' if since else 'photos'}/but.jpg", jpeg())
    upload(SPORT, with_lead(image, title="Le match"))
    stack.drain()
    with identity(editor("sport")):
        own = rotative("status", keys.id_of(SPORT))
    assert (own.exit_code, "readers see all of it" in own.stdout) == (0, True), own.output
    assert ("live since" in own.stdout) is since


def test_an_editor_asks_for_what_became_of_an_image(stack: LocalCloud) -> None:
    upload("articles/sport/but.jpg", jpeg())
    stack.drain()
    with identity(editor("sport")):
        own = rotative("status", "sport/but.jpg")
    assert own.exit_code == 0, own.output


def test_an_operator_is_told_all_of_it(stack: LocalCloud) -> None:
    answer = rotative("status", "economie/budget.md")
    assert (answer.exit_code, answer.stderr) == (0, ""), answer.output


@pytest.mark.parametrize("command", [["replay"], ["verify"], ["newsletter", "export", "naima@example.ma"]])
def test_what_an_identity_may_not_do_is_said_in_a_line_and_ends_with_2(stack: LocalCloud, command: list[str]) -> None:
    with identity(editor("sport")):
        answer = rotative(*command)
    assert (answer.exit_code, len(answer.stderr.splitlines())) == (2, 1), answer.output
    assert answer.stderr.startswith("rotative: ")
