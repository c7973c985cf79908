"""What came of visits, as an engineer reads it: a table that fits, JSON with every instant, a line of a journal."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.store import Store
from db.watches import Run, begin_run, change_watch, end_run, remove_watch
from tracker.cli.runs import line_of
from tracker.settings import settings
from tracker.watching import new_watch

Command = Callable[..., Any]
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def made(run: Command) -> None:
    """Three runs: two of a feed, the second past midnight, and one of a page that failed and is under way again."""
    with Store(settings().store_url) as store:
        for name, kind in (("a-news-feed-of-some-length", "feed"), ("bureau", "page")):
            new_watch(store, f"https://{name}.example/", kind, name=name, every="1h", now=NOON)  # type: ignore[arg-type]
        visited(store, "a-news-feed-of-some-length", NOON, NOON + timedelta(minutes=2), "changed", new=12)
        visited(store, "a-news-feed-of-some-length", NOON.replace(hour=23), NOON + timedelta(hours=13), "nothing_found")
        visited(store, "bureau", NOON, NOON, "failed", cause="the server answered 500")
        begin_run(store, "bureau", NOON + timedelta(hours=1), NOON + timedelta(hours=1))


def visited(store: Store, name: str, slot: datetime, at: datetime, outcome: Any, **counts: Any) -> None:
    begin_run(store, name, slot, slot)
    end_run(store, Run(name, slot, slot, at, outcome, pages=31, **counts), {"next_due": at + timedelta(hours=1)})


def test_runs_fit_a_terminal_and_say_when_they_began_and_ended_and_what_is_next(run: Command, made: None) -> None:
    lines = run("runs").stdout.splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [
        ["bureau", "under"],
        ["bureau", "failed"],
        ["a-news-feed-of-some-length", "nothing_found"],
        ["a-news-feed-of-some-length", "changed"],
    ]
    assert "2024-03-01 13:00" in lines[1]
    assert lines[1].split()[-1] == "13:00"
    assert lines[2].endswith("the server answered 500")
    assert "2024-03-01 23:00  2024-03-02 01:00" in lines[3]
    assert lines[3].rstrip().endswith("2024-03-02 02:00")
    assert lines[4].split()[-6:] == ["12:00", "12:02", "31", "12", "0", "0"]


def test_a_usual_run_takes_no_more_than_100_characters(run: Command) -> None:
    with Store(settings().store_url) as store:
        new_watch(store, "https://a.example/", "feed", name="techforpalestine-gaza", every="1h", now=NOON)
        visited(store, "techforpalestine-gaza", NOON, NOON + timedelta(seconds=31), "nothing_found", new=1_234, held=12)
    assert max(len(line) for line in run("runs").stdout.splitlines()) <= 100


def test_in_json_a_run_has_every_instant(run: Command, answer: Command, made: None) -> None:
    under_way, failed, *_ = answer("runs")["runs"]
    assert (under_way["started_at"], under_way["ended_at"]) == ("2024-03-01T13:00:00Z", None)
    assert (failed["ended_at"], failed["next_due"]) == ("2024-03-01T12:00:00Z", "2024-03-01T13:00:00Z")
    assert answer("watch", "show", "bureau")["runs"] == [under_way, failed]
    with Store(settings().store_url) as store:
        change_watch(store, "bureau", state="paused")
        remove_watch(store, "a-news-feed-of-some-length")
    assert {one["next_due"] for one in answer("runs")["runs"]} == {None}
    assert json.loads(run("runs", "--failing", "--json").stdout)["runs"][0]["watch"] == "bureau"


def test_a_visit_is_one_line_of_a_journal_whatever_its_cause_holds() -> None:
    told = {
        "watch": "bureau", "slot": "2024-03-01T12:00:00+00:00", "started_at": "2024-03-01T12:00:01+00:00",
        "ended_at": "2024-03-01T12:00:35.250000+00:00", "outcome": "failed", "pages": 3, "unchanged": 1, "new": 0,
        "held": 1, "failed": 2, "cause": "a; b",
    }  # fmt: skip
    assert "; 1 page, " in line_of(told | {"pages": 1})
    assert line_of(told) == "visited bureau: failed; 3 pages, 0 new, 1 held, 2 failed; 34.2 s; a; b"
