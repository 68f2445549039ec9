"""What the press's functions work with, from their environment; made once a warm environment."""

import os
import uuid
from functools import cache

from botocore.config import Config

from functions.adapters.cloudfront import CloudFrontCdn
from functions.adapters.s3 import PARALLEL, S3Inbox, S3Site, S3State
from functions.adapters.sns import SnsEditors
from functions.adapters.sqs import SqsQueues
from functions.bootstrap import clients
from functions.bootstrap.files import code
from functions.bootstrap.log import logger
from functions.workflows.ports import Press


@cache
def press() -> Press:
    """The buckets and queues that the environment names."""
    s3, sqs = clients.client("s3", Config(max_pool_connections=PARALLEL)), clients.client("sqs")
    return Press(
        code=code(),
        inbox=S3Inbox(s3, os.environ["INBOX_BUCKET"]),
        state=S3State(s3, os.environ["STATE_BUCKET"]),
        site=S3Site(s3, os.environ["SITE_BUCKET"]),
        queues=SqsQueues(
            sqs, os.environ["INGEST_QUEUE_URL"], os.environ["AGAIN_QUEUE_URL"], os.environ["RENDER_QUEUE_URL"]
        ),
        nonce=_nonce,
        editors=_editors(),
        cdn=_cdn(),
    )


def _nonce() -> str:
    return uuid.uuid4().hex


def _cdn() -> CloudFrontCdn | None:
    """The distribution that the environment names; there is none on one machine."""
    distribution = os.environ.get("DISTRIBUTION")
    return CloudFrontCdn(lambda: clients.client("cloudfront"), distribution, _nonce) if distribution else None


def _editors() -> SnsEditors | None:
    """A topic for receipts, where the operator has named somebody to be told."""
    if not os.environ.get("EDITORS_EMAIL"):
        return None
    return SnsEditors(clients.client("sns"), os.environ["RECEIPTS_TOPIC"], logger().warning)
