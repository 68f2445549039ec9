from datetime import timedelta

import pytest

from functions.core import keys
from functions.core.errors import MailDeferred, MailRefused
from functions.core.newsletter import rows
from functions.core.newsletter.issue import Issue, make_issue
from functions.core.newsletter.letter import MAX_HTML
from functions.core.newsletter.mime import Mail
from functions.core.newsletter.subscriber import Ask, asked, confirmed
from functions.core.newsletter.subscription import address_of
from functions.core.newsletter.tokens import milliseconds
from functions.workflows.issue import issue, next_issue
from functions.workflows.personal_data import export
from functions.workflows.records import records_of
from functions.workflows.subscribers import change
from tests.newsletter.issuing import Day
from tests.newsletter.mail import body, parsed, text


def test_an_issue_carries_what_is_new_and_each_article_is_mailed_once() -> None:
    today = Day(readers=1)
    report = today.day()
    assert (report.articles, report.sent, report.waiting) == (2, 1, 0)
    today.tomorrow()
    today.publish("Un scoop", date="2026-11-21")
    report = today.day()
    assert (report.articles, report.sent) == (1, 1)
    first, second = (body(mail, "html") for mail in today.desk.mailer.sent)
    assert ("Titre" in first, "scoop" in first) == (True, False)
    assert ("Titre" in second, "scoop" in second) == (False, True)
    assert export(today.desk.office, address_of("reader0@example.ma"))["history"] == [
        "2026-11-20T12:00:00+00:00 issue 2026-11-20: sent",
        "2026-11-21T12:00:00+00:00 issue 2026-11-21: sent",
    ]


@pytest.mark.parametrize("row", [rows.STATE, rows.issue("2026-11-20")])
def test_one_reader_whose_row_cannot_be_read_keeps_the_issue_from_no_other(row: str) -> None:
    today = Day(readers=2)
    spoilt = rows.partition(today.desk.office.keyring.subscriber(address_of("reader0@example.ma").identity))
    kept = today.desk.rows.read(rows.Key(spoilt, row))
    today.desk.rows.write(
        rows.Row(rows.Key(spoilt, row), '{"asks": 1, "outcome": "of newer code"}', kept.rev + 1 if kept else 1)
    )
    report = today.day()
    assert (report.sent, report.unreadable, report.waiting) == (1, 1, 0)
    assert today.recipients == ["reader1@example.ma"]


@pytest.mark.parametrize("made", [False, True])
def test_one_article_whose_record_cannot_be_read_keeps_the_issue_from_nobody(made: bool) -> None:
    today = Day(readers=1)
    if made:
        today.fire()
    today.newsroom.state.put(keys.record("titre-numero-0.md"), b'{"id": "of newer code"}')
    assert (today.day().sent, "numero 0" in text(today.desk.mailer.sent[0])) == (1, False)


def test_a_day_full_of_one_category_takes_no_article_from_the_readers_of_another() -> None:
    today = Day(readers=0, articles=1)
    (record,) = records_of(today.newsroom.state, ["titre-numero-0.md"])
    assert record.article is not None
    climate = record.article.model_copy(update={"category": "developpement-durable"})
    news = [record.model_copy(update={"id": f"{number}.md"}) for number in range(70)]
    quiet = [record.model_copy(update={"id": f"climate-{number}.md", "article": climate}) for number in range(2)]
    before = Issue(date="2024-03-28", made_at=record.article.visible_from)
    made = make_issue("2024-03-29", [*news, *quiet], before, today.desk.now)
    assert made.ids == tuple(each.id for each in [*news[:60], *quiet])
    assert len(make_issue("2024-03-29", [*news, *quiet], None, today.desk.now).ids) == 12, "the first is a taste"


def test_an_article_that_was_mailed_is_not_mailed_again_when_its_file_is_renamed() -> None:
    today = Day(readers=1, articles=1)
    key = today.publish("Un scoop", date="2026-11-20")
    today.day()
    for name in ("articles/2026/scoop.md", "articles/11/scoop.md"):
        today.tomorrow()
        today.newsroom.remove(key)
        today.publish("Un scoop", key=name, date="2026-11-20", moved_from=key.removeprefix("articles/"))
        assert today.day().articles == 0
        key = name


def test_what_a_failure_kept_from_readers_until_midnight_comes_before_the_next_issue() -> None:
    today = Day(readers=2, articles=1)
    today.desk.now = today.desk.now.replace(hour=22, minute=30)
    today.fire()
    today.desk.outbox.deliveries.clear()
    today.desk.wait(hours=3)
    report = issue(today.desk.office, today.newsroom.state)
    assert report is not None
    assert (report.date, report.waiting) == ("2026-11-20", 2)
    today.send()
    assert len(today.desk.mailer.sent) == 2
    report = issue(today.desk.office, today.newsroom.state)
    assert report is not None
    assert (report.date, report.sent) == ("2026-11-20", 2)
    assert issue(today.desk.office, today.newsroom.state) is None, "today's has to wait for its hour"


def test_when_nothing_is_new_nothing_is_sent() -> None:
    today = Day(readers=2)
    today.day()
    today.desk.mailer.sent.clear()
    today.tomorrow()
    report = today.fire()
    assert report is not None
    assert (report.articles, report.waiting) == (0, 0)
    assert today.fire() is None, "it is done"
    today.send()
    assert today.desk.mailer.sent == []


def test_an_article_under_embargo_is_in_no_issue_until_its_hour_and_then_in_one() -> None:
    today = Day(readers=1, articles=1)
    hour = (today.desk.now + timedelta(hours=30)).isoformat()
    today.publish("Sous embargo", date="2026-11-20", embargo=hour)
    today.day()
    assert "embargo" not in text(today.desk.mailer.sent[-1])
    for _ in range(2):
        today.tomorrow()
        today.newsroom.tick(today.desk.now)
        today.day()
    assert ["embargo" in text(mail) for mail in today.desk.mailer.sent] == [False, True]


def test_an_article_that_is_withdrawn_before_it_is_sent_is_not_sent() -> None:
    today = Day(readers=2, articles=1)
    key = today.publish("Une erreur")
    today.fire()
    today.newsroom.remove(key)
    today.newsroom.drain()
    today.send()
    assert len(today.desk.mailer.sent) == 2
    assert not any("erreur" in text(mail) for mail in today.desk.mailer.sent)


def test_an_article_whose_file_is_renamed_before_it_is_sent_is_sent_once() -> None:
    today = Day(readers=1, articles=1)
    key = today.publish("Un scoop", date="2026-11-20")
    today.fire()
    today.newsroom.remove(key)
    today.publish("Un scoop", key="articles/2026/scoop.md", date="2026-11-20", moved_from=key.removeprefix("articles/"))
    assert today.day().sent == 1
    assert text(today.desk.mailer.sent[0]).count("scoop") == 2, "its title, and its address"
    today.tomorrow()
    assert today.day().articles == 0


def test_a_reader_gets_the_categories_that_were_chosen_and_no_mail_for_none_of_them() -> None:
    today = Day(readers=0, articles=1)
    today.enrol("economy@example.ma", categories=("economie",))
    today.enrol("climate@example.ma", categories=("developpement-durable",))
    report = today.day()
    assert (report.sent, report.nothing) == (1, 1)
    assert today.recipients == ["economy@example.ma"]


def test_a_reader_whose_categories_the_newsroom_has_given_up_gets_all_rather_than_nothing_for_ever() -> None:
    today = Day(readers=0, articles=1)
    today.enrol("former@example.ma", categories=("culture", "bourse"))
    today.enrol("climate@example.ma", categories=("culture", "developpement-durable"))
    today.day()
    assert today.recipients == ["former@example.ma"]


def test_a_reader_who_left_after_the_issue_was_made_gets_none() -> None:
    today = Day(readers=1)
    today.fire()
    today.desk.rows.by_key.clear()
    today.send()
    assert today.desk.mailer.sent == []


def test_before_its_hour_there_is_no_issue() -> None:
    today = Day(readers=1)
    today.desk.now = today.desk.now.replace(hour=2)
    assert issue(today.desk.office, today.newsroom.state) is None
    today.desk.now = today.desk.now.replace(hour=12)
    assert issue(today.desk.office, today.newsroom.state) is not None


def test_a_reader_who_changes_categories_while_the_issue_waits_gets_it_nonetheless() -> None:
    today = Day(readers=1, articles=1)
    today.fire()
    today.desk.outbox.deliveries.clear()
    (reader,) = today.readers
    today.desk.wait(minutes=5)
    at = milliseconds(today.desk.now)
    change(today.desk.rows, reader, lambda before: asked(before, Ask(at=at, job="2", address="sealed"), at))
    change(today.desk.rows, reader, lambda before: confirmed(before, at, at + 60_000))
    today.desk.wait(minutes=5)
    report = today.fire()
    assert report is not None
    assert report.waiting == 1


def test_a_preview_writes_nothing() -> None:
    today = Day(readers=1)
    before = dict(today.newsroom.state.objects)
    assert len(next_issue(today.desk.office, today.newsroom.state).ids) == 2
    assert dict(today.newsroom.state.objects) == before
    today.day()
    assert next_issue(today.desk.office, today.newsroom.state).ids == ()


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_a_mail_is_light_speaks_the_reader_s_language_and_says_the_way_out(language: str) -> None:
    today = Day(readers=0, articles=12)
    today.enrol("naima@example.ma", locale=language)
    today.day()
    (mail,) = today.desk.mailer.sent
    html, headers = body(mail, "html"), parsed(mail)
    assert len(html.encode()) < MAX_HTML
    assert f'lang="{language}"' in html
    assert ('dir="rtl"' in html) == (language == "ar")
    assert "prefers-color-scheme: dark" in html
    link = headers["List-Unsubscribe"].strip("<>")
    assert link in text(mail)
    assert link.replace("&", "&amp;") in html
    assert "Titre" in text(mail)
    assert "<h2" not in text(mail)


def test_a_refused_mail_is_reported_and_a_deferred_one_is_sent_later() -> None:
    today = Day(readers=3)
    answers = [MailDeferred("sesv2: ThrottlingException"), MailRefused("sesv2: MessageRejected")]
    real = today.desk.mailer.send

    def send(mail: Mail) -> None:
        if answers:
            raise answers.pop(0)
        real(mail)

    today.desk.mailer.send = send  # type: ignore[method-assign] # a service that is in trouble twice
    report = today.day()
    assert (report.sent, report.refused, report.waiting) == (2, 1, 0)


@pytest.mark.parametrize(("days", "mails"), [(0, 1), (1, 1), (2, 0), (9, 0)])
def test_an_issue_is_news_until_the_day_after_however_late_its_dead_letter_is_replayed(days: int, mails: int) -> None:
    day = Day(readers=1)
    day.fire()
    for _ in range(days):
        day.tomorrow()
    day.send()
    assert len(day.desk.mailer.sent) == mails
