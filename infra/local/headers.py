"""What CloudFront makes of a ResponseHeadersPolicy: the names and values of headers.

Source: the CloudFront Developer Guide, "Understand response headers policies".
"""

from collections.abc import Callable, Mapping
from typing import Any

from infra.local.errors import TemplateError

Maker = Callable[[Mapping[str, Any]], str]


def _transport_security(policy: Mapping[str, Any]) -> str:
    value = f"max-age={policy['AccessControlMaxAgeSec']}"
    return (
        value
        + "; includeSubDomains" * bool(policy.get("IncludeSubdomains"))
        + "; preload" * bool(policy.get("Preload"))
    )


_MAKERS: Mapping[str, tuple[str, Maker]] = {
    "ContentSecurityPolicy": ("Content-Security-Policy", lambda policy: str(policy["ContentSecurityPolicy"])),
    "ContentTypeOptions": ("X-Content-Type-Options", lambda _: "nosniff"),
    "FrameOptions": ("X-Frame-Options", lambda policy: str(policy["FrameOption"])),
    "ReferrerPolicy": ("Referrer-Policy", lambda policy: str(policy["ReferrerPolicy"])),
    "StrictTransportSecurity": ("Strict-Transport-Security", _transport_security),
}


def security_headers(config: Mapping[str, Any]) -> dict[str, str]:
    """The headers of a ResponseHeadersPolicyConfig. Raises TemplateError for a part that is not known here."""
    unknown = sorted(set(config) - {"Comment", "CustomHeadersConfig", "Name", "SecurityHeadersConfig"})
    policies = config.get("SecurityHeadersConfig", {})
    if unknown or set(policies) - set(_MAKERS):
        raise TemplateError(f"response headers: {unknown or sorted(policies)} are not known to the local press")
    headers = {_MAKERS[kind][0]: _MAKERS[kind][1](policy) for kind, policy in policies.items()}
    return headers | {each["Header"]: each["Value"] for each in config.get("CustomHeadersConfig", {}).get("Items", ())}
