"""SES of the local press: moto's, which takes every sender's mail, since nobody verifies a domain on one machine."""

from moto.ses.models import SESBackend, ses_backends
from moto.sesv2.models import sesv2_backends

from infra.local.resources import ACCOUNT, REGION


class PressSes(SESBackend):
    """Every sender is verified; each message is kept whole in `sent_messages`, oldest first."""

    def _is_verified_address(self, source: str) -> bool:
        return True


def create() -> PressSes:
    """Puts our SES behind both of SES's APIs."""
    ours = PressSes(REGION, ACCOUNT)
    ses_backends[ACCOUNT][REGION] = ours
    sesv2_backends[ACCOUNT][REGION].core_backend = ours
    return ours
