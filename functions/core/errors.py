"""Errors, sorted by who can put them right.

RotativeError
├── UploadRejected      the editor: mend the file and upload it again
├── SettingsRejected    the editor in chief: mend newsroom.toml
├── WriteConflict       nobody: somebody else wrote first; read again, derive again
├── StaleBuild          time: this worker is older (or newer) than the press; another one will take the message
│   └── NoSettings      the operator: the press has no newsroom.toml yet, so there is nothing to do
├── NotSettled          time: too many conflicts in a row; the message is redelivered
├── MailDeferred        time: SES has not taken a mail, and says that it may later
├── MailRefused         the operator: SES will not take a mail; it was surely not sent
├── UnknownForm         ingest, for a record; else the operator: docs/operations.md says what to do
└── StoreUnavailable    time: left to retries, then to the dead-letter queue
    └── AccessRefused   the operator: no policy allows this to the identity that asks
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from functions.core.problem import Problem


class RotativeError(Exception):
    """Whatever Rotative raises on purpose."""


class UploadRejected(RotativeError):
    """An upload that cannot become an article; `problems` tells all that is wrong with it, never only the first."""

    def __init__(self, problems: "tuple[Problem, ...]") -> None:
        super().__init__("; ".join(problem.reason for problem in problems))
        self.problems = problems


class SettingsRejected(UploadRejected):
    """A newsroom.toml that cannot be used; the one before it stays in force."""


class WriteConflict(RotativeError):
    """A conditional write met another state than it expected (S3's 412, 409 and 404 mean the same to us)."""


class StaleBuild(RotativeError):
    """build.json names another BUILD than the code that is running."""


class NoSettings(StaleBuild):
    """No valid newsroom.toml was ever uploaded."""


class NotSettled(RotativeError):
    """Something stayed contended for every pass that we allow ourselves, or waits for what others still have to do."""


class UnknownForm(RotativeError):
    """What is stored has no form that this code knows; the message quotes nothing of it. `key` is a record's."""

    def __init__(self, what: str, key: str = "") -> None:
        super().__init__(f"{what} cannot be read: it has no form that this code knows")
        self.key = key


class StoreUnavailable(RotativeError):
    """A service did not answer, or said that it cannot now."""


class AccessRefused(StoreUnavailable):
    """The identity that asks may not do this."""


class MailDeferred(RotativeError):
    """A mail was surely not sent, and may be sent later."""


class MailRefused(RotativeError):
    """A mail was surely not sent, and sending it again would not help."""
