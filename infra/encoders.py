"""Pictures, whose bytes depend on the machine that packs them, as their names do not."""

import platform
from collections.abc import Iterable, Iterator

from functions.workflows.rebuild import Compared
from infra.package import MACHINES, document


def comparable(compared: Iterable[Compared], stack: str | None) -> Iterator[Compared]:
    """What this machine can compare with a site: all of its own press's, and of a stack's whose functions run on a
    machine like this one.

    Of another stack's no picture that stands: its name tells all that is in it, its bytes also who packed it. Pillow's
    zlib-ng packs otherwise on a Mac than on Linux, and has done so on ARM than on x86.
    https://github.com/python-pillow/Pillow/issues/9121
    """
    alike = stack is None or is_like_lambdas()
    return (each for each in compared if alike or not (each.standing and _is_picture(each)))


def is_like_lambdas() -> bool:
    """Whether this machine is of the kind that the functions run on."""
    architecture = document()["Globals"]["Function"]["Architectures"][0]
    return (platform.system(), platform.machine()) == ("Linux", MACHINES[architecture])


def _is_picture(each: Compared) -> bool:
    page = each.page
    return page is not None and page.content_type.startswith("image/") and page.freshness == "immutable"
