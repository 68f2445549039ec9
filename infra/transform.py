"""What AWS would make of the SAM template: reads it from stdin, writes CloudFormation to stdout, both as JSON.

Run by infra.lint_template in an environment of its own, because aws-sam-translator wants an older pydantic than ours.
So this file imports nothing of the project, and that package by name.
"""

import json
import sys
from importlib import import_module
from typing import Any


class _NoManagedPolicies:
    """Our functions name no AWS managed policy, so that nothing has to be asked of IAM."""

    def load(self) -> dict[str, str]:
        return {}


def transform(document: dict[str, Any]) -> dict[str, Any]:
    # `sam package` would have uploaded the code by now.
    document["Globals"]["Function"]["CodeUri"] = "s3://packages/code.zip"
    for resource in document["Resources"].values():
        if resource["Type"] == "AWS::Serverless::LayerVersion":
            resource["Properties"]["ContentUri"] = "s3://packages/layer.zip"
    translate = import_module("samtranslator.translator.transform").transform
    made: dict[str, Any] = translate(document, {}, _NoManagedPolicies())
    return made


if __name__ == "__main__":
    json.dump(transform(json.load(sys.stdin)), sys.stdout, indent=1)
