"""Clients of AWS, made by botocore alone: what boto3 adds to it, resources and transfers, no function uses."""

from functools import cache
from typing import Any

from botocore.config import Config
from botocore.session import Session, get_session


def client(service: str, config: Config | None = None) -> Any:  # noqa: ANN401 - botocore's are made while it runs
    """A client of a service, in the region and with the credentials of the environment."""
    return _session().create_client(service, config=config)


@cache
def _session() -> Session:
    return get_session()
