"""The CDN is asked to forget, on moto; that it does so is CloudFront's own."""

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from functions.adapters.cloudfront import CloudFrontCdn
from functions.core.errors import NotSettled, StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_cloudfront import CloudFrontClient


@pytest.fixture
def client() -> "Iterator[CloudFrontClient]":
    with mock_aws():
        yield boto3.client("cloudfront")


def distribution(client: "CloudFrontClient") -> str:
    origin = {"Id": "site", "DomainName": "site.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    config: Any = {
        "CallerReference": "one",
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [origin]},
        "DefaultCacheBehavior": {"TargetOriginId": "site", "ViewerProtocolPolicy": "https-only", "MinTTL": 0},
    }
    return client.create_distribution(DistributionConfig=config)["Distribution"]["Id"]


def test_paths_are_forgotten_under_a_reference_that_never_comes_again(client: "CloudFrontClient") -> None:
    id_, numbers = distribution(client), count()
    cdn = CloudFrontCdn(lambda: client, id_, lambda: f"nonce-{next(numbers)}")
    cdn.purge(["/economie/2024/03/eau-abc/*", "/images/1/*"])
    cdn.purge(["/economie/2024/03/eau-abc/*"])
    asked = client.list_invalidations(DistributionId=id_)["InvalidationList"]["Items"]
    batches = [client.get_invalidation(DistributionId=id_, Id=each["Id"])["Invalidation"] for each in asked]
    paths = {
        each["InvalidationBatch"]["CallerReference"]: each["InvalidationBatch"]["Paths"]["Items"] for each in batches
    }
    assert paths == {
        "nonce-0": ["/economie/2024/03/eau-abc/*", "/images/1/*"],
        "nonce-1": ["/economie/2024/03/eau-abc/*"],
    }


def test_a_distribution_that_is_not_there_is_an_error_that_is_tried_again(client: "CloudFrontClient") -> None:
    with pytest.raises(StoreUnavailable):
        CloudFrontCdn(lambda: client, "E1", lambda: "nonce").purge(["/a*"])


def test_a_distribution_that_has_too_much_to_forget_is_asked_again_and_nobody_is_alarmed(
    client: "CloudFrontClient",
) -> None:
    stub = Stubber(client)
    stub.add_client_error("create_invalidation", "TooManyInvalidationsInProgress", http_status_code=400)
    with stub, pytest.raises(NotSettled):
        CloudFrontCdn(lambda: client, "E1", lambda: "nonce").purge(["/images/1/*"])
