"""All that is claimed of one count at a time: bounds and who stands where, never an average."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.records import Act, RecordedFigure
from reports.comparison import Surroundings
from reports.envelope import Envelope, envelopes
from reports.marking import RULES, RuleName

Make = Callable[..., RecordedFigure]
Ask = Callable[..., Envelope]
BLAST = {"event": "al-Ahli hospital blast", "tally": "incident"}


@pytest.fixture
def ask(surroundings: Surroundings) -> Ask:
    def find(*figures: RecordedFigure, recommend: RuleName | None = None) -> Envelope:
        (one,) = envelopes(figures, surroundings=surroundings, recommend=recommend)
        return one

    return find


def blast(recorded: Make) -> list[RecordedFigure]:
    return [
        recorded(471, on="2023-10-18", by="Gaza Ministry of Health", **BLAST),
        recorded((100, 300), on="2023-10-19", by="US intelligence", basis="estimated", publisher="A", **BLAST),
    ]


def told(one: Envelope) -> list[tuple[str, int | None, int | None, list[int]]]:
    return [
        (stretch.from_day.isoformat(), stretch.lowest, stretch.highest, [claim.number for claim in stretch.claims])
        for stretch in one.stretches
    ]


def test_each_stretch_has_the_lowest_and_the_highest_claim_in_force(recorded: Make, ask: Ask) -> None:
    one = ask(*blast(recorded))
    assert told(one) == [("2023-10-18", 471, 471, [471]), ("2023-10-19", 100, 471, [100, 471])]
    assert (one.stretches[0].to_day, one.stretches[1].to_day) == (date(2023, 10, 18), None)
    assert one.recommended is None


def test_a_bound_that_a_figure_does_not_give_leaves_the_envelope_open(recorded: Make, ask: Ask) -> None:
    (stretch,) = ask(recorded(500, "at_least")).stretches
    assert (stretch.lowest, stretch.highest, stretch.open_above, stretch.open_below) == (500, None, True, False)
    (stretch,) = ask(recorded(300, "at_most")).stretches
    assert (stretch.lowest, stretch.highest, stretch.open_above, stretch.open_below) == (None, 300, False, True)
    (stretch,) = ask(recorded(1400, "approximately")).stretches
    assert (stretch.lowest, stretch.highest, stretch.open_above, stretch.open_below) == (1400, 1400, False, False)


def test_authorities_joined_by_relay_stand_as_one_behind_a_number(recorded: Make, ask: Ask) -> None:
    one = ask(
        recorded(40, by="Health Ministry"),
        recorded(40, by="Agency", compiled_from=("Health Ministry",)),
        recorded(40, by="Monitor"),
    )
    (claim,) = one.stretches[-1].claims
    assert (claim.number, set(claim.authorities)) == (40, {"Health Ministry", "Agency", "Monitor"})
    assert claim.independent_authorities == 2


@pytest.mark.parametrize(
    ("rule", "number"),
    [("latest", 100), ("most_direct", 471), ("strictest", 100), ("lowest", 100), ("highest", 471)],
)
def test_a_chosen_rule_marks_one_figure_and_is_carried_with_it(
    recorded: Make, ask: Ask, rule: RuleName, number: int
) -> None:
    marked = ask(*blast(recorded), recommend=rule).recommended
    assert marked is not None
    assert marked.rule == rule
    assert marked.figure.figure.count is not None
    low = marked.figure.figure.count.low
    assert low == number
    assert RULES[marked.rule]


def test_what_was_withdrawn_is_in_force_no_longer(recorded: Make, ask: Ask) -> None:
    gone = recorded(300, on="2023-11-01", by="Monitor")
    act = Act(
        id="b" * 64, kind="retract", figure=gone.id, by=None, reason=None, on_day=date(2023, 11, 5), other=None,
        recorded_at=gone.recorded_at,
    )  # fmt: skip
    one = ask(replace(gone, state="retracted", acts=(act,)), recorded(200, on="2023-11-01"))
    assert [[claim.number for claim in stretch.claims] for stretch in one.stretches] == [[200, 300], [200]]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 60), st.sampled_from("ABC")), min_size=1, max_size=8))
def test_the_envelope_of_a_day_is_that_of_the_last_figures_up_to_it(
    recorded: Make, ask: Ask, given_figures: Sequence[tuple[int, int, str]]
) -> None:
    first = date(2023, 11, 1)
    latest = {(who, day): number for day, number, who in given_figures}
    figures = [
        recorded(
            number, on=(first + timedelta(days=day)).isoformat(), by=f"Authority {who}", tally="stock", outcome="held"
        )
        for (who, day), number in latest.items()
    ]
    one = ask(*figures)
    for stretch in one.stretches:
        day = (stretch.from_day - first).days
        standing: dict[str, int] = {}
        for (who, since), number in sorted(latest.items(), key=lambda item: item[0][1]):
            if since <= day:
                standing[who] = number
        assert (stretch.lowest, stretch.highest) == (min(standing.values()), max(standing.values()))
