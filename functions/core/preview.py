"""Previews: where a draft can be read by whoever was given its address, and by nobody else."""

import base64
import hashlib
import hmac
from datetime import timedelta

from functions.core import keys

LIFE = timedelta(days=7)


def preview_path(secret: bytes, upload_id: str, ver: str) -> str:
    """The site path of one draft: 130 bits that nobody guesses who does not hold the press's secret."""
    digest = hmac.new(secret, f"{upload_id}\n{ver}".encode(), hashlib.sha256).digest()
    return keys.preview_path(base64.b32encode(digest)[:26].decode().lower())
