"""The house that pages are rendered in: made once for each newsroom's settings."""

from functools import lru_cache

from functions.bootstrap.files import template_files
from functions.core.settings import Settings
from functions.core.site.house import House, make_house

_WARM = 4


@lru_cache(maxsize=_WARM)
def house_of(settings: Settings) -> House:
    """The house of a newsroom."""
    return make_house(settings, template_files())
