"""The gate of template.yaml: `python -m infra.lint_template PYTHON` prints what it did; exit code 0 or 1.

1. What cfn-lint does not check: time-outs against visibility, retries before a dead letter, one environment for all.
2. cfn-lint on the SAM file, no error, no warning.
3. cfn-lint on what aws-sam-translator makes of it, the same. PYTHON is that of its environment.
4. Names in what it makes that a second press in the same account would find taken.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from infra.local.cfn import parse
from infra.local.errors import TemplateError
from infra.local.resources import Template
from infra.local.template import TEMPLATE, load

_TRANSFORM = Path(__file__).with_name("transform.py")
_REGION = "eu-west-3"
_SHARED = {"MetricName", "StageName", "LayerName"}  # metrics and stages belong to what has a name; layers have versions
_OWN = {"AWS::StackName", "Ref", "Fn::GetAtt"}  # what a name is made of that is another in another stack


def problems(template: Template) -> Iterator[str]:
    """What AWS's documentation asks of event sources and cfn-lint does not."""
    for source in template.sources:
        function, queue = template.functions[source.function], template.queues[source.queue]
        visibility = int(queue.attributes.get("VisibilityTimeout", "30"))
        if visibility < 6 * function.timeout:
            yield f"{queue.id}: visibility {visibility} s is under 6 x the {function.timeout} s of {function.id}"
        if queue.dead_letter_queue is None:
            yield f"{queue.id}: no dead-letter queue"
        elif queue.max_receive_count < 5:
            yield f"{queue.id}: maxReceiveCount {queue.max_receive_count} is under 5"
    for queue in template.queues.values():
        if queue.dead_letter_queue and template.queues[queue.dead_letter_queue].fifo != queue.fifo:
            yield f"{queue.id}: its dead-letter queue must be of the same kind"


def fixed_names(resources: Mapping[str, Any]) -> Iterator[str]:
    """What is called the same in every stack: AWS has one of that name in an account and a region."""
    for logical_id, resource in resources.items():
        properties = resource.get("Properties", {})
        parts = [properties, *(each for name, each in properties.items() if name.endswith("Config"))]
        for name, value in ((name, value) for part in parts for name, value in part.items()):
            if name.endswith("Name") and name not in _SHARED and not _OWN & set(_words(value)):
                yield f"{logical_id}: {name} is {value!r} in every stack"


def _words(value: object) -> list[str]:
    return re.findall(r"[\w:]+", json.dumps(value))


def main(python: str) -> int:
    try:
        found = list(problems(load()))
    except TemplateError as error:
        found = [str(error)]
    print("template.yaml, own rules:", *(found or ["nothing found"]), sep="\n  ")
    failed = bool(found)
    failed |= _lint("template.yaml, cfn-lint", TEMPLATE)
    with tempfile.TemporaryDirectory() as folder:
        transformed = Path(folder) / "transformed.json"
        transformed.write_text(_transform(python), encoding="utf-8")
        failed |= _lint("template.yaml as CloudFormation, cfn-lint", transformed)
        taken = list(fixed_names(json.loads(transformed.read_text(encoding="utf-8"))["Resources"]))
    print("template.yaml as CloudFormation, names:", *(taken or ["nothing found"]), sep="\n  ")
    failed |= bool(taken)
    return int(failed)


def _lint(title: str, path: Path) -> bool:
    """Whether anything was found. --non-zero-exit-code informational: warnings count too."""
    program = str(Path(sys.executable).with_name("cfn-lint"))
    command = [program, "--regions", _REGION, "--non-zero-exit-code", "informational"]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    print(f"{title}:", (done.stdout + done.stderr).strip() or "nothing found", sep="\n  ")
    return done.returncode != 0


def _transform(python: str) -> str:
    command = [python, str(_TRANSFORM)]
    document = json.dumps(parse(TEMPLATE.read_text(encoding="utf-8")))
    environment = {**os.environ, "AWS_DEFAULT_REGION": _REGION}
    done = subprocess.run(command, input=document, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
