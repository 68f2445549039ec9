import re
from typing import get_args

import pytest

from functions.core.cost import GB_SECOND
from functions.core.newsletter.subscription import ORIGIN_HEADER, Refusal
from infra.lint_template import problems
from infra.local.errors import TemplateError
from infra.local.template import TEMPLATE, load, local_name, read
from infra.package import document, handlers

TEXT = TEMPLATE.read_text(encoding="utf-8")
_NEW_ACCOUNT = 10  # the concurrency that Lambda grants it


def test_the_template_resolves_to_local_names() -> None:
    template = load()
    assert {each.name for each in template.buckets.values()} == {"rotative-inbox", "rotative-state", "rotative-site"}
    assert template.buckets["InboxBucket"].versioned
    assert [each.queue for each in template.buckets["InboxBucket"].notifications] == ["IngestQueue", "IngestQueue"]
    assert template.queues["RenderQueue"].name == "rotative-render.fifo"
    assert template.environment["INBOX_BUCKET"] == "rotative-inbox"
    assert template.environment["RENDER_QUEUE_URL"].endswith("/rotative-render.fifo")
    assert template.functions["IngestFunction"].handler == "functions.handlers.ingest.handler"


def test_a_logical_id_becomes_a_name_of_words() -> None:
    assert local_name("IngestDeadLetterQueue") == "rotative-ingest-dead-letter"
    assert local_name("Queue") == "rotative-queue"


def test_a_parameter_can_be_overridden() -> None:
    assert load(parameters={"LogLevel": "ERROR"}).environment["LOG_LEVEL"] == "ERROR"


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(TemplateError, match="no such parameter: Colour"):
        load(parameters={"Colour": "red"})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Type: AWS::SQS::QueuePolicy", "Type: AWS::EC2::Instance", "AWS::EC2::Instance are not known"),
        ("      FifoQueue: true\n", "      FifoQueue: true\n      KmsMasterKeyId: x\n", "does not know KmsMasterKeyId"),
        ("Type: ScheduleV2", "Type: Cognito", "event sources of type Cognito"),
        (
            "            BatchSize: 10\n",
            "            BatchSize: 10\n            Enabled: true\n",
            "does not know Enabled",
        ),
        ("!Ref LogLevel", "!Ref LogLevels", "!Ref LogLevels: no such"),
        ("!Ref LogLevel", "!GetAtt SiteBucket.Colour", "!GetAtt SiteBucket.Colour: not known"),
        ("!Ref LogLevel", '!Base64 "x"', "Fn::Base64 is not known"),
        (
            "S3OriginConfig: {}",
            "S3OriginConfig: {}\n            OriginCustomHeaders: []",
            "origin site: only what the API",
        ),
        ("FunctionResponseTypes: [ReportBatchItemFailures]", "FunctionResponseTypes: []", "must be"),
        ("Resources:\n", "Resources: [\n", "is not YAML"),
    ],
)
def test_what_one_machine_cannot_stand_up_is_refused_by_name(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(TemplateError, match=message):
        read(TEXT.replace(old, new, 1))


def test_one_name_with_two_values_in_the_environments_is_refused() -> None:
    own = "      Handler: functions.handlers.reconcile.handler\n"
    extra = own + "      Environment:\n        Variables:\n          LOG_LEVEL: DEBUG\n"
    with pytest.raises(TemplateError, match="LOG_LEVEL is 'DEBUG' in ReconcileFunction and 'INFO' in IngestFunction"):
        read(TEXT.replace(own, extra))


def test_the_template_keeps_the_rules_that_cfn_lint_does_not_know() -> None:
    assert list(problems(load())) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("VisibilityTimeout: 360", "VisibilityTimeout: 300", "visibility 300 s is under 6 x the 60 s"),
        ("maxReceiveCount: 5", "maxReceiveCount: 3", "maxReceiveCount 3 is under 5"),
    ],
)
def test_a_queue_that_would_retry_wrongly_is_found(old: str, new: str, message: str) -> None:
    assert any(message in each for each in problems(read(TEXT.replace(old, new, 1))))


@pytest.mark.parametrize("alarm", ["ErrorsAlarm", "ThrottlesAlarm"])
def test_an_alarm_and_the_cost_watch_every_function(alarm: str) -> None:
    resources = document()["Resources"]
    watched = {
        each["MetricStat"]["Metric"]["Dimensions"][0]["Value"]["Ref"]
        for each in resources[alarm]["Properties"]["Metrics"]
        if "MetricStat" in each
    }
    assert watched == set(handlers())
    body = resources["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    assert all(f"${{{function}}}" in body for function in handlers())


def test_the_dashboard_counts_a_millisecond_of_each_function_by_its_memory() -> None:
    body = document()["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    told = re.findall(r"(0\.\d+)\*\(?([a-z]+(?:\+[a-z]+)*)", body)
    priced = {f"{name.capitalize()}Function": float(usd) for usd, names in told for name in names.split("+")}
    memory = {each.id: each.memory for each in load().functions.values()}
    assert priced == pytest.approx({name: GB_SECOND / 1000 * of / 1024 for name, of in memory.items()}, rel=1e-4)


def test_an_alarm_reads_no_more_metrics_than_cloudwatch_lets_one() -> None:
    alarms = [each["Properties"] for each in document()["Resources"].values() if each["Type"].endswith("::Alarm")]
    assert alarms
    assert max(len([one for one in alarm.get("Metrics", ()) if "MetricStat" in one]) for alarm in alarms) <= 10


def test_a_function_has_as_much_concurrency_as_its_queues_may_ask_for() -> None:
    template, resources = load(), document()["Resources"]
    for function in {each.function for each in template.sources}:
        _, reserved, _ = resources[function]["Properties"]["ReservedConcurrentExecutions"]["Fn::If"]
        assert reserved == sum(each.concurrency for each in template.sources if each.function == function), function


def test_in_an_account_without_shares_to_give_what_publishes_leaves_room_for_readers_and_the_clock() -> None:
    """Else sign-ups are throttled while articles come in; and a message comes again five times, not for ever."""
    template = load(parameters={"ReserveConcurrency": "no"})
    publishing = [each for each in template.sources if each.function in {"IngestFunction", "RenderFunction"}]
    assert sum(each.concurrency for each in publishing) <= _NEW_ACCOUNT - 3
    assert min(each.concurrency for each in template.sources) >= 2, "Lambda takes no less"


def test_a_walk_of_more_parts_than_lambda_lets_a_loop_have_is_no_loop() -> None:
    """Who wakes itself about sixteen times is stopped, and its message given up, unless that is allowed.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
    """
    allowed = {
        name for name, each in document()["Resources"].items() if each.get("Properties", {}).get("RecursiveLoop")
    }
    assert allowed == {"IngestFunction"}, "what asks for the next part; for others the guard stays"
    assert document()["Resources"]["IngestFunction"]["Properties"]["RecursiveLoop"] == "Allow"


def test_the_hour_of_the_issue_is_as_long_as_lambda_allows_for_it_reads_every_reader_twice() -> None:
    assert load().functions["IssueFunction"].timeout == 900


def test_nothing_but_the_results_of_rebuilds_and_unfinished_uploads_is_ever_thrown_away() -> None:
    rules = [
        (name, rule.get("Prefix"), rule.keys() - {"Id", "Status", "Prefix", "AbortIncompleteMultipartUpload"})
        for name, each in document()["Resources"].items()
        for rule in each.get("Properties", {}).get("LifecycleConfiguration", {}).get("Rules", ())
    ]
    assert rules == [("InboxBucket", None, set()), ("StateBucket", "rebuild/", {"ExpirationInDays"})]
    machine = document()["Resources"]["RebuildStateMachine"]["Properties"]["Definition"]["States"]
    maps = [each for each in machine.values() if each["Type"] == "Map"]
    assert {each["ResultWriter"]["Parameters"]["Prefix"] for each in maps} == {"rebuild/"}


def test_what_names_readers_in_the_clear_is_encrypted_and_forgotten_within_a_week() -> None:
    resources = document()["Resources"]
    assert resources["FeedbackTopic"]["Properties"]["KmsMasterKeyId"] == {"Ref": "DataKey"}
    for queue in ("FeedbackQueue", "FeedbackDeadLetterQueue"):
        properties = resources[queue]["Properties"]
        assert properties["SqsManagedSseEnabled"] is True
        assert properties["MessageRetentionPeriod"] <= 7 * 24 * 3600


def test_a_sign_up_that_nobody_could_answer_is_kept_no_longer_than_one_that_nobody_confirmed() -> None:
    queue = document()["Resources"]["OutboxDeadLetterQueue"]["Properties"]
    assert queue["MessageRetentionPeriod"] <= 7 * 24 * 3600


def test_what_is_missing_is_the_404_page_and_what_the_api_refuses_stays_as_it_is() -> None:
    resources = document()["Resources"]
    responses = resources["Distribution"]["Properties"]["DistributionConfig"]["CustomErrorResponses"]
    shown = [(each["ErrorCode"], each["ResponseCode"]) for each in responses if "ResponseCode" in each]
    assert shown == [(403, 404)]  # for S3 and API alike
    assert 403 not in get_args(Refusal.model_fields["status"].annotation)
    statements = resources["SiteBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    allowed = [each["Action"] for each in statements if each["Effect"] == "Allow"]
    assert allowed == ["s3:GetObject"]  # who may not list is told 403 of what is not there


def test_what_the_api_cannot_answer_now_is_not_kept_for_the_next_reader() -> None:
    config = document()["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    kept = {each["ErrorCode"]: each["ErrorCachingMinTTL"] for each in config["CustomErrorResponses"]}
    assert {code: kept.get(code) for code in (500, 502, 503, 504)} == dict.fromkeys((500, 502, 503, 504), 0)
    (api,) = [each for each in config["CacheBehaviors"] if each["TargetOriginId"] == "api"]
    assert (api["PathPattern"], api["CachePolicyId"]) == ("/api/*", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad")


def test_the_cdn_tells_the_api_what_its_function_looks_for_and_no_reader_can() -> None:
    template, resources = load(), document()["Resources"]
    assert {name.lower() for name in template.origin_headers} == {ORIGIN_HEADER}
    (told,) = template.origin_headers.values()
    assert told == f"{{{{resolve:secretsmanager:{template.environment['ORIGIN_SECRET']}:SecretString}}}}"
    passed_on = resources["ApiRequest"]["Properties"]["OriginRequestPolicyConfig"]["HeadersConfig"]["Headers"]
    assert ORIGIN_HEADER not in {name.lower() for name in passed_on}


def test_every_rule_of_checkov_that_is_excused_has_its_reason() -> None:
    lines = TEMPLATE.with_name("checkov.yaml").read_text(encoding="utf-8").splitlines()
    excused = [place for place, line in enumerate(lines) if line.startswith("  - CKV")]
    assert excused
    assert all(lines[place - 1].startswith("  # ") and len(lines[place - 1]) > 40 for place in excused)
    within = [
        each["Metadata"]["checkov"]["skip"]
        for each in document()["Resources"].values()
        if "checkov" in each.get("Metadata", {})
    ]
    assert all(len(one["comment"]) > 20 for skips in within for one in skips)
