"""Clients of AWS, made by botocore alone: what boto3 adds to it, resources and transfers, no function uses."""

from functools import cache
from typing import Any

from botocore.config import Config
from botocore.session import Session, get_session


def client(service: str, config: Config | None = None) -> Any:  # noqa: ANN401 - botocore's are made while it runs
    """A client of a service, in the region and with the credentials of the environment; a new try fits into its time.

    What `config` says goes before what is so for every client.
    """
    # botocore would wait a minute for an answer that never comes, and a function of half that time be ended meanwhile.
    patience = Config(connect_timeout=2, read_timeout=8)
    return _session().create_client(service, config=patience.merge(config) if config else patience)


@cache
def _session() -> Session:
    return get_session()
