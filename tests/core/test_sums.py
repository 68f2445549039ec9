"""Sums: who reaches a bound is found among all of them at once."""

from array import array
from random import Random

import pytest

from functions.core.related.sums import long_number, reaching, unpacked


@pytest.mark.parametrize("bound", [0, 1, 500, 501, (1 << 15) - 1])
def test_who_reaches_a_bound_is_found_among_any_number_of_sums(bound: int) -> None:
    luck = Random(bound)
    for size in (0, 1, 2, 1000):
        some = array(
            "H", [luck.choice((0, 499, 500, 501, (1 << 15) - 1, luck.randrange(1 << 15))) for _ in range(size)]
        )
        bounds = array("H", [luck.choice((each, bound)) for each in some])
        assert reaching(some, bound) == [number for number, each in enumerate(some) if each >= bound]
        pairs = enumerate(zip(some, bounds, strict=True))
        assert reaching(some, bounds) == [number for number, (each, least) in pairs if each >= least]


def test_a_long_number_says_who_has_what() -> None:
    assert list(unpacked(3 * long_number(5, [4, 1], [7, 2]), 5)) == [0, 6, 0, 0, 21]
