"""The build: what, besides uploads and the hour, the bytes of the site depend on."""

from collections.abc import Mapping
from functools import cached_property

from functions.core import keys
from functions.core.model import Frozen
from functions.core.settings import Settings


class Build(Frozen):
    """`code` names templates, code and encoders; the settings are those in force.

    The nonce is new with every installation, so that settings which come back do not bring back an id: records made
    under them the first time would otherwise have the bytes, hence the ETags, of those made the second time.
    """

    code: str
    settings: Settings
    nonce: str = ""

    @cached_property
    def id(self) -> str:
        """BUILD: changes when anything in it does."""
        return keys.content_hash(self.canonical())[:16]


class Installed(Frozen):
    """What build.json holds: the build in force. Neither it nor the object's ETag ever repeats.

    `groups` are those that follow from the settings of any build there ever was, since each may have pages;
    `announced` says that all that depends on the build alone has been flagged.
    """

    build: Build
    groups: tuple[str, ...] = ()
    announced: bool = False


class Walk(Frozen):
    """What walk.json holds while a new build is made known: the inbox key up to which it has been.

    The nonce is new with every step, so that the object's ETag never repeats.
    """

    after: str
    nonce: str


def code_of_files(files: Mapping[str, bytes]) -> str:
    """One name for the contents of many files, whatever order they were read in."""
    listing = "\n".join(f"{name} {keys.content_hash(body)}" for name, body in sorted(files.items()))
    return keys.content_hash(listing.encode())[:16]
