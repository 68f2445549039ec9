"""What stands where a page was: the way to where it is."""

from collections.abc import Sequence

from functions.core import keys, places
from functions.core.contexts import RedirectPage
from functions.core.page import Page
from functions.core.site.house import House


def redirects(former: Sequence[str], path: str, house: House) -> list[Page]:
    """What stands at former paths of a page."""
    if not former:
        return []
    # S3 metadata and the Location header are ASCII.
    body, metadata = house.render(RedirectPage(house.site, house.url(path))), {"redirect": places.encoded(path)}
    return [Page(keys.site_key(old), body, metadata=metadata) for old in former if old != path]
