"""The sources and snapshots that figures name: who is what to them, and what is known of each."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from db.records import KeptSnapshot, Method, RecordedFigure, Source
from reports.cited import cited_methods, cited_snapshots, cited_sources

RecordFigure = Callable[..., RecordedFigure]


def test_each_source_has_its_roles_and_the_number_of_its_figures(recorded: RecordFigure) -> None:
    figures = [
        recorded(1, by="Ministry", publisher="The Invented Courier"),
        recorded(2, by="Ministry", publisher="The Invented Courier"),
        recorded(3, by="The Invented Courier", publisher="The Invented Courier"),
    ]
    told = {one.name: (one.roles, one.figures) for one in cited_sources(figures, ())}
    assert told["The Invented Courier"] == (("publisher", "issuer", "authority"), 3)
    assert told["Ministry"] == (("issuer", "authority"), 2)


def test_what_is_recorded_of_a_source_stands_with_it_and_nothing_is_guessed(recorded: RecordFigure) -> None:
    known = (Source(name="Ministry", kind="health_ministry", country="PS", party="Palestine"),)
    courier, ministry = cited_sources([recorded(1, by="Ministry", publisher="Courier")], known)
    assert (ministry.kind, ministry.country, ministry.party) == ("health_ministry", "PS", "Palestine")
    assert (courier.kind, courier.country, courier.party) == (None, None, None)
    assert ministry.id == known[0].id.hex()


def test_a_hidden_issuer_is_no_source(recorded: RecordFigure) -> None:
    figures = [recorded(1, by=None, issuer_words="officials", publisher="Courier")]
    assert [one.name for one in cited_sources(figures, ())] == ["Courier"]


def test_only_methods_of_named_sources_are_cited_by_day(recorded: RecordFigure) -> None:
    known = [
        Method(source="Ministry", from_day=date(2024, 1, 1), text="later"),
        Method(source="Ministry", from_day=date(2023, 1, 1), text="earlier"),
        Method(source="Another", from_day=date(2023, 1, 1), text="x"),
    ]
    sources = cited_sources([recorded(1, by="Ministry")], ())
    assert [one.text for one in cited_methods(sources, known)] == ["earlier", "later"]


def test_a_snapshot_of_which_nothing_is_known_is_still_named(recorded: RecordFigure) -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    figures = [recorded(1, document="d", snapshot="a"), recorded(2, document="d", snapshot="b")]
    known = [KeptSnapshot("d", "b", 10, at), KeptSnapshot("d", "c", 10, at)]
    assert cited_snapshots(figures, known) == (KeptSnapshot("d", "a"), KeptSnapshot("d", "b", 10, at))
