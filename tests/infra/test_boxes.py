"""The boxes of a whole archive at once are those that the press makes one by one."""

from datetime import timedelta

from functions.core.article import RelatedWish
from functions.core.related.archive import Archive
from functions.core.related.fingerprint import Fingerprint, fingerprint
from functions.core.related.rank import rank
from infra.boxes import Boxes
from infra.texts import Collection
from tests.bench.archive import articles, edges


def one_by_one(prints: dict[str, Fingerprint]) -> dict[str, list[str]]:
    archive = Archive.of({id_: about.signature for id_, about in prints.items()})
    boxes = {}
    for id_, about in prints.items():
        wanted = [*about.pin, *archive.shortlist(id_, about.signature).ids]
        boxes[id_] = [found.id for found in rank(about, (prints[each] for each in wanted if each in prints))]
    return boxes


def at_once(prints: dict[str, Fingerprint]) -> dict[str, list[str]]:
    some = Collection()
    for about in prints.values():
        some.add(about)
    boxes = Boxes(some.texts(), some.wishes()).of(range(len(some.ids)))
    return {id_: [some.ids[place] for place in box] for id_, box in zip(some.ids, boxes, strict=True)}


def test_they_are_the_same_with_two_languages_pins_exclusions_and_the_same_story_twice() -> None:
    some = dict(articles(300, timedelta(hours=7)))
    ids = list(some)
    prints = {}
    for place, (id_, article) in enumerate(some.items()):
        wish = (
            RelatedWish(pin=(ids[place - 9], id_, "nobody"), exclude=tuple(ids[place - 5 : place]))
            if place % 3
            else None
        )
        changes = {"lang": "en" if place % 4 == 0 else "fr", "related": wish or article.related}
        if place % 10 == 1:
            changes |= {"body": some[ids[place - 1]].body, "title": some[ids[place - 1]].title, "lang": "en"}
        prints[id_] = fingerprint(id_, article.model_copy(update=changes))
    boxes = at_once(prints)
    assert boxes == one_by_one(prints)
    assert sum(map(len, boxes.values())) > len(boxes)


def test_an_archive_of_one_article_or_of_none_has_no_boxes() -> None:
    ((id_, article),) = articles(1, timedelta(hours=1))
    assert at_once({id_: fingerprint(id_, article)}) == {id_: []}
    assert at_once({}) == {}


def test_an_article_that_says_nothing_is_in_no_box_and_has_none() -> None:
    (id_, article), (other, silent) = articles(2, timedelta(hours=1))
    silent = silent.model_copy(update={"title": "2024", "body": "<p>1 + 1</p>", "tags": ()})
    prints = {id_: fingerprint(id_, article), other: fingerprint(other, silent)}
    assert prints[other].signature.shares == {}
    assert at_once(prints) == one_by_one(prints) == {id_: [], other: []}
    assert at_once({other: prints[other]}) == {other: []}


def test_the_archive_of_the_benchmark_ends_its_shortlists_where_the_press_does() -> None:
    prints = {id_: fingerprint(id_, article) for id_, article in articles(300, timedelta(hours=7))}
    archive = Archive.of({id_: about.signature for id_, about in prints.items()})
    assert dict(edges(prints)) == {id_: archive.shortlist(id_, about.signature).edge for id_, about in prints.items()}
