"""Sentences for changes, disagreements and gaps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from db.records import Act, Count, Definition, RecordedFigure
from reports.history import histories
from reports.narration import (
    because_words,
    change_words,
    disagreement_span,
    disagreement_title,
    line_sentence,
    reason_sentence,
    relation_words,
    series_authority,
    spread_words,
    state_words,
    step_sentence,
    summary_sentences,
    variant_words,
    voices_words,
)
from reports.positions import Disagreement, Position, Spread, Summary
from reports.provenance import Line, full_definition
from reports.series import Reason, Series

RecordFigure = Callable[..., RecordedFigure]

APART = Disagreement(
    event=None,
    definition=Definition(outcome="killed"),
    from_day=date(2023, 11, 1),
    to_day=None,
    relation="contradict",
    positions=(),
    spread=Spread(171, 0.363),
    because="471 lies above 300",
    independent_authorities=2,
    citations=1,
)


def only(*figures: RecordedFigure) -> Series:
    (series,) = histories(figures)
    return series


def line(series: Series) -> Line:
    return Line(1, series, full_definition(series), (), None, None)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [((10, 12), "rise of 2"), ((12, 10), "revised down by 2"), ((10, 10), "unchanged")],
)
def test_a_change_is_told_with_its_size(recorded: RecordFigure, numbers: tuple[int, int], said: str) -> None:
    before, after = numbers
    series = only(recorded(before, on="2023-11-01"), recorded(after, on="2023-11-02"))
    assert [change_words(step) for step in series.steps] == ["first recorded", said]


def test_a_change_between_bounds_has_no_size(recorded: RecordFigure) -> None:
    series = only(recorded(200, "at_most", on="2023-11-01"), recorded((100, 150), on="2023-11-02"))
    assert not any(character.isdigit() for character in change_words(series.steps[1]))


def test_a_step_is_told_with_both_figures_and_the_reasons_reported(recorded: RecordFigure) -> None:
    series = only(recorded(1400, on="2023-11-01"), recorded(1200, on="2023-11-10"))
    step = replace(series.steps[1], reasons=(Reason("an initial estimate", "The Example Gazette", date(2023, 11, 12)),))
    assert step_sentence(series, step) == (
        "Health Ministry, people killed; cumulative: 1,400, as of 1 November 2023; then 1,200, as of 10 November "
        "2023: revised down by 200. Reason reported by The Example Gazette on 12 November 2023: “an initial estimate”."
    )
    assert step_sentence(series, series.steps[0]).endswith(": 1,400, as of 1 November 2023: first recorded.")


def test_a_withdrawal_is_told_with_its_day_where_it_has_one(recorded: RecordFigure, act: Callable[..., Act]) -> None:
    series = only(recorded(9, state="retracted", acts=(act("retract", on="2023-11-05"),)))
    assert "retracted by its publisher on 5 November 2023." in step_sentence(series, series.steps[-1])
    undated = replace(series.steps[-1], on_day=None)
    assert "9, as of 1 November 2023: retracted by its publisher." in step_sentence(series, undated)


def test_a_reason_of_the_records_own_is_said_to_be_one() -> None:
    assert reason_sentence(Reason("the ministry restarted at zero")) == (
        "The record shows: the ministry restarted at zero."
    )
    assert reason_sentence(Reason("so it is.")) == "The record shows: so it is."
    assert reason_sentence(Reason("an error", "The Example Gazette")) == (
        "Reason reported by The Example Gazette: “an error”."
    )


def test_a_hidden_issuers_series_is_named_by_its_words(recorded: RecordFigure) -> None:
    series = only(recorded(9, by=None, issuer_words="officials", publisher="The Example Gazette"))
    assert series_authority(series) == "“officials” (not named)"


def test_a_line_says_from_what_to_what_and_who_carried_it_on(recorded: RecordFigure) -> None:
    series = replace(
        only(recorded(1, on="2023-11-01"), recorded(2, on="2023-11-09")),
        carried_by=("The Example Gazette",),
        last_reported=date(2023, 11, 5),
        assumed=("group",),
    )
    told = line_sentence(replace(line(series), days=(date(2023, 11, 1), date(2023, 11, 9))))
    assert told == (
        "2 figures: from 1, as of 1 November 2023, to 2, as of 9 November 2023. The authority itself last reported for "
        "5 November 2023. The last number was carried on by The Example Gazette. Taken from the authority's usual "
        "definition, for grouping only: group."
    )


def test_a_line_of_withdrawn_figures_has_none_that_stands(recorded: RecordFigure, act: Callable[..., Act]) -> None:
    series = only(recorded(9, state="retracted", acts=(act("retract"),)))
    withdrawn = replace(series, steps=series.steps[-1:])
    assert line_sentence(line(withdrawn)) == "Every figure was withdrawn."


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((None, None), "days not known"),
        ((date(2023, 11, 1), None), "from 1 November 2023, open at the last figure recorded"),
        ((date(2023, 11, 1), date(2023, 11, 1)), "on 1 November 2023"),
        ((date(2023, 11, 1), date(2023, 11, 2)), "from 1 November 2023 to 2 November 2023"),
    ],
)
def test_a_span_says_since_when_and_whether_it_is_open(days: tuple[date | None, date | None], said: str) -> None:
    assert disagreement_span(replace(APART, from_day=days[0], to_day=days[1])) == said


def test_a_disagreement_is_told_with_its_spread_and_its_voices() -> None:
    assert because_words(APART) == "471 lies above 300."
    assert spread_words(APART) == "171 apart (36% of the highest)"
    assert spread_words(replace(APART, spread=Spread(171, None))) == "171 apart"
    three = replace(APART, positions=(Position("Relief Fund", Count.exactly(300), ()),) * 3)
    assert spread_words(three) == "the lowest and the highest number given are 171 apart (36% of the highest)"
    assert spread_words(replace(APART, spread=Spread(None, None))) == ""
    assert voices_words(APART) == "2 independent authorities, 1 citation"
    assert voices_words(replace(APART, independent_authorities=1, citations=3)) == (
        "1 independent authority, 3 citations"
    )
    assert voices_words(replace(APART, independent_authorities=0)) == ""
    assert relation_words(APART) == "cannot both stand"
    assert relation_words(replace(APART, resolved=True)) == "cannot both stand (ended)"
    other = replace(APART, other=Definition(outcome="injured"))
    assert disagreement_title(other) == "people killed / people injured"


def test_variants_have_words() -> None:
    assert [variant_words(None), variant_words("hedge_dropped")] == ["as issued", "hedge dropped"]


def test_the_three_counts_say_what_set_the_rest_apart() -> None:
    assert summary_sentences(Summary()) == (
        "No two known authorities gave different numbers for one outcome that were in force on one day.",
    )
    told = summary_sentences(Summary(1, 1, 0, {"counted_by": 2, "age": 3}))
    assert told[0].startswith("1 pair of figures in force on one day")
    assert told[-1] == "Set apart because they do not count the same: 3 by age and 2 by what a day counts."
    assert len(summary_sentences(Summary(2, 1, 1))) == 2
    assert "and 1 contradicts once" in summary_sentences(Summary(2, 1, 1))[1]
    assert "and 2 contradict once" in summary_sentences(Summary(3, 2, 2))[1]


def test_a_state_is_told_with_what_was_done(recorded: RecordFigure, act: Callable[..., Act]) -> None:
    assert state_words(recorded(1)) == ""
    done = act("void", by="an editor", on="2023-11-02", reason="misread")
    assert state_words(recorded(1, state="voided", acts=(done,))) == (
        "voided in this record; void by an editor on 2 November 2023: misread"
    )
    assert state_words(recorded(1, acts=(act("review"),))) == "recorded; review"
