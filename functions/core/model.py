"""The one base of every value that crosses a boundary, and its one form as bytes."""

import json

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value; unknown fields are an error, not a surprise."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def canonical(self) -> bytes:
        """The value as JSON whose bytes depend on nothing but the value."""
        return canonical_json(self.model_dump(mode="json", exclude_none=True))


def canonical_json(value: object) -> bytes:
    """Sorted keys, no spaces, UTF-8: equal values give equal bytes, hence equal ETags."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
