"""What editors do to a press, at random; what they are after is drawn once a seed."""

from datetime import timedelta
from random import Random

from functions.core import keys
from tests.simulation.world import SETTINGS, World
from tests.workflows.articles import article, jpeg

KEYS = ("articles/a.md", "articles/b.md", "articles/2024/c.md", "articles/2024/d.md")
IMAGES = ("articles/p.jpg", "articles/q.jpg")
TITLES = ("Al Omrane : le plan", "Al Omrane : le bilan", "Noor : le soleil")
_PHOTOS = (jpeg(16, 9, "teal"), jpeg(16, 9, "maroon"), b"no image")
_NEWSROOMS = (
    SETTINGS,
    SETTINGS.replace("Économie", "Affaires"),
    SETTINGS.replace("Africa/Casablanca", "Pacific/Auckland") + '\n[moved]\n"/2019/plan/" = "/economie/"\n',
    SETTINGS.split('[[category]]\nslug = "developpement')[0],
    "[newsroom]\nname = 3\n",
)
_CORRECTION = "corrections:\n  - date: 2024-04-01\n    text: Erratum\n"


class Editors:
    """People who share a newsroom: on some days they fight over one article, on others over images or settings."""

    def __init__(self, luck: Random) -> None:
        self._luck = luck
        self._keys = luck.choice((KEYS, KEYS, KEYS[:2], KEYS[:1]))
        self._images = luck.choice((IMAGES, IMAGES[:1]))
        self._newsrooms = luck.choice((_NEWSROOMS, _NEWSROOMS, _NEWSROOMS[:2]))
        self._illustrated = luck.choice((0.1, 0.3, 0.9))
        self._doings = {
            self._save_article: 10,
            self._remove_article: 2,
            self._save_image: luck.choice((1, 3, 12)),
            self._save_pins: 0.7,
            self._take_in_an_archive: luck.choice((0, 0, 1, 3)),
            self._save_settings: luck.choice((0, 0.7, 0.7, 10)),
        }

    def act(self, world: World) -> str:
        """One thing that somebody does; says what."""
        doing = self._luck.choices(list(self._doings), list(self._doings.values()))[0]
        return doing(world)

    def _save_article(self, world: World) -> str:
        """Upload a version of an article: mostly good, sometimes bad, a draft or under embargo."""
        key = self._luck.choice(self._keys)
        world.upload(key, self._text(world))
        return f"save {key}"

    def _text(self, world: World) -> str:
        pick, chance = self._luck.choice, self._luck.random
        fields = {
            "title": pick(TITLES) if chance() > 0.1 else "",
            "category": pick(("economie", "developpement-durable")),
            "date": pick(("2024-03-29", "2024-03-31 23:30", "2023-11-02")),
            "tags": pick(("", "Logement", "Logement, Climat")),
            "author": pick(("", "Salma Idrissi")),
            "slug": pick(("", "", "un", "deux")),
        }
        if chance() < 0.1:
            fields["draft"] = "true"
        if chance() < 0.1:
            fields |= {"withdrawn": "true", "reason": "Une erreur"}
        if chance() < 0.2:
            fields["moved_from"] = pick(KEYS)
        if chance() < 0.2:
            fields |= {"translation_of": pick(KEYS), "lang": pick(("fr", "en", "ar"))}
        if chance() < 0.2:
            fields["aliases"] = pick(("/2019/plan.html", "/2019/plan/", "/economie/"))
        if chance() < 0.15:
            fields["embargo"] = (world.now + timedelta(minutes=pick((-5, 1, 4)))).isoformat(timespec="seconds")
            fields["title"] = f"Secret {fields['embargo']}"
        more = f"image:\n  file: /{pick(self._images)[9:]}\n  alt: Vue\n" if chance() < self._illustrated else ""
        more += _CORRECTION if chance() < 0.1 else ""
        return article(**fields).replace('draft: "true"', "draft: true").replace("---\n\n", f"{more}---\n\n", 1)

    def _remove_article(self, world: World) -> str:
        key = self._luck.choice(self._keys)
        world.remove(key)
        return f"remove {key}"

    def _save_image(self, world: World) -> str:
        key = self._luck.choice(self._images)
        if self._luck.random() < 0.3:
            world.remove(key)
            return f"remove {key}"
        world.upload(key, self._luck.choice(_PHOTOS))
        return f"save {key}"

    def _save_pins(self, world: World) -> str:
        """Pin stories to the front page, for a while or not, or upload what cannot be read."""
        pick = self._luck.choice
        until = pick(("", f"until: {(world.now + timedelta(minutes=pick((1, 4)))).isoformat()}\n", "until: ?\n"))
        world.upload(keys.PINS_KEY, f"pinned: [{pick(KEYS)}, {pick(KEYS)}]\n{until}")
        return "save front.yaml"

    def _take_in_an_archive(self, world: World) -> str:
        """Say that an archive comes in, or that it has; some forget the latter."""
        said = f"intake {self._luck.choice(('begins', 'ends'))}"
        world.tasks.send(said)
        return said

    def _save_settings(self, world: World) -> str:
        world.upload(keys.SETTINGS_KEY, self._luck.choice(self._newsrooms))
        return f"save {keys.SETTINGS_KEY}"
