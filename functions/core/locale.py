"""A locale: every word that readers see, and how a date is written, from one TOML file a language."""

import tomllib

from functions.core.dates import Dates
from functions.core.model import Frozen


class Words(Frozen):
    """The words of the pages, named for their place; all are required, so a locale cannot forget one."""

    tagline: str
    skip: str
    categories: str
    see_all: str
    by: str
    list_separator: str
    list_last: str
    updated: str
    read_in_this_language: str
    credit: str
    back_to_note: str
    table: str
    preformatted: str
    tags: str
    tag: str
    author: str
    corrections: str
    corrections_intro: str
    corrections_empty: str
    related: str
    front: str
    latest: str
    archives: str
    list_empty: str
    month_empty: str
    days: str
    older_part: str
    newest_part: str
    all_of_category: str
    feed: str
    colophon: str
    not_found_title: str
    not_found_text: str
    gone_title: str
    gone_text: str
    moved_title: str
    moved_text: str
    search: str
    search_label: str
    search_count: str
    search_none: str
    search_far: str
    search_more: str
    search_error: str
    search_without: str
    share: str
    back_home: str
    newsletter: str
    newsletter_intro: str
    newsletter_text: str
    email: str
    choose: str
    consent: str
    email_wrong: str
    consent_wrong: str
    consent_version: str
    required: str
    privacy: str
    subscribe: str
    leave_empty: str
    pending_title: str
    pending_text: str
    error_title: str
    error_text: str
    confirm_title: str
    confirm_text: str
    confirm_button: str
    confirmed_title: str
    confirmed_text: str
    unsubscribe_title: str
    unsubscribe_text: str
    unsubscribe_button: str
    unsubscribed_title: str
    unsubscribed_text: str
    overtaken_title: str
    overtaken_text: str
    expired_title: str
    expired_text: str


class Locale(Dates):
    """One language of the site: `territory` as in Open Graph's og:locale."""

    territory: str
    words: Words


def parse_locale(text: bytes) -> Locale:
    """A locale from the bytes of its file; pydantic's ValidationError names every missing or surplus word."""
    return Locale.model_validate(tomllib.loads(text.decode()))
