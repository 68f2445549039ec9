"""ministack on loopback, with IAM in force, and what of the template it needs otherwise than AWS."""

import json
import os
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any, NamedTuple

REGION, ACCOUNT = "eu-west-3", "123456789012"
_STARTS_WITHIN = 60


class Answer(NamedTuple):
    """An HTTP answer; the names of its headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: str


@contextmanager
def emulator(python: str, folder: Path) -> Iterator[None]:
    """ministack, started by a Python that has it; boto3's clients call it meanwhile. What it keeps is in the folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    own = {
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "USE_SSL": "1",
        "AUTH": "true",
        "MINISTACK_REGION": REGION,
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "STATE_DIR": str(folder / "state"),
        "S3_DATA_DIR": str(folder / "s3"),
        "TMPDIR": str(folder),
    }
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **keys, **own}
    with (folder / "ministack.log").open("w") as log:
        command = [python, "-m", "ministack"]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
    try:
        _wait_until_it_listens(port)
        os.environ.update(keys, AWS_ENDPOINT_URL=f"https://localhost:{port}", AWS_DEFAULT_REGION=REGION)
        os.environ["AWS_CA_BUNDLE"] = str(next((folder / "ministack-tls").glob("*.crt")))
        yield
    finally:
        server.kill()  # asked to, it would wait 30 s for open connections; its workers end with their pipes
        server.wait()


def _wait_until_it_listens(port: int) -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while True:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        if time.monotonic() > end:
            raise TimeoutError("ministack does not answer: see ministack.log")
        time.sleep(0.1)


def http(method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None) -> Answer:
    """What the emulator's front answers; whose it is, the Host header says."""
    trust = ssl.create_default_context(cafile=os.environ["AWS_CA_BUNDLE"])
    connection = HTTPSConnection("localhost", int(os.environ["AWS_ENDPOINT_URL"].rpartition(":")[2]), context=trust)
    connection.request(method, path, body, dict(headers or {}))
    answer = connection.getresponse()
    named = {name.lower(): value for name, value in answer.getheaders()}
    return Answer(answer.status, named, answer.read().decode("utf-8", "replace"))


def work_around(document: dict[str, Any], desk: str) -> list[str]:
    """Change what ministack 1.5.33 does unlike AWS; answers the resources that had to be left out.

    `desk` stands for the tag of the one editor: ministack knows no variables in policies.
    """
    resources = document["Resources"]
    left_out = [name for name, each in resources.items() if "Metrics" in each.get("Properties", {})]  # metric math
    for name in left_out:
        del resources[name]
    told = re.sub(r"\$\{!?aws:PrincipalTag/desk\}", desk, json.dumps(resources["EditorsPolicy"]))
    resources["EditorsPolicy"] = json.loads(told)
    # No condition keys s3:if-match and s3:if-none-match: they would be absent from every request.
    policy = resources["StateBucketPolicy"]["Properties"]["PolicyDocument"]
    policy["Statement"] = [each for each in policy["Statement"] if "Null" not in each["Condition"]]
    _of_the_distribution(resources["Distribution"]["Properties"]["DistributionConfig"])
    for state in resources["RebuildStateMachine"]["Properties"]["Definition"]["States"].values():
        if state["Type"] != "Map":
            continue
        batch = state.pop("ItemBatcher")["BatchInput"]  # not known: every item is a batch of its own
        del state["MaxConcurrencyPath"]  # nor is this
        state["MaxConcurrency"] = 2
        state["ItemSelector"] = {"BatchInput": batch, "Items": [state["ItemSelector"]]}
    for each in resources.values():
        for inline in each.get("Properties", {}).get("Policies", []):
            for statement in inline["PolicyDocument"]["Statement"]:
                _of_a_role(statement)
    return left_out


def _of_the_distribution(config: dict[str, Any]) -> None:
    groups = config.pop("OriginGroups")["Items"]  # not known: it asks their first origin alone
    first = {each["Id"]: each["Members"]["Items"][0]["OriginId"] for each in groups}
    for behaviour in (config["DefaultCacheBehavior"], *config["CacheBehaviors"]):
        behaviour["TargetOriginId"] = first.get(behaviour["TargetOriginId"], behaviour["TargetOriginId"])
    for origin in config["Origins"]:
        if "S3OriginConfig" in origin:  # an empty property is none to it, and the origin would not be S3's
            origin["S3OriginConfig"] = {"OriginAccessIdentity": ""}
        origin.pop("OriginCustomHeaders", None)  # refers to a secret, which it does not resolve


def _of_a_role(statement: dict[str, Any]) -> None:
    if statement["Action"] == "sqs:SendMessage":  # it asks for the batch's own action too
        statement["Action"] = ["sqs:SendMessage", "sqs:SendMessageBatch"]
    if "ses:SendEmail" in statement["Action"]:  # it asks for these upon every resource
        statement["Resource"] = "*"
    if statement["Action"] == "secretsmanager:GetSecretValue":  # the Ref of a secret is its name; on AWS its ARN
        statement["Resource"] = [{"Fn::GetAtt": [one["Ref"], "Id"]} for one in statement["Resource"]]
    if statement["Action"] in ("kms:Decrypt", "kms:Encrypt"):  # it tells its policies nothing of the context
        statement.pop("Condition", None)
