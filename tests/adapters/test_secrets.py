"""The keys of the newsletter, as people may leave them in Secrets Manager."""

from typing import Any

import pytest

from functions.adapters.secrets import read_keyring
from functions.core.errors import StoreUnavailable


class Secrets:
    """Secrets Manager with one secret for all names."""

    def __init__(self, text: str) -> None:
        self._text = text

    def get_secret_value(self, **_: Any) -> dict[str, str]:
        return {"SecretString": self._text}


@pytest.mark.parametrize(
    "text",
    ['{"k1": "one", }', '"one"', '["one"]', '{"k2": 1}', "", "{}", '{"k1": "one", "k2": ""}', '{"2026.11": "one"}'],
)
def test_a_token_secret_that_was_mistyped_is_told_and_not_quoted(text: str) -> None:
    client: Any = Secrets(text)
    with pytest.raises(StoreUnavailable, match="the-tokens holds no JSON object") as raised:
        read_keyring(client, "the-identity", "the-tokens")
    assert "one" not in str(raised.value)
