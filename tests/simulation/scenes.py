"""Schedules that were written down: what needs three coincidences, chance would take too long to bring about."""

from collections.abc import Callable, Mapping

from functions.core import keys
from tests.simulation import intakes, walks
from tests.simulation.crashes import NeverQuietError, drain, settle
from tests.simulation.stage import Actor, Stage
from tests.simulation.workflows import DECOMPOSED, NEWER, PHOTO, A, illustrated, published
from tests.simulation.world import SETTINGS, World
from tests.workflows.articles import article, jpeg, with_lead

Scene = Callable[[World], None]
_RECORD = keys.record(keys.id_of(A))
_FILE, _PAGE = "a.md", '"art:a.md"'
_HOST, _NEAR, _FAR = "articles/hote.md", "articles/proche.md", "articles/lointain.md"
_MUCH_LIKE_IT = article("Le lieu", body="Omrane Lixus Dakhla Souss Tafilalt Rimal.")
_SOMEWHAT_LIKE_IT = article("Une autre affaire", body="Omrane Lixus Dakhla Figuig Zagora Midelt.")
_WITHOUT_ECONOMY = SETTINGS.replace('slug = "economie"', 'slug = "eco"')


def two_editions_of_a_page(world: World) -> None:
    """A worker has read the record, not yet what stands, while the next edition is printed; it dies of printing."""
    _at_rest(world, published)
    world.upload(A, NEWER.replace("Un texte.", "Un autre texte."))
    Actor(world, _FILE).ends()
    slow = Actor(world, _PAGE).stops_before("HEAD").is_late()
    world.upload(A, NEWER.replace("Un texte.", "Le dernier mot."))
    drain(world)
    slow.dies_of_its_next_write()


def two_edits_at_once(world: World) -> None:
    """A worker is about to read the record while a newer edit is taken in; it dies of its first word, and then a
    newcomer has the lists printed.
    """
    _at_rest(world, published)
    world.upload(A, NEWER.replace("le plan", "la feuille de route"))
    slow = Actor(world, _FILE).stops_before("GET", _RECORD).is_late()
    world.upload(A, NEWER.replace("le plan", "le dernier mot"))
    drain(world)
    slow.dies_of_its_next_write()
    world.upload("articles/z.md", article("Le voisin"))


def settings_there_and_back(world: World) -> None:
    """Settings are about to be installed while the former ones come back, which find nothing to do.

    One article is less than a part of a walk, after which everybody would look at the settings again.
    """
    world.upload(A, NEWER)
    drain(world)
    world.upload(keys.SETTINGS_KEY, _WITHOUT_ECONOMY)
    slow = Actor(world, keys.SETTINGS_KEY).stops_before("PUT", keys.BUILD_KEY)
    world.upload(keys.SETTINGS_KEY, SETTINGS)
    drain(world)
    slow.ends()


def a_record_under_settings_that_went(world: World) -> None:
    """A record is about to be written under new settings while the former ones come back, under which it is right."""
    _at_rest(world, published)
    world.upload(keys.SETTINGS_KEY, _WITHOUT_ECONOMY)
    Actor(world, keys.SETTINGS_KEY).ends()
    slow = Actor(world, _FILE).stops_before("PUT", _RECORD)
    world.upload(keys.SETTINGS_KEY, SETTINGS)
    drain(world)
    slow.ends()


def a_place_claimed_again(world: World) -> None:
    """A marker that no setting wants is about to be deleted while the former settings claim it again; then a newcomer
    has the list printed.
    """
    _at_rest(world, published)
    world.upload(keys.SETTINGS_KEY, _WITHOUT_ECONOMY)
    Actor(world, keys.SETTINGS_KEY).ends()
    slow = Actor(world, _FILE).stops_before("DELETE", keys.markers("cat", "economie")).is_late()
    world.upload(keys.SETTINGS_KEY, SETTINGS)
    drain(world)
    slow.dies_of_its_next_write()
    world.upload("articles/z.md", article("Le voisin"))


def a_record_that_nobody_told_of(world: World) -> None:
    """A worker has told of an upload and is slow to answer it. Its message comes again: the second worker finds new
    settings in force, and dies of writing the record. Then the first one acknowledges for both, and who looks for
    records that the settings concern finds this one up to date.
    """
    world.upload(A, NEWER)
    slow = Actor(world, _FILE).stops_before("PUT", keys.RECEIPTS)
    drain(world)
    slow.is_late()
    world.upload(keys.SETTINGS_KEY, SETTINGS.replace("Éco", "Éko"))
    installing = Actor(world, keys.SETTINGS_KEY).stops_before("GET", keys.WALK_KEY)
    Actor(world, _FILE).stops_before("PUT", _RECORD).dies_of_its_next_write()
    slow.ends()
    installing.ends()


def a_page_that_is_gone(world: World) -> None:
    """A list's page is about to appear while another worker finds that the last article has left the list."""
    slow = _about_to_print_what_goes(world)
    drain(world)
    slow.ends()


def a_page_that_is_gone_and_other_code(world: World) -> None:
    """The same, and the slow worker may not look again, since other code has been deployed."""
    slow = _about_to_print_what_goes(world)
    world.deploy("two")
    drain(world)
    slow.ends()


def _about_to_print_what_goes(world: World) -> Actor:
    world.upload(A, NEWER)
    Actor(world, _FILE).ends()
    Actor(world, '"lists:').ends()
    slow = Actor(world, '"tag:logement"').stops_before("PUT", keys.site_key(keys.tag_path("logement"))).is_late()
    world.remove(A)
    return slow


def settings_that_reach_an_old_worker(world: World) -> None:
    """Other code has been deployed, and a worker that lives on gets the word of new settings."""
    _at_rest(world, published)
    world.deploy("two")
    drain(world)
    world.upload(keys.SETTINGS_KEY, SETTINGS.replace("Éco", "Éko"))
    Actor(world, keys.SETTINGS_KEY, code="one").ends()


def an_empty_category_goes(world: World) -> None:
    """Settings without a category that no article is in are installed by a worker that dies of the first write."""
    _at_rest(world, published)
    world.upload(keys.SETTINGS_KEY, SETTINGS.split('[[category]]\nslug = "developpement')[0])
    Actor(world, keys.SETTINGS_KEY).stops_before("PUT", keys.BUILD_KEY).dies_of_its_next_write()


def an_image_whose_article_was_not_told(world: World) -> None:
    """An image is replaced, and the message to the article that shows it gets lost; then the inbox is gone through."""
    _at_rest(world, illustrated)
    world.upload(PHOTO, jpeg(16, 9, "maroon"))
    Actor(world, "photo.jpg").ends()
    world.ingests.lose()
    world.tasks.send("full")


def an_image_that_is_spelt_otherwise(world: World) -> None:
    """An article waits for an image that is then stored as a Mac spells it."""
    world.upload(A, with_lead("é.jpg"))
    drain(world)
    world.upload(DECOMPOSED, jpeg(16, 9))
    drain(world)


def an_older_truth_that_comes_last(world: World) -> None:
    """A worker is about to write down what a newer upload has replaced meanwhile; it dies of writing.

    Then one comes that is related to it, and it is printed again.
    """
    _at_rest(world, published)
    world.upload(A, NEWER.replace("Un texte.", "Un autre texte."))
    slow = Actor(world, _FILE).stops_before("PUT", _RECORD).is_late()
    world.upload(A, NEWER.replace("Un texte.", "Le dernier mot."))
    drain(world)
    slow.dies_of_its_next_write()
    world.upload(
        "articles/apres.md", article("Al Omrane : les suites", body="Le plan Al Omrane suivi.", tags="Logement")
    )


def one_that_comes_after_a_closer_one_left(world: World) -> None:
    """An article's shortlist was full when one on it left, and the next to come is less close than that one was."""
    _at_rest(world, _crowded)
    world.remove(_NEAR)
    drain(world)
    world.upload(_FAR, _SOMEWHAT_LIKE_IT)


def one_that_comes_while_a_closer_one_leaves(world: World) -> None:
    """The next comes just before the article says that its shortlist has room, and so finds itself not close enough."""
    _at_rest(world, _crowded)
    world.remove(_NEAR)
    Actor(world, "proche.md").ends()
    Actor(world, '"rel:proche.md"').ends()
    slow = Actor(world, '"art:hote.md"').stops_before("PUT", keys.POSTINGS)
    world.upload(_FAR, _SOMEWHAT_LIKE_IT)
    Actor(world, "lointain.md").ends()
    Actor(world, '"rel:lointain.md"').ends()
    slow.ends()


def two_that_come_at_once(world: World) -> None:
    """An article is about to enter the archive while another one, related to it, comes and is printed."""
    world.upload(_NEAR, _MUCH_LIKE_IT)
    Actor(world, "proche.md").ends()
    slow = Actor(world, '"rel:proche.md"').stops_before("PUT", keys.POSTINGS)
    world.upload(_FAR, _SOMEWHAT_LIKE_IT)
    drain(world)
    slow.ends()


def differences_after(scene: Scene) -> list[str]:
    """What is not as a rebuild has it once a scene is over and the world at rest, if it ever is."""
    world = World()
    world.wire = Stage()
    try:
        scene(world)
        settle(world)
    except NeverQuietError:
        return ["messages without end"]
    return world.differences()


def _at_rest(world: World, begin: Callable[[World], None]) -> None:
    begin(world)
    drain(world)


def _crowded(world: World) -> None:
    """An article with two that are much like it: as many as a shortlist of the simulation takes."""
    for key in (_HOST, _NEAR, "articles/voisin.md"):
        world.upload(key, _MUCH_LIKE_IT)


CATCHES: Mapping[str, Scene] = {
    "the inputs are read after the record": two_edits_at_once,
    "the record is looked at on both sides of its pages": two_editions_of_a_page,
    "settings that come while others are installed are found": settings_there_and_back,
    "a build that comes back is another build": a_record_under_settings_that_went,
    "a deletion that comes too late meets another marker": a_place_claimed_again,
    "nobody dies with a record untold": a_record_that_nobody_told_of,
    "who comes again looks, flag or no flag": a_page_that_is_gone,
    "an old worker that printed over somebody says so": a_page_that_is_gone_and_other_code,
    "an old worker does not turn the press back": settings_that_reach_an_old_worker,
    "categories of former settings are remembered": an_empty_category_goes,
    "an image is awaited under all spellings of its name": an_image_that_is_spelt_otherwise,
    "an image's version is part of the record": an_image_whose_article_was_not_told,
    "the record is replaced only if nobody else did": an_older_truth_that_comes_last,
    "an edge that became too high is lowered": one_that_comes_after_a_closer_one_left,
    "who may have gone by an edge that was too high is looked for": one_that_comes_while_a_closer_one_leaves,
    "an article is in the archive before others are told": two_that_come_at_once,
    "a row is written only if nobody else did": two_that_come_at_once,
    **intakes.CATCHES,
    **walks.CATCHES,
}
"""By guard that a second coincidence hides from chance, the scene that goes wrong without it."""
