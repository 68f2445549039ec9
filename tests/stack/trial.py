"""The whole template on trial: `python -m tests.stack.trial PYTHON` (make deploy-trial), a PYTHON with ministack.

Deployed as `sam deploy` does, with IAM in force and the functions as they are packaged: an editor uploads, a reader
reads through the CDN, a rebuild brings a page back, a subscriber comes and goes, the article is withdrawn. Exit 1 when
anything fails. Untried, for ministack cannot: alarms over several metrics, the conditions of the records' policy and
of the keys, the API's OpenAPI body and its way through the CDN. See emulator.py.
"""

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

import boto3
from botocore.exceptions import ClientError

from infra.closure import ROOT
from infra.package import document
from tests.infra.artifacts import build, zip_folder
from tests.stack.checks import Trial
from tests.stack.emulator import ACCOUNT, REGION, emulator, http, work_around

STACK, DESK = "press", "redaction"
_FORM = {"content-type": "application/x-www-form-urlencoded"}
_READER = {"email": "Naima.El-Fassi@example.ma", "consent": "on", "consent_version": "1", "locale": "fr", "website": ""}
_PAGE = re.compile(r"developpement-durable/\d{4}/\d\d/[^/]{12,}/index.html")


def client(service: str, **keys: str) -> Any:
    return boto3.client(service, **keys)  # type: ignore[call-overload] # the stubs want a literal name


def keys(bucket: str, prefix: str = "") -> list[str]:
    pages = client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return [each["Key"] for page in pages for each in page.get("Contents", [])]


def resource(name: str) -> str:
    found = client("cloudformation").describe_stack_resource(StackName=STACK, LogicalResourceId=name)
    return str(found["StackResourceDetail"]["PhysicalResourceId"])


def pack(folder: Path) -> dict[str, Any]:
    """The template, its code as zips in the folder."""
    made = build(folder / "laid-out")
    for name, artifact in made.items():
        zip_folder(artifact.task, folder / f"{name}.zip")
    zip_folder(next(iter(made.values())).layer, folder / "DependenciesLayer.zip")
    return document()


def deploy(trial: Trial, template: dict[str, Any], folder: Path) -> dict[str, str]:
    """The stack's outputs."""
    s3, cloudformation = client("s3"), client("cloudformation")
    s3.create_bucket(Bucket="packages", CreateBucketConfiguration={"LocationConstraint": REGION})
    for file in folder.glob("*.zip"):
        s3.upload_file(str(file), "packages", file.name)
    for name, each in template["Resources"].items():
        if each["Type"] == "AWS::Serverless::Function":
            each["Properties"]["CodeUri"] = f"s3://packages/{name}.zip"
    template["Resources"]["DependenciesLayer"]["Properties"]["ContentUri"] = "s3://packages/DependenciesLayer.zip"
    s3.put_object(Bucket="packages", Key="template.json", Body=json.dumps(template).encode())
    answers = {"EditorsEmail": "desk@example.ma", "AlertEmail": "night@example.ma"}
    change = {"StackName": STACK, "ChangeSetName": "first"}
    cloudformation.create_change_set(
        **change,
        ChangeSetType="CREATE",
        TemplateURL=f"{s3.meta.endpoint_url}/packages/template.json",
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in answers.items()],
    )
    cloudformation.get_waiter("change_set_create_complete").wait(**change, WaiterConfig={"Delay": 1})
    cloudformation.execute_change_set(**change, DisableRollback=True)
    stack = trial.wait("the stack ends", lambda: _ended(cloudformation))
    trial.check("well", stack["StackStatus"] == "CREATE_COMPLETE", stack.get("StackStatusReason"))
    pages = cloudformation.get_paginator("describe_stack_events").paginate(StackName=STACK)
    events = [each for page in pages for each in page["StackEvents"]]
    trial.say(f"     {dict(Counter(each['ResourceStatus'] for each in events))}")
    bad = [
        f"{each['LogicalResourceId']}: {each.get('ResourceStatusReason')}"
        for each in events
        if "FAILED" in each["ResourceStatus"]
    ]
    trial.check("no resource failed", not bad, bad)
    return {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])}


def _ended(cloudformation: Any) -> Any:
    stack = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    return stack if stack["StackStatus"].endswith(("COMPLETE", "FAILED")) else None


def invoke(trial: Trial, function: str, task: str) -> None:
    answer = client("lambda").invoke(FunctionName=resource(function), Payload=json.dumps({"task": task}).encode())
    said = answer["Payload"].read().decode()
    trial.check(f"{function} {task}: {said[:80]}", "FunctionError" not in answer, said)


def publish(trial: Trial, outputs: Mapping[str, str]) -> None:
    """An editor with nothing but EditorsPolicy uploads; the page stands behind the CDN."""
    inbox, site, state = (outputs[f"{name}BucketName"] for name in ("Inbox", "Site", "State"))
    uploads = ROOT / "events" / "uploads"
    client("s3").put_object(Bucket=inbox, Key="newsroom.toml", Body=(uploads / "newsroom.toml").read_bytes())
    invoke(trial, "ReconcileFunction", "deploy")
    text = (uploads / "articles/2021/02/cooperative-taslit.md").read_text(encoding="utf-8")
    naima = _editor(outputs)
    article = re.sub(r"date: \S+", f"date: {datetime.now(UTC):%Y-%m-%d}", text).encode()
    naima.put_object(Bucket=inbox, Key=f"articles/{DESK}/taslit.md", Body=article)
    page = trial.wait("an editor's upload has a page", lambda: next(filter(_PAGE.fullmatch, keys(site)), None))
    for key in ("newsroom.toml", "articles/sport/x.md"):
        try:
            naima.put_object(Bucket=inbox, Key=key, Body=b"x")
            trial.check(f"the editor may not upload {key}", good=False)
        except ClientError as error:
            trial.check(f"the editor may not upload {key}", error.response["Error"]["Code"] == "AccessDenied", error)
    trial.wait("no group is dirty", lambda: not keys(state, "dirty/"))
    host, path = {"Host": outputs["DistributionDomainName"]}, "/" + str(page).removesuffix("index.html")
    shown = http("GET", path, headers=host)
    trial.check("the CDN answers with the page", shown.status == 200 and "Taslit" in shown.body, shown)
    trial.check("and with the policy", "content-security-policy" in shown.headers, shown.headers)
    for where, status in ((path.rstrip("/"), 301), ("/nothing/", 404)):
        found = http("GET", where, headers=host).status
        trial.check(f"{status} for {where}", found == status, found)
    for function, task in (("ReconcileFunction", "light"), ("ReconcileFunction", "full"), ("ClockFunction", "tick")):
        invoke(trial, function, task)


def _editor(outputs: Mapping[str, str]) -> Any:
    iam = client("iam")
    iam.create_user(UserName="naima", Tags=[{"Key": "desk", "Value": DESK}])
    iam.attach_user_policy(UserName="naima", PolicyArn=outputs["EditorsPolicyArn"])
    key = iam.create_access_key(UserName="naima")["AccessKey"]
    return client("s3", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])


def rebuild(trial: Trial, outputs: Mapping[str, str]) -> None:
    """A page that was lost is back when the state machine ends."""
    site, states = outputs["SiteBucketName"], client("stepfunctions")
    page = next(filter(_PAGE.fullmatch, keys(site)))
    client("s3").delete_object(Bucket=site, Key=page)
    run = {"executionArn": states.start_execution(stateMachineArn=outputs["RebuildStateMachineArn"])["executionArn"]}
    trial.wait("a rebuild ends", lambda: states.describe_execution(**run)["status"] != "RUNNING")
    done = states.describe_execution(**run)
    trial.check("well", done["status"] == "SUCCEEDED", done)
    trial.check("the page is back", page in keys(site))


def _routes(outputs: Mapping[str, str]) -> str:
    """The routes, which ministack does not read from the API's OpenAPI body; the path of the API's stage."""
    template = client("cloudformation").get_template(StackName=STACK, TemplateStage="Processed")["TemplateBody"]
    body = (json.loads(template) if isinstance(template, str) else template)["Resources"]["Api"]["Properties"]["Body"]
    api, gateway = outputs["ApiUrl"].removeprefix("https://").partition(".")[0], client("apigatewayv2")
    function = client("lambda").get_function(FunctionName=resource("NewsletterFunction"))["Configuration"][
        "FunctionArn"
    ]
    proxy = {"IntegrationType": "AWS_PROXY", "IntegrationMethod": "POST", "PayloadFormatVersion": "2.0"}
    made = gateway.create_integration(ApiId=api, IntegrationUri=function, **proxy)["IntegrationId"]
    for path, methods in body["paths"].items():
        for method in methods:
            name = "ANY" if method.startswith("x-") else method.upper()
            gateway.create_route(ApiId=api, RouteKey=f"{name} {path}", Target=f"integrations/{made}")
    return f"/_aws/execute-api/{api}/$default/api"


def _token(purpose: str) -> str:
    """The token of a link in the newest mail that has one."""
    sent = json.loads(http("GET", "/_ministack/ses/messages").body)["messages"].get(ACCOUNT, [])
    found = [match[1] for each in sent if (match := re.search(rf"{purpose}\?token=(\S+)", each["BodyText"]))]
    return unquote(found[-1]) if found else ""


def newsletter(trial: Trial, outputs: Mapping[str, str]) -> None:
    """From the sign-up to the way out, and what SES tells of a complaint."""
    client("sesv2").create_email_identity(EmailIdentity="laquotidienne.example")
    api = _routes(outputs)
    trial.check("the API is well", http("GET", f"{api}/health").status == 200)
    signed = http("POST", f"{api}/newsletter/subscriptions", urlencode(_READER), _FORM)
    trial.check("a sign-up", signed.status in (202, 303), _logged("newsletter")[-3:])
    token = trial.wait("a mail asks to confirm", lambda: _token("confirm"))
    link = f"{api}/newsletter/confirm?{urlencode({'token': token})}"
    for method in ("GET", "POST"):
        answer = http(method, link, headers=_FORM if method == "POST" else {})
        trial.check(f"{method} of its link", answer.status in (200, 303), answer)
    invoke(trial, "IssueFunction", "now")
    if not (goodbye := trial.wait("the issue is delivered", lambda: _token("unsubscribe"))):
        return
    event = json.loads((ROOT / "events/feedback/complaint.json").read_text(encoding="utf-8"))["Records"][0]["body"]
    client("sns").publish(TopicArn=resource("FeedbackTopic"), Message=event.replace("<READER>", goodbye.split(".")[3]))
    trial.wait("a complaint is taken in", lambda: _logged("feedback", '"verdict":"complaint"'))
    link = f"{api}/newsletter/unsubscribe?{urlencode({'token': goodbye})}"
    left = http("POST", link, "List-Unsubscribe=One-Click", _FORM)
    trial.check("a goodbye in one click", left.status == 200, left)


def withdraw(trial: Trial, outputs: Mapping[str, str]) -> None:
    """What is deleted is gone for readers, and out of the CDN's caches."""
    site, host = outputs["SiteBucketName"], {"Host": outputs["DistributionDomainName"]}
    path = "/" + next(filter(_PAGE.fullmatch, keys(site))).removesuffix("index.html")
    client("s3").delete_object(Bucket=outputs["InboxBucketName"], Key=f"articles/{DESK}/taslit.md")
    trial.wait("a deleted article is gone", lambda: http("GET", path, headers=host).status == 410)
    cdn, one = client("cloudfront"), {"DistributionId": resource("Distribution")}

    def purged() -> bool:
        asked = cdn.list_invalidations(**one)["InvalidationList"].get("Items", [])
        batches = (cdn.get_invalidation(**one, Id=each["Id"])["Invalidation"]["InvalidationBatch"] for each in asked)
        return any(path in batch["Paths"]["Items"] for batch in batches)

    trial.wait("and purged", purged)
    trial.wait("no group is dirty then", lambda: not keys(outputs["StateBucketName"], "dirty/"))


def _logged(group: str, words: str = "") -> list[str]:
    events = client("logs").filter_log_events(logGroupName=f"/rotative/{STACK}/{group}")["events"]
    return [each["message"] for each in events if words in each["message"]]


def aftermath(trial: Trial) -> None:
    """Nothing waits, nothing is dead, nobody complained."""
    sqs = client("sqs")
    for url in sqs.list_queues()["QueueUrls"]:
        left = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        waiting = [left[f"ApproximateNumberOfMessages{each}"] for each in ("", "NotVisible")]
        trial.check(f"{url.rpartition('/')[2]} is empty", waiting == ["0", "0"], waiting)
    for group in sorted(each.stem for each in (ROOT / "functions/handlers").glob("[a-z]*.py")):
        bad = [each for each in _logged(group) if re.search(r'"level":"(ERROR|WARNING)"|Traceback|AccessDenied', each)]
        trial.check(f"the log of {group} has no error", not bad, bad[:3])


def main(python: str) -> None:
    trial = Trial()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        template = pack(folder)
        trial.say(f"packed; left out: {', '.join(work_around(template, DESK))}")
        with emulator(python, folder):
            outputs = deploy(trial, template, folder)
            for part in (publish, rebuild, newsletter, withdraw):
                part(trial, outputs)
            aftermath(trial)
    sys.exit(f"{len(trial.failed)} failed: {trial.failed}" if trial.failed else 0)


if __name__ == "__main__":
    main(str(Path(sys.argv[1]).absolute()))
