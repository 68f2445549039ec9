"""What happens to a newsroom while one of its handlers is frozen."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.simulation.workflows import LONG, NEWER, PHOTO, A, B, neighbours, nothing, published
from tests.simulation.world import World
from tests.simulation.zombies import End, Story, live_through, start
from tests.workflows.articles import jpeg, with_lead


class Catch(NamedTuple):
    """A handler of a story that froze at its n-th request, and what became of it."""

    story: str
    place: int
    end: End = "none"
    late: bool = False

    def harms(self) -> bool:
        """Whether the site ends as another than a rebuild's."""
        story = STORIES[self.story]
        return bool(live_through(start(World(), story), story, self.place, self.end, late=self.late)[1])


def _saves(text: str) -> Callable[[World], None]:
    return lambda world: world.upload(A, text)


_EDITED = _saves(NEWER.replace("le plan", "la feuille de route"))
STORIES: Mapping[str, Story] = {
    "two edits": Story(published, _EDITED, _saves(NEWER.replace("economie", "developpement-durable"))),
    "an image beside its article": Story(
        neighbours, _saves(with_lead()), lambda world: world.upload(PHOTO, jpeg(16, 9))
    ),
    "a text under two names": Story(nothing, _saves(LONG), lambda world: world.upload(B, LONG)),
    "an edit and a deployment": Story(published, _EDITED, lambda world: world.deploy("two")),
}

CATCHES: Mapping[str, Catch] = {
    "a page is written only if nobody else did": Catch("two edits", 52, "after", late=True),
    "what stands is looked at before the inputs": Catch("an edit and a deployment", 57, late=True),
    "who needs an image says so before looking": Catch("an image beside its article", 6),
    "the build is read after what stands": Catch("an edit and a deployment", 57, late=True),
    "who has a text looks for it again once it is known to have it": Catch("a text under two names", 3),
    "a receipt is replaced only if nobody else did": Catch("an image beside its article", 9),
}
"""By guard that no short search among random schedules catches, the frozen handler that does harm without it."""
