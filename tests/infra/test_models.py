"""botocore's models, cut down: smaller, and a client made of them is the client made of the whole ones."""

import shutil
from pathlib import Path
from typing import Any

import botocore
import pytest
from botocore.config import Config
from botocore.loaders import Loader
from botocore.session import Session

from infra.models import cut_down
from infra.package import runtime

_STOCK = Path(botocore.__file__).parent / "data"
_SERVICES = sorted(runtime().services)
_REGIONS = "eu-west-3 eu-south-2 me-central-1 af-south-1 us-east-1 us-gov-west-1 cn-north-1".split()


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("botocore") / "data"
    others = {path.name for path in _STOCK.iterdir() if path.is_dir() and path.name not in [*_SERVICES, "ec2"]}
    shutil.copytree(_STOCK, data, ignore=lambda folder, _: others if Path(folder) == _STOCK else set())
    cut_down(data, set(_SERVICES))
    return data


def client(data: Path, service: str, region: str) -> Any:
    session = Session()
    session.register_component("data_loader", Loader([str(data)], include_default_search_paths=False))
    session.set_credentials("a", "b")
    return session.create_client(service, region_name=region, config=Config(signature_version="v4"))


def shapes(service_model: Any) -> dict[str, set[str]]:
    return {name: set(getattr(service_model.shape_for(name), "members", ())) for name in service_model.shape_names}


@pytest.mark.parametrize("service", _SERVICES)
def test_a_client_has_the_same_operations_shapes_and_errors(lean: Path, service: str) -> None:
    ours, whole = (client(data, service, _REGIONS[0]).meta.service_model for data in (lean, _STOCK))
    assert list(ours.operation_names) == list(whole.operation_names)
    assert shapes(ours) == shapes(whole)
    assert [each.name for each in ours.error_shapes] == [each.name for each in whole.error_shapes]
    assert ours.metadata == whole.metadata


@pytest.mark.parametrize("region", _REGIONS)
def test_a_client_calls_the_same_address_in_every_region(lean: Path, region: str) -> None:
    for service in _SERVICES:
        ours, whole = (client(data, service, region).meta for data in (lean, _STOCK))
        assert (ours.endpoint_url, ours.partition) == (whole.endpoint_url, whole.partition), service


def test_what_no_function_has_a_client_of_is_gone_and_so_are_the_manuals(lean: Path) -> None:
    assert {path.name for path in lean.iterdir() if path.is_dir()} == set(_SERVICES)
    assert not [*lean.rglob("*.gz"), *lean.rglob("examples-*")]
    assert not [path for path in lean.rglob("service-2.json") if b'"documentation":"' in path.read_bytes()]
    assert sum(path.stat().st_size for path in lean.rglob("*") if path.is_file()) < 1_000_000
