"""What a command costs, with every process that it starts."""

import ctypes
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

_SUBREAPER = 36  # prctl: processes whose parent has ended become our children, so that wait4 tells of them too
_EVERY = 0.1


class Cost(NamedTuple):
    """CPU and wall seconds, and the most memory at one time in MB, shared pages counted once."""

    cpu: float
    wall: float
    peak: float


class Failed(Exception):
    """The command ended with another code than 0; with the end of what it printed."""


def cost_of(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command in a folder and wait until nothing of it is left."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    log = folder / "bench.log"
    started = time.perf_counter()
    with log.open("wb") as output:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        peak = _Peak(child.pid)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        cpu = used.ru_utime + used.ru_stime + _of_orphans()
    if child.returncode:
        raise Failed(f"{' '.join(command)}: {log.read_text(errors='replace')[-2000:]}")
    return Cost(cpu, wall, peak.stop())


def median_cost(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*map(median, zip(*costs, strict=True)))


def _of_orphans() -> float:
    seconds = 0.0
    while True:
        try:
            _, _, used = os.wait4(-1, 0)
        except ChildProcessError:
            return seconds
        seconds += used.ru_utime + used.ru_stime


class _Peak:
    """Looks at the memory of a session's processes every tenth of a second."""

    def __init__(self, session: int) -> None:
        self._session = session
        self._done = threading.Event()
        self._most = 0
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """The most that was seen, in MB."""
        self._done.set()
        self._thread.join()
        return self._most / 1024

    def _watch(self) -> None:
        while True:
            self._most = max(self._most, sum(map(_memory, self._processes())))
            if self._done.wait(_EVERY):
                return

    def _processes(self) -> list[Path]:
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdecimal():
                try:
                    stat = (folder / "stat").read_text(errors="replace")
                except OSError:
                    continue  # it has just ended
                if int(stat.rpartition(")")[2].split()[3]) == self._session:
                    found.append(folder)
        return found


def _memory(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # it has just ended
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
