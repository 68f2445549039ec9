from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from functions.core.newsletter.subscriber import (
    Ask,
    Subscriber,
    allowed,
    asked,
    bounced_softly,
    confirmed,
    erased,
    join,
    suppressed,
    unsubscribed,
)

DAY = 86_400_000
NOW = 20_000 * DAY


def ask(at: int = NOW, job: str = "job") -> Ask:
    return Ask(at=at, job=f"{job}-{at}", address="sealed")


def confirmed_reader(at: int = NOW) -> Subscriber:
    pending = asked(Subscriber(), ask(at), at)
    assert pending is not None
    reader = confirmed(pending, at, at + 1)
    assert reader is not None
    return reader


TIMES = st.integers(1, 9)
ASKS = st.builds(Ask, at=TIMES, job=st.sampled_from("ab"), address=st.just("x"))
FACTS = st.builds(
    Subscriber,
    asks=st.lists(ASKS, max_size=2, unique_by=lambda each: each.at).map(
        lambda found: tuple(sorted(found, key=lambda a: a.at))
    ),
    confirmed=st.none() | ASKS.map(lambda each: each.model_copy(update={"job": f"at {each.at}"})),
    unsubscribed_at=st.integers(0, 9),
    suppressed_at=st.integers(0, 9),
    soft_bounces=st.lists(TIMES, max_size=3).map(lambda found: tuple(sorted(set(found)))),
)


@given(FACTS, FACTS, FACTS)
def test_the_join_of_facts_does_not_depend_on_their_order(one: Subscriber, two: Subscriber, three: Subscriber) -> None:
    results = {join(join(a, b), c).canonical() for a, b, c in permutations((one, two, three))}
    results.add(join(one, join(two, three)).canonical())
    assert len(results) == 1
    both = join(one, two)
    assert join(both, two) == both


@given(FACTS, FACTS, st.integers(0, 9))
def test_it_is_the_same_to_forget_before_facts_meet_or_after(one: Subscriber, two: Subscriber, hour: int) -> None:
    now = 7 * DAY + hour
    after = join(one, two).without_lapsed(now)
    assert join(one.without_lapsed(now), two.without_lapsed(now)) == after
    assert after.without_lapsed(now) == after
    assert after.state(now) == join(one, two).state(now)


def test_states_outweigh_each_other_in_this_order() -> None:
    reader = confirmed_reader()
    assert reader.state(NOW + 2) == "confirmed"
    gone = unsubscribed(reader, NOW + 3)
    assert gone.state(NOW + 4) == "unsubscribed"
    back = asked(gone, ask(NOW + DAY), NOW + DAY)
    assert back is not None
    assert back.state(NOW + DAY) == "pending"
    again = confirmed(back, NOW + DAY, NOW + DAY + 5)
    assert again is not None
    assert again.state(NOW + DAY + 5) == "confirmed"
    assert suppressed(again, NOW + 2 * DAY).state(NOW + 2 * DAY) == "suppressed"


def test_a_confirmation_link_used_again_after_unsubscribing_brings_nobody_back() -> None:
    gone = unsubscribed(confirmed_reader(), NOW + 3)
    assert confirmed(gone, NOW, NOW + 4) is None


def test_an_unsubscription_forgets_the_address() -> None:
    assert "sealed" not in unsubscribed(confirmed_reader(), NOW + 3).canonical().decode()
    assert "sealed" not in erased(confirmed_reader(), NOW + 3).canonical().decode()


def test_nobody_brings_a_suppressed_address_back() -> None:
    reader = suppressed(confirmed_reader(), NOW + 9)
    assert asked(reader, ask(NOW + DAY), NOW + DAY) is None
    assert confirmed(reader, NOW, NOW + DAY) is None


def test_a_sign_up_that_is_not_confirmed_ends_after_seven_days() -> None:
    pending = asked(Subscriber(), ask(), NOW)
    assert pending is not None
    assert pending.state(NOW + 7 * DAY - 1) == "pending"
    assert pending.state(NOW + 7 * DAY) == "unknown"
    assert pending.expires == (NOW + 7 * DAY) // 1000
    assert confirmed_reader().expires is None


def test_an_address_gets_three_mails_a_day_ten_minutes_apart() -> None:
    reader, taken = Subscriber(), []
    for minute in range(0, 24 * 60, 5):
        at = NOW + minute * 60_000
        after = asked(reader, ask(at), at)
        if after is not None:
            reader = after
            taken.append(minute)
    assert taken == [0, 10, 20]
    assert asked(reader, ask(NOW + 2 * DAY), NOW + 2 * DAY) is not None


def test_who_corrects_a_wish_need_not_wait_and_gets_no_fourth_mail() -> None:
    reader, taken = Subscriber(), []
    for minute, categories in enumerate(
        [("sport",), ("sport",), ("sport", "culture"), ("culture", "sport"), (), ("x",)]
    ):
        at = NOW + minute * 60_000
        after = asked(reader, ask(at).model_copy(update={"categories": categories}), at)
        if after is not None:
            reader = after
            taken.append(minute)
    assert taken == [0, 2, 4]


def test_a_job_that_is_delivered_again_counts_its_mails() -> None:
    reader = Subscriber()
    for mails in (1, 2, 3):
        after = asked(reader, ask(), NOW + mails)
        assert after is not None
        assert after.asks[0].mails == mails
        reader = after
    assert asked(reader, ask(), NOW + 4) is None


def test_the_fifth_soft_bounce_in_a_fortnight_suppresses() -> None:
    reader = confirmed_reader(NOW - DAY)
    for day in (0, 4, 8, 12):
        reader = bounced_softly(reader, NOW + day * DAY)
    assert reader.state(NOW + 12 * DAY) == "confirmed"
    assert bounced_softly(reader, NOW + 13 * DAY).state(NOW + 13 * DAY) == "suppressed"
    assert bounced_softly(reader, NOW + 15 * DAY).state(NOW + 15 * DAY) == "confirmed"


def full_mailbox(reader: Subscriber, first: int = NOW + DAY) -> Subscriber:
    for day in range(5):
        reader = bounced_softly(reader, first + day * DAY)
    return reader


def test_a_new_consent_ends_what_a_full_mailbox_has_brought_on() -> None:
    reader = full_mailbox(confirmed_reader())
    assert reader.state(NOW + 6 * DAY) == "suppressed"
    assert reader.suppressed_since == NOW + 5 * DAY
    assert "sealed" not in reader.canonical().decode()
    assert confirmed(reader, NOW, NOW + 6 * DAY) is None, "the link of the old consent brings nobody back"
    back = asked(reader, ask(NOW + 6 * DAY), NOW + 6 * DAY)
    assert back is not None
    again = confirmed(back, NOW + 6 * DAY, NOW + 6 * DAY + 5)
    assert again is not None
    assert again.state(NOW + 7 * DAY) == "confirmed"
    assert bounced_softly(again, NOW + 7 * DAY).state(NOW + 7 * DAY) == "confirmed", "it counts anew"
    assert bounced_softly(again, NOW + 5 * DAY + 1) == again.model_copy(update={"soft_bounces": ()}), "one that is late"
    assert full_mailbox(again, NOW + 7 * DAY).state(NOW + 12 * DAY) == "suppressed"


@given(st.permutations(["full", "complaint"]))
def test_a_complaint_outlasts_a_full_mailbox_whichever_came_first(order: list[str]) -> None:
    reader = confirmed_reader()
    for what in order:
        reader = full_mailbox(reader) if what == "full" else suppressed(reader, NOW + 3 * DAY)
    assert asked(reader, ask(NOW + 9 * DAY), NOW + 9 * DAY) is None


def test_an_operator_s_word_lets_a_suppressed_address_ask_again_and_no_more() -> None:
    reader = allowed(suppressed(confirmed_reader(), NOW + 3))
    assert reader.state(NOW + 4) == "unsubscribed"
    assert confirmed(reader, NOW, NOW + 4) is None
    assert asked(reader, ask(NOW + DAY), NOW + DAY) is not None


def test_an_operator_s_word_after_a_bounce_that_was_told_late_makes_no_reader_without_an_address() -> None:
    """The newer consent was confirmed after the bounce; its sealed address is gone with it."""
    reader = allowed(suppressed(confirmed_reader(), NOW - DAY))
    assert reader.state(NOW + DAY) == "unsubscribed"
    assert asked(reader, ask(NOW + DAY), NOW + DAY) is not None


def test_a_bounce_of_an_address_that_nobody_confirmed_is_forgotten_in_its_time() -> None:
    bounced = bounced_softly(Subscriber(), NOW)
    assert bounced.expires == (NOW + 14 * DAY) // 1000
    pending = asked(bounced, ask(NOW + DAY), NOW + DAY)
    assert pending is not None
    assert pending.expires == (NOW + 8 * DAY) // 1000, "its sealed address is kept no longer for it"
    assert bounced_softly(confirmed_reader(), NOW + DAY).expires is None
