"""Parts of template.yaml that are read by rules of their own: generated secrets, and the functions' one environment."""

from collections.abc import Mapping
from typing import Any

from infra.local.errors import TemplateError
from infra.local.resources import Function, Secret


def secret(logical_id: str, name: str, generate: Mapping[str, Any]) -> Secret:
    """A secret from its GenerateSecretString. Raises TemplateError."""
    if generate.get("SecretStringTemplate", "{}") != "{}":
        raise TemplateError(f"{logical_id}: a secret's template is empty on one machine")
    return Secret(logical_id, name, int(generate["PasswordLength"]), generate.get("GenerateStringKey", ""))


def check_shared_environment(functions: Mapping[str, Function]) -> None:
    """All functions run in one process here: one name, one value."""
    seen: dict[str, tuple[str, str]] = {}
    for function in functions.values():
        for name, value in function.environment.items():
            other, other_value = seen.setdefault(name, (function.id, value))
            if other_value != value:
                raise TemplateError(
                    f"{name} is {value!r} in {function.id} and {other_value!r} in {other}: "
                    "on one machine all functions share one environment"
                )
