"""What the local press knows of each resource type: it refuses the rest, so that nothing is dropped in silence.

A property is either acted on, or listed in IDLE with the reason why it changes nothing on one machine. A type that
means nothing there at all is in PASSED_OVER, with its reason.
"""

from collections.abc import Mapping

from infra.local.errors import TemplateError

ACTED_ON: Mapping[str, frozenset[str]] = {
    "AWS::S3::Bucket": frozenset({"VersioningConfiguration", "NotificationConfiguration", "BucketEncryption"}),
    "AWS::SQS::Queue": frozenset(
        {
            "DeduplicationScope",
            "FifoQueue",
            "FifoThroughputLimit",
            "MessageRetentionPeriod",
            "RedrivePolicy",
            "VisibilityTimeout",
        }
    ),
    "AWS::DynamoDB::Table": frozenset({"AttributeDefinitions", "BillingMode", "KeySchema"}),
    "AWS::Serverless::Function": frozenset({"Environment", "Events", "Handler", "MemorySize", "Timeout"}),
    "AWS::Serverless::HttpApi": frozenset(),
    # Of the distribution, which headers go with what, and which are sent to the API.
    "AWS::CloudFront::Distribution": frozenset({"DistributionConfig"}),
    "AWS::CloudFront::ResponseHeadersPolicy": frozenset({"ResponseHeadersPolicyConfig"}),
    "AWS::Serverless::StateMachine": frozenset({"Definition"}),
    "AWS::KMS::Key": frozenset(),
    "AWS::SecretsManager::Secret": frozenset({"GenerateSecretString"}),
}

_NAME = "local names come from logical ids"
_TRUST = "one machine has one user: nobody is kept out"
_BUILD = "handlers run from the checkout, in this Python"
_CDN = "infra.local.edge is the CDN; tests run the template's edge functions beside it"
_SHARE = "one machine has no neighbours to be fair to"
_MAIL = "all mail ends in the mailbox at /_mail/, where nothing bounces"
_WATCH = "the person who started the press sees its output"
IDLE: Mapping[str, Mapping[str, str]] = {
    "AWS::S3::Bucket": {
        "BucketName": _NAME,
        "LifecycleConfiguration": "multipart uploads end with the process, and rebuilds keep no results",
        "OwnershipControls": _TRUST,
        "PublicAccessBlockConfiguration": _TRUST,
    },
    "AWS::SQS::Queue": {"QueueName": _NAME, "SqsManagedSseEnabled": _TRUST},
    "AWS::DynamoDB::Table": {
        "PointInTimeRecoverySpecification": "the data folder can be copied",
        "SSESpecification": _TRUST,
        "TableName": _NAME,
        "TimeToLiveSpecification": "what has expired is not believed, deleted or not",
    },
    "AWS::Serverless::Function": {
        "Architectures": _BUILD,
        "CodeUri": _BUILD,
        "Description": "for the console",
        "FunctionName": _NAME,
        "Layers": _BUILD,
        "LoggingConfig": _WATCH,
        "Policies": _TRUST,
        "RecursiveLoop": "nothing here takes a walk for a loop",
        "ReservedConcurrentExecutions": _SHARE,
        "Role": _TRUST,
        "Runtime": _BUILD,
        "Tracing": _WATCH,
    },
    "AWS::Serverless::HttpApi": {"AccessLogSettings": _WATCH, "DefaultRouteSettings": _SHARE},
    "AWS::CloudFront::Distribution": {},
    "AWS::CloudFront::ResponseHeadersPolicy": {},
    "AWS::KMS::Key": {"Description": "for the console", "EnableKeyRotation": _TRUST, "KeyPolicy": _TRUST},
    "AWS::SecretsManager::Secret": {"Description": "for the console", "KmsKeyId": _TRUST},
    "AWS::Serverless::StateMachine": {"Name": _NAME, "Role": _TRUST, "Tracing": _WATCH},
}
# Resources that stand for nothing on one machine, whatever their properties say.
PASSED_OVER: Mapping[str, str] = {
    "AWS::CloudFront::CachePolicy": _CDN,
    "AWS::CloudFront::Function": _CDN,
    "AWS::CloudFront::OriginAccessControl": _CDN,
    "AWS::CloudFront::OriginRequestPolicy": _CDN,
    "AWS::CloudWatch::Alarm": _WATCH,
    "AWS::CloudWatch::Dashboard": _WATCH,
    "AWS::IAM::ManagedPolicy": _TRUST,
    "AWS::IAM::Role": _TRUST,
    "AWS::Logs::LogGroup": _WATCH,
    "AWS::Logs::MetricFilter": _WATCH,
    "AWS::S3::BucketPolicy": _TRUST,
    "AWS::SES::ConfigurationSet": _MAIL,
    "AWS::SES::ConfigurationSetEventDestination": _MAIL,
    "AWS::SNS::Subscription": _WATCH,
    "AWS::SNS::Topic": _WATCH,
    "AWS::SNS::TopicPolicy": _TRUST,
    "AWS::SQS::QueuePolicy": _TRUST,
    "AWS::Serverless::LayerVersion": _BUILD,
}

EVENT_PROPERTIES: Mapping[str, frozenset[str]] = {
    "SQS": frozenset({"BatchSize", "FunctionResponseTypes", "Queue", "ScalingConfig"}),
    "ScheduleV2": frozenset({"Description", "Input", "Name", "ScheduleExpression", "ScheduleExpressionTimezone"}),
    "HttpApi": frozenset({"ApiId", "Method", "Path"}),
}


def check_resource(logical_id: str, kind: str, properties: Mapping[str, object]) -> None:
    """Raise TemplateError unless every property of the resource is known."""
    if kind in PASSED_OVER:
        return
    if kind not in ACTED_ON:
        raise TemplateError(f"{logical_id}: resources of type {kind} are not known to the local press")
    unknown = sorted(set(properties) - ACTED_ON[kind] - set(IDLE[kind]))
    if unknown:
        raise TemplateError(f"{logical_id} ({kind}): the local press does not know {', '.join(unknown)}")


def check_event(where: str, kind: str, properties: Mapping[str, object]) -> None:
    """Raise TemplateError unless the event source and its properties are known."""
    if kind not in EVENT_PROPERTIES:
        raise TemplateError(f"{where}: event sources of type {kind} are not known to the local press")
    unknown = sorted(set(properties) - EVENT_PROPERTIES[kind])
    if unknown:
        raise TemplateError(f"{where} ({kind}): the local press does not know {', '.join(unknown)}")
