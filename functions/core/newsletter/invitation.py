"""An invitation: a sign-up on its way from the answer to the outbox. It carries no address in the clear."""

from typing import Literal
from urllib.parse import urlsplit

from functions.core.article import Language
from functions.core.model import Frozen
from functions.core.newsletter.subscriber import Ask
from functions.core.newsletter.subscription import Request, SignUp
from functions.core.newsletter.tokens import truncated

_MAX_PAGE = 200


class Invitation(Frozen):
    """One message of the outbox queue. `address` is sealed; `trapped` says that a program filled in the trap."""

    job: str
    at: int
    address: str
    trapped: bool
    categories: tuple[str, ...]
    consent_version: str
    page: str
    network: str
    locale: Literal[Language, ""] = ""

    def ask(self, language: Language) -> Ask:
        """It as part of a subscriber, who reads the newsroom's language unless the sign-up named one."""
        fields = self.model_dump(exclude={"trapped"})
        return Ask(**{**fields, "locale": self.locale or language})


def invitation(sign_up: SignUp, request: Request, job: str, at: int, sealed: str) -> Invitation:
    """The message for a sign-up. Of the page the path is kept, of the IP address the network."""
    return Invitation(
        job=job,
        at=at,
        address=sealed,
        trapped=bool(sign_up.website),
        categories=tuple(dict.fromkeys(sign_up.categories)),
        locale=sign_up.locale,
        consent_version=sign_up.consent_version,
        page=_path(request.page),
        network=truncated(request.address),
    )


def _path(page: str) -> str:
    try:
        return urlsplit(page.encode(errors="replace").decode()).path[:_MAX_PAGE]
    except ValueError:
        return ""
