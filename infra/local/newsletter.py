"""The newsletter as the local mailbox sees it."""

from collections.abc import Callable
from typing import Any

from functions.bootstrap.mailing import letterhead_of, office
from functions.bootstrap.newsroom import settings, state
from functions.core.newsletter.letter import issue_body
from functions.workflows.deliver import public_entries
from functions.workflows.issue import next_issue


class LocalNewsletter:
    """`invoke` calls a function of the template by its logical id."""

    def __init__(self, invoke: Callable[[str, Any], Any]) -> None:
        self._invoke = invoke

    def base_url(self) -> str:
        return settings().newsroom.base_url

    def preview(self) -> str:
        return preview()[0]

    def send_now(self) -> bool:
        report = self._invoke("IssueFunction", {"task": "now"})
        return bool(report.get("waiting"))


def preview() -> tuple[str, str]:
    """The next issue as HTML and as text, for a reader of the newsroom's language; both empty if nothing is new."""
    found = next_issue(office(), state())
    entries = public_entries(state(), found, office())
    if not entries:
        return "", ""
    language = settings().newsroom.language
    return issue_body(letterhead_of(settings()), found.date, entries, language, "preview")
