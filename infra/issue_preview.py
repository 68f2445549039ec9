"""The newsletter's next issue, of whatever press, for the mailbox and the command line."""

from functions.bootstrap.mailing import letterhead_of, office
from functions.bootstrap.newsroom import settings, state
from functions.core.newsletter.letter import issue_body
from functions.workflows.deliver import public_entries
from functions.workflows.issue import next_issue


def preview() -> tuple[str, str]:
    """The next issue as HTML and as text, for a reader of the newsroom's language; both empty if nothing is new."""
    found = next_issue(office(), state())
    entries = public_entries(state(), found, office())
    if not entries:
        return "", ""
    language = settings().newsroom.language
    return issue_body(letterhead_of(settings()), found.date, entries, language, "preview")
