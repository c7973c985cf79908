"""Ready-made watches: usable, polite, of known publishers, and not visited until somebody adds them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from db.errors import UnknownRecord
from db.store import Store
from db.watches import change_watch, watch_named, watches
from sources.catalogue import Catalogue
from sources.datasets import load_mapping
from tracker.errors import UnusableSchedule
from tracker.schedules import seconds_of
from tracker.shipped_watches import _FOLDER, add_shipped, shipped_watches
from tracker.watching import watch_tables

Command = Callable[..., Any]
NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
NAMES = sorted(shipped_watches())


def test_every_ready_made_watch_can_be_added(store: Store) -> None:
    done = add_shipped(store, NAMES, now=NOW)
    assert sorted(done.added) == NAMES
    assert [watch.name for watch in watches(store)] == NAMES
    assert {watch.state for watch in watches(store)} == {"active"}


def test_no_two_have_one_name_or_one_address() -> None:
    tables = [table for path in _FOLDER.glob("*.toml") for table in watch_tables(path)]
    assert len(tables) == len(NAMES)
    assert len({table["address"] for table in tables}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_ready_made_watch_is_polite_and_says_whose_it_is(name: str) -> None:
    table = shipped_watches()[name]
    assert table["address"].startswith("https://")
    assert seconds_of(table["every"]) >= (6 * 3_600 if table["kind"] == "dataset" else 30 * 60)
    assert Catalogue.shipped().named(table["publisher"]) is not None
    assert table["publisher"] in Catalogue.shipped().entries


def test_a_ready_made_dataset_is_where_its_mapping_says() -> None:
    datasets = [table for table in shipped_watches().values() if table["kind"] == "dataset"]
    assert len(datasets) == 4
    for table in datasets:
        dataset = load_mapping(table["map"]).dataset
        assert (table["address"], table["publisher"]) == (dataset.address, dataset.publisher)


def test_adding_again_changes_nothing_and_what_was_changed_becomes_as_it_is_shipped(store: Store) -> None:
    assert add_shipped(store, ["un-news", "un-news"], now=NOW).added == ("un-news",)
    assert add_shipped(store, ["un-news"], now=NOW).unchanged == ("un-news",)
    change_watch(store, "un-news", every=60)
    assert add_shipped(store, ["un-news"], now=NOW).changed == ("un-news",)
    assert watch_named(store, "un-news").every == 3_600


def test_a_pattern_holds_for_each_and_on_an_error_none_is_added(store: Store) -> None:
    add_shipped(store, ["bbc-africa", "bbc-asia"], match="killed", now=NOW)
    assert {watch.match for watch in watches(store)} == {"killed"}
    with pytest.raises(UnknownRecord, match="near: un-news"):
        add_shipped(store, ["who-news", "un-newz"])
    with pytest.raises(UnusableSchedule, match="only the entries of a feed"):
        add_shipped(store, ["who-news", "techforpalestine-gaza-daily"], match="killed")
    with pytest.raises(UnknownRecord, match="Flood"):
        add_shipped(store, ["who-news"], event="An Unknown Flood")
    assert [watch.name for watch in watches(store)] == ["bbc-africa", "bbc-asia"]


def test_they_are_listed_and_added_by_name(run: Command, answer: Command) -> None:
    listed = answer("watch", "shipped")["watches"]
    assert [one["name"] for one in listed] == NAMES
    (daily,) = (one for one in listed if one["name"] == "techforpalestine-gaza-daily")
    assert (daily["kind"], daily["every"], daily["mapping"]) == ("dataset", 21_600, "techforpalestine-gaza-daily")
    assert "United Nations" in run("watch", "shipped").stdout
    assert json.loads(run("watch", "list", "--json").stdout)["watches"] == []
    assert run("watch", "add-shipped", "un-news").stderr == "1 added\n"
    assert answer("watch", "add-shipped", "un-news", "who-news")["added"] == ["who-news"]
    (un_news,) = (one for one in listed if one["name"] == "un-news")
    assert un_news.items() <= answer("watch", "show", "un-news")["watch"].items()
    refused = run("watch", "add-shipped", "nothing-such")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "`casualty-figures watch shipped` lists them all" in refused.stderr
    assert run("watch", "add-shipped").exit_code == 2
