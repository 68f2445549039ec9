"""The command line: `rotative serve`, `build`, `publish`, and all that `rotative --help` lists."""

import errno
import importlib
import io
import sys
from typing import Any

import click

from functions.core.errors import RotativeError

_COMMANDS = {
    "serve": "start the whole press on this machine",
    "build": "publish a folder of uploads into a folder of pages",
    "publish": "upload files and wait for their receipts",
    "import": "bring in a whole archive",
    "check": "validate files without uploading them",
    "status": "tell what is live, since when, and what it waits for",
    "history": "tell who uploaded which version of an article, and what became of it",
    "restore": "upload an older version again",
    "presign": "make a form by which somebody may upload one file",
    "erase": "erase an upload and all its traces, because the law wants it",
    "newsletter": "hand out or erase what is known of a reader, let one in again, see the next issue",
    "verify": "prove that the site is what a rebuild would make",
    "rebuild": "write the whole site again",
    "replay": "send messages back that were given up",
    "deploy": "put the press on AWS, or bring it up to date there",
}

_MODULES = {"import": "import_archive"}  # no module can be called import


class _Commands(click.Group):
    """Imports a command only when it is called: `check` need not wait for a web server to load."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"infra.commands.{_MODULES.get(cmd_name, cmd_name)}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever a command answers
        """What AWS, the press or a disk has against a command is no bug of it: said in a line, and ends with 2."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # letters that an old terminal does not have
        try:
            return super().invoke(ctx)
        except Exception as error:
            said = _against(error)
            if said is None:
                raise
            from infra.console import fail  # noqa: PLC0415 - rich: `--help` prints without it

            fail(said)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _against(error: Exception) -> str | None:
    """What somebody else has against a command; None for a bug, and for a reader of a pipe who has enough."""
    if isinstance(error, OSError) and error.errno not in {None, errno.EPIPE}:
        return f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror)
    if isinstance(error, UnicodeEncodeError) and error.reason.startswith("surrogates"):
        return (
            f"{error.object!r} is not UTF-8, which all names here are: set LC_ALL=C.UTF-8 if your terminal's is another"
        )
    if isinstance(error, RotativeError) or type(error).__module__.startswith("botocore."):
        return f"{type(error).__name__}: {error}"
    return None


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""
\b
A first walk:
  rotative serve                                 the demo newsroom, on http://127.0.0.1:8000/
  cp article.md inbox/articles/                  live at once
  rotative status article.md                     since when, and where
  rotative check drafts/*.md                     what would be refused, and why
\b
Exit codes: 0 done; 1 something was refused, differs, failed or was called off;
2 it could not begin or go on, and why.
""",
)
@click.version_option(package_name="rotative")
def main() -> None:
    """Rotative: an article file saved in the inbox is a live page seconds later."""


if __name__ == "__main__":
    sys.exit(main())
