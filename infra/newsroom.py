"""Which inbox and which newsroom.toml count: --newsroom FILE, else the inbox folder's own, else the demo's."""

import shutil
from pathlib import Path

import functions
from functions.core.article import Language
from functions.core.errors import SettingsRejected
from functions.core.keys import SETTINGS_KEY
from functions.core.settings import Settings, parse_settings
from infra.console import fail, notes

DEFAULT_INBOX = Path("inbox")
DATA = ".rotative"  # below the inbox: all that a press on this machine has to remember
DEMO = Path(functions.__file__).parent.parent / "events" / "uploads"


def settings_file(newsroom: Path | None, inbox: Path) -> Path:
    """The file that holds the settings."""
    if newsroom:
        return newsroom
    own = inbox / SETTINGS_KEY
    return own if own.is_file() else DEMO / SETTINGS_KEY


def read_settings(newsroom: Path | None, inbox: Path) -> Settings:
    """The settings in force for an inbox; ends the command with a clear message when they cannot be used."""
    path = settings_file(newsroom, inbox)
    if path.parent == DEMO and newsroom is None and inbox != DEMO:
        notes.print(f"there is no {path.name} with the uploads: the demo newsroom's settings count")
    try:
        return parse_settings(path.read_bytes())
    except OSError as error:
        fail(f"cannot read {path}: {error.strerror}")
    except SettingsRejected as rejected:
        fail("\n".join([f"{path} cannot be used:", *(f"  {problem.reason}" for problem in rejected.problems)]))


def demo_settings(language: Language = "fr") -> Settings:
    """The demo newsroom's settings, in another language."""
    settings = parse_settings((DEMO / SETTINGS_KEY).read_bytes())
    return settings.model_copy(update={"newsroom": settings.newsroom.model_copy(update={"language": language})})


def lay_out_demo(inbox: Path) -> None:
    """Make the demo newsroom's inbox."""
    shutil.copytree(DEMO, inbox, ignore=shutil.ignore_patterns("bad", "README.md"))
