"""Seeds that are worth a name."""

ONCE_FAILED: tuple[int, ...] = ()
"""Schedules that a version of the press has failed, kept so that no later one does."""

CATCHES: dict[str, int] = {
    "ever: lists that showed an article are told": 5,
    "left: what other settings showed is cleaned up": 15,
    "flags are set after the markers": 1,
    "a flag never has the ETag of another one": 28,
    "a wake-up is never taken for another one": 1,
    "a marker never has the ETag of another one": 1,
    "handlers delete no marker of a place that was claimed": 0,
    "the flag is cleared last": 0,
    "only the flag that was read is cleared": 79,
    "who was overtaken looks again": 7,
    "related boxes are told": 29,
    "versions in other languages are told": 22,
    "a remembered page is looked at before it is believed": 430,
    "an item counts only under its marker's ETag": 5,
    "the clock never goes back": 6,
}
"""By guard, the first schedule that notices when it is gone."""
