"""One definition: the handlers on moto, the pure rebuild, and `rotative build` make the same site, byte for byte."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from click.testing import CliRunner

from functions.bootstrap.press import press
from functions.core import keys
from functions.workflows.now import current_build
from functions.workflows.rebuild import Rebuilt, compare, rebuild
from infra.basis import basis_of
from infra.cli import main
from infra.local.cloud import LocalCloud
from infra.local.template import load
from infra.newsroom import DEMO
from tests.workflows.articles import article, jpeg, with_lead

BUCKET, SITE = "rotative-inbox", "rotative-site"
UPLOADS: dict[str, bytes | str] = {
    "articles/2024/al-omrane.md": article("Al Omrane : le plan", tags="Al Omrane, Logement", author="Salma Idrissi"),
    "articles/2022/bilan.md": article("Al Omrane : le bilan", tags="Al Omrane", date="2022-01-10 09:30"),
    "articles/2023/noor.md": with_lead("../images/noor.jpg", title="Noor : le soleil", category="finance", slug="noor"),
    "articles/images/noor.jpg": jpeg(),
    "articles/2023/refuse.md": article("Refusé", category="inconnue"),
    "articles/2023/attente.md": with_lead("jamais.jpg", title="En attente"),
    "articles/2099/plus-tard.md": article("Plus tard", date="2099-01-01"),
}


@pytest.fixture
def cloud() -> Iterator[LocalCloud]:
    with LocalCloud(load()) as running:
        put("newsroom.toml", (DEMO / "newsroom.toml").read_bytes())
        running.drain()
        yield running


def put(key: str, body: bytes | str) -> None:
    boto3.client("s3").put_object(Bucket=BUCKET, Key=key, Body=body)


def site() -> dict[str, bytes]:
    return {key: body for key, (body, _) in objects().items()}


def objects() -> dict[str, tuple[bytes, tuple[object, ...]]]:
    """What stands in the site bucket: bytes, and all headers that readers get."""
    s3 = boto3.client("s3")
    found = {each.key: s3.get_object(Bucket=SITE, Key=each.key) for each in press().site.list("")}
    return {
        key: (each["Body"].read(), (each["ContentType"], each["CacheControl"], each["Metadata"]))
        for key, each in found.items()
    }


def rebuilt() -> Rebuilt:
    return rebuild(press().site, compare(press().site, lambda: basis_of(press(), current_build(press()))))


def test_a_folder_with_one_version_of_each_file_is_built_as_it_is_served(cloud: LocalCloud, tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    for key, body in UPLOADS.items():
        put(key, body)
        path = inbox / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
    cloud.drain()
    answer = CliRunner().invoke(main, ["build", str(inbox), str(out), "--json"])
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout)["published"] == 3
    built = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert built == site()


def test_a_press_with_a_history_is_what_a_rebuild_over_its_versions_makes(cloud: LocalCloud) -> None:
    for key, body in UPLOADS.items():
        put(key, body)
    cloud.drain()
    put("articles/2022/bilan.md", article("Al Omrane : le bilan", date="2023-02-01", slug="le-bilan", tags="Al Omrane"))
    put("articles/2024/al-omrane.md", article("Cassé", category="inconnue"))
    put("articles/images/noor.jpg", jpeg(colour="maroon"))
    put("articles/2099/plus-tard.md", article("Plus tôt", date=(datetime.now(UTC) - timedelta(days=1)).isoformat()))
    cloud.drain()
    boto3.client("s3").delete_object(Bucket=BUCKET, Key="articles/2023/noor.md")
    cloud.drain()
    served = objects()
    assert rebuilt() == Rebuilt(0, 0, len(served))
    for key in served:
        boto3.client("s3").delete_object(Bucket=SITE, Key=key)
    assert rebuilt() == Rebuilt(len(served), 0, 0)
    assert objects() == served
    assert any(key.startswith("economie/2023/02/le-bilan-") for key in served)
    assert not any(key.startswith(keys.image_prefix("2023/noor.md")) for key in served)
