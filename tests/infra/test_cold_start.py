"""What a cold start loads: each handler only the heavy libraries that most of its work needs."""

import json
import subprocess
import sys
from collections.abc import Iterable

import pytest

from infra.package import handlers

# Milliseconds to load, each; what is not here may be loaded with the first upload or page that wants it.
HEAVY = {
    "PIL",
    "aws_lambda_powertools.utilities.batch",
    "boto3",
    "aws_lambda_powertools.utilities.parser",
    "aws_xray_sdk",
    "email_validator",
    "jinja2",
    "mammoth",
    "nh3",
    "pyromark",
    "rich",
    "yaml",
}
UPLOADS, PAGES = {"nh3", "pyromark", "yaml"}, {"jinja2"}
PINS = {"yaml"}  # a rebuild reads front.yaml; a render, only if it has to print what is pinned
MAY_LOAD: dict[str, Iterable[str]] = {
    "ClockFunction": set(),
    "DeliveryFunction": PAGES,
    "FeedbackFunction": PAGES,
    "IngestFunction": UPLOADS | PAGES,
    "IssueFunction": PAGES,
    "NewsletterFunction": set(),
    "OutboxFunction": PAGES,
    "RebuildFunction": PAGES | PINS,
    "ReconcileFunction": set(),
    "RenderFunction": PAGES,
}


@pytest.mark.parametrize("function", sorted(handlers()))
def test_a_handler_loads_no_heavy_library_that_its_work_does_not_need(function: str) -> None:
    loaded = HEAVY & modules(function)
    assert loaded <= set(MAY_LOAD[function]), f"{function} also loads {sorted(loaded - set(MAY_LOAD[function]))}"


def test_the_api_of_the_newsletter_knows_no_mail_service_and_render_no_markdown_and_no_receipt_page() -> None:
    assert "functions.adapters.ses" not in modules("NewsletterFunction")
    ingest = modules("IngestFunction")
    assert "functions.core.html.markdown" in ingest
    assert "functions.core.locale" not in ingest  # receipts want the days of it alone
    render = modules("RenderFunction")
    assert not {"functions.core.html.markdown", "functions.core.receipt_page", "functions.core.upload"} & render


@pytest.mark.parametrize("function", ["IngestFunction", "RenderFunction"])
def test_the_reader_of_word_s_files_waits_for_one(function: str) -> None:
    assert not {"functions.core.formats.docx", "functions.core.formats.word"} & modules(function)


def modules(function: str) -> set[str]:
    """What stands in sys.modules once a handler has been imported."""
    program = f"import sys, json, {handlers()[function]}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))
