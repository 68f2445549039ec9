"""What CloudFront adds: to answers, by the folder of the site, and to what it asks an origin.

Source: the CloudFront Developer Guide, "Understand response headers policies", "Add custom headers to origin requests".
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from infra.local.errors import TemplateError


class CdnHeader(NamedTuple):
    """A header that the CDN adds; `override` says that it replaces what the origin says under this name."""

    value: str
    override: bool


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


def security_headers(config: Mapping[str, Any]) -> dict[str, CdnHeader]:
    """The headers of a ResponseHeadersPolicyConfig, by name. Raises TemplateError for a part that is not known here."""
    unknown = sorted(set(config) - {"Comment", "CustomHeadersConfig", "Name", "SecurityHeadersConfig"})
    policies = config.get("SecurityHeadersConfig", {})
    if unknown or set(policies) - set(_MAKERS):
        raise TemplateError(f"response headers: {unknown or sorted(policies)} are not known to the local press")
    headers = {}
    for kind, policy in policies.items():
        name, make = _MAKERS[kind]
        headers[name] = CdnHeader(make(policy), policy["Override"])
    custom = config.get("CustomHeadersConfig", {}).get("Items", ())
    return headers | {each["Header"]: CdnHeader(each["Value"], each["Override"]) for each in custom}


def cdn_headers(
    resources: Mapping[str, Mapping[str, Any]], resolve: Callable[[Any], Any]
) -> dict[str, dict[str, CdnHeader]]:
    """The headers that a template's CDN adds below each folder, in the order in which it tries them; "" is the rest."""
    config: Mapping[str, Any] = next(
        (
            each["Properties"]["DistributionConfig"]
            for each in resources.values()
            if each["Type"] == "AWS::CloudFront::Distribution"
        ),
        {},
    )
    found = {}
    for behaviour in (*config.get("CacheBehaviors", ()), *filter(None, [config.get("DefaultCacheBehavior")])):
        policy = resources[behaviour["ResponseHeadersPolicyId"]["Ref"]]["Properties"]["ResponseHeadersPolicyConfig"]
        found[_folder(behaviour.get("PathPattern", "*"))] = security_headers(resolve(policy))
    return found


def _folder(pattern: str) -> str:
    folder = pattern.removesuffix("*")
    if folder == pattern or set("*?") & set(folder):
        raise TemplateError(f"path pattern {pattern}: the local press knows only whole folders, `/folder/*`")
    return folder


def folders_of(distributions: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The beginnings of the keys under which the CDN looks for a page, one after the other."""
    found = []
    for config in (each["DistributionConfig"] for each in distributions if "DistributionConfig" in each):
        origins = {each["Id"]: each for each in config["Origins"]}
        groups = {each["Id"]: each for each in config.get("OriginGroups", {}).get("Items", ())}
        asked = config["DefaultCacheBehavior"]["TargetOriginId"]
        members = [each["OriginId"] for each in groups[asked]["Members"]["Items"]] if asked in groups else [asked]
        found += [f"{path[1:]}/" if (path := origins[each].get("OriginPath")) else "" for each in members]
    return tuple(found) or ("",)


def origin_headers(distributions: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The custom headers of the API's origin, values as in the template. Raises TemplateError for those of another."""
    origins = [origin for each in distributions for origin in each["DistributionConfig"]["Origins"]]
    if other := [each["Id"] for each in origins if "OriginCustomHeaders" in each and "CustomOriginConfig" not in each]:
        raise TemplateError(f"origin {other[0]}: only what the API is asked has headers of its own on one machine")
    return {
        header["HeaderName"]: header["HeaderValue"]
        for origin in origins
        for header in origin.get("OriginCustomHeaders", ())
    }
