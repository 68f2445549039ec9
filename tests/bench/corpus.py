"""A corpus of any size: seeded articles of about 600 words that look French. Article number n depends on n alone."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

CATEGORIES = tuple("politique economie societe culture sports sciences regions sante education monde".split())
_GRAMMAR = (
    "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec son ou sa aux "
    "mais comme elle ont cette ses leur on tout deux même ces après aussi fait peut ans entre sans dont était encore "
    "avant depuis où contre leurs très trois selon sous alors vers chez donc"
).split()
_OPENINGS = "ba bo bri ca che co cou da di dou fa fla fo ga gra ha ja la li lou ma mé mo na no pa plu po ra".split()
_MIDDLES = "bra ci da fe gi la li ma mi na no pe ra ri ro se so ta ti to va vi".split()
_ENDINGS = "tion ment té eur age ique isme able ance ure ier elle ade esse oise ée ant ible".split()
_FIRST = datetime(2019, 1, 1, 6, tzinfo=UTC)
_EVERY = timedelta(minutes=40)
_WORDS, _TAGS, _AUTHORS = 20_000, 300, 40
_OWN = 0.6


class World(NamedTuple):
    """What all articles share; the weights fall like those of real words and tags: few are everywhere."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    word_weights: tuple[float, ...]
    tag_weights: tuple[float, ...]


@cache
def world() -> World:
    """The same world every time."""
    luck = Random("world")
    words = _different(lambda: _word(luck), _WORDS)
    tags = _different(lambda: _word(luck).capitalize(), _TAGS)
    authors = _different(lambda: f"{_word(luck).capitalize()} {_word(luck).capitalize()}", _AUTHORS)
    return World(words, tags, authors, _falling(_WORDS, 3), _falling(_TAGS, 1))


def article(number: int) -> tuple[str, str]:
    """The path of an article below articles/, and its text: front matter and Markdown."""
    luck, shared = Random(number), world()
    when = _FIRST + number * _EVERY
    desk = luck.randrange(len(CATEGORIES))
    tags = sorted({_tag(luck, desk) for _ in range(luck.randrange(2, 7))})
    title = _sentence(luck, luck.randrange(7, 13)).rstrip(".?").replace("*", "")
    standfirst = " ".join(_sentence(luck, luck.randrange(10, 18)).replace("*", "") for _ in range(2))
    slug = f"article-{number}"
    header = [
        "---",
        f'title: "{title}"',
        f'standfirst: "{standfirst}"',
        f"category: {CATEGORIES[desk]}",
        "tags:",
        *(f"  - {tag}" for tag in tags),
        f"author: {luck.choice(shared.authors)}",
        f"date: {when.isoformat()}",
        f"slug: {slug}",
        "---",
    ]
    return f"{when:%Y/%m}/{slug}.md", "\n".join(header) + "\n\n" + "\n\n".join(_blocks(luck)) + "\n"


def write(folder: Path, numbers: range) -> None:
    """Write these articles below a folder."""
    for number in numbers:
        name, text = article(number)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _blocks(luck: Random) -> Iterator[str]:
    """Paragraphs, with headings, a list, a quotation and links between them."""
    for place in range(10):
        if place % 3 == 2:
            yield "## " + _sentence(luck, luck.randrange(4, 8)).rstrip(".?").replace("*", "")
        paragraph = " ".join(_sentence(luck, luck.randrange(8, 24)) for _ in range(4))
        yield paragraph + (f" Lire [aussi](https://journal.example/{luck.randrange(9999)})." if place % 4 == 0 else "")
    yield "\n".join(f"- {_sentence(luck, 7)}" for _ in range(4))
    yield f"> {_sentence(luck, 16)}\n>\n> — {luck.choice(world().authors)}"


def _tag(luck: Random, desk: int) -> str:
    """Three tags in five are of those that a category has for itself, a tenth of all."""
    shared, own = world(), slice(desk, None, len(CATEGORIES))
    tags = shared.tags[own] if luck.random() < _OWN else shared.tags
    return luck.choices(tags, cum_weights=shared.tag_weights[: len(tags)])[0]


def _sentence(luck: Random, length: int) -> str:
    shared = world()
    words = luck.choices(shared.words, cum_weights=shared.word_weights, k=length)
    words[1::2] = luck.choices(_GRAMMAR, k=length // 2)
    words[0] = words[0].capitalize()
    at, kind = length // 2, luck.random()
    if kind < 0.1:
        words[at] = f"«\u00a0{words[at]}\u00a0»"
    elif kind < 0.2:
        words[at] = f"l’{words[at]}"
    elif kind < 0.3:
        words[at] = f"**{words[at]}**"
    elif kind < 0.4:
        words[-1] += f" {luck.randrange(2, 9999)}\u00a0%"
    return " ".join(words) + ("\u00a0?" if luck.random() < 0.1 else ".")


def _word(luck: Random) -> str:
    return luck.choice(_OPENINGS) + "".join(luck.choices(_MIDDLES, k=luck.randrange(3))) + luck.choice(_ENDINGS)


def _different(make: Callable[[], str], count: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[make()] = None
    return tuple(found)


def _falling(count: int, first: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (place + first) for place in range(count)))
