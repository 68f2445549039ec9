"""Cost: about how many calls a publish makes, and what they cost. An estimate from what it touched, good to a fifth."""

from typing import NamedTuple

# eu-west-1, 2026, USD: S3 writes and lists, S3 reads, SQS, Lambda (arm64) by request and by GB-second.
WRITE, READ, MESSAGE, INVOCATION, GB_SECOND = 5e-6, 4e-7, 5e-7, 2e-7, 1.33334e-5
_INGEST_GB_SECONDS, _RENDER_GB_SECONDS = 0.05, 0.1
_BATCH = 10


class Cost(NamedTuple):
    """AWS calls, and USD without any free tier."""

    calls: int
    usd: float


def cost_of(markers: int, groups: int, written: int) -> Cost:
    """The cost of taking in one upload with so many markers and flagged groups, and of rendering these.

    `written` counts the site objects that had to be written.
    """
    batches = -(-groups // _BATCH)
    # Ingest: record, versions, receipt, build, clock and upload are read; record, receipt and its page, markers, flags
    # written; a render reads flag, build, page and record, lists its markers, clears the flag.
    reads = 8 + 6 * groups
    writes = 4 + markers + groups + groups + groups + written
    messages = 3 + batches + 2 * groups
    invocations = 1 + groups
    compute = _INGEST_GB_SECONDS + _RENDER_GB_SECONDS * groups
    usd = reads * READ + writes * WRITE + messages * MESSAGE + invocations * INVOCATION + compute * GB_SECOND
    return Cost(reads + writes + messages, round(usd, 6))
