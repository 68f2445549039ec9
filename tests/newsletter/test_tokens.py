from datetime import UTC, datetime, timedelta

import pytest

from functions.core.newsletter.tokens import Keyring, confirm_token, milliseconds, truncated, verify
from tests.newsletter.fakes import KEYRING

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
READER = "a" * 40
TOKEN = confirm_token(KEYRING, READER, milliseconds(NOW))


def test_a_token_says_whose_it_is_and_when_it_was_asked_for() -> None:
    meant = verify(TOKEN, "confirm", KEYRING, NOW)
    assert meant is not None
    assert (meant.subscriber, meant.asked_at) == (READER, milliseconds(NOW))
    assert TOKEN.split(".")[:4] == ["v1", "k2", "confirm", READER]


def test_no_single_bit_of_a_token_can_be_flipped() -> None:
    raw = TOKEN.encode()
    flips = [(place, bit) for place in range(len(raw)) for bit in range(8)]
    refused = 0
    for place, bit in flips:
        changed = bytearray(raw)
        changed[place] ^= 1 << bit
        refused += verify(changed.decode("latin-1"), "confirm", KEYRING, NOW) is None
    assert refused == len(flips) == len(raw) * 8


def test_a_token_ends_after_48_hours_and_one_to_unsubscribe_never() -> None:
    assert verify(TOKEN, "confirm", KEYRING, NOW + timedelta(hours=48))
    assert verify(TOKEN, "confirm", KEYRING, NOW + timedelta(hours=48, seconds=1)) is None
    assert verify(KEYRING.sign("unsubscribe", READER), "unsubscribe", KEYRING, NOW + timedelta(days=9000))


@pytest.mark.parametrize("purpose", ["unsubscribe", "stamp"])
def test_a_token_serves_no_other_purpose(purpose: str) -> None:
    assert verify(TOKEN, purpose, KEYRING, NOW) is None  # type: ignore[arg-type] # parametrised


def test_a_key_that_is_still_active_verifies_and_any_other_does_not() -> None:
    before = Keyring.of("identity key", '{"k1": "first key"}')
    assert verify(before.sign("unsubscribe", READER), "unsubscribe", KEYRING, NOW)
    assert verify(Keyring.of("x", '{"k1": "other"}').sign("unsubscribe", READER), "unsubscribe", KEYRING, NOW) is None
    assert (
        verify(Keyring.of("x", '{"k9": "first key"}').sign("unsubscribe", READER), "unsubscribe", KEYRING, NOW) is None
    )


def test_the_tenth_key_signs_after_the_ninth() -> None:
    keyring = Keyring.of("identity key", '{"k9": "ninth key", "k10": "tenth key"}')
    assert keyring.sign("unsubscribe", READER).split(".")[1] == "k10"


@pytest.mark.parametrize(
    "text", ["", ".", "v1", "v1.k1.confirm.a.1", "....." * 20, "é" * 50, "\ud800.a", "v1.k2.confirm.a.x.y"]
)
def test_nonsense_is_no_token(text: str) -> None:
    assert verify(text, "confirm", KEYRING, NOW) is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.17", "192.0.2.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ("2001:db8:1:ffff::", "2001:db8:1::"),
        ("::ffff:192.0.2.17", "192.0.2.0"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_an_address_is_known_by_its_network(address: str, network: str) -> None:
    assert truncated(address) == network
