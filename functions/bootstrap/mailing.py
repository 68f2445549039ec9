"""What the newsletter's mails and pages work with, from the environment; made once a warm environment."""

import os
import time
import uuid
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Literal, TypeAlias

from botocore.config import Config

from functions.adapters.ses import SesMailer
from functions.bootstrap import clients
from functions.bootstrap.files import template_files
from functions.bootstrap.newsletter import keyring, outbox, rows, vault
from functions.bootstrap.newsroom import settings
from functions.core.newsletter.letter import Letterhead, make_letterhead
from functions.core.settings import Settings
from functions.workflows.office import Office

Mails: TypeAlias = Literal["invitations", "issues"]

_WARM = 4
_SENDERS = 2  # OutboxFunction and DeliveryFunction each run twice at once, at most: see template.yaml
_SHARES = {"invitations": 0.25, "issues": 0.75}  # of what SES grants


@cache
def office() -> Office:
    """What mails are made and sent with."""
    # One try: SES has no idempotency token, and the ledger decides what may be tried again.
    once = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 1})
    return Office(
        rows=rows(),
        vault=vault(),
        outbox=outbox(),
        keyring=keyring(),
        mailer=SesMailer(clients.client("sesv2", once), os.environ.get("CONFIGURATION_SET", "")),
        settings=settings,
        now=lambda: datetime.now(UTC),
        nonce=lambda: uuid.uuid4().hex,
    )


@lru_cache(maxsize=_WARM)
def letterhead_of(settings: Settings) -> Letterhead:
    """The letterhead of a newsroom."""
    return make_letterhead(settings, template_files())


def keep_pace(mails: Mails, begun: float) -> None:
    """After a mail that was begun at that moment of the monotonic clock, wait for what is left of its time."""
    time.sleep(max(0.0, begun + seconds_a_mail(mails) - time.monotonic()))


def seconds_a_mail(mails: Mails) -> float:
    """How long a mail takes one sender, so that all senders together stay within MAILS_A_SECOND."""
    return _SENDERS / (float(os.environ["MAILS_A_SECOND"]) * _SHARES[mails])
