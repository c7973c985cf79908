"""When a watch is due: slots keep their distance, missed ones are not made up for, zones keep their own clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import UnusableSchedule
from tracker.schedules import checked_zone, following, length_of, seconds_of

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("text", "seconds"), [("15m", 900), ("1h", 3_600), ("2d", 172_800), (" 1W ", 604_800)])
def test_lengths_of_time(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds


@given(st.integers(1, 999_999), st.sampled_from("mhdw"))
def test_a_length_is_printed_as_it_can_be_written(number: int, unit: str) -> None:
    seconds = seconds_of(f"{number}{unit}")
    assert seconds_of(length_of(seconds)) == seconds
    assert [length_of(some) for some in (60, 3_600, 5_400, 86_400, 604_800, 90)] == [
        "1m",
        "1h",
        "90m",
        "1d",
        "1w",
        "90 s",
    ]


@pytest.mark.parametrize("text", ["", "h", "0h", "1", "1y", "-1h", "1.5h"])
def test_what_is_no_length_of_time(text: str) -> None:
    with pytest.raises(UnusableSchedule, match="write 15m"):
        seconds_of(text)


@given(st.integers(60, 10**6), st.integers(-(10**7), 10**7))
def test_the_next_slot_lies_ahead_and_on_the_grid(every: int, off: int) -> None:
    now = NOON + timedelta(seconds=off)
    found = following(NOON, now, every=every, cron=None)
    assert found > now or off < 0
    assert (found - NOON).total_seconds() % every == 0
    assert found > NOON


def test_a_long_stop_is_not_made_up_for() -> None:
    assert following(NOON, NOON + timedelta(days=3, minutes=5), every=3_600, cron=None) == NOON + timedelta(
        days=3, hours=1
    )


def test_a_cron_line_is_read_in_its_own_zone() -> None:
    found = following(NOON, NOON, every=None, cron="30 6 * * *", timezone="Asia/Gaza")
    assert found == datetime(2024, 3, 2, 4, 30, tzinfo=UTC)


def test_daylight_saving_moves_a_cron_line_with_its_clock() -> None:
    before = datetime(2024, 3, 30, 12, tzinfo=UTC)
    after = datetime(2024, 3, 31, 12, tzinfo=UTC)
    assert following(before, before, every=None, cron="0 9 * * *", timezone="Europe/Paris").hour == 7
    assert following(after, after, every=None, cron="0 9 * * *", timezone="Europe/Paris").hour == 7
    winter = datetime(2024, 3, 29, 12, tzinfo=UTC)
    assert following(winter, winter, every=None, cron="0 9 * * *", timezone="Europe/Paris").hour == 8


@pytest.mark.parametrize("cron", ["", "x", "* * *", "61 * * * *"])
def test_what_is_no_cron_line(cron: str) -> None:
    with pytest.raises(UnusableSchedule, match="no cron line"):
        following(NOON, NOON, every=None, cron=cron)


@pytest.mark.parametrize("zone", ["Nowhere/Here", "", "../etc/passwd"])
def test_what_is_no_time_zone(zone: str) -> None:
    with pytest.raises(UnusableSchedule, match="no time zone"):
        checked_zone(zone)
