"""Plain tables and lines: aligned, complete, and nothing that a terminal would obey."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from db.records import Act, Count, Hold, RecordedFigure
from reports.history import histories
from reports.origin import Appearance, OriginTrace
from reports.positions import Disagreements
from reports.render.terminal import (
    Table,
    disagreements_tables,
    extracted_table,
    figures_table,
    history_tables,
    plain,
    printable,
    show_lines,
    summary_lines,
)
from reports.shown import Shown

MakeFigure = Callable[..., RecordedFigure]


@given(st.text())
def test_printed_text_holds_no_control_character_and_stays_on_one_line(text: str) -> None:
    told = printable(text)
    assert [character for character in told if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")] == []
    assert "\u202e" not in told


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    assert printable("12\x1b]0;x\x07 dead\u202e\nand \x85more") == "12\\x1b]0;x\\x07 dead\\u202e and more"


def test_figures_are_told_with_what_they_count_and_who_carried_them(figures: list[RecordedFigure]) -> None:
    table = figures_table(figures)
    assert table.columns == ("id", "as of", "reported", "counting", "publisher ← source", "state")
    row = next(row for row in table.rows if row[2] == "at least 2,808 Palestinians killed")
    assert row[1] == "17 Oct 2023 (publication date)"
    assert row[3] == "cause: air strikes; attributed to Israel; cumulative"
    assert row[4] == "Example Notes ← The Astana Times ← Al Jazeera"


def test_a_held_figure_says_why(figure: MakeFigure) -> None:
    held = replace(
        figure("12 people", "12 people", Count.exactly(12)),
        state="held",
        hold=Hold("number_in_quote", "It does not stand in its quote."),
    )
    assert figures_table([held]).rows[0][-1] == "held (number_in_quote): It does not stand in its quote."


def test_a_column_that_is_empty_everywhere_is_left_out(figure: MakeFigure) -> None:
    table = figures_table([figure("12 people", "12 people", Count.exactly(12))])
    assert "state" not in table.columns


def test_extracted_figures_are_told_with_parts_and_doubts(figure: MakeFigure) -> None:
    whole = figure("x" * 200, "x" * 200, Count.exactly(20), doubts=("outcome_ambiguous: unclear",)).figure
    part = figure("5 soldiers", "5 soldiers", Count.exactly(5), status="soldier").figure
    table = extracted_table([whole, part.model_copy(update={"part_of": 0})])
    assert table.notes == ("1: part of 0", "0: outcome_ambiguous: unclear")
    assert table.rows[1][1] == "5 soldiers killed"
    assert table.rows[0][-1].endswith("…")
    assert len(table.rows[0][-1]) == 100


def test_history_has_a_line_for_every_step_with_its_difference(figures: list[RecordedFigure]) -> None:
    told = {table.title: table for table in history_tables(histories(figures))}
    table = told["Government of Israel, people killed in Israel; one incident of 7 October 2023"]
    assert [row[:4] for row in table.rows] == [
        ("15 Oct 2023 (day of the statement)", "more than 1,400", "first recorded", ""),
        ("10 Nov 2023 (publication date)", "approximately 1,200", "revised down", "−200"),
    ]
    assert table.notes[0] == "Event: Attack on Israel of 7 October 2023. Last reported for 10 November 2023."


def test_a_publishers_line_says_whose_it_is(figures: list[RecordedFigure]) -> None:
    tables = list(history_tables(histories(figures, line="Example Notes")))
    assert tables
    assert all(table.title.startswith("Example Notes (a publisher's line): ") for table in tables)


def test_a_series_without_a_day_or_with_a_relay_is_told(figures: list[RecordedFigure]) -> None:
    (series, *_) = histories(figures)
    undated = replace(series, last_reported=None, event=None, carried_by=("The Example Gazette",))
    assert next(iter(history_tables([undated]))).notes[0] == "Carried on by The Example Gazette."


def test_how_long_ago_an_authority_last_reported_is_told_from_the_day_asked_for(figures: list[RecordedFigure]) -> None:
    (series, *_) = histories(figures)
    carried = replace(series, event=None, last_reported=date(2023, 11, 10), carried_by=("The Example Gazette",))
    notes = [next(iter(history_tables([carried], on=date(2023, 11, day)))).notes[0] for day in (10, 11, 30)]
    since = "; carried on since by The Example Gazette."
    assert notes == [
        f"Last reported for 10 November 2023{since}",
        f"Last reported for 10 November 2023, 1 day before 11 November 2023{since}",
        f"Last reported for 10 November 2023, 20 days before 30 November 2023{since}",
    ]


def test_parallel_lines_say_which_they_are(figure: MakeFigure) -> None:
    facts = {"tally": "cumulative", "basis": "stated"}
    both = [
        figure("34,622 people", "34,622 people", Count.exactly(34622, "34,622"), **facts),
        figure("24,686 named", "24,686 named", Count.exactly(24686, "24,686"), since=date(2023, 10, 7), **facts),
        figure("900 since then", "900 since then", Count.exactly(900), since=date(2025, 10, 11), **facts),
    ]
    told = [row[1] for table in history_tables(histories(both)) for row in table.rows]
    assert "900 (cumulative since 11 October 2025)" in told


def test_disagreements_say_who_stands_where_and_why(found: Disagreements) -> None:
    first, second = disagreements_tables(found)
    assert first.title == "People killed in Gaza City; one incident of 17 October 2023: cannot both stand"
    assert [row[:2] for row in first.rows] == [
        ("US intelligence community", "between 100 and 300"),
        ("Gaza Ministry of Health", "471"),
    ]
    assert first.notes[0] == "471 lies above 300, the upper end of an estimate."
    assert "actor: “a rocket fired in Gaza” (issuer not named)" in first.notes
    assert second.title.endswith("Israeli casualties; cumulative: do not count the same")
    assert next(iter(summary_lines(found.summary))).startswith("6 pairs of figures in force on one day")


def test_one_figure_is_shown_with_all_that_stands_behind_it(
    figures: list[RecordedFigure], found: Disagreements
) -> None:
    before, one = figures[0], figures[1]
    series = next(s for s in histories(figures) if s.authority == "Gaza Ministry of Health")
    first = Appearance(before, date(2023, 10, 17), True, "probably the same")
    origin = OriginTrace(first, (first,), ("Gaza Ministry of Health", "Al Jazeera"), "A match, no attribution.")
    lines = list(show_lines(Shown(one, history=series, disagreements=found.disagreements[:1], origin=origin)))
    told = dict(re.split(r"\s{2,}", line.strip(), maxsplit=1) for line in lines[1:])
    assert lines[0] == "471 people killed"
    assert told["as of"] == "18 October 2023 (day of the statement)"
    assert told["words"] == "A day later the ministry gave [471 people] killed."
    assert told["where"].startswith("body, characters")
    assert "revised down by 29" in told["change"]
    assert told["disagreement"] == "cannot both stand: 471 lies above 300, the upper end of an estimate."
    assert told["earliest match"].startswith("17 October 2023: Example Notes ← Associated Press")
    assert told["issuers named"] == "Gaza Ministry of Health and Al Jazeera"
    assert told["id"] == one.id
    shown = [line for line in show_lines(Shown(before, history=series)) if line.startswith("  then")]
    assert shown
    assert shown[0].endswith("471, as of 18 October 2023 (day of the statement): revised down by 29")


def test_a_data_row_is_shown_with_its_row_and_whose_word_it_is(figures: list[RecordedFigure]) -> None:
    row = next(one for one in figures if one.figure.evidence.locator)
    told = "\n".join(show_lines(Shown(row)))
    assert "/0/killed_cum (row report_date=2023-10-07 killed_cum); the issuer is the dataset's statement" in told
    keyless = row.figure.evidence.model_copy(update={"row_key": None})
    plainer = replace(row, figure=row.figure.model_copy(update={"evidence": keyless}))
    assert "/0/killed_cum; the issuer is the dataset's statement" in "\n".join(show_lines(Shown(plainer)))


def test_what_is_not_known_of_a_figure_is_left_out(figure: MakeFigure, figures: list[RecordedFigure]) -> None:
    one = figure("12 people", "12 people", Count.exactly(12), event=None)
    bare = one.figure.evidence.model_copy(update={"start": None, "end": None})
    manual = replace(one, figure=one.figure.model_copy(update={"evidence": bare}))
    appearance = Appearance(manual, None, False, "")
    lines = list(show_lines(Shown(manual, origin=OriginTrace(appearance, (appearance,), (), "A match."))))
    labels = [line.split("  ")[1] for line in lines[1:]]
    assert "where" not in labels
    assert "event" not in labels
    assert any("day not known" in line for line in lines)


def test_a_withdrawn_figure_says_so(figure: MakeFigure, figures: list[RecordedFigure]) -> None:
    withdrawn: Act = next(one for one in figures if one.state == "retracted").acts[0]
    one = replace(figure("12 people", "12 people", Count.exactly(12)), state="retracted", acts=(withdrawn,))
    assert any(
        "retract by The Example Gazette on 1 December 2023: a typing error" in line for line in show_lines(Shown(one))
    )


def test_columns_are_aligned_and_notes_follow() -> None:
    table = Table(
        ("name", "killed"),
        (("死者", "1"), ("e\u0301", "1,400")),
        title="Title",
        notes=("A note.",),
        right=frozenset({1}),
    )
    assert list(plain(table)) == ["Title", "name  killed", "死者       1", "e\u0301      1,400", "A note."]


def test_a_table_without_rows_is_its_title_and_notes() -> None:
    assert list(plain(Table((), (), title="Title"))) == ["Title"]
    assert list(plain(figures_table([]))) == []
