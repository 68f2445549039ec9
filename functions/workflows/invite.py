"""Invite: a sign-up from the outbox becomes a pending subscriber and the mail that asks to confirm.

So does one of a reader, who may want other categories, or is signed up by a stranger: only the mail knows that there is
a subscription, and only its button changes it.
"""

from datetime import datetime, timedelta
from typing import Literal

from functions.core.errors import MailDeferred, MailRefused
from functions.core.newsletter import letter, rows
from functions.core.newsletter.invitation import Invitation
from functions.core.newsletter.letter import Envelope, Letterhead
from functions.core.newsletter.mime import Mail
from functions.core.newsletter.rows import Consent
from functions.core.newsletter.subscriber import Ask, Subscriber, asked, in_time, unsent
from functions.core.newsletter.subscription import Address
from functions.core.newsletter.tokens import confirm_token, milliseconds
from functions.workflows.office import Office
from functions.workflows.subscribers import change, note, read

Outcome = Literal["trapped", "invited", "nothing to do", "too many"]
_MOST_A_DAY = 9  # mails that ask to confirm, to all addresses of one inbox: three for each of three
_KEPT = timedelta(days=2)


def invite(office: Office, head: Letterhead, invitation: Invitation) -> Outcome:
    """Carries out one message. It counts its mail before it sends it, so that a crash never makes a fourth a day.

    A mail that SES surely did not send is not counted, so that the message may come again until it is given up.
    """
    if invitation.trapped:
        return "trapped"
    now = office.now()
    address = Address.read(office.vault.open(invitation.address))
    subscriber = office.keyring.subscriber(address.identity)

    known = read(office.rows, subscriber)
    ask = in_time(known, invitation.ask(head.settings.newsroom.language), milliseconds(now))
    if ask is None:
        return "nothing to do"
    if _is_one_too_many(office, address, known, ask, now):
        return "too many"
    mail = _mail(office, head, address, known, ask, now)
    after = change(office.rows, subscriber, lambda before: asked(before, ask, milliseconds(now)))
    if after is None:
        return "nothing to do"
    note(office.rows, subscriber, _consent(head, ask, invitation.at), after.expires or _week_after(ask))
    try:
        office.mailer.send(mail)
    except (MailDeferred, MailRefused):
        change(office.rows, subscriber, lambda before: unsent(before, ask.job))
        raise
    return "invited"


def _is_one_too_many(office: Office, address: Address, known: Subscriber, ask: Ask, now: datetime) -> bool:
    """Counts the first try of a mail. Each name+x@ is somebody else, of whom one person may have any number."""
    tried = any(each.job == ask.job for each in known.asks)
    if tried or asked(known, ask, milliseconds(now)) is None:
        return False
    today = rows.limit(office.keyring.inbox(address.inbox), f"mails#{now:%Y-%m-%d}")
    return not office.rows.take(today, _MOST_A_DAY, int((now + _KEPT).timestamp()))


def _mail(office: Office, head: Letterhead, address: Address, known: Subscriber, ask: Ask, now: datetime) -> Mail:
    subscriber, to = office.keyring.subscriber(address.identity), address.mailbox
    token = confirm_token(office.keyring, subscriber, ask.at)
    if known.state(milliseconds(now)) != "confirmed":
        return letter.invite(head, to, ask.locale, token, now)
    envelope = Envelope(to, subscriber, ask.locale, office.keyring.sign("unsubscribe", subscriber))
    return letter.change(head, envelope, ask.categories, token, now)


def _consent(head: Letterhead, ask: Ask, given_at: int) -> Consent:
    words = head.locales[ask.locale].words
    return Consent(
        act="asked",
        at=given_at,
        asked_at=ask.at,
        text=words.consent if ask.consent_version == words.consent_version else "",
        version=ask.consent_version,
        locale=ask.locale,
        page=ask.page,
        network=ask.network,
    )


def _week_after(ask: Ask) -> int | None:
    return Subscriber(asks=(ask,)).expires
