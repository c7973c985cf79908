"""A report read back from its JSON is the report that was written."""

import json as standard
from dataclasses import replace
from typing import Any

import pytest

from db.records import RecordedFigure
from reports.earlier.report import UnreadableReport, is_report, read_report
from reports.provenance import Report
from reports.render.json import json


def with_acts_about_it(one: RecordedFigure) -> RecordedFigure:
    """The acts of figures made in memory do not name their figure."""
    return replace(one, acts=tuple(replace(act, figure=one.id) for act in one.acts))


@pytest.fixture
def content(report: Report) -> Any:
    return standard.loads(json(report))


def test_every_figure_is_read_back_as_it_was_written(content: Any, report: Report) -> None:
    earlier = read_report(content)
    assert earlier.figures == tuple(with_acts_about_it(one) for one in report.figures)
    assert (earlier.event, dict(earlier.filters)) == (report.event, dict(report.filters))
    assert earlier.generated == report.generated
    assert earlier.sources == tuple(source.name for source in report.sources)
    assert {one.figure for one in earlier.standings} <= {one.id for one in report.figures}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("checkpoint",), None),
        (("checkpoint", "size"), -1),
        (("checkpoint", "size"), "12"),
        (("checkpoint", "root"), "ab"),
        (("checkpoint", "signature"), "anybody AAAA"),
        (("checkpoint", "note"), "another"),
        (("checkpoint", "timestamp"), "not base64"),
        (("report", "generated"), "2024-01-02T03:04:05"),
        (("report", "filters"), {"outcome": 7}),
        (("figures", 0, "id"), "12"),
        (("figures", 0, "count"), {"low": "many"}),
        (("figures", 0, "evidence"), []),
        (("figures", 0, "evidence"), {}),
        (("figures", 0, "recorded_at"), "2024-01-02T03:04:05"),
        (("figures", 0, "acts"), [{"id": "1"}]),
        (("figures", 0, "definition", "outcome"), "eaten"),
        (("ledger",), [{"entry": 0}]),
        (("latest",), {}),
        (("disagreements", 0, "relation"), "unknown"),
    ],
)
def test_a_part_that_no_report_has_is_named(content: Any, path: tuple[Any, ...], value: Any) -> None:
    holder = content
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = value
    with pytest.raises(UnreadableReport) as refused:
        read_report(content)
    assert len(str(refused.value).splitlines()) == 1


def test_other_answers_are_no_reports(content: Any) -> None:
    assert is_report(content)
    others: list[Any] = [[], None, {"figures": []}, {"report": {}, "checkpoint": {}}]
    assert not any(is_report(other) for other in others)
