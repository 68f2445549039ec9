"""The artifacts as `sam build` makes them, for this Python on this machine, and processes that see nothing else."""

import os
import platform
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

from infra.closure import ROOT
from infra.package import build_function, handlers, ready_layer, runtime

ARCHITECTURE = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
HERE = runtime(f"{sys.version_info.major}.{sys.version_info.minor}", ARCHITECTURE)


class Artifact(NamedTuple):
    """One function, laid out, and its layer."""

    module: str
    task: Path
    layer: Path

    def command(self, *arguments: str, beside: Path | None = None) -> tuple[list[str], dict[str, str]]:
        """A bare interpreter's command line and environment: it sees the zip, the layer, and what is `beside` them."""
        path = [self.task, self.layer / "python", *([beside] if beside else [])]
        return [sys.executable, "-S", "-s", *arguments], {"PYTHONPATH": os.pathsep.join(map(str, path))}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A bare interpreter's output, from a folder that is not the repository."""
        command, environment = self.command(*arguments)
        return subprocess.run(
            command, env=environment, cwd=self.task, capture_output=True, text=True, timeout=60, check=False
        )


def build(folder: Path, *names: str) -> dict[str, Artifact]:
    """The functions of the template, or those of these logical ids, laid out for this machine."""
    layer = ready_layer(HERE)
    made = {}
    for name in names or tuple(handlers()):
        build_function(name, folder / name, layer, HERE)
        made[name] = Artifact(handlers()[name], folder / name, layer)
    assert ROOT not in folder.parents
    return made


def zip_folder(folder: Path, file: Path) -> None:
    """A zip of a folder; the same bytes for the same contents."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, path.read_bytes())
