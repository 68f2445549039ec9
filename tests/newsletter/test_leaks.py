"""That the search for leaks finds them: it runs over every test, and here over four that let something out."""

import subprocess
import sys
from pathlib import Path

import pytest

LOUD = """
import logging, boto3
from moto import mock_aws

def test_quiet():
    print("a writer@example.org, v1.k1.stamp.form.1.x")

def test_prints():
    print("to Naima.El-Fassi@example.ma")

def test_logs():
    logging.getLogger("x").warning("v1.k1.confirm." + "a" * 40 + ".1.%s", "m" * 43)

@mock_aws
def test_keeps():
    s3 = boto3.client("s3", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    s3.create_bucket(Bucket="site")
    s3.put_object(Bucket="site", Key="a", Body=b"<p>salma%40example.com</p>")

@mock_aws
def test_asks():
    s3 = boto3.client("s3", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    s3.create_bucket(Bucket="site")
    s3.put_object(Bucket="site", Key="reader7@example.org", Body=b"")
"""


@pytest.mark.once
def test_a_test_that_lets_an_address_or_a_token_out_fails(tmp_path: Path) -> None:
    (tmp_path / "test_loud.py").write_text(LOUD)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.leaks",
        "-c",
        "/dev/null",
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert "4 failed, 1 passed" in done.stdout, done.stdout
    for place in ("in what it printed: Naima", "in what it logged: v1.k1", "in a request to https://"):
        assert place in done.stdout
