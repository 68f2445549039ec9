"""The artifacts of template.yaml: `python -m infra.package ID FOLDER` lays out what goes into one zip.

A function's folder holds its import closure at the paths that it has in the repository, the templates that it opens and
the stamp of the code; the layer's holds the libraries of infra/requirements/functions.txt under python/. Both hold
compiled code, if this machine has Lambda's Python, and no time of today, so that equal code makes equal zips.
The build-... targets of the Makefile call this for `sam build`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from functions.bootstrap.files import code
from infra import closure, models
from infra.closure import ROOT
from infra.local.cfn import parse
from infra.local.template import TEMPLATE

STAMP = "CODE_VERSION"
REQUIREMENTS = ROOT / "infra" / "requirements" / "functions.txt"
# Which modules open which templates. Whoever opens none of them gets none of them.
OPENED: Mapping[str, Sequence[str]] = {
    "functions.bootstrap.house": ("templates",),
    "functions.bootstrap.desk": ("templates/locales", "templates/desk"),
    "functions.bootstrap.mailing": ("templates/locales", "templates/mail"),
    "functions.bootstrap.newsletter": ("templates/locales",),
}
MACHINES = {"arm64": "aarch64", "x86_64": "x86_64"}
_LIBC = ("manylinux2014", "manylinux_2_17", "manylinux_2_28", "manylinux_2_34")  # Amazon Linux 2023 has glibc 2.34
_EPOCH = 315_532_800  # 1 January 1980, the first day of zip files
_COMPILE_TEMPLATES = """
import pathlib, sys
from functions.core.templates import Templates
root = pathlib.Path(sys.argv[1])
(root / "compiled").mkdir()
for folder in (root / "site", root / "desk"):
    sources = {each.relative_to(folder).as_posix(): each.read_text("utf-8") for each in folder.rglob("*.*")}
    templates = Templates(sources)
    templates.compile_all()
    for name, compiled in templates.compiled.items():
        (root / "compiled" / name).write_bytes(compiled)
"""


class Runtime(NamedTuple):
    """Where the artifacts run: Python's version as "3.13", the architecture; and which services' methods they call."""

    version: str
    architecture: str
    services: frozenset[str]
    methods: frozenset[str]


@cache
def document() -> dict[str, Any]:
    """template.yaml, parsed once."""
    return parse(TEMPLATE.read_text(encoding="utf-8"))


def handlers() -> dict[str, str]:
    """The module of each function's handler, by logical id."""
    return {
        name: resource["Properties"]["Handler"].rpartition(".")[0]
        for name, resource in document()["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


def runtime(version: str = "", architecture: str = "") -> Runtime:
    """The runtime that the template names, unless told another."""
    properties = document()["Globals"]["Function"]
    return Runtime(
        version=version or properties["Runtime"].removeprefix("python"),
        architecture=architecture or properties["Architectures"][0],
        services=frozenset().union(*map(closure.clients, handlers().values())),
        methods=frozenset().union(*map(closure.methods, handlers().values())),
    )


@cache
def interpreter(version: str) -> str | None:
    """A Python of exactly this version on this machine: our own, one on the PATH, or one that pyenv holds."""
    if version == f"{sys.version_info.major}.{sys.version_info.minor}":
        return sys.executable
    held = sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob(f"versions/{version}.*/bin/python"))
    found = [shutil.which(f"python{version}"), *map(str, held)]
    return next((each for each in found if each and _runs(each)), None)


def build_function(name: str, folder: Path, layer: Path, target: Runtime) -> None:
    """Lay out one function. `layer` is a finished layer, whose Jinja compiles the templates."""
    module = handlers()[name]
    opened = [each for needed in closure.modules(module) for each in OPENED.get(needed, ())]
    templates = [path.relative_to(ROOT) for each in opened for path in (ROOT / each).rglob("*") if path.is_file()]
    for path in {*closure.files(module), *templates}:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, folder / path)
    (folder / STAMP).write_text(code(), encoding="utf-8")
    if python := interpreter(target.version):
        if opened:
            found = os.pathsep.join((str(folder), str(layer / "python")))
            command = [python, "-B", "-s", "-S", "-c", _COMPILE_TEMPLATES, str(folder / "templates")]
            subprocess.run(command, check=True, env={"PYTHONPATH": found})
        _compile(python, folder, "/var/task")
    _forget_today(folder)


def build_layer(folder: Path, target: Runtime) -> None:
    """Lay out the libraries, each with one of the hashes that we know of it, for a machine of whatever kind."""
    libraries = folder / "python"
    platforms = [f"--platform={each}_{MACHINES[target.architecture]}" for each in _LIBC]
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"),
        *("--require-hashes", "--no-deps", "--only-binary=:all:", "--implementation=cp"),
        *(f"--python-version={target.version}", *platforms),
        *("--target", str(libraries), "--requirement", str(REQUIREMENTS)),
    ]
    subprocess.run(command, check=True)
    shutil.rmtree(libraries / "bin", ignore_errors=True)
    models.cut_down(libraries / "botocore" / "data", target.services, target.methods)
    if python := interpreter(target.version):
        _compile(python, folder, "/opt")
    _forget_today(folder)


def ready_layer(target: Runtime) -> Path:
    """The layer of a runtime, built once for each set of requirements, in build/."""
    told = f"{target.version} {target.architecture} {sorted(target.services)} {sorted(target.methods)}".encode()
    wanted = hashlib.sha256(told + REQUIREMENTS.read_bytes() + Path(models.__file__).read_bytes())
    layer = ROOT / "build" / "layers" / wanted.hexdigest()[:16]
    if not layer.exists():
        layer.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=layer.parent) as scratch:
            made = Path(scratch) / "layer"
            build_layer(made, target)
            with suppress(OSError):  # somebody else has made it meanwhile
                made.rename(layer)
    return layer


def _runs(python: str) -> bool:
    return subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0


def _compile(python: str, folder: Path, place: str) -> None:
    """Compiled code that is taken as it is: Lambda's files have no times that could be compared.

    This more than halves a cold start. `place` is where the folder will be, for tracebacks.
    """
    flags = ["--invalidation-mode", "unchecked-hash", "-s", str(folder), "-p", place]
    subprocess.run([python, "-m", "compileall", "-q", *flags, str(folder)], check=True)


def _forget_today(folder: Path) -> None:
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (_EPOCH, _EPOCH))


def main(name: str, folder: Path) -> None:
    target = runtime()
    if interpreter(target.version) is None:
        print(
            f"no Python {target.version} here: nothing is compiled, and cold starts take twice as long", file=sys.stderr
        )
    if name in handlers():
        build_function(name, folder, ready_layer(target), target)
    else:
        shutil.copytree(ready_layer(target), folder, dirs_exist_ok=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
