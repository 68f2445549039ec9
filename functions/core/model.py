"""The one base of every value that crosses a boundary, and its one form as bytes."""

import json
from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from functions.core.errors import UnknownForm


class Frozen(BaseModel):
    """An immutable value; unknown fields are an error, not a surprise."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def trusted(cls, **values: Any) -> Self:
        """A value made of all its fields, which have been validated already: quicker to make, and smaller."""
        return super().model_construct(_fields_of(cls), **values)

    @classmethod
    def read(cls, stored: bytes | str) -> Self:
        """A value that some code has stored; what newer code has put into it is passed over, as after a rollback."""
        try:
            return cls.model_validate_json(stored, extra="ignore")
        except ValidationError as error:
            raise UnknownForm(cls.__name__) from error

    def canonical(self) -> bytes:
        """The value as JSON whose bytes depend on nothing but the value."""
        return canonical_json(self.model_dump(mode="json", exclude_none=True))


@cache
def _fields_of(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


def canonical_json(value: object) -> bytes:
    """Sorted keys, no spaces, UTF-8: equal values give equal bytes, hence equal ETags."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
