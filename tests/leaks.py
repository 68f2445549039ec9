"""Leaks: an address or a token of a reader where none belongs, in whatever the tests of the newsletter make appear.

A pytest plugin, loaded by tests/conftest.py: it reads what each test logs and prints (metrics are printed too), and
every request to AWS: its URL, and its body, but for mails themselves and what KMS is given to seal.
"""

import re
from collections.abc import Generator
from io import BytesIO
from typing import Any

import pytest
from botocore.handlers import BUILTIN_HANDLERS
from botocore.model import OperationModel

# The readers of the tests, and tokens that do something. Quoted-printable and percent signs do not hide them.
_READER = rb"(?:naima|salma|reader)[\w.+-]{0,40}(?:@|%40|=40)"
_TOKEN = rb"v1\.\w+\.(?:confirm|unsubscribe)\.[0-9a-f]{40}\.\d+\.[\w-]{20,}"
_LEAK = re.compile(rb"%b|%b" % (_READER, _TOKEN), re.IGNORECASE)
_MAY_HOLD = frozenset({"sesv2", "kms"})
_found: list[str] = []


def leak(text: str | bytes) -> str:
    """The first address or token in a text; empty if there is none."""
    match = _LEAK.search(text.encode(errors="replace") if isinstance(text, str) else text)
    return match[0].decode(errors="replace") if match else ""


def look_at_request(model: OperationModel, params: dict[str, Any], **_: Any) -> None:
    """Notes what a request to AWS gives away."""
    body = params["body"]
    content = body.getvalue() if isinstance(body, BytesIO) else body
    told = leak(params["url"])
    if not told and model.service_model.service_name not in _MAY_HOLD and isinstance(content, (bytes, str)):
        told = leak(content)
    if told:
        _found.append(f"in a request to {params['url']}: {told}")


def pytest_configure() -> None:
    """Before the first client is made."""
    BUILTIN_HANDLERS.insert(0, ("before-call", look_at_request))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """A test that passed, and let an address or a token out, has failed."""
    report = yield
    said = (("printed", report.capstdout + report.capstderr), ("logged", report.caplog))
    told = [f"in what it {how}: {found}" for how, text in said if (found := leak(text))] + _found
    _found.clear()
    if report.when == "call" and report.passed and told:
        report.outcome, report.longrepr = "failed", "leaked " + "; ".join(told)
    return report
