"""Which columns a name with "*" stands for."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sources.datasets.conditions import matches

LETTERS = st.text("ab*", max_size=12)


@given(LETTERS, st.text("ab", max_size=12))
def test_a_star_stands_for_any_letters(pattern: str, column: str) -> None:
    expected = re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), column)
    assert matches(pattern, column) == (expected is not None)


def test_a_pattern_of_many_stars_is_answered_at_once() -> None:
    assert not matches("a*" * 500 + "b", "a" * 2000)
