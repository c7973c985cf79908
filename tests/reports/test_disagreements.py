import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import combinations
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.records import Act, Method, RecordedFigure
from reports.bounds import relate, standing
from reports.comparison import Surroundings
from reports.disagreements import disagreements
from reports.positions import Disagreement, Disagreements
from reports.variants import relay_of

Make = Callable[..., RecordedFigure]
Ask = Callable[..., Disagreements]
BLAST = {"event": "al-Ahli hospital blast", "tally": "incident"}
RUSSIANS = {"event": "Russia's war in Ukraine", "group": "Russians", "status": "soldier", "since": "2022-02-24"}


@pytest.fixture
def ask(surroundings: Surroundings) -> Ask:
    def find(*figures: RecordedFigure, **options: Any) -> Disagreements:
        return disagreements(figures, surroundings=surroundings, **options)

    return find


def relations(found: Disagreements) -> list[str]:
    return [span.relation for span in found.disagreements]


def standing_at(span: Disagreement) -> dict[str, str]:
    return {position.authority: position.count.text for position in span.positions}


def hospital(recorded: Make) -> list[RecordedFigure]:
    ministry = {"by": "Gaza Ministry of Health", "actor": "Israel", **BLAST}
    return [
        recorded(
            500, "at_least", on="2023-10-17", basis_of_day="publication", publisher="The Example Gazette", **ministry
        ),
        recorded(500, "nearly", on="2023-10-18", basis_of_day="publication", publisher="The Sample Post", **ministry),
        recorded(471, on="2023-10-18", published="2023-10-19", **ministry),
        recorded(
            (100, 300),
            by="US intelligence community",
            on="2023-10-18",
            published="2023-10-19",
            basis="estimated",
            actor="Palestinian Islamic Jihad",
            publisher="The Sample Post",
            **BLAST,
        ),
    ]


def test_the_hospital_blast_is_contradicted_between_authorities_that_name_different_actors(
    recorded: Make, ask: Ask
) -> None:
    found = ask(*hospital(recorded))
    (span,) = found.disagreements
    assert (span.relation, span.event, span.resolved) == ("contradict", "al-Ahli hospital blast", False)
    assert standing_at(span) == {"US intelligence community": "between 100 and 300", "Gaza Ministry of Health": "471"}
    assert "US intelligence community gives between 100 and 300" in span.because
    assert "as an estimate of all no more than 300" in span.because
    assert {(said.facet, said.value, said.authority) for said in span.attributed} == {
        ("actor", "Israel", "Gaza Ministry of Health"),
        ("actor", "Palestinian Islamic Jihad", "US intelligence community"),
    }
    assert (span.independent_authorities, span.to_day) == (2, None)


def test_variants_of_one_ministrys_number_are_relays_and_no_disagreement(recorded: Make, ask: Ask) -> None:
    hedged = recorded(
        471,
        "at_least",
        by="Gaza Ministry of Health",
        on="2023-10-20",
        basis_of_day="publication",
        publisher="The Sample Post",
        **BLAST,
    )
    assert ask(*hospital(recorded)[:3], hedged).disagreements == ()
    (span,) = ask(*hospital(recorded), hedged).disagreements
    (relay,) = [relay for position in span.positions for relay in position.relays]
    assert relay.variant == "hedge_added"
    assert relay.because == "The Sample Post gives 'at least 471' for '471': hedge added"
    assert span.citations == 3


def test_a_tally_compiled_from_the_others_bodies_is_not_independent_of_it(recorded: Make, ask: Ask) -> None:
    attack = {"event": "7 October attack", "tally": "incident", "since": "2023-10-07"}
    government = {"authority": "Government of Israel", "place": "Israel", **attack}
    compiled = ("Government of Israel", "Israel Police", "Israel Defense Forces")
    found = ask(
        recorded(1_400, "more_than", by="Prime Minister's Office of Israel", on="2023-10-15", **government),
        recorded(1_200, "approximately", by="Israeli Ministry of Foreign Affairs", on="2023-11-09", **government),
        recorded(1_139, by="AFP", on="2023-12-15", compiled_from=compiled, **attack),
    )
    (span,) = found.disagreements
    assert span.relation == "compatible"
    assert span.because.endswith("the bounds of the two meet")
    assert standing_at(span) == {"AFP": "1,139", "Government of Israel": "about 1,200"}
    assert span.independent_authorities == 1
    assert (span.from_day, span.spread.absolute) == (date(2023, 12, 15), 61)


def test_one_toll_in_many_outlets_that_quote_one_ministry_is_one_authority(recorded: Make, ask: Ask) -> None:
    outlets = [
        recorded(2_808, on="2023-10-17", basis_of_day="publication", publisher=name)
        for name in ("The Example Gazette", "The Sample Post", "The Specimen Times")
    ]
    assert ask(*outlets).disagreements == ()


def test_losses_casualties_and_killed_stand_apart_by_outcome(recorded: Make, ask: Ask) -> None:
    found = ask(
        recorded(390_580, by="Armed Forces of Ukraine", on="2024-01-16", outcome="losses", **RUSSIANS),
        recorded(352_612, by="UK Ministry of Defence", on="2024-01-01", outcome="casualties", **RUSSIANS),
        recorded((106_000, 140_000), by="Mediazona", on="2024-01-10", outcome="killed", **RUSSIANS),
    )
    assert found.summary.naive == 3
    assert found.summary.time_and_scope_aware == 0
    assert found.summary.not_comparable == {"outcome": 3}
    assert relations(found) == ["not_comparable"] * 3
    assert {frozenset((span.definition.outcome, span.other.outcome)) for span in found.disagreements if span.other} == {
        frozenset(pair) for pair in combinations(("losses", "casualties", "killed"), 2)
    }
    assert all(span.facets == ("outcome",) and span.spread.absolute is None for span in found.disagreements)


def test_excess_deaths_stand_apart_from_deaths_counted(recorded: Make, ask: Ask) -> None:
    storm = {"event": "Hurricane Maria", "outcome": "killed"}
    found = ask(
        recorded(64, by="Government of Puerto Rico", on="2017-12-09", basis="certified", **storm),
        recorded((2_658, 3_290), by="George Washington University", on="2018-08-28", basis="excess", **storm),
    )
    (span,) = found.disagreements
    assert (span.relation, span.facets) == ("not_comparable", ("basis",))
    assert span.other is not None
    assert span.other.basis == "excess"


def test_two_estimates_contradict_and_an_identified_count_is_compatible_with_both(recorded: Make, ask: Ask) -> None:
    theatre = {"event": "Mariupol theatre", "tally": "incident", "since": "2022-03-16"}
    found = ask(
        recorded(300, "approximately", by="Mariupol City Council", on="2022-03-25", **theatre),
        recorded(600, "approximately", by="AP", on="2022-05-04", basis="estimated", **theatre),
        recorded(12, "at_least", by="Amnesty International", on="2022-06-30", basis="identified", **theatre),
    )
    (span,) = found.disagreements
    assert span.relation == "contradict"
    assert len(span.positions) == 3
    assert found.summary.time_and_scope_aware == 1
    assert (found.summary.naive, found.summary.bound_aware) == (3, 1)


def test_a_verified_floor_never_contradicts_a_higher_reported_count(recorded: Make, ask: Ask) -> None:
    found = ask(
        recorded(10_582, "at_least", by="OHCHR", on="2024-02-15", basis="verified", status="civilian"),
        recorded(31_000, by="A Ministry", on="2024-02-15", status="civilian"),
    )
    assert relations(found) == ["compatible"]


def test_added_bodies_are_not_set_against_the_running_total(recorded: Make, ask: Ask) -> None:
    found = ask(
        recorded(471, by="Gaza Ministry of Health", on="2025-10-11", tally="added", counted_by="registration"),
        recorded(67_682, by="Government Media Office", on="2025-10-11"),
    )
    assert found.disagreements == ()
    assert found.summary.not_comparable == {"tally": 1}


def test_a_contradiction_that_ends_is_resolved_and_has_its_days(recorded: Make, ask: Ask) -> None:
    found = ask(
        recorded(1_000, by="A", on="2024-01-01"),
        recorded(900, by="B", on="2024-01-03"),
        recorded(1_000, by="B", on="2024-01-06"),
    )
    first, second = found.disagreements
    assert (first.relation, first.from_day, first.to_day, first.resolved) == (
        "contradict",
        date(2024, 1, 3),
        date(2024, 1, 5),
        True,
    )
    assert (second.relation, second.from_day, second.to_day) == ("agree", date(2024, 1, 6), None)
    assert (first.lowest, first.highest) == (900, 1_000)
    assert first.spread.relative == pytest.approx(0.1)


def test_a_withdrawn_figure_is_no_longer_in_force(recorded: Make, ask: Ask, act: Callable[..., Act]) -> None:
    denial = act("disown", by="B", on="2024-01-05", reason="not ours")
    found = ask(
        recorded(1_000, by="A", on="2024-01-01"),
        recorded(900, by="B", on="2024-01-03", state="disowned", acts=(denial,)),
        recorded(2_000, by="C", on="2024-01-08"),
    )
    contradiction = found.disagreements[0]
    assert (contradiction.relation, contradiction.to_day) == ("contradict", date(2024, 1, 4))
    assert [standing_at(span) for span in found.disagreements[1:]] == [{"A": "1,000", "C": "2,000"}]
    at_once = recorded(900, by="B", on="2024-01-03", state="retracted")
    assert ask(recorded(1_000, by="A", on="2024-01-01"), at_once).disagreements == ()


def test_a_part_above_another_authoritys_whole_contradicts_it(recorded: Make, ask: Ask) -> None:
    found = ask(
        recorded(1_200, by="A", on="2024-01-03", age="child"),
        recorded(1_000, by="B", on="2024-01-05"),
    )
    (span,) = found.disagreements
    assert (span.relation, span.facets) == ("contradict", ("age",))
    assert {span.definition.age, span.other.age if span.other else ""} == {"child", None}
    assert span.because.endswith("though it counts only a part of that")
    assert ask(recorded(1_000, by="A", age="child"), recorded(1_200, by="B")).disagreements == ()


def test_recorded_criteria_that_differ_make_counts_not_comparable(recorded: Make, ask: Ask) -> None:
    methods = [
        Method(source="A", from_day=date(2023, 10, 7), text="at work", criteria=("work_related",)),
        Method(source="B", from_day=date(2023, 10, 7), text="all", criteria=("off_duty", "media_workers")),
    ]
    press = {"status": "journalist", "on": "2024-01-03"}
    found = ask(recorded(95, by="A", **press), recorded(190, by="B", **press), methods=methods)
    (span,) = found.disagreements
    assert (span.relation, span.facets) == ("not_comparable", ("criteria",))
    assert span.because == "A counts by work_related; B counts by media_workers, off_duty"


def test_hidden_issuers_hold_no_position(recorded: Make, ask: Ask) -> None:
    assert ask(recorded(5, by="A"), recorded(9, by=None, issuer_words="officials")) == Disagreements((), ask().summary)


def test_figures_under_no_event_meet_only_where_a_place_or_a_group_ties_them(recorded: Make, ask: Ask) -> None:
    loose = ask(recorded(5, by="A", event=None), recorded(9, by="B", event=None))
    assert loose.summary.naive == 0
    tied = {"event": None, "place": "Gaza Strip", "on": "2024-01-03"}
    assert relations(ask(recorded(5, by="A", **tied), recorded(9, by="B", **tied))) == ["contradict"]


def test_probably_the_same_does_not_join_two_counts_through_a_third(recorded: Make, ask: Ask) -> None:
    day = {"on": "2024-01-03"}
    found = ask(
        recorded(100, by="A", place="Gaza Strip", **day),
        recorded(90, by="B", **day),
        recorded(50, by="C", place="West Bank", **day),
    )
    together = [set(standing_at(span)) for span in found.disagreements]
    assert {"A", "B"} in together
    assert {"B", "C"} in together
    assert not any({"A", "C"} <= names and "B" not in names for names in together)
    assert found.summary.not_comparable == {"place": 1}


def test_stocks_of_different_days_are_not_comparable_by_days(recorded: Make, ask: Ask) -> None:
    held = {"outcome": "held", "tally": "stock"}
    found = ask(recorded(48, by="A", on="2025-10-01", **held), recorded(6, by="B", on="2025-10-20", **held))
    assert (found.disagreements, found.summary.not_comparable) == ((), {"days": 1})


def test_several_contradicting_pairs_are_counted_in_the_sentence(recorded: Make, ask: Ask) -> None:
    day = {"on": "2024-01-03"}
    three = [recorded(number, by=name, **day) for name, number in (("A", 10), ("B", 20), ("C", 30))]
    assert ask(*three).disagreements[0].because.endswith("; so do 2 further pairs")
    two = [recorded(number, by=name, **day) for name, number in (("A", 10), ("B", 20), ("C", 20))]
    assert ask(*two).disagreements[0].because.endswith("; so does one further pair")


def test_two_counts_of_nobody_have_no_spread(recorded: Make, ask: Ask) -> None:
    (span,) = ask(recorded(0, by="A"), recorded(0, by="B")).disagreements
    assert (span.relation, span.spread.absolute, span.spread.relative) == ("agree", 0, 0.0)


def test_a_correction_of_the_same_day_takes_the_place_of_the_first(recorded: Make, ask: Ask) -> None:
    day = {"on": "2024-01-03"}
    found = ask(recorded(10, by="A", **day), recorded(12, by="A", **day), recorded(12, by="B", **day))
    assert relations(found) == ["agree"]


@pytest.mark.parametrize(
    ("first", "later", "variant"),
    [("at_least", "exact", "hedge_dropped"), ("exact", "approximately", "hedge_added"), ("exact", "exact", None)],
)
def test_a_relay_variant_is_named_by_what_happened_to_the_hedge(
    recorded: Make, first: str, later: str, variant: str | None
) -> None:
    one, other = recorded(500, first), recorded(500, later, publisher="The Example Gazette")
    assert relay_of(one, other).variant == variant


def test_a_rounded_and_a_stale_relay_are_named(recorded: Make, ask: Ask) -> None:
    relayed = {"by": "A", "publisher": "The Example Gazette", "basis_of_day": "publication"}
    found = ask(
        recorded(400, by="A", on="2024-01-01"),
        recorded(471, by="A", on="2024-01-03"),
        recorded(470, "approximately", on="2024-01-04", **relayed),
        recorded(400, on="2024-01-04", **relayed),
        recorded(480, by="B", on="2024-01-02"),
        recorded(490, by="B", on="2024-01-05"),
    )
    variants = {relay.variant for span in found.disagreements for p in span.positions for relay in p.relays}
    assert variants == {"rounded", "stale"}


ROWS = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.integers(0, 12),
        st.integers(95, 105),
        st.sampled_from(["exact", "at_least", "approximately", "at_most"]),
        st.sampled_from([None, "verified", "estimated"]),
    ),
    min_size=2,
    max_size=14,
    unique_by=lambda row: (row[0], row[1]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(ROWS)
def test_the_sweep_counts_what_comparing_every_pair_on_every_day_counts(
    recorded: Make, ask: Ask, surroundings: Surroundings, rows: Sequence[tuple[str, int, int, str, str | None]]
) -> None:
    start = date(2024, 6, 1)
    # One basis for each authority, so that each has one line.
    bases = {name: basis for name, _, _, _, basis in rows}
    figures = [
        recorded(number, qualifier, by=name, on=str(start + timedelta(day)), basis=bases[name])
        for name, day, number, qualifier, _ in rows
    ]
    lines = {
        name: sorted(
            (one for one in figures if one.figure.chain.issuer == name), key=lambda one: one.figure.as_of or start
        )
        for name in bases
    }
    pairs: set[tuple[str, str]] = set()
    for day in range(14):
        in_force = {
            name: [one for one in line if (one.figure.as_of or start) <= start + timedelta(day)][-1:]
            for name, line in lines.items()
        }
        standing_now = [one for found in in_force.values() for one in found]
        pairs |= {(one.id, other.id) for one, other in combinations(sorted(standing_now, key=lambda f: f.id), 2)}
    by_id = {one.id: one for one in figures}
    contradictions = 0
    for one, other in pairs:
        first = standing(by_id[one], surroundings.events)
        second = standing(by_id[other], surroundings.events)
        assert first is not None
        assert second is not None
        # The steps that could leave the order of one day open are not known here: keep to different days.
        if first.day == second.day:
            return
        contradictions += relate(first, second).relation == "contradict"
    assert ask(*figures).summary.time_and_scope_aware == contradictions


def test_ten_authorities_with_a_thousand_figures_each_are_compared_in_near_linear_time(
    recorded: Make, ask: Ask
) -> None:
    def figures(days: int) -> list[RecordedFigure]:
        start = date(2023, 10, 7)
        return [
            recorded(1_000 + 10 * day + place, by=f"Authority {place}", on=str(start + timedelta(day)))
            for place in range(10)
            for day in range(days)
        ]

    def calls(made: list[RecordedFigure]) -> int:
        made_calls = 0

        def count(_frame: FrameType, event: str, _told: object) -> None:
            nonlocal made_calls
            made_calls += event == "call"

        sys.setprofile(count)
        try:
            ask(*made)
        finally:
            sys.setprofile(None)
        return made_calls

    few, many = figures(100), figures(400)
    assert calls(many) < 5 * calls(few)
