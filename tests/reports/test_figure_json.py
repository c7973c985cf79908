"""A figure, a series and a disagreement in JSON: every key always there, absent never 0 and never "all"."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from db.records import (
    Act,
    Chain,
    Count,
    Definition,
    Evidence,
    Figure,
    Hold,
    Period,
    RecordedFigure,
    ScopeNote,
    Share,
)
from reports.figure_json import (
    definition_json,
    disagreements_json,
    figure_id,
    figure_json,
    instant_text,
    series_json,
)
from reports.history import histories
from reports.positions import Attributed, Disagreement, Disagreements, Position, Relay, Spread, Summary

RecordFigure = Callable[..., RecordedFigure]
SEED = Figure(
    count=Count(low=2808, best=2808, qualifier="at_least", text="at least 2,808"),
    definition=Definition(
        outcome="killed", group="Palestinians", cause="air strikes", actor="Israel", tally="cumulative"
    ),
    chain=Chain(attribution=("Al Jazeera",), written=(("Al Jazeera",),), issuer="Al Jazeera", authority="Al Jazeera"),
    evidence=Evidence(quote="at least 2,808 Palestinians", start=10, end=37, prefix="deaths of ", suffix="."),
    publisher="The Astana Times",
    published=date(2023, 10, 17),
    as_of=date(2023, 10, 17),
    as_of_basis="publication",
    origin="extracted",
)


def test_an_extracted_figure_has_the_documented_shape_and_no_id() -> None:
    assert figure_json(SEED) == {
        "count": {"low": 2808, "best": 2808, "high": None, "qualifier": "at_least", "text": "at least 2,808"},
        "share": None,
        "definition": {
            "event": None,
            "outcome": "killed",
            "group": "Palestinians",
            "affiliation": None,
            "status": None,
            "age": None,
            "sex": None,
            "subgroup": None,
            "condition": None,
            "unit": "person",
            "place": None,
            "cause": "air strikes",
            "actor": "Israel",
            "basis": None,
            "directness": None,
            "counted_by": None,
            "includes": [],
            "excludes": [],
            "tally": "cumulative",
            "since": None,
            "until": None,
            "hours": None,
        },
        "period": None,
        "modality": "reported",
        "as_of": "2023-10-17",
        "as_of_time": None,
        "as_of_basis": "publication",
        "published": "2023-10-17",
        "publisher": "The Astana Times",
        "attribution": ["Al Jazeera"],
        "parallel": [],
        "issuer": "Al Jazeera",
        "issuer_words": None,
        "authority": "Al Jazeera",
        "compiled_from": [],
        "part_of": None,
        "earlier_value_of": None,
        "doubts": [],
        "origin": "extracted",
        "evidence": {
            "quote": "at least 2,808 Palestinians",
            "start": 10,
            "end": 37,
            "prefix": "deaths of ",
            "suffix": ".",
            "zone": "body",
            "locator": None,
            "document": None,
            "snapshot": None,
        },
    }


def test_a_definition_keeps_the_documented_order_of_its_facets() -> None:
    given_facets = list(definition_json(Definition(outcome="killed")))
    assert given_facets[:3] == ["event", "outcome", "group"]
    assert given_facets[-4:] == ["tally", "since", "until", "hours"]
    assert set(given_facets) == {"event", *Definition.model_fields}


def test_days_notes_periods_shares_and_events_are_told() -> None:
    content = figure_json(
        Figure(
            share=Share(best=700000, text="70 per cent", of=1),
            definition=Definition(
                outcome="killed",
                includes=(ScopeNote(code="foreigners", text="foreign workers"),),
                tally="cumulative",
                since=date(2023, 10, 7),
            ),
            chain=Chain(parallel=(("Mediazona", "Meduza"),)),
            evidence=Evidence(quote="70 per cent"),
            period=Period(from_day=date(2023, 10, 7), to_day=date(2023, 10, 8)),
            origin="extracted",
        ),
        event="Example flood",
    )
    assert content["count"] is None
    assert content["share"] == {
        "low": None,
        "best": 700000,
        "high": None,
        "qualifier": "exact",
        "text": "70 per cent",
        "of": 1,
    }
    assert content["definition"]["includes"] == [{"code": "foreigners", "text": "foreign workers"}]
    assert content["definition"]["since"] == "2023-10-07"
    assert content["definition"]["event"] == "Example flood"
    assert content["period"] == {"from": "2023-10-07", "to": "2023-10-08"}
    assert content["parallel"] == [["Mediazona", "Meduza"]]


def test_a_recorded_figure_adds_its_id_state_document_and_what_was_done_about_it() -> None:
    done = Act("a1", "void", None, None, "an editor", date(2024, 1, 2), "misread", datetime(2024, 1, 2, tzinfo=UTC))
    recorded = RecordedFigure(
        id="f" * 64,
        figure=SEED,
        state="voided",
        recorded_at=datetime(2024, 1, 1, tzinfo=UTC),
        document="d" * 64,
        address="https://gazette.example/1",
        title="Toll",
        snapshot="5" * 64,
        hold=Hold("number_in_quote", "The number does not stand in its quote."),
        acts=(done,),
    )
    content = figure_json(recorded)
    assert content | figure_json(SEED) | {"evidence": None} == content | {"evidence": None}
    assert (content["id"], content["state"], content["recorded_at"]) == ("f" * 64, "voided", "2024-01-01T00:00:00Z")
    assert content["evidence"]["document"] == "d" * 64
    assert content["evidence"]["snapshot"] == f"sha256:{'5' * 64}"
    assert content["evidence"]["address"] == "https://gazette.example/1"
    assert content["hold"] == {"rule": "number_in_quote", "reason": "The number does not stand in its quote."}
    assert content["acts"] == [
        {
            "id": "a1",
            "kind": "void",
            "other": None,
            "by": "an editor",
            "on": "2024-01-02",
            "reason": "misread",
            "recorded_at": "2024-01-02T00:00:00Z",
        }
    ]


@given(st.integers(min_value=-14, max_value=14))
def test_an_instant_is_told_in_utc(hours: int) -> None:
    noon = datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert instant_text(noon.astimezone(timezone(timedelta(hours=hours)))) == "2024-01-01T12:00:00Z"


def test_a_series_gives_each_step_with_its_figure_difference_and_reasons(recorded: RecordFigure) -> None:
    figures = [
        recorded(1400, on="2023-11-01"),
        recorded(1200, on="2023-11-10", doubts=("revised: the text says so",)),
    ]
    (series,) = histories(figures)
    content = series_json(series)
    assert set(content) >= {"authority", "event", "definition", "steps", "last_reported"}
    first, second = content["steps"]
    assert (first["change"], first["previous"], first["difference"]) == ("first", None, None)
    assert (second["change"], second["difference"]) == ("revised_down", -200)
    assert second["previous"] == first["figure"]["id"]
    assert content["last_reported"] == "2023-11-10"
    assert content["days_since_last_report"] is None
    assert series_json(series, on=date(2023, 12, 10))["days_since_last_report"] == 30
    assert series_json(series, named=figure_id)["steps"][1]["figure"] == figures[1].id


def test_a_reason_says_who_reported_it_and_when(recorded: RecordFigure, act: Callable[..., Act]) -> None:
    withdrawn = recorded(
        9, state="retracted", acts=(act("retract", by="The Example Gazette", on="2023-11-02", reason="an error"),)
    )
    (series,) = histories([withdrawn])
    step = series_json(series)["steps"][-1]
    assert (step["change"], step["on"]) == ("retracted", "2023-11-02")
    assert step["reasons"] == [{"text": "an error", "by": "The Example Gazette", "on": "2023-11-02", "act": "ac"}]


def test_disagreements_give_positions_spread_and_the_three_counts(recorded: RecordFigure) -> None:
    one, other = recorded(471, by="Health Ministry"), recorded((100, 300), by="Example Agency")
    found = Disagreements(
        (
            Disagreement(
                event="Gaza war",
                definition=one.figure.definition,
                from_day=date(2023, 11, 1),
                to_day=None,
                relation="contradict",
                positions=(
                    Position(
                        "Health Ministry",
                        Count.exactly(471),
                        (one,),
                        (Relay(other, "rounded", "as 500"),),
                    ),
                ),
                spread=Spread(171, 0.36),
                because="471 lies above 300.",
                other=other.figure.definition,
                attributed=(Attributed("actor", "Israel", "Health Ministry", (one,)),),
            ),
        ),
        Summary(3, 2, 1, {"outcome": 1}),
    )
    content = disagreements_json(found, named=figure_id)
    (told,) = content["disagreements"]
    assert (told["from"], told["to"], told["relation"]) == ("2023-11-01", None, "contradict")
    assert told["spread"] == {"absolute": 171, "relative": 0.36}
    assert told["positions"][0]["figures"] == [one.id]
    assert told["positions"][0]["relays"] == [{"figure": other.id, "variant": "rounded", "because": "as 500"}]
    assert told["attributed"][0]["value"] == "Israel"
    assert told["other"]["outcome"] == "killed"
    assert content["summary"] == {
        "naive": 3,
        "bound_aware": 2,
        "time_and_scope_aware": 1,
        "not_comparable": {"outcome": 1},
    }
