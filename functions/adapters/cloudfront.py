"""Amazon CloudFront: forgets what it has cached."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from functions.core.errors import NotSettled, StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_cloudfront import CloudFrontClient


_BUSY = "TooManyInvalidationsInProgress"


class CloudFrontCdn:
    """The port `Cdn`: a distribution. `client` makes one: few renders want it. `nonce` gives no value twice."""

    def __init__(self, client: "Callable[[], CloudFrontClient]", distribution: str, nonce: Callable[[], str]) -> None:
        self._client = client
        self._distribution = distribution
        self._nonce = nonce

    def purge(self, paths: Sequence[str]) -> None:
        """One path costs 0.005 USD beyond the first thousand a month, with or without a star at its end.

        https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Invalidation.html

        Raises:
            NotSettled: the distribution has as much to forget as it can at a time; that takes it a minute.
        """
        try:
            self._client().create_invalidation(
                DistributionId=self._distribution,
                InvalidationBatch={
                    "Paths": {"Quantity": len(paths), "Items": list(paths)},
                    "CallerReference": self._nonce(),
                },
            )
        except ClientError as error:
            busy = error.response["Error"]["Code"] == _BUSY
            raise (NotSettled if busy else StoreUnavailable)(str(error)) from error
        except BotoCoreError as error:
            raise StoreUnavailable(str(error)) from error
