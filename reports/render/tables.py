"""
A report as tables: the one form behind the workbook, the data package and the CSV.

Cells are text, whole numbers, days or None. Rows are made while they are read, once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from db.records import Count, KeptSnapshot, RecordedFigure
from reports import narration, sentences
from reports.figure_json import instant_text
from reports.positions import Disagreement, Position
from reports.provenance import REVISIONS, Line, Report
from reports.render import columns
from reports.render.columns import Column
from reports.render.figure_rows import figure_rows
from reports.series import Step

Cell = str | int | float | date | None
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its rows can be read once."""

    name: str
    words: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]


def tables(report: Report) -> Iterator[Table]:
    """Every table of a report; each number in them stands in a row that names its figure."""
    yield Table("latest", "what each authority last reported", columns.LATEST, _latest(report))
    yield figures_table(report)
    yield Table("steps", "how each authority's figures changed", columns.STEPS, _steps(report))
    yield Table("revisions", "what was revised or withdrawn, latest first", columns.STEPS, _revisions(report))
    yield Table("disagreements", "where sources disagree", columns.DISAGREEMENTS, _disagreements(report))
    yield Table("sources", "whom the figures name", columns.SOURCES, _sources(report))
    yield Table("methods", "how those sources count", columns.METHODS, _methods(report))
    yield Table("documents", "where the figures stand", columns.DOCUMENTS, _documents(report))
    yield Table("acts", "what was done about figures afterwards", columns.ACTS, _acts(report))
    yield Table("doubts", "what a careful reader should know", columns.DOUBTS, _doubts(report))


def figures_table(report: Report) -> Table:
    """Every figure, one row each."""
    return Table("figures", "every reported number with its words and source", columns.FIGURES, figure_rows(report))


def _latest(report: Report) -> Iterator[Row]:
    for heading in report.headings:
        for standing in heading.standings:
            figure = standing.figure.figure
            yield (
                heading.event,
                sentences.definition_words(standing.line.definition),
                sentences.authority_words(figure),
                sentences.number_of(figure),
                *_bounds(figure.count),
                figure.as_of,
                figure.as_of_basis,
                standing.step.change,
                sentences.chain_words(figure),
                standing.step.difference,
                standing.figure.id,
            )


def _bounds(count: Count | None) -> Row:
    if count is None:
        return (None,) * 5
    return (count.low, count.best, count.high, count.qualifier, count.text)


def _steps(report: Report) -> Iterator[Row]:
    for line in report.lines:
        told = _line(line)
        yield from (_step(told, step) for step in line.series.steps)


def _revisions(report: Report) -> Iterator[Row]:
    told = {line.number: _line(line) for line in report.lines}
    return (_step(told[line.number], step) for line, step in report.revisions if step.change in REVISIONS)


def _line(line: Line) -> Row:
    authority = narration.series_authority(line.series)
    return (line.number, authority, line.series.event, sentences.definition_words(line.definition))


def _step(line: Row, step: Step) -> Row:
    figure = step.figure.figure
    return (
        *line,
        step.change,
        step.on_day,
        figure.as_of,
        *_bounds(figure.count),
        step.difference,
        " ".join(narration.reason_sentence(reason) for reason in step.reasons) or None,
        step.figure.id,
        step.previous.id if step.previous else None,
    )


def _disagreements(report: Report) -> Iterator[Row]:
    for number, one in enumerate(report.disagreements, start=1):
        yield from (_position(number, one, position) for position in one.positions)


def _position(number: int, one: Disagreement, position: Position) -> Row:
    return (
        number,
        one.event,
        sentences.definition_words(one.definition),
        sentences.definition_words(one.other) if one.other else None,
        one.from_day,
        one.to_day,
        one.relation,
        position.authority,
        *_bounds(position.count),
        _ids(position.figures),
        _ids(relay.figure for relay in position.relays),
        one.because,
        one.spread.absolute,
        one.spread.relative,
        one.independent_authorities,
        one.resolved,
    )


def _ids(figures: Iterable[RecordedFigure]) -> str | None:
    return "; ".join(dict.fromkeys(figure.id for figure in figures)) or None


def _sources(report: Report) -> Iterator[Row]:
    for one in report.sources:
        yield (one.id, one.name, one.kind, one.country, one.party, "; ".join(one.roles), one.figures)


def _methods(report: Report) -> Iterator[Row]:
    for one in report.methods:
        yield (one.source, one.from_day, one.text, "; ".join(one.criteria) or None, one.evidence)


def _documents(report: Report) -> Iterator[Row]:
    snapshots: dict[str, list[KeptSnapshot]] = {}
    for snapshot in report.snapshots:
        snapshots.setdefault(snapshot.document, []).append(snapshot)
    for one in report.documents:
        about = (one.number, one.id, one.address, one.title, one.publisher, one.published, one.figures)
        for snapshot in snapshots.get(one.id, ()):
            yield (*about, *_snapshot(snapshot))


def _snapshot(snapshot: KeptSnapshot) -> Row:
    return (
        f"sha256:{snapshot.sha256}",
        instant_text(snapshot.retrieved_at) if snapshot.retrieved_at else None,
        snapshot.media_type,
        snapshot.language,
        "; ".join(snapshot.readers) or None,
        snapshot.size,
    )


def _acts(report: Report) -> Iterator[Row]:
    for recorded, act in report.acts:
        at = instant_text(act.recorded_at)
        yield (recorded.id, act.kind, act.by, act.reason, act.other, act.on_day, at, act.id)


def _doubts(report: Report) -> Iterator[Row]:
    for doubt in report.doubts:
        yield from ((doubt.number, doubt.text, recorded.id) for recorded in doubt.figures)
