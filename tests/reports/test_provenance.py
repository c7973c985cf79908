"""The one structure behind every report: what stands first, what is grouped, what is left out."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from db.records import Act, Definition, RecordedFigure
from reports.comparison import Surroundings
from reports.history import histories
from reports.positions import Disagreements, Summary
from reports.provenance import Gap, Report, build_report, shared_definition, short_id, unknowns

RecordFigure = Callable[..., RecordedFigure]
MakeAct = Callable[..., Act]
Build = Callable[..., Report]


@pytest.fixture
def build(surroundings: Surroundings) -> Build:
    """A function that builds a report of figures, with no disagreement."""

    def make(*figures: RecordedFigure) -> Report:
        return build_report(
            figures,
            histories(figures, surroundings=surroundings),
            Disagreements((), Summary()),
            event="Gaza war",
            filters={"to": "2023-11-30", "from": "2023-10-07"},
            generated=datetime(2024, 1, 1, tzinfo=UTC),
            surroundings=surroundings,
        )

    return make


def test_authorities_that_count_the_same_stand_under_one_heading_the_latest_first(
    recorded: RecordFigure, build: Build
) -> None:
    report = build(
        recorded(10, by="Ministry A", on="2023-11-01", group="Palestinians"),
        recorded(12, by="Ministry A", on="2023-11-03", group="Palestinians"),
        recorded(11, by="Office B", on="2023-11-02", group="Palestinians", place="Gaza Strip"),
    )
    (heading,) = report.headings
    assert [standing.figure.figure.chain.authority for standing in heading.standings] == ["Ministry A", "Office B"]
    assert [standing.step.difference for standing in heading.standings] == [2, None]
    assert (heading.definition.group, heading.definition.place) == ("Palestinians", None)


def test_two_counts_of_one_authority_never_share_a_heading(recorded: RecordFigure, build: Build) -> None:
    report = build(recorded(500, group="Palestinians"), recorded(3, group="Palestinians", cause="famine"))
    assert [heading.definition.cause for heading in report.headings] == [None, "famine"]


def test_running_tolls_come_before_additions_and_all_before_some(recorded: RecordFigure, build: Build) -> None:
    report = build(
        recorded(1, tally="added", hours=24),
        recorded(2, age="child"),
        recorded(3, outcome="injured"),
        recorded(4, status="journalist"),
        recorded(5),
    )
    told = [(h.definition.outcome, h.definition.age, h.definition.status, h.definition.tally) for h in report.headings]
    assert told == [
        ("killed", None, None, "cumulative"),
        ("injured", None, None, "cumulative"),
        ("killed", "child", None, "cumulative"),
        ("killed", None, "journalist", "cumulative"),
        ("killed", None, None, "added"),
    ]


def test_lines_are_numbered_in_the_order_of_the_headings(recorded: RecordFigure, build: Build) -> None:
    report = build(*(recorded(n, by=f"Ministry {n}", age=age) for n in (1, 2) for age in (None, "child")))
    assert [{line.number for line in heading.lines} for heading in report.headings] == [{1, 2}, {3, 4}]
    assert [line.number for line in report.lines] == [1, 2, 3, 4]


def test_parallel_lines_of_one_series_each_have_their_last_figure(recorded: RecordFigure, build: Build) -> None:
    report = build(
        recorded(34622, on="2024-04-30"),
        recorded(24686, on="2024-04-30", basis="identified"),
        recorded(34844, on="2024-05-08"),
        recorded(24900, on="2024-05-08", basis="identified"),
    )
    (heading,) = report.headings
    assert {(s.figure.figure.definition.basis, s.figure.figure.count.best) for s in heading.standings} == {  # type: ignore[union-attr]
        (None, 34844),
        ("identified", 24900),
    }


def test_a_withdrawn_figure_is_nobodys_last_word(recorded: RecordFigure, act: MakeAct, build: Build) -> None:
    report = build(
        recorded(10, on="2023-11-01"),
        recorded(99, on="2023-11-02", state="retracted", acts=(act("retract", on="2023-11-05"),)),
    )
    (heading,) = report.headings
    assert [standing.figure.figure.count.best for standing in heading.standings] == [10]  # type: ignore[union-attr]
    assert [step.change for _, step in report.revisions] == ["retracted"]


def test_a_series_of_withdrawn_figures_has_a_heading_and_no_standing(
    recorded: RecordFigure, act: MakeAct, build: Build
) -> None:
    report = build(recorded(99, state="retracted", acts=(act("retract", on="2023-11-05"),)))
    assert [heading.standings for heading in report.headings] == [()]


def test_a_hidden_issuer_stands_after_the_authorities(recorded: RecordFigure, build: Build) -> None:
    report = build(
        recorded(10, on="2023-11-01"),
        recorded(12, by=None, issuer_words="officials", on="2023-11-09", publisher="The Example Gazette"),
    )
    (heading,) = report.headings
    assert [standing.figure.figure.chain.authority for standing in heading.standings] == ["Health Ministry", None]
    assert report.authorities == ("Health Ministry",)


def test_revisions_are_told_latest_first(recorded: RecordFigure, build: Build) -> None:
    report = build(
        *(recorded(n, by="A", on=f"2023-11-{day:02}") for day, n in ((1, 20), (2, 15), (3, 18), (4, 9))),
    )
    assert [step.difference for _, step in report.revisions] == [-9, -5]
    assert [step.change for step in report.lines[0].revisions] == ["revised_down", "revised_down"]


def test_the_longest_gap_of_a_series_is_found(recorded: RecordFigure, build: Build) -> None:
    (line,) = build(*(recorded(n, on=f"2023-11-{n:02}") for n in (1, 2, 9, 10))).lines
    assert line.longest_gap == Gap(date(2023, 11, 2), date(2023, 11, 9))
    assert line.longest_gap.days == 7
    assert line.days == (date(2023, 11, 1), date(2023, 11, 10))


def test_a_series_without_a_day_has_neither_gap_nor_days(recorded: RecordFigure, build: Build) -> None:
    report = build(recorded(5, on=None, published="unknown"))
    assert [(line.longest_gap, line.days) for line in report.lines] == [(None, None)]


def test_a_line_says_what_all_its_figures_share(recorded: RecordFigure, build: Build) -> None:
    since = date(2023, 10, 7)
    (line,) = build(recorded(5, since=since), recorded(6, on="2023-11-02", since=since)).lines
    assert line.definition.since == since
    (parallel,) = build(recorded(5, since=since), recorded(6, since=date(2025, 10, 11))).lines
    assert parallel.definition.since is None


def test_what_definitions_do_not_share_is_left_unsaid() -> None:
    day = date(2023, 10, 17)
    toll = Definition(outcome="killed", place="Gaza City", tally="cumulative", since=day)
    incident = Definition(outcome="killed", place="Gaza City", tally="incident", since=day, basis="identified")
    assert shared_definition([toll, incident]) == Definition(outcome="killed", place="Gaza City")


def test_a_stock_has_no_baseline(recorded: RecordFigure, build: Build) -> None:
    (line,) = build(recorded(48, outcome="held", tally="stock")).lines
    assert (line.definition.tally, line.definition.since) == ("stock", None)


def test_held_figures_stay_out_and_voided_ones_stand_in_no_series(recorded: RecordFigure, build: Build) -> None:
    kept, held, voided = recorded(5), recorded(6, state="held"), recorded(7, state="voided")
    report = build(kept, held, voided)
    assert {figure.id for figure in report.figures} == {kept.id, voided.id}
    assert report.unplaced == (voided,)


def test_documents_are_numbered_by_date_with_their_figures(recorded: RecordFigure, build: Build) -> None:
    report = build(
        recorded(2, on="2023-11-02", document="later", snapshot="b"),
        recorded(1, on="2023-11-01", document="earlier", snapshot="a"),
        recorded(3, on="2023-11-02", document="later", snapshot="c", outcome="injured"),
        recorded(4, on="2023-11-03", document="earlier", outcome="injured"),
    )
    first, second = report.documents
    assert (first.id, first.number, first.figures, first.published) == ("earlier", 1, 2, None)
    assert (second.id, second.figures, second.published) == ("later", 2, date(2023, 11, 2))
    assert second.snapshots == ("b", "c")
    assert report.document_numbers == {"earlier": 1, "later": 2}


def test_each_doubt_stands_once_with_its_figures(recorded: RecordFigure, build: Build) -> None:
    doubt = "as_of_inferred: from the words last night"
    one, other = recorded(1, doubts=(doubt, doubt)), recorded(2, outcome="injured", doubts=(doubt,))
    (found,) = build(one, other).doubts
    assert (found.number, found.code, found.figures) == (1, "as_of_inferred", (one, other))


def test_what_is_not_known_is_counted(recorded: RecordFigure, build: Build) -> None:
    report = build(
        recorded(1, on=None, published="unknown"),
        recorded(2, basis_of_day="publication"),
        recorded(3, basis_of_day="inferred", state="voided"),
        recorded(4, by=None, issuer_words="officials", publisher="The Example Gazette"),
    )
    assert unknowns(report) == {
        "no as-of day is stated": 1,
        "the as-of day is the publication day, an upper bound only": 1,
        "the as-of day is inferred": 1,
        "the publication date is not known": 1,
        "the issuer is not named": 1,
        "the document has no address": 4,
        "the figure stands in no series": 1,
    }


def test_what_was_asked_stands_in_the_report(recorded: RecordFigure, build: Build) -> None:
    report = build(recorded(1))
    assert report.title == "Casualty figures: Gaza war"
    assert report.filters == (("from", "2023-10-07"), ("to", "2023-11-30"))
    assert report.events == ("Gaza war",)
    assert report.contradictions == ()


def test_the_order_of_the_figures_given_changes_nothing(recorded: RecordFigure, build: Build) -> None:
    figures = [recorded(n, by=f"Ministry {n % 3}", on=f"2023-11-{1 + n % 5:02}") for n in range(12)]
    assert build(*figures) == build(*reversed(figures))


def test_a_short_id_is_twelve_digits(recorded: RecordFigure) -> None:
    assert len(short_id(recorded(1))) == 12
