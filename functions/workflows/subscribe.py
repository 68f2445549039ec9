"""Subscribe: a stranger's request becomes a message in the outbox, in the same steps for every address."""

from datetime import datetime, timedelta

from functions.core.newsletter import rows
from functions.core.newsletter.answer import Outcome
from functions.core.newsletter.invitation import invitation
from functions.core.newsletter.subscription import TOO_MANY, Refusal, Request, SignUp, parse, unacceptable
from functions.core.newsletter.tokens import Keyring, milliseconds, verify
from functions.core.problem import Problem
from functions.workflows.counter import Counter

_LEAST_MILLISECONDS = 2_000  # nobody fills in a form faster
_STAMP = 24 * 3_600_000  # milliseconds for which a form is good
_WINDOW = timedelta(hours=2)
_CHALLENGE = Problem(code="challenge", field="challenge", reason="the answer is not right")


def subscribe(request: Request, counter: Counter, now: datetime) -> Outcome | Refusal:
    """Takes a sign-up. Nothing about the address is looked up here, so neither answer nor time can tell of it."""
    sign_up = parse(request)
    if isinstance(sign_up, Refusal):
        return sign_up
    age = stamp_age(sign_up, counter.keyring, now)
    if not _within_limits(request.address, counter, now, stamped=age is not None):
        return TOO_MANY
    if not counter.challenge.passed(sign_up, request.address):
        return unacceptable((_CHALLENGE,))
    if not request.is_form and (unknown := _unknown(sign_up, counter)):
        return unacceptable(unknown)
    sealed = counter.vault.seal(sign_up.email.canonical())
    message = invitation(sign_up, request, counter.job(), milliseconds(now), sealed)
    if age is not None and age < _LEAST_MILLISECONDS:
        message = message.model_copy(update={"trapped": True})
    counter.outbox.invite(message)
    return "trapped" if message.trapped else "taken"


def stamp_age(sign_up: SignUp, keyring: Keyring, now: datetime) -> int | None:
    """Milliseconds since the form was made; None for a form without a good stamp, such as the static one."""
    stamp = verify(sign_up.stamp, "stamp", keyring, now) if sign_up.stamp else None
    return milliseconds(now) - (stamp.expiry - _STAMP) if stamp else None


def make_stamp(keyring: Keyring, now: datetime) -> str:
    """A stamp for a form that is made now, good for a day."""
    return keyring.sign("stamp", "form", milliseconds(now) + _STAMP)


def _unknown(sign_up: SignUp, counter: Counter) -> tuple[Problem, ...]:
    """What a program asks for that there is not. A form may be older than its categories: it gets what is left."""
    if not sign_up.categories:
        return ()
    known = counter.categories()
    strange = Problem(code="unknown_category", reason="there is no such category", suggestion=", ".join(known))
    fields = (f"categories.{place}" for place, slug in enumerate(sign_up.categories) if slug not in known)
    return tuple(strange.model_copy(update={"field": field}) for field in fields)


def _within_limits(address: str, counter: Counter, now: datetime, *, stamped: bool) -> bool:
    hour = f"{now:%Y-%m-%dT%H}"
    expires = int((now + _WINDOW).timestamp())
    kind, most = ("stamped", counter.limits.stamped) if stamped else ("unstamped", counter.limits.unstamped)
    network = rows.limit(counter.keyring.network(address), f"{kind}#{hour}")
    if not counter.rows.take(network, most, expires):
        return False
    return counter.rows.take(rows.limit("everybody", hour), counter.limits.everybody, expires)
