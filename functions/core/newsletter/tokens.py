"""Tokens and keyed hashes: what a link in a mail may do, and how an address is known without being kept.

A token is `v1.<kid>.<purpose>.<subscriber>.<expiry>.<mac>`: the mac is HMAC-SHA256 over all before it, in URL-safe
base64; the expiry is in milliseconds since 1970, 0 for never. Nothing is decoded before the mac has been compared.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from ipaddress import ip_address
from typing import Literal, NamedTuple

from functions.core.model import Frozen

Purpose = Literal["confirm", "unsubscribe", "stamp"]
CONFIRM = 48 * 3_600_000  # milliseconds for which the link of a mail that asks to confirm is good
MAX_TOKEN = 300
_VERSION = "v1"
_NEVER = 0


def milliseconds(instant: datetime) -> int:
    """Milliseconds since 1970."""
    return int(instant.timestamp() * 1000)


class Keyring(NamedTuple):
    """The secrets: `identity` turns addresses into ids and never changes; `tokens` are the active keys by kid.

    The last kid signs, where k10 comes after k9; every one verifies: a new key is added before an old one goes.
    """

    identity: bytes
    tokens: Mapping[str, bytes]

    @classmethod
    def of(cls, identity: str, tokens: str) -> "Keyring":
        """From the two secrets' texts: any long text, and a JSON object of texts by kid; ValueError for no such one.

        A dot would part a token, of which no link could then be read.
        """
        keys = {kid: key.encode() for kid, key in json.loads(tokens).items()}
        if not keys or not all(keys.values()) or any("." in kid for kid in keys):
            raise ValueError("no keys, an empty one, or a dot in the id of one")
        return cls(identity.encode(), keys)

    def subscriber(self, identity: str) -> str:
        """The id of an address, given as its normalised text: 40 hex digits that tell nothing without the key."""
        return self._hash("address", identity)

    def inbox(self, inbox: str) -> str:
        """The id of what addresses may have in common: see `Address.inbox`."""
        return self._hash("inbox", inbox)

    def network(self, address: str) -> str:
        """The id of the network, /24 or /48, that an IP address is in."""
        return self._hash("network", truncated(address))

    def sign(self, purpose: Purpose, subscriber: str, expiry: int = _NEVER) -> str:
        """A token, by the newest key."""
        kid = max(self.tokens, key=lambda each: (len(each), each))
        text = f"{_VERSION}.{kid}.{purpose}.{subscriber}.{expiry}"
        return f"{text}.{_mac(self.tokens[kid], text)}"

    def _hash(self, kind: str, text: str) -> str:
        return hmac.new(self.identity, f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()[:40]


class Token(Frozen):
    """What a genuine token says; `expiry` in milliseconds since 1970, 0 for never."""

    subscriber: str
    expiry: int

    @property
    def asked_at(self) -> int:
        """When the sign-up that a confirmation token belongs to was made, in milliseconds since 1970."""
        return self.expiry - CONFIRM


def confirm_token(keyring: Keyring, subscriber: str, asked_at: int) -> str:
    """The token of one sign-up's confirmation, good for 48 hours."""
    return keyring.sign("confirm", subscriber, asked_at + CONFIRM)


def verify(token: str, purpose: Purpose, keyring: Keyring, now: datetime) -> Token | None:
    """What the token says, if one of our keys made it, for this purpose, and it has not expired; None otherwise.

    The mac is compared as text: base64 has several spellings of some bytes, and only ours counts.
    """
    if len(token) > MAX_TOKEN:
        return None
    text, _, mac = token.rpartition(".")
    parts = text.split(".")
    if len(parts) != 5 or parts[1] not in keyring.tokens:
        return None
    if not hmac.compare_digest(_mac(keyring.tokens[parts[1]], text).encode(), mac.encode(errors="replace")):
        return None
    version, _, meant, subscriber, expiry = parts
    if version != _VERSION or meant != purpose or (int(expiry) and int(expiry) < milliseconds(now)):
        return None
    return Token(subscriber=subscriber, expiry=int(expiry))


def truncated(address: str) -> str:
    """The network of an IP address, /24 or /48, as `192.0.2.0` or `2001:db8::`; empty for what is no address.

    Anybody is given a /48 for the asking, which has 65,536 networks of /64.
    """
    try:
        found = ip_address(address.strip())
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None) or found
    host_bits = 8 if mapped.version == 4 else 80
    return str(type(mapped)(int(mapped) >> host_bits << host_bits))


def _mac(key: bytes, text: str) -> str:
    digest = hmac.new(key, text.encode(errors="replace"), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
