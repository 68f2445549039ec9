"""A subscriber: what is known of one person, as a join of facts whose order of arrival does not matter.

suppressed > unsubscribed > confirmed > pending, except that a newer consent outweighs an older unsubscription, whether
the reader said it or a mailbox that was full for long. All times are milliseconds since 1970; a confirmation counts
from the moment of the sign-up that it confirms, so a link that is used again, or late, brings nobody back.
"""

from typing import Literal

from functions.core.article import Language
from functions.core.model import Frozen
from functions.core.newsletter.tokens import CONFIRM

State = Literal["unknown", "pending", "confirmed", "unsubscribed", "suppressed"]
_SECOND = 1000
_DAY = 86_400 * _SECOND
_PENDING = 7 * _DAY
_PAUSE = 600 * _SECOND  # between two confirmation mails to one address, for somebody who presses the button twice
_MAILS_A_DAY = 3
_SOFT_BOUNCES, _SOFT_DAYS = 5, 14


class Ask(Frozen):
    """One sign-up: what was asked for and agreed to. `address` is sealed; `mails` counts the confirmations sent."""

    at: int
    job: str
    address: str
    categories: tuple[str, ...] = ()
    locale: Language = "fr"
    consent_version: str = ""
    page: str = ""
    network: str = ""
    mails: int = 1

    @property
    def wishes(self) -> tuple[frozenset[str], Language]:
        """What is to be sent, in which language."""
        return frozenset(self.categories), self.locale


class Subscriber(Frozen):
    """Everything known of one address. `confirmed` is the newest sign-up that was confirmed.

    It makes a reader since `confirmed_on`; one who confirms other wishes has been a reader all the time.
    """

    asks: tuple[Ask, ...] = ()
    confirmed: Ask | None = None
    confirmed_on: int = 0
    unsubscribed_at: int = 0
    suppressed_at: int = 0
    soft_bounces: tuple[int, ...] = ()

    def state(self, now: int) -> State:
        """The state; a sign-up that was not confirmed for 7 days is no more."""
        if self.suppressed_at:
            return "suppressed"
        if self.confirmed and self.confirmed.at > self.unsubscribed_at:
            return "confirmed"
        if any(ask.at > max(self.unsubscribed_at, now - _PENDING) for ask in self.asks):
            return "pending"
        if self.suppressed_since:
            return "suppressed"
        return "unsubscribed" if self.unsubscribed_at else "unknown"

    @property
    def decided_at(self) -> int:
        """From when the reader's last word is, a confirmed sign-up or a goodbye: older sign-ups ask for nothing."""
        return max(self.unsubscribed_at, self.confirmed.at if self.confirmed else 0)

    @property
    def suppressed_since(self) -> int:
        """When a complaint or bounces ended it; 0 where they did not. Soft bounces leave a goodbye of their hour."""
        by_soft_bounces = self.unsubscribed_at in self.soft_bounces
        return self.suppressed_at or (self.unsubscribed_at if by_soft_bounces else 0)

    @property
    def expires(self) -> int | None:
        """When the row may be thrown away, in seconds since 1970; None once it says more than a sign-up or a bounce.

        The sign-ups of a row that stays are taken out of it: see `without_lapsed`.
        """
        if self.confirmed or self.unsubscribed_at or self.suppressed_at:
            return None
        last = max((ask.at + _PENDING for ask in self.asks), default=0)
        return (last or max(self.soft_bounces, default=0) + _SOFT_DAYS * _DAY) // _SECOND

    def without_lapsed(self, now: int) -> "Subscriber":
        """Without the sign-ups that were not confirmed for 7 days, and their sealed addresses."""
        return self.model_copy(update={"asks": tuple(ask for ask in self.asks if ask.at > now - _PENDING)})


def join(one: Subscriber, other: Subscriber) -> Subscriber:
    """What follows from both: commutative, associative, idempotent."""
    newest = max((one, other), key=lambda each: (each.confirmed.at if each.confirmed else -1, each.confirmed_on))
    asks: dict[int, Ask] = {}
    for ask in sorted((*one.asks, *other.asks), key=lambda each: (each.at, each.mails, each.canonical())):
        asks[ask.at] = ask
    return Subscriber(
        asks=tuple(asks.values()),
        confirmed=newest.confirmed,
        confirmed_on=newest.confirmed_on,
        unsubscribed_at=max(one.unsubscribed_at, other.unsubscribed_at),
        suppressed_at=max(one.suppressed_at, other.suppressed_at),
        soft_bounces=tuple(sorted({*one.soft_bounces, *other.soft_bounces})),
    )


def in_time(before: Subscriber, ask: Ask, now: int) -> Ask | None:
    """A sign-up whose mail is about to be sent, or sent once more; None when its link would be dead.

    One that has waited for a day or more, as in a dead-letter queue, counts from now on, but not if its reader has said
    goodbye since, or confirmed a later one, nor when it has lapsed.
    """
    since = max(before.decided_at, now - _PENDING)
    if mailed := next((each for each in before.asks if each.job == ask.job and each.mails), None):
        ask = ask.model_copy(update={"at": mailed.at})  # that mail may have arrived
    elif since < ask.at <= now - _DAY:
        ask = ask.model_copy(update={"at": now})
    return ask if ask.at > now - CONFIRM else None


def asked(before: Subscriber, ask: Ask, now: int) -> Subscriber | None:
    """After a sign-up that is worth a confirmation mail; None when there is nothing to do.

    A confirmed reader keeps the wishes that were confirmed until these are, and may be somebody whom a stranger signs
    up. Who complained or bounced for good is not written to. An address gets 3 mails a day, those for the same wishes
    10 minutes apart; a job that is delivered again may send once more, since nobody knows whether its mail went out,
    but not once that mail, or a later one, was confirmed. One whose mail surely did not begins anew.
    """
    if before.suppressed_at or ask.at <= max(before.decided_at, now - _PENDING):
        return None
    recent = before.without_lapsed(now).asks
    if sum(each.mails for each in recent if each.at > now - _DAY) >= _MAILS_A_DAY:
        return None
    mailed = [each for each in recent if each.mails]
    if again := next((each for each in mailed if each.job == ask.job), None):
        ask = again.model_copy(update={"mails": again.mails + 1})
    elif any(ask.at - each.at < _PAUSE and ask.wishes == each.wishes for each in mailed):
        return None
    others = tuple(each for each in recent if each.job != ask.job)
    return join(before.model_copy(update={"asks": others}), Subscriber(asks=(ask,)))


def unsent(before: Subscriber, job: str) -> Subscriber | None:
    """After a confirmation mail that was counted and surely not sent; None when its sign-up is known no more.

    The sign-up stays, without a mail if it was the only one: the message that comes again finds it.
    """
    ask = next((each for each in before.asks if each.job == job), None)
    if ask is None:
        return None
    fewer = ask.model_copy(update={"mails": max(0, ask.mails - 1)})
    return before.model_copy(update={"asks": tuple(fewer if each is ask else each for each in before.asks)})


def confirmed(before: Subscriber, asked_at: int, now: int) -> Subscriber | None:
    """After the confirmation of one sign-up; None when that is unknown, outdated or suppressed."""
    before = after = before.without_lapsed(now)
    if before.confirmed is None or before.confirmed.at != asked_at:
        ask = next((each for each in before.asks if each.at == asked_at), None)
        if ask is None:
            return None
        since = before.confirmed_on if before.state(now) == "confirmed" else now
        after = join(before, Subscriber(confirmed=ask, confirmed_on=since))
        after = after.model_copy(update={"asks": tuple(each for each in after.asks if each.at > asked_at)})
    return after if after.state(now) == "confirmed" else None


def overtaken(before: Subscriber, asked_at: int, now: int) -> bool:
    """Whether a sign-up need not be confirmed any more, since its reader has confirmed a later one."""
    return before.confirmed is not None and before.confirmed.at > asked_at and before.state(now) == "confirmed"


def unsubscribed(before: Subscriber, now: int) -> Subscriber:
    """After an unsubscription, now and for ever; the sealed address is not needed any more and goes."""
    after = join(before, Subscriber(unsubscribed_at=now))
    if after.confirmed:
        bare = Ask(at=after.confirmed.at, job=after.confirmed.job, address="")
        after = after.model_copy(update={"confirmed": bare})
    return after.model_copy(update={"asks": tuple(ask for ask in after.asks if ask.at > now)})


def suppressed(before: Subscriber, at: int) -> Subscriber:
    """After a complaint, or a bounce for good."""
    return unsubscribed(join(before, Subscriber(suppressed_at=at)), at)


def bounced_softly(before: Subscriber, at: int) -> Subscriber:
    """After a soft bounce: the fifth in 14 days, and since the consent, suppresses until there is a new consent."""
    after = join(before, Subscriber(soft_bounces=(at,)))
    since = max(at - _SOFT_DAYS * _DAY, after.confirmed.at if after.confirmed else 0)
    recent = tuple(each for each in after.soft_bounces if each > since)
    after = after.model_copy(update={"soft_bounces": recent})
    return unsubscribed(after, at) if len(recent) >= _SOFT_BOUNCES else after


def allowed(before: Subscriber) -> Subscriber:
    """After the word of an operator that mails arrive again, or are wanted again: as if the reader had said goodbye.

    That may be later than what suppressed: a bounce that is told late finds a newer consent, and forgets its address.
    """
    return before.model_copy(update={"suppressed_at": 0, "soft_bounces": (), "unsubscribed_at": before.decided_at})


def erased(before: Subscriber, now: int) -> Subscriber:
    """What stays of an erased address under its keyed hash: that it is not to be written to."""
    return Subscriber(unsubscribed_at=now, suppressed_at=before.suppressed_at)
