"""Editors change their minds: what is withdrawn, restored, renamed; in any order of events."""

import random
from datetime import timedelta
from itertools import permutations

import pytest

from functions.workflows.tick import tick
from tests.newsroom import Newsroom
from tests.workflows.articles import article
from tests.workflows.test_protocol import published, receipt

OLD, NEW, NEWEST = "articles/ancien.md", "articles/nouveau.md", "articles/dernier.md"
RETIRED = {"withdrawn": "true", "reason": "Erreur sur la personne"}


def path(key: str) -> str:
    """The site path of an object."""
    return "/" + key.removesuffix("index.html")


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


def test_an_upload_that_withdraws_itself_is_gone_from_everything_but_its_tombstone(newsroom: Newsroom) -> None:
    newsroom.upload(OLD, article("Al Omrane investit", tags="Logement"))
    newsroom.drain()
    key = published(newsroom, OLD)
    ver = newsroom.upload(OLD, article("Al Omrane investit", tags="Logement", **RETIRED))
    newsroom.drain()
    assert receipt(newsroom, ver, OLD).outcome == "withdrawn"
    assert newsroom.site.pages[key].metadata == {"gone": "1"}
    assert [name for name, body in newsroom.site.objects.items() if b"Al Omrane investit" in body] == []
    assert not any(b"Erreur sur la personne" in body for body in newsroom.site.objects.values())
    assert newsroom.site.objects == newsroom.rebuilt()


def test_a_version_that_claims_a_change_to_come_is_refused_and_the_one_before_stays(newsroom: Newsroom) -> None:
    newsroom.upload(OLD, article("Al Omrane investit"))
    newsroom.drain()
    before = dict(newsroom.site.objects)
    ver = newsroom.upload(OLD, article("Al Omrane investit", updated_at="2027-03-30 10:00"))
    newsroom.drain()
    answer = receipt(newsroom, ver, OLD)
    assert (answer.outcome, [problem.code for problem in answer.problems]) == ("refused", ["update_ahead"])
    assert newsroom.site.objects == before == newsroom.rebuilt()


def test_a_withdrawal_wants_a_reason(newsroom: Newsroom) -> None:
    ver = newsroom.upload(OLD, article(withdrawn="true"))
    newsroom.drain()
    answer = receipt(newsroom, ver, OLD)
    assert [(problem.code, problem.field) for problem in answer.problems] == [("missing_field", "reason")]


def test_a_withdrawn_article_comes_back_with_its_next_version(newsroom: Newsroom) -> None:
    newsroom.upload(OLD, article("Al Omrane investit"))
    newsroom.drain()
    before = dict(newsroom.site.objects)
    newsroom.upload(OLD, article("Al Omrane investit", **RETIRED))
    newsroom.drain()
    newsroom.upload(OLD, article("Al Omrane investit"))
    newsroom.drain()
    assert newsroom.site.objects == before


def test_an_article_that_withdraws_itself_before_it_was_ever_live_leaves_no_trace(newsroom: Newsroom) -> None:
    before = dict(newsroom.site.objects)
    newsroom.upload(OLD, article(**RETIRED))
    newsroom.drain()
    assert newsroom.site.objects == before


def test_the_lists_fill_up_from_behind_when_an_article_is_withdrawn(newsroom: Newsroom) -> None:
    for day in range(1, 23):
        newsroom.upload(f"articles/{day}.md", article(f"Titre numéro {day:02}", date=f"2024-03-{day:02}"))
    newsroom.drain()
    assert "numéro 02" not in newsroom.page("economie/index.html")
    newsroom.upload("articles/22.md", article("Titre numéro 22", date="2024-03-22", **RETIRED))
    newsroom.drain()
    assert "numéro 02" in newsroom.page("economie/index.html")
    assert "numéro 22" not in newsroom.page("economie/index.html")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_renamed_article_is_found_at_its_old_address_in_any_order_of_events(order: tuple[int, ...]) -> None:
    newsroom = Newsroom()
    newsroom.upload(OLD, article(slug="avant"))
    newsroom.drain()
    old = published(newsroom, OLD)
    newsroom.inbox.remove(OLD)
    newsroom.inbox.upload(NEW, article(slug="apres", moved_from=OLD).encode())
    newsroom.queues.ingests += [[OLD, NEW, NEW][each] for each in order]
    newsroom.drain()
    assert newsroom.site.pages[old].metadata["redirect"] == path(published(newsroom, NEW))
    assert newsroom.site.objects == newsroom.rebuilt()


def test_an_old_file_that_is_still_there_is_still_an_article(newsroom: Newsroom) -> None:
    newsroom.upload(OLD, article(slug="avant"))
    newsroom.upload(NEW, article(slug="apres", moved_from=OLD))
    newsroom.drain()
    assert "redirect" not in newsroom.site.pages[published(newsroom, OLD)].metadata
    assert newsroom.site.objects == newsroom.rebuilt()


def test_an_article_that_was_renamed_twice_is_one_redirect_away_from_each_old_address(newsroom: Newsroom) -> None:
    newsroom.upload(OLD, article())
    newsroom.drain()
    oldest = published(newsroom, OLD)
    newsroom.upload(NEW, article(moved_from=OLD))
    newsroom.remove(OLD)
    newsroom.drain()
    old = published(newsroom, NEW)
    newsroom.upload(NEWEST, article(moved_from=NEW))
    newsroom.remove(NEW)
    newsroom.drain()
    target = path(published(newsroom, NEWEST))
    assert [newsroom.site.pages[key].metadata["redirect"] for key in (oldest, old)] == [target, target]
    newsroom.upload(NEWEST, article(moved_from=NEW, slug="encore"))
    newsroom.drain()
    target = path(published(newsroom, NEWEST))
    assert [newsroom.site.pages[key].metadata["redirect"] for key in (oldest, old)] == [target, target]
    newsroom.remove(NEWEST)
    newsroom.drain()
    assert [newsroom.site.pages[key].metadata for key in (oldest, old)] == [{"gone": "1"}] * 2
    assert newsroom.site.objects == newsroom.rebuilt()


def test_two_articles_that_say_to_be_each_other_lead_nobody_in_circles(newsroom: Newsroom) -> None:
    newsroom.upload(OLD, article(moved_from=NEW))
    newsroom.upload(NEW, article(moved_from=OLD))
    newsroom.drain()
    old, new = published(newsroom, OLD), published(newsroom, NEW)
    newsroom.remove(OLD)
    newsroom.drain()
    assert newsroom.site.pages[old].metadata["redirect"] == path(new)
    newsroom.remove(NEW)
    newsroom.drain()
    assert [newsroom.site.pages[key].metadata for key in (old, new)] == [{"gone": "1"}] * 2
    assert newsroom.site.objects == newsroom.rebuilt()


def test_an_article_cannot_have_been_itself(newsroom: Newsroom) -> None:
    ver = newsroom.upload(OLD, article(moved_from=OLD))
    newsroom.drain()
    assert [problem.code for problem in receipt(newsroom, ver, OLD).problems] == ["bad_id"]


@pytest.mark.parametrize("seed", range(40))
def test_any_order_of_renames_withdrawals_and_returns_gives_the_site_of_a_rebuild(seed: int) -> None:
    luck = random.Random(seed)
    newsroom = Newsroom()
    for _ in range(12):
        key = luck.choice([OLD, NEW, NEWEST])
        if luck.random() < 0.3:
            newsroom.remove(key)
        else:
            former = luck.choice([each for each in ("", OLD, NEW, NEWEST) if each != key])
            withdrawn = RETIRED if luck.random() < 0.2 else {}
            newsroom.upload(key, article(slug=luck.choice("ab"), moved_from=former, **withdrawn))
        if luck.random() < 0.4:
            newsroom.drain(lambda queue: luck.randrange(len(queue)))
    newsroom.drain(lambda queue: luck.randrange(len(queue)))
    assert newsroom.site.objects == newsroom.rebuilt()


def test_what_is_due_before_the_next_tick_is_sent_word_for_its_second(newsroom: Newsroom) -> None:
    soon, later = newsroom.now + timedelta(seconds=40.5), newsroom.now + timedelta(seconds=100)
    newsroom.upload(OLD, article(date=soon.isoformat()))
    newsroom.upload(NEW, article(date=later.isoformat()))
    newsroom.drain()
    assert newsroom.queues.delayed == [(OLD, 41)]
    newsroom.tick(newsroom.now + timedelta(seconds=60))
    assert newsroom.queues.delayed == [(OLD, 41), (NEW, 40)]
    newsroom.now = later
    newsroom.ingest(NEW)
    newsroom.drain()
    assert published(newsroom, NEW) in newsroom.site.objects
    assert newsroom.site.objects == newsroom.rebuilt()


def test_a_tick_that_comes_late_says_how_late(newsroom: Newsroom) -> None:
    hour = newsroom.now + timedelta(minutes=10)
    newsroom.upload(OLD, article(date=hour.isoformat()))
    newsroom.drain()
    assert tick(newsroom.press, hour + timedelta(minutes=3)) == (1, timedelta(minutes=3))
    newsroom.now = hour + timedelta(minutes=3)
    newsroom.drain()
    assert published(newsroom, OLD) in newsroom.site.objects
    assert tick(newsroom.press, hour + timedelta(minutes=4)) == (0, timedelta())


def test_a_correction_moves_the_date_of_the_last_change_and_neither_address_nor_date_of_publication(
    newsroom: Newsroom,
) -> None:
    newsroom.upload(OLD, article("Al Omrane investit", date="2024-03-29 10:00"))
    newsroom.drain()
    key = published(newsroom, OLD)
    before = newsroom.page(key)
    noted = "corrections:\n  - date: 2024-04-02\n    text: Le montant était faux\n---\n\n"
    newsroom.upload(OLD, article("Al Omrane investit", date="2024-03-29 10:00").replace("---\n\n", noted, 1))
    newsroom.drain()
    assert published(newsroom, OLD) == key
    after = newsroom.page(key)
    assert "Le montant était faux" in after
    assert '<time datetime="2024-04-02">' in after
    assert "Le montant était faux" in newsroom.page("corrections/index.html")
    assert '"datePublished":"2024-03-29T10:00:00+00:00"' in before
    assert '"datePublished":"2024-03-29T10:00:00+00:00"' in after
    assert '"dateModified":"2024-03-29' in before
    assert '"dateModified":"2024-04-02' in after
    newsroom.upload(OLD, article("Al Omrane investit", date="2024-03-29 10:00"))
    newsroom.drain()
    assert "Le montant était faux" not in newsroom.page("corrections/index.html")
    assert newsroom.site.objects == newsroom.rebuilt()


@pytest.mark.parametrize(("day", "changed"), [("2024-03-29", "10:00:01"), ("2024-03-29 15h30", "15:30:00")])
def test_a_correction_on_the_day_of_the_publication_is_a_change_too(newsroom: Newsroom, day: str, changed: str) -> None:
    noted = f"corrections:\n  - {{date: {day}, text: Faux.}}\n---\n\n"
    newsroom.upload(OLD, article("Al Omrane", date="2024-03-29 10:00").replace("---\n\n", noted, 1))
    newsroom.drain()
    assert f'"dateModified":"2024-03-29T{changed}' in newsroom.page(published(newsroom, OLD))
    assert newsroom.site.objects == newsroom.rebuilt()


def test_corrections_that_fill_a_page_stand_by_year_and_are_gone_with_their_article(newsroom: Newsroom) -> None:
    lines = "".join(
        f"- {{date: {year}-0{month}-02, text: Erreur {year}}}\n" for year in range(2019, 2026) for month in range(1, 4)
    )
    for number in range(3):
        text = article(f"Titre {number}", date="2018-03-29 10:00").replace(
            "---\n\n", f"corrections:\n{lines}---\n\n", 1
        )
        newsroom.upload(f"articles/titre-{number}.md", text)
    newsroom.drain()
    assert newsroom.page("corrections/2019/index.html").count("Erreur 2019") == 9
    assert "Erreur 2019" not in newsroom.page("corrections/index.html")
    assert newsroom.site.objects == newsroom.rebuilt()
    newsroom.remove("articles/titre-0.md")
    newsroom.drain()
    assert "corrections/2019/index.html" not in newsroom.site.objects
    assert newsroom.site.objects == newsroom.rebuilt()
