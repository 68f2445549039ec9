"""Second opinions from npm: where `make checkers` put them, and why a test is skipped where they are missing."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

MODULES = Path(__file__).parent / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
ASL = MODULES / "asl-validator" / "dist" / "bin" / "asl-validator.js"
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"

needs_chromium = pytest.mark.skipif(
    not shutil.which("chromium"), reason="needs Debian's chromium: apt-get install chromium"
)
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="needs axe-core: make checkers")
needs_vnu = pytest.mark.skipif(
    not (VNU.is_file() and shutil.which("java")),
    reason="needs the Nu HTML checker: make checkers, and a Java runtime: apt-get install default-jre-headless",
)


def html_errors(folder: Path) -> list[str]:
    """What the Nu HTML checker finds wrong in the HTML files of a folder, one line an error."""
    command = ["java", "-Xss2m", "-jar", str(VNU), "--errors-only", "--format", "json", "--skip-non-html", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300).stderr
    messages: Sequence[dict[str, Any]] = json.loads(told)["messages"]
    return [f"{each['url']}:{each.get('lastLine')}: {each['message']}" for each in messages]
