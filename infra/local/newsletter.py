"""The newsletter as the local mailbox sees it."""

from functions.bootstrap.newsroom import settings
from infra.issue_preview import preview
from infra.local.lambda_runtime import Invoke


class LocalNewsletter:
    """`invoke` calls a function of the template by its logical id."""

    def __init__(self, invoke: Invoke) -> None:
        self._invoke = invoke

    def base_url(self) -> str:
        return settings().newsroom.base_url

    def preview(self) -> str:
        return preview()[0]

    def send_now(self) -> bool:
        report = self._invoke("IssueFunction", {"task": "now"})
        return bool(report.get("waiting"))
