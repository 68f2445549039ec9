from pathlib import Path

import pytest

from tests.gates import house

MODULES = house.modules()


@pytest.mark.parametrize("rule", house.RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rule(rule: house.Rule) -> None:
    breaches = [breach for module in MODULES for breach in rule(module)]
    assert not breaches, "\n".join(breaches)


@pytest.mark.parametrize(
    ("path", "source", "rule"),
    [
        ("functions/handlers/a.py", "import os\nx = os.environ['A']", house.only_bootstrap_reads_the_environment),
        ("functions/core/a.py", "from os import getenv as g\ng('A')", house.only_bootstrap_reads_the_environment),
        (
            "functions/core/a.py",
            "from datetime import datetime as dt\nnow = dt.now",
            house.core_and_workflows_have_no_clock_no_chance_and_no_files,
        ),
        (
            "functions/workflows/a.py",
            "import uuid\nuuid.uuid4()",
            house.core_and_workflows_have_no_clock_no_chance_and_no_files,
        ),
        (
            "functions/core/a.py",
            "def f(p):\n    p.parent.read_text()",
            house.core_and_workflows_have_no_clock_no_chance_and_no_files,
        ),
        ("functions/adapters/a.py", "import boto3\nS3 = boto3.client('s3')", house.nothing_happens_at_import),
        (
            "functions/adapters/a.py",
            "class A:\n    import boto3\n    s = boto3.client('s3')",
            house.nothing_happens_at_import,
        ),
        ("functions/core/__init__.py", "import os", house.init_files_are_empty),
        ("infra/utils.py", "", house.modules_are_named_for_what_they_hold),
        ("infra/a.py", "import sys\nsys.path.append('')", house.imports_have_one_name_and_no_alternative),
        ("infra/a.py", "try:\n    import a\nexcept E:\n    a = 0", house.imports_have_one_name_and_no_alternative),
        ("infra/a.py", "x = 1  # no" + "qa: E501", house.an_exemption_gives_its_reason),
    ],
)
def test_a_breach_is_found(path: str, source: str, rule: house.Rule) -> None:
    assert list(rule(house.Module.of(Path(path), source)))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("functions/bootstrap/a.py", "import os, boto3\ndef a():\n    return boto3.client(os.environ['A'])"),
        ("functions/core/a.py", "import datetime\ndef f(now: datetime.datetime, time):\n    return now, time"),
        ("infra/a.py", "import os\nprint(os.environ['A'])  # no" + "qa: T201 - the one word people need"),
    ],
)
def test_what_is_allowed_is_not_reported(path: str, source: str) -> None:
    module = house.Module.of(Path(path), source)
    assert [breach for rule in house.RULES for breach in rule(module)] == []
