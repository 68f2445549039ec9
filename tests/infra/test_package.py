"""What goes to Lambda: small, complete, the same bytes for the same code, and for both architectures."""

import ast
import marshal
import re
import shutil
from pathlib import Path

import pytest

from functions.bootstrap.files import code
from infra import closure
from infra.package import OPENED, STAMP, build_function, document, handlers, interpreter, ready_layer, runtime
from tests.infra.artifacts import HERE, Artifact, build, zip_folder

pytestmark = pytest.mark.long
# Bytes that a cold start has to fetch: a zip's, and the unpacked layer's. AWS allows 250 MB unpacked for both together.
ZIP_BUDGET = {"NewsletterFunction": 620_000, "ClockFunction": 290_000}
ZIP_BUDGET_OF_OTHERS = 2_000_000
BOOTSTRAP = closure.ROOT / "functions" / "bootstrap"
LAYER_BUDGET = 90_000_000


@pytest.fixture(scope="module")
def artifacts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Artifact]:
    return build(tmp_path_factory.mktemp("artifacts"))


@pytest.mark.parametrize("name", sorted(handlers()))
def test_a_bare_interpreter_that_sees_zip_and_layer_alone_imports_the_handler(
    artifacts: dict[str, Artifact], name: str
) -> None:
    artifact = artifacts[name]
    program = f"import {artifact.module} as it, sys; assert callable(it.handler); print(*sorted(sys.path), sep='\\n')"
    done = artifact.run("-c", program)
    assert done.returncode == 0, done.stderr
    assert not re.search(r"site-packages|/infra|/tests", done.stdout)


@pytest.mark.parametrize("name", sorted(handlers()))
def test_a_zip_holds_its_import_closure_and_is_small(artifacts: dict[str, Artifact], name: str, tmp_path: Path) -> None:
    artifact = artifacts[name]
    held = {path.relative_to(artifact.task) for path in artifact.task.rglob("*.py")}
    assert held == set(closure.files(artifact.module))
    zip_folder(artifact.task, tmp_path / "a.zip")
    size = (tmp_path / "a.zip").stat().st_size
    assert size <= ZIP_BUDGET.get(name, ZIP_BUDGET_OF_OTHERS), f"{name}: {size} bytes"


def test_whatever_module_opens_templates_has_them_packed() -> None:
    sources = {f"functions.bootstrap.{path.stem}": path.read_text("utf-8") for path in BOOTSTRAP.glob("*.py")}
    opening = {name for name, source in sources.items() if re.search(r'template_files\(\)|"templates"', source)}
    assert opening - {"functions.bootstrap.files"} == set(OPENED)


def test_only_who_renders_carries_the_templates_and_they_are_compiled(artifacts: dict[str, Artifact]) -> None:
    carried = {name: (artifact.task / "templates" / "site").exists() for name, artifact in artifacts.items()}
    assert carried["RenderFunction"]
    assert not carried["ClockFunction"]
    assert (artifacts["IngestFunction"].task / "templates" / "locales").exists()
    program = """if True:
        from functions.bootstrap.files import template_files
        from functions.core.templates import Templates
        files = template_files()
        known = {name[9:]: body for name, body in files.items() if name.startswith("compiled/")}
        wanted = 0
        for folder in ("site/", "desk/"):
            sources = {name[5:]: body.decode() for name, body in files.items() if name.startswith(folder)}
            ready = Templates(sources, known)
            ready.compile_all()
            assert not ready.compiled, sorted(ready.compiled)
            wanted += len(sources)
        assert len(known) == wanted > 0"""
    for name in ("RenderFunction", "IngestFunction"):
        done = artifacts[name].run("-c", program)
        assert done.returncode == 0, done.stderr


def test_all_functions_carry_the_name_of_this_code(artifacts: dict[str, Artifact]) -> None:
    assert {(artifact.task / STAMP).read_text() for artifact in artifacts.values()} == {code()}
    done = artifacts["ClockFunction"].run("-c", "from functions.bootstrap.files import code; print(code())")
    assert done.stdout.strip() == code(), done.stderr


def test_the_same_code_makes_the_same_zip(artifacts: dict[str, Artifact], tmp_path: Path) -> None:
    first = artifacts["RenderFunction"]
    build_function("RenderFunction", tmp_path / "again", first.layer, HERE)
    for folder, name in ((first.task, "one"), (tmp_path / "again", "two")):
        zip_folder(folder, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_code_is_compiled_and_taken_as_it_is(artifacts: dict[str, Artifact]) -> None:
    [compiled] = artifacts["ClockFunction"].task.glob("functions/handlers/__pycache__/clock.*.pyc")
    content = compiled.read_bytes()
    assert int.from_bytes(content[4:8], "little") == 0b01, "hash-based, unchecked (PEP 552)"
    assert marshal.loads(content[16:]).co_filename == "/var/task/functions/handlers/clock.py"  # noqa: S302 - our own


@pytest.mark.parametrize("architecture", ["arm64", "x86_64"])
def test_the_layer_fits_lambda_on_both_architectures(architecture: str) -> None:
    layer = ready_layer(runtime(architecture=architecture))
    unpacked = sum(path.stat().st_size for path in layer.rglob("*") if path.is_file())
    assert unpacked <= LAYER_BUDGET, unpacked
    machine = {"arm64": b"\xb7", "x86_64": b"\x3e"}[architecture]  # e_machine of ELF
    for library in layer.rglob("*.so"):
        assert library.read_bytes()[18:19] == machine, library
    services = {path.name for path in (layer / "python" / "botocore" / "data").iterdir() if path.is_dir()}
    assert services == set(runtime().services)
    if interpreter(runtime().version):
        assert any(layer.rglob("*.pyc"))


def test_lambdas_python_is_named_in_one_place() -> None:
    found = document()
    named = found["Globals"]["Function"]["Runtime"]
    assert found["Resources"]["DependenciesLayer"]["Properties"]["CompatibleRuntimes"] == [named]
    assert all("Runtime" not in each["Properties"] for each in found["Resources"].values() if "Handler" in each)


def test_a_client_is_named_by_a_constant_so_that_the_build_knows_its_service() -> None:
    for name in {each for module in handlers().values() for each in closure.modules(module)}:
        for call in ast.walk(ast.parse(closure.source(name).read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "client":
                assert isinstance(call.args[0], ast.Constant), name


def test_make_has_a_target_for_everything_that_sam_builds() -> None:
    assert shutil.which("make")
    makefile = (closure.ROOT / "Makefile").read_text(encoding="utf-8")
    resources = document()["Resources"].items()
    built = [name for name, each in resources if each.get("Metadata", {}).get("BuildMethod") == "makefile"]
    assert set(built) == {*handlers(), "DependenciesLayer"}
    assert "\nbuild-%:" in makefile
