"""What is wrong with an upload, in the editor's words."""

from typing import Literal

from functions.core.model import Frozen


class Problem(Frozen):
    """One thing an editor has to mend.

    `code` is stable and meant for programs (`unknown_category`); `reason` is a sentence in the newsroom's language.
    `line` counts from 1 in the uploaded file; `value` is what was found, cut to 120 characters. A `notice` refuses
    nothing: it tells what was done about an upload that could have been better.
    """

    code: str
    reason: str
    field: str | None = None
    line: int | None = None
    value: str | None = None
    suggestion: str | None = None
    severity: Literal["refusal", "notice"] = "refusal"
