"""A clock that jumps, and daylight saving: no slot twice, and no watch sleeps for longer than was planned."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from db.store import Store
from db.watches import Run, begin_run, due, end_run, runs, watch_named
from tracker.jobs.running import plan_by_this_clock, run_once
from tracker.schedules import SHORTEST, following
from tracker.settings import Settings
from tracker.watching import new_watch

Page = Callable[..., str]
START = datetime(2024, 3, 1, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LOOK = timedelta(minutes=5)
"""How often the simulated scheduler looks what is due."""


class Scheduler:
    """A scheduler and its visits of one watch on a clock that jumps, beside true time, which does not."""

    def __init__(self, store: Store, wait: timedelta, **schedule: Any) -> None:
        self.store, self.wait = store, wait
        self.true, self.off = timedelta(), timedelta()
        self.visited: list[timedelta] = []
        self.latest = wait
        new_watch(store, "https://ledger.example/", "page", name="w", now=START, **schedule)

    @property
    def clock(self) -> datetime:
        return START + self.true + self.off

    def jump(self, by: timedelta) -> None:
        """A jump back behind the last plan begins the wait anew; one that stays after it is not to be noticed."""
        self.off += by
        planned = watch_named(self.store, "w").planned_at
        if by < timedelta() and planned is not None:
            self.latest = self.true + self.wait if self.clock < planned - SHORTEST else self.latest - by

    def look(self) -> None:
        """One round: the watch is visited if it is due, and the time goes on."""
        plan_by_this_clock(self.store, self.clock)
        for watch in due(self.store, self.clock):
            assert begin_run(self.store, watch.name, watch.next_due, self.clock), f"{watch.next_due} is taken twice"
            next_due = following(
                watch.next_due, self.clock, every=watch.every, cron=watch.cron, timezone=watch.timezone
            )
            ended = Run(watch.name, watch.next_due, self.clock, self.clock, "unchanged")
            end_run(self.store, ended, {"next_due": next_due, "planned_at": self.clock})
            self.visited.append(self.true)
            self.latest = self.true + self.wait
        assert self.true <= self.latest + LOOK + SHORTEST
        self.true += LOOK


JUMPS = st.sampled_from(
    [DAY, -DAY, 2 * HOUR, -2 * HOUR, 10 * MINUTE, -10 * MINUTE, timedelta(seconds=2), -timedelta(seconds=2), -30 * DAY]
) | st.integers(-200_000, 200_000).map(lambda seconds: timedelta(seconds=seconds))
ROUNDS = st.lists(st.tuples(st.integers(0, 30), JUMPS), max_size=6)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path_factory.mktemp('simulated') / 'store.db'}") as store:
        yield store


@pytest.mark.parametrize(
    ("schedule", "wait"),
    [
        ({"every": "1h"}, HOUR),
        ({"cron": "10 */4 * * *"}, 4 * HOUR),
        ({"cron": "30 2 * * *", "timezone": "Asia/Gaza"}, DAY),
    ],
    ids=["every", "cron", "daily"],
)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(jumps=ROUNDS, late=st.integers(0, 3_000))
@example(jumps=[(26, DAY), (30, timedelta(seconds=17_701))], late=599)
def test_no_jump_of_the_clock_makes_a_watch_sleep_longer_or_take_a_slot_twice(
    simulated: Store, schedule: dict[str, str], wait: timedelta, jumps: list[tuple[int, timedelta]], late: int
) -> None:
    with simulated.engine.begin() as connection:
        for table in ("watch", "run"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    scheduler = Scheduler(simulated, wait, **schedule)
    scheduler.off = timedelta(seconds=late)
    for rounds, jump in [*jumps, (30, timedelta())]:
        for _ in range(rounds):
            scheduler.look()
        scheduler.jump(jump)
    # A jump adds two visits at most: that of a slot it passed over, and that of a slot it brought nearer.
    assert len(scheduler.visited) <= scheduler.true // wait + 2 + 2 * len(jumps)


def test_a_clock_that_was_a_day_ahead_and_comes_back_delays_no_visit(site: Any, make_page: Page) -> None:
    site.watch(site.serve("/a", make_page(1_377)), every="1h")
    site.now += DAY
    site.visit(later=timedelta(0))
    site.now -= DAY
    assert due(site.store, site.now + HOUR) == []
    plan_by_this_clock(site.store, site.now)
    assert watch_named(site.store, "w").next_due == site.now + HOUR
    plan_by_this_clock(site.store, site.now)
    assert watch_named(site.store, "w").next_due == site.now + HOUR


def test_a_failing_watch_waits_as_long_as_it_was_slowed_down_whatever_the_clock_does(site: Any) -> None:
    site.watch(site.serve("/a", "", status=500), cron="*/1 * * * *")
    for _ in range(3):
        site.visit(later=timedelta(0))
    assert watch_named(site.store, "w").next_due == site.now + 20 * MINUTE
    site.now -= DAY
    plan_by_this_clock(site.store, site.now)
    assert watch_named(site.store, "w").next_due == site.now + 20 * MINUTE


def test_a_clock_that_is_put_right_by_seconds_moves_no_slot(site: Any, make_page: Page) -> None:
    site.watch(site.serve("/a", make_page(1_377)), cron="30 6 * * *")
    site.visit(later=timedelta(0))
    planned = watch_named(site.store, "w")
    plan_by_this_clock(site.store, site.now - timedelta(seconds=30))
    assert watch_named(site.store, "w") == planned
    slot = planned.next_due
    assert following(slot, slot - timedelta(seconds=2), every=None, cron="30 6 * * *") == slot + DAY
    assert following(slot, slot - timedelta(seconds=2), every=3_600, cron=None) == slot + HOUR


def test_a_slot_that_comes_again_after_the_clock_went_back_is_visited_under_a_name_of_its_own(
    site: Any, make_page: Page
) -> None:
    site.watch(site.serve("/a", make_page(1_377)), cron="30 6 * * *")
    site.visit(later=timedelta(0))
    site.now = watch_named(site.store, "w").next_due
    slot = site.visit(later=timedelta(0)).slot
    site.now = slot - 23 * HOUR
    plan_by_this_clock(site.store, site.now)
    assert watch_named(site.store, "w").next_due == slot + timedelta(seconds=1)
    assert site.visit().outcome == "unchanged"
    assert watch_named(site.store, "w").next_due == slot + DAY


def test_a_host_is_asked_after_its_pause_and_not_after_the_jump(site: Any, make_page: Page) -> None:
    site.watch(site.serve("/a", make_page(1_377)))
    site.visit(spacing=5, later=timedelta(0))
    site.now -= DAY
    plan_by_this_clock(site.store, site.now)
    site.now = START - DAY
    from db.watches import take_turn

    host = site.server.url_for("/").split("/")[2]
    assert take_turn(site.store, host, site.now, timedelta(seconds=5)) == site.now + timedelta(seconds=5)
    assert take_turn(site.store, host, site.now, timedelta(seconds=5)) == site.now + timedelta(seconds=10)


def test_an_edit_seen_after_the_clock_went_back_is_the_later_one(site: Any, make_page: Page) -> None:
    from tracker.filtering import Asked
    from tracker.questions import history_of

    site.watch(site.serve("/a", make_page(1_377)))
    site.visit()
    site.now -= DAY
    plan_by_this_clock(site.store, site.now)
    site.serve("/a", make_page(1_512))
    site.visit()
    (series,) = history_of(site.store, Asked())
    assert [(step.change, step.difference) for step in series.steps] == [("first", None), ("silently_edited", 135)]


def test_the_engine_visits_again_when_a_clock_that_was_ahead_has_come_back(
    store_url: str, tmp_path: Path, httpserver: HTTPServer, make_page: Page
) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("")
    httpserver.expect_request("/a").respond_with_data(make_page(1_377), content_type="text/html")
    where = Settings(store_url, tmp_path / "archive", ("127.0.0.0/8",), host_spacing=0)
    with Store(store_url) as store:
        new_watch(store, httpserver.url_for("/a"), "page", name="w", every="1h", now=START)
    shown = [START, START + DAY, START + 30 * MINUTE, START + 91 * MINUTE, START + 5 * DAY, START - 5 * DAY]
    made = [len(run_once(where, jobs=1, on_notice=lambda _notice: None, now=now)) for now in shown]
    assert made == [1, 1, 0, 1, 1, 0]
    with Store(store_url) as store:
        assert watch_named(store, "w").next_due == START - 5 * DAY + 30 * MINUTE  # what was left of its hour
        assert len({run.slot for run in runs(store)}) == 4


ZONES = ["Europe/Paris", "Asia/Gaza", "Asia/Beirut", "Africa/Cairo", "Africa/Casablanca", "Australia/Lord_Howe"]


@pytest.mark.parametrize("zone", [*ZONES, "Atlantic/Azores", "America/Santiago"])
@pytest.mark.parametrize("cron", ["0 0 * * *", "30 0 * * *", "30 1 * * *", "30 2 * * *", "45 23 * * *", "@daily"])
def test_a_daily_visit_is_made_once_each_day_of_a_year_with_daylight_saving(zone: str, cron: str) -> None:
    slots = list(_slots(cron, zone, datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)))
    days = [slot.astimezone(ZoneInfo(zone)).date() for slot in slots]
    assert days == [days[0] + place * DAY for place in range(len(days))]
    assert len(days) in (365, 366, 367)


@pytest.mark.parametrize("zone", ["Europe/Paris", "Asia/Gaza", "Africa/Casablanca"])
def test_an_hourly_visit_is_made_each_hour_that_passes_whatever_it_is_called(zone: str) -> None:
    slots = list(_slots("0 * * * *", zone, datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)))
    assert {later - sooner for sooner, later in pairwise(slots)} == {HOUR}


def _slots(cron: str, zone: str, at: datetime, until: datetime) -> Iterator[datetime]:
    while (at := following(at, at, every=None, cron=cron, timezone=zone)) < until:
        yield at
