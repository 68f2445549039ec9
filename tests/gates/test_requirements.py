"""The hashed requirements say what pyproject.toml says, and no more than that."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.gates.house import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = {name: (ROOT / f"infra/requirements/{name}.txt").read_text(encoding="utf-8") for name in
         ("functions", "local", "dev", "sam", "checkov", "weed")}  # fmt: skip


def pins(name: str) -> dict[str, set[str]]:
    """The versions of each package in a requirements file; two where a marker divides them."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([\w.]+)", FILES[name], flags=re.MULTILINE):
        found.setdefault(canonicalize_name(package), set()).add(version)
    return found


def wanted(name: str) -> list[Requirement]:
    """What pyproject.toml asks of a requirements file directly."""
    groups, dependencies = PROJECT["dependency-groups"], PROJECT["project"]["dependencies"]
    plain = {
        "functions": groups["functions"],
        "local": dependencies + groups["build"],
        "dev": dependencies + groups["build"] + [one for one in groups["dev"] if isinstance(one, str)],
        "sam": groups["sam"],
        "checkov": groups["checkov"],
        "weed": groups["weed"],
    }
    return [Requirement(one) for one in plain[name]]


@pytest.mark.parametrize("name", FILES)
def test_every_dependency_is_pinned_inside_its_bounds(name: str) -> None:
    pinned = pins(name)
    for requirement in wanted(name):
        versions = pinned.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in {name}.txt: run make lock"
        assert all(version in requirement.specifier for version in versions), f"{requirement}: run make lock"


@pytest.mark.parametrize("name", FILES)
def test_every_pin_has_a_hash_and_no_address(name: str) -> None:
    text = FILES[name]
    blocks = [block for block in re.split(r"\n(?=\S)", text) if not block.startswith("#")]
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text
    assert not re.search(r"^--", text, flags=re.MULTILINE)


def test_one_package_has_one_version_in_all_files() -> None:
    local = pins("local")
    assert pins("functions").items() <= local.items()
    assert local.items() <= pins("dev").items()


def test_the_layer_holds_only_what_the_project_depends_on() -> None:
    ours = {canonicalize_name(Requirement(one).name) for one in PROJECT["project"]["dependencies"]}
    assert {canonicalize_name(one) for one in PROJECT["dependency-groups"]["functions"]} <= ours
