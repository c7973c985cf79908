"""A worker counts as dead when its last word stands unchanged for a minute, whatever any clock shows."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.liveness import Heartbeats

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


class Steady:
    """Seconds that a test lets pass."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_worker_that_says_nothing_for_a_minute_is_silent_and_one_that_speaks_is_not() -> None:
    steady = Steady()
    beats = Heartbeats(steady)
    assert beats.silent({"one": NOON, "two": NOON}, NOON) == []
    steady.now = 61
    assert beats.silent({"one": NOON, "two": NOON + 61 * SECOND}, NOON + 61 * SECOND) == ["one"]


def test_a_worker_that_was_silent_for_long_when_it_is_met_is_silent_at_once() -> None:
    assert Heartbeats(Steady()).silent({"one": NOON}, NOON + DAY) == ["one"]


def test_a_worker_that_died_ahead_of_its_time_is_noticed_after_a_minute() -> None:
    steady = Steady()
    beats = Heartbeats(steady)
    assert beats.silent({"one": NOON + DAY}, NOON) == []
    steady.now = 61
    assert beats.silent({"one": NOON + DAY}, NOON + 61 * SECOND) == ["one"]


def test_nobody_is_silent_for_the_time_in_which_nobody_could_speak() -> None:
    steady = Steady()
    beats = Heartbeats(steady)
    beats.silent({"one": NOON}, NOON)
    steady.now = 600
    beats.forgive()
    assert beats.silent({"one": NOON}, NOON + 600 * SECOND) == []
    steady.now = 661
    assert beats.silent({"one": NOON}, NOON + 661 * SECOND) == ["one"]


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(-200_000, 200_000)), max_size=40))
def test_a_worker_that_speaks_is_never_silent_however_the_clocks_jump(rounds: list[tuple[int, int]]) -> None:
    steady, shown = Steady(), NOON
    beats = Heartbeats(steady)
    for seconds, jump in rounds:
        steady.now += seconds
        shown += (seconds + jump) * SECOND
        assert beats.silent({"one": shown}, shown) == []
