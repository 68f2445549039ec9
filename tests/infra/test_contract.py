"""The running API against its document: schemathesis sends what docs/openapi.json allows, and what it forbids."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from functions.core.newsletter.subscription import JSON
from functions.core.settings import parse_settings
from infra.local.press import LocalPress
from infra.local.template import load
from infra.openapi import document
from tests.newsroom import SETTINGS

pytestmark = pytest.mark.once
EXAMPLES = 10  # of each operation, beside the cases that it works out from the schema
CHECKS = Path(__file__).parents[2] / "schemathesis.toml"
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


def document_of_the_newsroom() -> str:
    """The document, which is that of any newsroom, with this one's categories."""
    told = json.loads(document())
    form = told["paths"]["/api/newsletter/subscriptions"]["post"]["requestBody"]["content"][JSON]["schema"]
    form["properties"]["categories"]["items"] = {"enum": [each.slug for each in parse_settings(SETTINGS).category]}
    return json.dumps(told)


def test_every_answer_is_one_that_the_document_promises(tmp_path: Path) -> None:
    (tmp_path / "newsroom.toml").write_bytes(SETTINGS)
    (tmp_path / "openapi.json").write_text(document_of_the_newsroom(), encoding="utf-8")
    generous = load(parameters={"SignUpsAnHour": "100000"})
    with LocalPress(tmp_path, tmp_path / ".rotative", 0, 0, template=generous) as press:
        press.wait_until_quiet()
        asked = ["--checks", "all", "--mode", "all", "--continue-on-failure", "--seed", "1"]
        asked += ["--max-examples", str(EXAMPLES)]
        done = subprocess.run(
            [SCHEMATHESIS, "--config-file", CHECKS, "run", "openapi.json", "--url", press.url, *asked, "--no-color"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "Tested: 7" in done.stdout
