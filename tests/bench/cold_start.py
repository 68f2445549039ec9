"""Cold starts: CPU time until a handler stands with its first client, over that of a floor, in the same run.

`make cold-start`. The floor is AWS's runtime client, one S3 client of boto3 and an empty handler, with the libraries as
pip installs and compiles them; beside it the same with our layer, which has botocore alone and models of AWS that are
cut down. A function makes the S3 client as it makes its own. Packages and variables as deployed.
"""

import subprocess
import tempfile
from pathlib import Path

import boto3

from infra.local.template import load
from infra.package import handlers
from tests.bench.report import table, write_section
from tests.infra.artifacts import Artifact, build
from tests.infra.runtime_api import runtime_client

RUNS = 9
BUDGET = {"IngestFunction": 1.3, "RenderFunction": 1.3, "NewsletterFunction": 1.2}
_SPENT = "; import time; print(time.process_time())"
_FLOOR = "import awslambdaric.bootstrap, boto3; boto3.client('s3')"
_LEAN = "import awslambdaric.bootstrap, botocore.session; botocore.session.get_session().create_client('s3')"
# Two libraries that are not ours to choose, and nothing of ours.
_FIXED = f"{_LEAN}; import pydantic, aws_lambda_powertools.event_handler"
_OWN = "import awslambdaric.bootstrap, {module}; from functions.bootstrap.clients import client; client('s3')"


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        artifacts = build(folder)
        beside = runtime_client(folder)
        some = artifacts["RenderFunction"]
        programs = {
            "floor": (some._replace(layer=_installed(folder / "installed")), _FLOOR),
            "floor, our layer": (some, _LEAN),
            "floor, our layer, pydantic, Powertools": (some, _FIXED),
        } | {name: (artifacts[name], _OWN.format(module=module)) for name, module in handlers().items()}
        spent = {name: float("inf") for name in programs}
        for _ in range(RUNS):  # in turns, so that a busy minute hits all of them
            for name, (artifact, program) in programs.items():
                spent[name] = min(spent[name], _spent(artifact, program, beside))
    rows = [
        [name, f"{1000 * seconds:.0f}", f"{seconds / spent['floor']:.2f}", BUDGET.get(name, "")]
        for name, seconds in spent.items()
    ]
    head = ["function", "CPU ms", "times the floor", "wanted"]
    said = f"Least of {RUNS} runs: imports and one S3 client, from the built package, under AWS's runtime client."
    write_section("Cold start", "make cold-start", f"{said}\n\n{table(head, rows)}")
    print(table(head, rows))


def _installed(folder: Path) -> Path:
    """A layer of the libraries that this process uses, as pip installed and compiled them."""
    folder.mkdir()
    (folder / "python").symlink_to(Path(boto3.__file__).parent.parent, target_is_directory=True)
    return folder


def _spent(artifact: Artifact, program: str, beside: Path) -> float:
    command, environment = artifact.command("-c", program + _SPENT, beside=beside)
    own = {**environment, **load().environment, "AWS_DEFAULT_REGION": "eu-west-3"}
    done = subprocess.run(command, env=own, cwd=artifact.task, capture_output=True, text=True, check=True)
    return float(done.stdout)


if __name__ == "__main__":
    main()
