"""`rotative serve`."""

import os
import signal
import socket
import threading
from pathlib import Path
from urllib.parse import urlsplit

import click

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.receipt import Receipt
from infra.console import fail, notes, out, print_receipt
from infra.local.errors import PressError
from infra.local.press import LocalPress
from infra.newsroom import DATA, DEFAULT_INBOX, lay_out_demo, read_settings, settings_file


@click.command(
    epilog="""
\b
Examples:
  rotative serve                        the demo newsroom, in the folder inbox/
  rotative serve --inbox newsroom --port 8080
  rotative serve --reload               for designers: a saved template shows in the browser at once
  aws --endpoint-url http://127.0.0.1:8001 s3 cp article.md s3://rotative-inbox/articles/
"""
)
@click.option("--inbox", type=click.Path(path_type=Path), help="The editors' folder [default: inbox, made if need be].")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Where readers come.")
@click.option(
    "--aws-port",
    type=click.IntRange(0, 65535),
    help="Where AWS clients come [default: the next port, or any free one].",
)
@click.option("--newsroom", type=click.Path(path_type=Path), help="Settings file [default: the inbox's own].")
@click.option("--reload", is_flag=True, help="Watch the templates too, and reload pages in the browser.")
@click.option("--verbose", is_flag=True, help="Show every line that the functions log.")
def command(
    *, inbox: Path | None, port: int, aws_port: int | None, newsroom: Path | None, reload: bool, verbose: bool
) -> None:
    """Start the whole press on this machine: a file saved in the inbox is live at once.

    Everything it has to remember is in the folder .rotative of the inbox; Ctrl-C ends it, the next start goes on.
    """
    if not verbose:
        os.environ.setdefault("POWERTOOLS_LOG_LEVEL", "WARNING")
    folder = _inbox(inbox)
    pages = desk_of(read_settings(newsroom, folder)).receipts
    press = LocalPress(
        folder,
        folder / DATA,
        port,
        _next_free(port) if aws_port is None else aws_port,
        newsroom=settings_file(newsroom, folder),
    )
    if reload:
        press.reload_templates(_tell_of_templates)
    press.on_outcome(lambda receipt: print_receipt(_here(Receipt.model_validate(receipt), press), pages))
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        with press:
            _greet(press, folder)
            stop.wait()
            notes.print("\nstopping ...")
    except PressError as error:
        fail(str(error))


def _inbox(named: Path | None) -> Path:
    if named:
        folder = named.resolve()
        if f"{folder.name}/" == keys.ARTICLES and (folder.parent / keys.SETTINGS_KEY).is_file():
            fail(f"{named} holds the articles of an inbox, whose settings stand beside it: name {named.parent}")
        return named
    if not DEFAULT_INBOX.exists():
        try:
            lay_out_demo(DEFAULT_INBOX)
        except OSError as error:
            fail(f"cannot make the demo's folder {DEFAULT_INBOX.absolute()}: {error}; name one with --inbox")
        notes.print(f"the demo newsroom is in [bold]{DEFAULT_INBOX}/[/]")
    return DEFAULT_INBOX


def _next_free(port: int) -> int:
    """The next port, or 0 (any) where somebody else has it, a listener or an outgoing connection."""
    if port in {0, 65535}:
        return 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port + 1))
        except OSError:
            return 0
    return port + 1


def _greet(press: LocalPress, folder: Path) -> None:
    out.print(f"site    [bold]{press.url}/[/]")
    out.print(f"inbox   [bold]{folder}/articles/[/]   save, change or delete a file there")
    out.print(f"mail    [bold]{press.url}/_mail/[/]   what the newsletter sends stays here")
    out.print(f"desk    {press.url}/_receipts/   what became of each upload")
    out.print(f"S3      {press.endpoint}   aws --endpoint-url {press.endpoint} s3 ls s3://rotative-inbox/articles/")
    out.print("Ctrl-C ends it.", style="dim")


def _here(receipt: Receipt, press: LocalPress) -> Receipt:
    """The receipt with the address at which this machine shows the page: the newsroom's own may be nobody's yet."""
    return receipt.model_copy(update={"url": press.url + urlsplit(receipt.url).path}) if receipt.url else receipt


def _tell_of_templates(news: str) -> None:
    notes.print(f"templates: {news}", markup=False)
