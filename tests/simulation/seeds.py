"""Seeds that are worth a name."""

ONCE_FAILED: tuple[int, ...] = ()
"""Schedules that a version of the press has failed, kept so that no later one does."""

CATCHES: dict[str, int] = {
    "ever: lists that showed an article are told": 0,
    "left: what other settings showed is cleaned up": 1,
    "flags are set after the markers": 20,
    "a flag never has the ETag of another one": 4,
    "a wake-up is never taken for another one": 0,
    "a marker never has the ETag of another one": 1,
    "handlers delete no marker of a place that was claimed": 0,
    "the flag is cleared last": 1,
    "only the flag that was read is cleared": 4,
    "who was overtaken looks again": 22,
    "related boxes are told": 24,
    "versions in other languages are told": 341,
    "a remembered page is looked at before it is believed": 322,
    "an item counts only under its marker's ETag": 1,
    "the clock never goes back": 14,
}
"""By guard, the first schedule that notices when it is gone."""
