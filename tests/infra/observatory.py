"""The score table of Mozilla's HTTP Observatory for a site without scripts of others and without cookies.

Source: mdn-http-observatory, src/grader/charts.js: 100, less what is missing; bonuses count only from 90 up.
A site without cookies and outside the browsers' preload list reaches BEST; integrity of its own scripts would add 5.
The table is that of August 2026, which counts isolation by COOP and COEP.
"""

from collections.abc import Mapping, Sequence

BEST = 150
_HALF_A_YEAR = 15_768_000
# The values that isolate, then one that is known and does not.
_ISOLATION = {
    "cross-origin-resource-policy": ("same-origin", "same-site", "cross-origin"),
    "cross-origin-embedder-policy": ("require-corp", "credentialless", "unsafe-none"),
    "cross-origin-opener-policy": (
        *("same-origin", "same-origin-allow-popups", "noopener-allow-popups"),
        "unsafe-none",
    ),
}
_STRICT_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def score(headers: Mapping[str, str], *, https: bool) -> dict[str, int]:
    """The modifiers by test; their sum and 100 are the score. `https`: is the site reached by HTTPS alone?"""
    named = {name.lower(): value for name, value in headers.items()}
    policy = csp(named.get("content-security-policy", ""))
    modifiers = {
        "content-security-policy": _policy(policy),
        "cookies": 0 if "set-cookie" not in named else -20,
        "cross-origin-resource-sharing": 0 if "access-control-allow-credentials" not in named else -50,
        "redirection": 0 if https else -20,
        "referrer-policy": _referrer(named.get("referrer-policy")),
        "strict-transport-security": _transport(named.get("strict-transport-security", "")),
        "subresource-integrity": 0,  # no script of another origin
        "x-content-type-options": 0 if named.get("x-content-type-options") == "nosniff" else -5,
        "x-frame-options": _frames(policy, named.get("x-frame-options", "")),
        **{name: _isolation(named.get(name), known) for name, known in _ISOLATION.items()},
    }
    penalties = sum(each for each in modifiers.values() if each < 0)
    return modifiers if 100 + penalties >= 90 else {name: min(0, each) for name, each in modifiers.items()}


def csp(text: str) -> dict[str, list[str]]:
    """The directives of a policy."""
    directives = (part.split() for part in text.split(";") if part.strip())
    return {name.lower(): values for name, *values in directives}


def _policy(policy: Mapping[str, list[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", ["*"])
    scripts, styles = policy.get("script-src", default), policy.get("style-src", default)
    if {"'unsafe-inline'", "'unsafe-eval'", "data:", "*", "https:", "http:"} & set(scripts):
        return -20
    if "'unsafe-inline'" in styles:
        return 0
    forms = policy.get("form-action", ["*"])
    return 10 if default == ["'none'"] and forms in (["'none'"], ["'self'"]) else 5


def _transport(value: str) -> int:
    ages = [int(part.split("=")[1]) for part in value.replace(" ", "").split(";") if part.startswith("max-age=")]
    if not ages:
        return -20
    return -10 if ages[0] < _HALF_A_YEAR else 0


def _referrer(value: str | None) -> int:
    if value is None:
        return 0
    return 5 if value in _STRICT_REFERRERS else -5


def _isolation(value: str | None, known: Sequence[str]) -> int:
    if value is None or value == known[-1]:
        return 0
    return 10 if value in known else -5


def _frames(policy: Mapping[str, list[str]], value: str) -> int:
    if "frame-ancestors" in policy:
        return 5
    return 0 if value.upper() in {"DENY", "SAMEORIGIN"} else -20
