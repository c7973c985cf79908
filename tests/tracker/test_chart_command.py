"""`chart`: a chart of what a store holds, as SVG and PNG, and one clear line where there is none."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reports.render import drawing
from tracker import questions

Run = Callable[..., Any]
REPORTED = (
    (40, "Relief Fund", "2024-05-02"),
    (44, "Relief Fund", "2024-05-04"),
    (90, "Coast Office", "2024-05-02"),
    (10, "Relief Fund", "2024-05-02", "injured"),
    (12, "Relief Fund", "2024-05-03", "injured"),
)


@pytest.fixture
def charts(run: Run, tmp_path: Path) -> Path:
    """A folder for charts, beside a store in which two sources cannot both stand, both carried by a third."""
    run("events", "add", "A flood", "--from", "2024-05-01")
    for number, source, day, *outcome in REPORTED:
        result = run(
            "add", "--number", number, "--outcome", *(outcome or ["killed"]), "--tally", "cumulative",
            "--event", "A flood",
            "--attribution", source, "--publisher", "The Invented Courier", "--published", day, "--as-of", day,
            "--as-of-basis", "stated", "--quote", f"{number} people", "--address", f"https://courier.example/{number}",
        )  # fmt: skip
        assert result.exit_code == 0, result.output
    return tmp_path


@pytest.mark.parametrize("kind", ["history", "disagreement", "relay"])
@pytest.mark.parametrize("ending", [".svg", ".PNG"])
def test_each_kind_of_chart_is_written_as_svg_and_png(run: Run, charts: Path, kind: str, ending: str) -> None:
    path = charts / f"flood{ending}"
    result = run("chart", kind, "A flood", "-o", path)
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    assert path.read_bytes().startswith(b"<?xml" if ending == ".svg" else b"\x89PNG")


def test_filters_choose_what_is_drawn_and_the_rest_is_named(run: Run, charts: Path) -> None:
    result = run("chart", "history", "-o", charts / "flood.svg")
    assert "People killed; cumulative: drawn in" in result.stderr
    assert "1 more could be drawn: choose with --outcome" in result.stderr
    result = run("chart", "history", "--outcome", "injured", "-o", charts / "flood.svg")
    assert "People injured; cumulative: drawn in" in result.stderr
    assert "more could be drawn" not in result.stderr


@pytest.mark.parametrize(
    ("kind", "filters", "because"),
    [
        ("history", ["--from", "2030-01-01"], "fewer than two dated numbers"),
        ("disagreement", ["--outcome", "injured"], "no two sources contradict each other"),
        ("relay", ["--publisher", "Nobody"], "in its publisher's own voice"),
    ],
)
def test_where_nothing_is_to_be_drawn_one_line_says_why(
    run: Run, charts: Path, kind: str, filters: list[str], because: str
) -> None:
    result = run("chart", kind, *filters, "-o", charts / "none.svg")
    assert result.exit_code == 1
    assert because in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (charts / "none.svg").exists()


def test_an_unknown_ending_a_missing_one_and_an_unknown_kind_are_misuse(run: Run, tmp_path: Path) -> None:
    assert ".svg .png" in run("chart", "relay", "-o", tmp_path / "flood.jpg").stderr
    assert run("chart", "relay").exit_code == 2
    assert run("chart", "pie", "-o", tmp_path / "flood.svg").exit_code == 2


def test_a_missing_library_and_missing_fonts_are_one_line_each(
    run: Run, charts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "_LETTERED", drawing._LETTERED.replace(drawing.FONTS, "No Such Font"))
    result = run("chart", "history", "-o", charts / "flood.png")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "fonts-dejavu" in result.stderr
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    result = run("chart", "history", "-o", charts / "flood.png")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "pip install 'casualty-figures[charts]'" in result.stderr


def test_a_report_of_very_many_figures_tells_the_same_contradiction(
    answer: Run, charts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = answer("report", "A flood")["disagreements"]
    monkeypatch.setattr(questions, "BROAD_FROM", 2)
    many = answer("report", "A flood")["disagreements"]
    assert [(one["relation"], one["from"], one["to"]) for one in many] == [
        (one["relation"], one["from"], one["to"]) for one in few
    ]
    assert "contradict" in {one["relation"] for one in many}
