"""A walk through a folder: its files, and those of the folders in it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

MAX_FILE = 25 * 1024 * 1024  # bytes; no upload may have more than 20 MB, and a film would fill the memory


def files_below(root: str, folder: str, passed_over: Callable[[str], bool] | None = None) -> Iterator[str]:
    """The files below a folder, as keys; no links out of the root, and nothing whose name is passed over."""
    try:
        found = list(os.scandir(root + folder))
    except FileNotFoundError:
        return
    for each in found:
        name = folder + each.name
        if passed_over and passed_over(each.name):
            continue
        if each.is_dir(follow_symlinks=False):
            yield from files_below(root, f"{name}/", passed_over)
        elif each.is_file(follow_symlinks=False) or (each.is_symlink() and leads_inside(root, each.path)):
            yield name


def leads_inside(root: str, link: str | bytes) -> bool:
    """Whether a path of a folder, whatever links are on its way, is that of a file in the folder."""
    try:
        found = Path(os.fsdecode(link)).resolve(strict=True)
    except (OSError, RuntimeError):  # nothing is there, or a circle of links; RuntimeError before Python 3.13
        return False
    return found.is_file() and found.is_relative_to(Path(root).resolve())
