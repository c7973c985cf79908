"""Watches, their runs and turns at a host, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.errors import InvalidRecord, UnknownRecord
from db.store import Store
from db.watches import (
    Run,
    Visited,
    Watch,
    add_watch,
    begin_run,
    change_watch,
    due,
    end_run,
    forget_worker,
    is_under_way,
    keep_visited,
    remove_watch,
    run_of,
    runs,
    say_alive,
    silent_workers,
    take_turn,
    visited,
    watch_named,
    watches,
)

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def watch(name: str = "w", **fields: Any) -> Watch:
    made = Watch(
        name, "page", "https://ledger.example/", 3_600, None, "UTC", None, None, None, None, "active", None, 0, 0,
        NOON, NOON,
    )  # fmt: skip
    return replace(made, **fields)


def test_a_watch_is_kept_changed_and_removed(store: Store) -> None:
    add_watch(store, watch())
    assert watches(store) == [watch()]
    with pytest.raises(InvalidRecord, match="choose another name"):
        add_watch(store, watch())
    assert change_watch(store, "w", failures=3) == watch(failures=3) == watch_named(store, "w")
    remove_watch(store, "w")
    with pytest.raises(UnknownRecord, match="no watch named"):
        watch_named(store, "w")


def test_active_watches_are_due_from_their_time_on_the_longest_waiting_first(store: Store) -> None:
    add_watch(store, watch("late", next_due=NOON - HOUR))
    add_watch(store, watch("now"))
    add_watch(store, watch("later", next_due=NOON + HOUR))
    add_watch(store, watch("paused", state="paused"))
    assert [one.name for one in due(store, NOON)] == ["late", "now"]


def test_a_slot_is_begun_once_and_again_only_while_it_has_not_ended(store: Store) -> None:
    add_watch(store, watch())
    assert not is_under_way(store)
    assert begin_run(store, "w", NOON, NOON)
    assert is_under_way(store)
    assert begin_run(store, "w", NOON, NOON + HOUR)  # its worker died
    ended = Run("w", NOON, NOON, NOON + HOUR, "changed", 3, 1, 2, 0, 0)
    end_run(store, ended, {"figures": 2, "next_due": NOON + HOUR})
    assert not begin_run(store, "w", NOON, NOON + HOUR)
    assert not is_under_way(store)
    assert runs(store) == [replace(ended, ledger_size=0)] == [run_of(store, "w", NOON)]
    assert run_of(store, "w", NOON + HOUR) is None
    assert watch_named(store, "w").figures == 2


def test_runs_are_told_the_latest_first(store: Store) -> None:
    for name, outcome in (("a", "changed"), ("b", "failed"), ("c", "nothing_found")):
        assert begin_run(store, name, NOON, NOON)
        end_run(store, Run(name, NOON, NOON, NOON, outcome), {"failures": 0})  # type: ignore[arg-type]  # a word of it
    assert [one.watch for one in runs(store)] == ["c", "b", "a"]
    assert [one.watch for one in runs(store, failing=True)] == ["c", "b"]
    assert [one.watch for one in runs(store, watch="a")] == ["a"]
    assert len(runs(store, limit=2)) == 2


def test_what_an_address_answered_is_kept_with_when_it_was_first_seen(store: Store) -> None:
    first = Visited("https://ledger.example/a", 200, '"one"', None, b"\x01" * 32, NOON, NOON)
    assert visited(store, first.address) is None
    keep_visited(store, first)
    keep_visited(store, replace(first, etag='"two"', first_seen=NOON + HOUR, last_seen=NOON + HOUR))
    assert visited(store, first.address) == replace(first, etag='"two"', last_seen=NOON + HOUR)


def test_turns_at_a_host_lie_apart_however_many_ask(store: Store) -> None:
    second = timedelta(seconds=1)
    turns = [take_turn(store, "ledger.example", NOON, second) for _ in range(4)]
    assert turns == [NOON + place * second for place in range(4)]
    assert take_turn(store, "courier.example", NOON, second) == NOON
    assert take_turn(store, "ledger.example", NOON + HOUR, second) == NOON + HOUR


def test_a_worker_that_says_nothing_is_silent_until_one_other_forgets_it(store: Store) -> None:
    say_alive(store, "one", NOON)
    say_alive(store, "two", NOON)
    say_alive(store, "two", NOON + HOUR)
    assert silent_workers(store, NOON + timedelta(minutes=1)) == ["one"]
    assert forget_worker(store, "one")
    assert not forget_worker(store, "one")
