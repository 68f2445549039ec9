"""What a running press's site is made from, for whoever makes it again."""

from functions.bootstrap.desk import desk_of
from functions.bootstrap.house import house_of
from functions.core.build import Build
from functions.workflows.editing import Editor
from functions.workflows.now import as_of
from functions.workflows.ports import Press
from functions.workflows.rebuild import Basis
from infra.console import fail


def basis_of(press: Press, build: Build) -> Basis:
    """What the press's site is made from under a build, at the hour that its clock shows."""
    hour = as_of(press)
    if hour is None:
        fail("the press's clock has never ticked: it has published nothing yet")
    return Basis(Editor(press.inbox, desk_of(build.settings), build), house_of(build.settings), hour)
