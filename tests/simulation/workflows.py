"""The workflows that are stopped everywhere. A new one is a line in the table."""

from datetime import timedelta

from functions.core import keys
from functions.core.page import Page
from tests.simulation.crashes import Workflow, drain
from tests.simulation.world import SETTINGS, World
from tests.workflows.articles import article, jpeg, with_lead

A, B, PHOTO, DECOMPOSED = "articles/a.md", "articles/b.md", "articles/photo.jpg", "articles/e\u0301.jpg"
MOVED, LAST = "articles/renomme.md", "articles/encore.md"
NEWER = article("Al Omrane : le plan", tags="Logement", author="Salma Idrissi", slug="plan")
RETIRED = article(withdrawn="true", reason="Une erreur")
LONG = article("Un long texte", body=" ".join(f"mot{number}" for number in range(60)))
CORRECTED = NEWER.replace("---\n\n", "corrections:\n  - date: 2024-04-01\n    text: Erratum\n---\n\n", 1)


def nothing(world: World) -> None:
    """An empty newsroom."""


def neighbours(world: World) -> None:
    """Two articles that are related to the one to come."""
    world.upload(B, article("Al Omrane : le bilan", tags="Logement", date="2024-03-02"))
    world.upload("articles/c.md", article("Al Omrane : la suite", tags="Logement", date="2023-11-02"))


def published(world: World) -> None:
    neighbours(world)
    world.upload(A, NEWER)


def illustrated(world: World) -> None:
    neighbours(world)
    world.upload(PHOTO, jpeg(16, 9))
    world.upload(A, with_lead())


def embargoed(world: World, minutes: int = 3) -> None:
    hour = world.now + timedelta(minutes=minutes)
    world.upload(A, article("Secret", slug="secret", embargo=hour.isoformat(timespec="seconds")))


def moved_embargo(world: World) -> None:
    embargoed(world, minutes=60)
    strike(world)


def withdrawn(world: World) -> None:
    published(world)
    world.upload(A, RETIRED)


def edited(world: World) -> None:
    published(world)
    drain(world)
    world.upload(A, NEWER.replace("le plan", "la feuille de route").replace("Logement", "Climat"))


def gone(world: World) -> None:
    published(world)
    drain(world)
    world.remove(A)


def dig_up(world: World) -> None:
    """The delete marker is taken away, and then the only version below it."""
    world.delete_for_good(A)
    world.delete_for_good(A)


def repeated(world: World) -> None:
    """A text that has been live for a while, and again under another name."""
    world.upload(A, LONG)
    world.later(5)
    world.upload(B, LONG)


def succeeded(world: World) -> None:
    """A text whose first place was withdrawn, so that its second one is live."""
    repeated(world)
    drain(world)
    world.later(5)
    world.remove(A)
    world.later(5)


def rename(world: World) -> None:
    world.upload(MOVED, article("Al Omrane : le plan", moved_from=A, slug="renomme"))
    world.remove(A)


def renamed(world: World) -> None:
    """An article that was live under its old name."""
    published(world)
    drain(world)
    rename(world)


def rename_again(world: World) -> None:
    world.upload(LAST, article(moved_from=MOVED))
    world.remove(MOVED)


def translate(world: World) -> None:
    """The same in two more languages, at one moment."""
    world.upload(B, article("Al Omrane: the plan", lang="en", translation_of=A))
    world.upload(MOVED, article("العمران: الخطة", lang="ar", translation_of=A))


def translated(world: World) -> None:
    published(world)
    translate(world)


def pinned(world: World) -> None:
    until = world.now + timedelta(minutes=3)
    published(world)
    world.upload(keys.PINS_KEY, f"pinned: [{B}]\nuntil: {until.isoformat(timespec='seconds')}\n")


def strike(world: World) -> None:
    world.later(240)
    world.tasks.send("tick")


def lost(world: World) -> None:
    """An upload of which nobody was told."""
    neighbours(world)
    world.upload(A, NEWER)
    world.ingests.lose()


def coming_in(world: World) -> None:
    """Two neighbours of what is to come, in a newsroom that is taking in an archive."""
    neighbours(world)
    drain(world)
    world.tasks.send("intake begins")


def taken_in(world: World) -> None:
    """An archive is in, and nobody has said so yet."""
    coming_in(world)
    drain(world)
    world.upload(A, NEWER)


def taken_in_and_over(world: World) -> None:
    world.upload(A, NEWER)
    drain(world)
    world.tasks.send("intake ends")


def together(world: World) -> None:
    world.upload(A, with_lead())
    world.upload(PHOTO, jpeg(16, 9))


def damage(world: World) -> None:
    """What no function of ours does to a site; then somebody rebuilds it."""
    world.site.delete("feed.xml", None)
    world.site.put("economie/index.html", b"defaced", page=Page("economie/index.html", b"defaced"))
    world.site.put("nobody/index.html", b"orphan", page=Page("nobody/index.html", b"orphan"))
    world.tasks.send("rebuild")


WORKFLOWS = {
    "publish": Workflow(neighbours, lambda world: world.upload(A, NEWER)),
    "first publish": Workflow(nothing, lambda world: world.upload(A, NEWER)),
    "edit": Workflow(published, lambda world: world.upload(A, NEWER.replace("le plan", "la feuille de route"))),
    "move category": Workflow(
        published, lambda world: world.upload(A, NEWER.replace("economie", "developpement-durable"))
    ),
    "change slug": Workflow(published, lambda world: world.upload(A, NEWER.replace('"plan"', '"feuille"'))),
    "withdraw": Workflow(published, lambda world: world.remove(A)),
    "withdraw by a word": Workflow(published, lambda world: world.upload(A, RETIRED)),
    "return": Workflow(withdrawn, lambda world: world.upload(A, NEWER)),
    "delete for good": Workflow(published, lambda world: world.delete_for_good(A)),
    "delete the newest version for good": Workflow(edited, lambda world: world.delete_for_good(A)),
    "delete all versions for good": Workflow(gone, dig_up),
    "delete pins for good": Workflow(pinned, lambda world: world.delete_for_good(keys.PINS_KEY)),
    "delete an image for good": Workflow(illustrated, lambda world: world.delete_for_good(PHOTO)),
    "correct": Workflow(published, lambda world: world.upload(A, CORRECTED)),
    "restore": Workflow(edited, lambda world: world.upload(A, NEWER)),
    "erase": Workflow(withdrawn, lambda world: world.tasks.send(f"erase {keys.id_of(A)}")),
    "repeat a text": Workflow(lambda world: world.upload(A, LONG), lambda world: world.upload(B, LONG)),
    "repeat a text at once": Workflow(nothing, repeated),
    "withdraw what is repeated": Workflow(repeated, lambda world: world.remove(A)),
    "return where a text is repeated": Workflow(succeeded, lambda world: world.upload(A, LONG)),
    "rename": Workflow(published, rename),
    "rename again": Workflow(renamed, rename_again),
    "withdraw what was renamed": Workflow(renamed, lambda world: world.remove(MOVED)),
    "translate": Workflow(published, translate),
    "withdraw what is translated": Workflow(translated, lambda world: world.remove(A)),
    "withdraw a translation": Workflow(translated, lambda world: world.remove(B)),
    "publish a draft": Workflow(
        lambda world: world.upload(A, article(draft="true")), lambda world: world.upload(A, NEWER)
    ),
    "draft": Workflow(neighbours, lambda world: world.upload(A, article(draft="true"))),
    "pin": Workflow(published, lambda world: world.upload(keys.PINS_KEY, f"pinned: [{A}]")),
    "pins run out": Workflow(pinned, strike),
    "bad upload": Workflow(published, lambda world: world.upload(A, article(title=""))),
    "image before": Workflow(
        lambda world: world.upload(PHOTO, jpeg(16, 9)), lambda world: world.upload(A, with_lead())
    ),
    "image after": Workflow(lambda world: world.upload(A, with_lead()), lambda world: world.upload(PHOTO, jpeg(16, 9))),
    "image together": Workflow(neighbours, together),
    "image in another spelling before": Workflow(
        lambda world: world.upload(DECOMPOSED, jpeg(16, 9)), lambda world: world.upload(A, with_lead("é.jpg"))
    ),
    "image in another spelling after": Workflow(
        lambda world: world.upload(A, with_lead("é.jpg")), lambda world: world.upload(DECOMPOSED, jpeg(16, 9))
    ),
    "image replaced": Workflow(illustrated, lambda world: world.upload(PHOTO, jpeg(16, 9, "maroon"))),
    "a bad image over a good one": Workflow(illustrated, lambda world: world.upload(PHOTO, jpeg(16, 9)[:300])),
    "image removed": Workflow(illustrated, lambda world: world.remove(PHOTO)),
    "embargo": Workflow(neighbours, embargoed),
    "embargo release": Workflow(embargoed, strike),
    "embargo moved": Workflow(embargoed, moved_embargo),
    "embargo cancelled": Workflow(embargoed, lambda world: world.upload(A, NEWER)),
    "embargoed and withdrawn": Workflow(embargoed, lambda world: world.remove(A)),
    "clock tick": Workflow(published, strike),
    "new settings": Workflow(published, lambda world: world.upload("newsroom.toml", SETTINGS.replace("Éco", "Éko"))),
    "category removed": Workflow(
        illustrated, lambda world: world.upload("newsroom.toml", SETTINGS.replace('slug = "economie"', 'slug = "eco"'))
    ),
    "category renamed": Workflow(
        illustrated,
        lambda world: world.upload(
            "newsroom.toml",
            SETTINGS.replace('slug = "economie"', 'slug = "eco"\nformerly = ["economie"]'),
        ),
    ),
    "zone changed": Workflow(
        illustrated, lambda world: world.upload("newsroom.toml", SETTINGS.replace("Africa/Casablanca", "Pacific/Niue"))
    ),
    "deploy": Workflow(illustrated, lambda world: world.deploy("two")),
    "end an intake": Workflow(taken_in, lambda world: world.tasks.send("intake ends")),
    "take in while an archive comes": Workflow(coming_in, taken_in_and_over),
    "reconcile": Workflow(published, lambda world: world.tasks.send("full")),
    "reconcile after losses": Workflow(lost, lambda world: world.tasks.send("full")),
    "rebuild": Workflow(illustrated, damage),
}
