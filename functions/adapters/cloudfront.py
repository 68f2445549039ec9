"""Amazon CloudFront: forgets what it has cached."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from functions.core.errors import StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_cloudfront import CloudFrontClient


class CloudFrontCdn:
    """The port `Cdn`: a distribution. `client` makes one: few renders want it. `nonce` gives no value twice."""

    def __init__(self, client: "Callable[[], CloudFrontClient]", distribution: str, nonce: Callable[[], str]) -> None:
        self._client = client
        self._distribution = distribution
        self._nonce = nonce

    def purge(self, paths: Sequence[str]) -> None:
        """One path costs 0.005 USD beyond the first thousand a month, with or without a star at its end.

        https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Invalidation.html
        """
        try:
            self._client().create_invalidation(
                DistributionId=self._distribution,
                InvalidationBatch={
                    "Paths": {"Quantity": len(paths), "Items": list(paths)},
                    "CallerReference": self._nonce(),
                },
            )
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(str(error)) from error
