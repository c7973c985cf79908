"""The report as JSON: figures once, everything else by their ids."""

import json as standard
from dataclasses import replace
from typing import Any

import pytest

from reports.figure_json import figure_json
from reports.provenance import Report
from reports.render.json import json


@pytest.fixture
def content(report: Report) -> dict[str, Any]:
    parsed: dict[str, Any] = standard.loads(json(report))
    return parsed


def test_a_report_has_its_parts_in_order(content: dict[str, Any]) -> None:
    assert list(content) == [
        "report",
        "checkpoint",
        "latest",
        "figures",
        "series",
        "disagreements",
        "summary",
        "documents",
        "snapshots",
        "sources",
        "methods",
        "doubts",
    ]


def test_figures_are_told_as_everywhere(content: dict[str, Any], report: Report) -> None:
    assert content["figures"] == [figure_json(figure) for figure in report.figures]


def test_series_and_disagreements_name_figures_of_the_report(content: dict[str, Any]) -> None:
    ids = {figure["id"] for figure in content["figures"]}
    assert {step["figure"] for series in content["series"] for step in series["steps"]} <= ids
    positions = [position for one in content["disagreements"] for position in one["positions"]]
    assert {figure for position in positions for figure in position["figures"]} <= ids
    assert {standing["figure"] for heading in content["latest"] for standing in heading["standings"]} <= ids


def test_checkpoint_summary_and_documents_are_there(content: dict[str, Any], report: Report) -> None:
    assert content["checkpoint"] == {"size": 1234, "root": "ab" * 32, "time": "2024-01-02T03:04:05Z"}
    assert content["summary"]["time_and_scope_aware"] == 1
    assert len(content["documents"]) == len(report.documents)
    assert content["report"]["generated"] == "2024-01-02T03:04:05Z"


def test_each_figure_stands_on_a_line_of_its_own(report: Report) -> None:
    lines = [line.rstrip(",]") for line in json(report).splitlines() if line.startswith('{"id"')]
    assert [standard.loads(line)["id"] for line in lines[: len(report.figures)]] == [one.id for one in report.figures]


def test_a_report_of_nothing_is_still_json(nothing: Report) -> None:
    content = standard.loads(json(nothing))
    assert (content["figures"], content["checkpoint"]) == ([], None)


def test_a_checkpoint_without_a_time_says_so(report: Report, make_report: Any) -> None:
    assert report.checkpoint is not None
    timeless = make_report(report.figures, checkpoint=replace(report.checkpoint, at=None))
    assert standard.loads(json(timeless))["checkpoint"]["time"] is None


def test_the_same_report_gives_the_same_text(report: Report) -> None:
    assert json(report) == json(report)
