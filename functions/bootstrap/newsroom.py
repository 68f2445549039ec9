"""The newsroom for which mails and the newsletter's pages are made, from the environment."""

import os
from functools import cache

from botocore.config import Config

from functions.adapters.s3 import PARALLEL, S3State
from functions.bootstrap import clients
from functions.core.build import Installed
from functions.core.errors import NoSettings
from functions.core.keys import BUILD_KEY
from functions.core.settings import Settings


@cache
def state() -> S3State:
    """The state bucket. A reader may wait for what is asked of it."""
    patience = Config(max_pool_connections=PARALLEL, read_timeout=3)
    return S3State(clients.client("s3", patience), os.environ["STATE_BUCKET"])


def settings() -> Settings:
    """The settings in force; NoSettings while there are none. The newsletter does not mind which code made the site."""
    stored = state().get(BUILD_KEY)
    if stored is None:
        raise NoSettings("no newsroom.toml has been uploaded yet")
    return Installed.read(stored.body).build.settings
