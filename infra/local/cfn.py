"""CloudFormation's YAML: its short tags, and the few intrinsic functions that our template uses."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import yaml

from infra.local.errors import TemplateError

PSEUDO_PARAMETERS = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "eu-west-3",
    "AWS::StackName": "rotative",
    "AWS::URLSuffix": "amazonaws.com",
}
_VARIABLE = re.compile(r"\$\{(!?)([^}]+)\}")


class _Loader(yaml.SafeLoader):
    """Reads `!Ref x` as {"Ref": x}, `!GetAtt a.b` as {"Fn::GetAtt": ["a", "b"]}, `!X y` as {"Fn::X": y}."""


def _short_tag(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    match node:
        case yaml.ScalarNode():
            value = loader.construct_scalar(node)
        case yaml.SequenceNode():
            value = loader.construct_sequence(node, deep=True)
        case yaml.MappingNode():
            value = loader.construct_mapping(node, deep=True)
        case _:
            raise TemplateError(f"!{suffix}: not a YAML value")
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _short_tag)


def parse(text: str) -> dict[str, Any]:
    """The template as plain dicts, its intrinsic functions in their long form.

    Raises TemplateError when the text is not a YAML mapping.
    """
    try:
        document = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader with CloudFormation's tags
    except yaml.YAMLError as error:
        raise TemplateError(f"template.yaml is not YAML: {error}") from error
    if not isinstance(document, dict):
        raise TemplateError("template.yaml is not a mapping")
    return document


class Resolver:
    """Replaces intrinsic functions by local values.

    `references` answers !Ref of a logical id, `attributes` !GetAtt of (logical id, attribute), `conditions` !If.
    """

    def __init__(
        self,
        references: Mapping[str, str],
        attributes: Mapping[tuple[str, str], str],
        conditions: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        self._references = {**PSEUDO_PARAMETERS, **references}
        self._attributes = attributes
        self._functions: dict[str, Callable[[Any], Any]] = {
            "Ref": self._ref,
            "Fn::GetAtt": self._get_att,
            "Fn::Sub": self._sub,
            "Fn::Join": lambda value: value[0].join(self(value[1])),
            "Fn::Equals": lambda value: self(value[0]) == self(value[1]),
            "Fn::Not": lambda value: not self(value[0]),
            "Fn::If": lambda value: self(value[1] if self(conditions[value[0]]) else value[2]),
        }

    def __call__(self, value: Any) -> Any:  # noqa: ANN401 - any value that YAML can hold
        """The value with every intrinsic function in it answered. Raises TemplateError on one it does not know."""
        if isinstance(value, list):
            return [self(each) for each in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, argument),) = value.items()
            if name in self._functions:
                return self._functions[name](argument)
            if name.startswith("Fn::"):
                raise TemplateError(f"{name} is not known to the local press")
        return {key: self(each) for key, each in value.items()}

    def _ref(self, name: str) -> str:
        if name not in self._references:
            raise TemplateError(f"!Ref {name}: no such parameter or resource")
        return self._references[name]

    def _get_att(self, path: list[str]) -> str:
        name, attribute = path
        if (name, attribute) not in self._attributes:
            raise TemplateError(f"!GetAtt {name}.{attribute}: not known to the local press")
        return self._attributes[name, attribute]

    def _sub(self, value: Any) -> str:  # noqa: ANN401 - a text, or [text, variables]
        text, variables = value if isinstance(value, list) else (value, {})
        own = self(variables)

        def replace(match: re.Match[str]) -> str:
            literal, name = match.groups()
            if literal:
                return "${" + name + "}"
            if name in own:
                return str(own[name])
            return self._get_att(name.split(".", 1)) if "." in name else self._ref(name)

        return _VARIABLE.sub(replace, text)
