"""Whatever order events come in, and however often, the site is what a rebuild makes."""

import random
from itertools import permutations

import pytest

from tests.newsroom import Newsroom
from tests.workflows.articles import article, jpeg, with_lead

UPLOADS: dict[str, bytes | str] = {
    "articles/a.md": article("Al Omrane : le plan", tags="Al Omrane, Logement", author="Salma Idrissi"),
    "articles/b.md": article("Al Omrane : le bilan", tags="Al Omrane", date="2022-01-10", category="Économie"),
    "articles/c.md": with_lead("c.jpg", title="Noor : le soleil", category="developpement-durable"),
    "articles/c.jpg": jpeg(),
    "articles/d.md": article("Refusé", category="inconnue"),
}


@pytest.mark.parametrize(("first", "second"), list(permutations(UPLOADS, 2)))
def test_both_orders_of_two_events_and_a_doubled_one_give_the_same_bytes(first: str, second: str) -> None:
    newsroom = Newsroom()
    for key in sorted((first, second)):
        newsroom.inbox.upload(key, _bytes(key))
    newsroom.queues.ingests += [first, second, first]
    newsroom.drain()
    assert newsroom.site.objects == newsroom.rebuilt()


@pytest.mark.parametrize("seed", range(30))
def test_any_order_of_messages_with_duplicates_gives_the_site_of_a_rebuild(seed: int) -> None:
    luck = random.Random(seed)
    newsroom = Newsroom()
    for _ in range(8):
        key = luck.choice([*UPLOADS, "articles/a.md"])
        if luck.random() < 0.2:
            newsroom.remove(key)
        else:
            newsroom.upload(key, _edited(luck, key))
        newsroom.queues.ingests += [key] * (luck.random() < 0.3)
        if luck.random() < 0.5:
            newsroom.drain(lambda queue: luck.randrange(len(queue)))
    newsroom.drain(lambda queue: luck.randrange(len(queue)))
    assert newsroom.site.objects == newsroom.rebuilt()


def _bytes(key: str) -> bytes:
    body = UPLOADS[key]
    return body if isinstance(body, bytes) else body.encode()


def _edited(luck: random.Random, key: str) -> bytes:
    if key.endswith(".jpg"):
        return jpeg(colour=luck.choice(["teal", "maroon"]))
    choices = [("2024-03-29", "2023-11-02"), ("Al Omrane", "Alliances"), ("economie", "developpement-durable")]
    old, new = luck.choice(choices)
    return _bytes(key).replace(old.encode(), new.encode())
