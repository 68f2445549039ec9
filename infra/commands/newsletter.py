"""`rotative newsletter export|erase|allow ADDRESS`, `rotative newsletter preview`."""

import sys
from pathlib import Path

import click

from functions.bootstrap.mailing import office
from functions.core.newsletter.subscription import Address, address_of
from functions.workflows.personal_data import allow, erase, export
from infra import connection
from infra.console import fail, notes, print_json
from infra.issue_preview import preview


class _Mailbox(click.ParamType[Address]):
    """An e-mail address."""

    name = "address"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Address:
        try:
            return address_of(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.group(
    epilog="""
\b
Examples:
  rotative newsletter export naima@example.ma
  rotative newsletter erase naima@example.ma
  rotative newsletter allow naima@example.ma
  rotative newsletter preview --html > issue.html
"""
)
def command() -> None:
    """Hand out or erase what is known of a reader; let one sign up again; see the next issue."""


@command.command("export", short_help="print what is known of an address, as JSON")
@click.argument("address", type=_Mailbox())
@connection.options
def hand_out(*, address: Address, inbox: Path, stack: str | None) -> None:
    """Print everything that is known of an address, as JSON: its owner may ask for it."""
    connection.connect(inbox, stack)
    print_json(export(office(), address))


_LIST_AT_SES = """
\b
An address that bounced or complained is also on the account's own list at SES,
in the clear, until it is taken off it:
  aws sesv2 delete-suppressed-destination --email-address ADDRESS
"""


@command.command("erase", epilog=_LIST_AT_SES, short_help="erase what is known of an address")
@click.argument("address", type=_Mailbox())
@click.option("--yes", is_flag=True, help="Do not ask.")
@connection.options
def forget(*, address: Address, yes: bool, inbox: Path, stack: str | None) -> None:
    """Erase everything that is known of an address; a keyed hash remains, so that nobody writes to it again.

    It cannot be undone. The owner can sign up anew, unless mails bounced for good or were called spam. On AWS the
    backup of the table, from which any point in time can be restored, keeps what is erased for 35 days more: say so to
    the owner, and erase again after a restore.
    """
    connection.connect(inbox, stack)
    if not yes:
        click.confirm("Erase everything that is known of this address?", abort=True, err=True)
    count = erase(office(), address)
    notes.print(f"erased: {count} rows gone, one emptied")


@command.command("allow", epilog=_LIST_AT_SES, short_help="let an address that bounced or complained sign up anew")
@click.argument("address", type=_Mailbox())
@connection.options
def let_in(*, address: Address, inbox: Path, stack: str | None) -> None:
    """Let an address that bounced for good or complained sign up anew, once its owner has asked for it.

    Nothing is sent to it before. One that was only full needs no leave.
    """
    connection.connect(inbox, stack)
    if not allow(office(), address):
        fail("nothing keeps this address from signing up")
    notes.print("it may sign up anew")


@command.command("preview", short_help="print the issue that would be made now")
@click.option("--html", is_flag=True, help="Print the HTML instead of the text.")
@connection.options
def look_ahead(*, html: bool, inbox: Path, stack: str | None) -> None:
    """Print the issue that would be made now. Nothing is written, nothing is sent."""
    connection.connect(inbox, stack)
    as_html, as_text = preview()
    if not as_text:
        fail("nothing is new since the last issue, so none would be sent")
    sys.stdout.write((as_html if html else as_text) + "\n")
