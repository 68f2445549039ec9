"""The report of the benchmarks tells of every target what its tables say."""

from tests.bench import report, targets


def test_the_targets_are_those_of_the_tables() -> None:
    assert targets.section() in report.README.read_text(encoding="utf-8")


def test_a_target_that_is_missed_says_why_and_what_comes_next() -> None:
    found = targets.targets(targets.sections(report.README.read_text(encoding="utf-8")))
    assert [each.what for each in found if each.row[3] == "no" and "Next" not in each.why] == []
