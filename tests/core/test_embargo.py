"""An embargo: until when nothing of an article is public, and what its editor should know of its place then."""

import pytest

from tests.core.uploads import read


def test_who_dates_an_article_before_the_day_on_which_it_appears_is_told_where_it_will_stand() -> None:
    (notice,) = read(date="2024-03-25 09:00", embargo="2024-03-28 18:30").notices
    assert (notice.code, notice.severity, notice.field) == ("embargo_later", "notice", "embargoed_until")
    assert (notice.value, notice.suggestion) == ("2024-03-25", "2024-03-28 18:30")
    assert "date: 2024-03-28 18:30" in notice.reason


@pytest.mark.parametrize("embargo", ["2024-03-29 18:00", "2024-03-29", "2024-03-01", "2024-03-29T23:59Z"])
def test_an_embargo_that_ends_on_the_day_of_the_article_or_before_is_not_spoken_of(embargo: str) -> None:
    assert not read(date="2024-03-29 14:30", embargo=embargo).notices


def test_days_are_those_of_the_newsroom() -> None:
    """Morocco was an hour ahead on 1 March 2024."""
    (notice,) = read(date="2024-03-01 22:00", embargo="2024-03-01T23:30Z").notices
    assert notice.suggestion == "2024-03-02 00:30"
