"""The figures of a report as rows of cells, in the order of `columns.FIGURES`; made for 100,000 figures."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from db.records import Chain, Definition, Figure, RecordedFigure, ScopeNote
from reports.figure_json import instant_text
from reports.provenance import Report
from reports.series import Step

Cell = str | int | float | date | None
Row = tuple[Cell, ...]


def figure_rows(report: Report) -> Iterator[Row]:
    """One row a figure, in the report's order."""
    rows = _Rows(report)
    return map(rows.row, report.figures)


class _Rows:
    """Makes rows; what many figures share (definition, chain, instant) is laid out once."""

    def __init__(self, report: Report) -> None:
        self._steps = report.steps
        checkpoint = report.checkpoint
        self._checkpoint: Row = (checkpoint.size, checkpoint.root) if checkpoint else (None, None)
        # By identity: figures read from one store share these objects, and hashing one takes as long as laying it out.
        self._definitions: dict[int, Row] = {}
        self._chains: dict[int, Row] = {}
        self._instants: dict[datetime, str] = {}

    def row(self, recorded: RecordedFigure) -> Row:
        figure = recorded.figure
        return (
            recorded.id,
            recorded.state,
            figure.event,
            *_number(figure),
            *self._definition(figure.definition),
            *_dates(figure),
            figure.publisher,
            *self._chain(figure.chain),
            figure.modality,
            *_change(self._steps.get(recorded.id, ())),
            *self._evidence(recorded),
            *self._checkpoint,
        )

    def _definition(self, definition: Definition) -> Row:
        found = self._definitions.get(id(definition))
        if found is None:
            found = self._definitions[id(definition)] = _definition(definition)
        return found

    def _chain(self, chain: Chain) -> Row:
        found = self._chains.get(id(chain))
        if found is None:
            found = self._chains[id(chain)] = _chain(chain)
        return found

    def _instant(self, instant: datetime) -> str:
        found = self._instants.get(instant)
        if found is None:
            found = self._instants[instant] = instant_text(instant)
        return found

    def _evidence(self, recorded: RecordedFigure) -> Row:
        figure = recorded.figure
        evidence = figure.evidence
        return (
            figure.part_of,
            figure.earlier_value_of,
            " | ".join(figure.doubts) or None,
            figure.origin,
            evidence.quote,
            evidence.start,
            evidence.end,
            evidence.zone,
            evidence.locator,
            recorded.title,
            recorded.address,
            recorded.document,
            f"sha256:{recorded.snapshot}" if recorded.snapshot else None,
            self._instant(recorded.recorded_at),
        )


def _number(figure: Figure) -> Row:
    count, share = figure.count, figure.share
    if count is not None:
        return (count.low, count.best, count.high, None, None, None, None, count.qualifier, count.text)
    assert share is not None  # noqa: S101 - a shape holds one or the other
    return (None, None, None, share.low, share.best, share.high, share.of, share.qualifier, share.text)


_PLAIN_FACETS = (
    "outcome", "group", "affiliation", "status", "age", "sex", "subgroup", "condition", "unit", "place", "cause",
    "actor", "basis", "directness", "counted_by",
)  # fmt: skip


def _definition(definition: Definition) -> Row:
    notes = (_notes(definition.includes), _notes(definition.excludes))
    plain = (getattr(definition, name) for name in _PLAIN_FACETS)
    return (*plain, *notes, definition.tally, definition.since, definition.until, definition.hours)


def _notes(notes: Sequence[ScopeNote]) -> str | None:
    return "; ".join(note.code for note in notes) or None


def _dates(figure: Figure) -> Row:
    period = figure.period
    first, last = (period.from_day, period.to_day) if period else (None, None)
    return (first, last, figure.as_of, figure.as_of_time, figure.as_of_basis, figure.published)


def _chain(chain: Chain) -> Row:
    return (
        "; ".join(chain.attribution) or None,
        " | ".join("; ".join(names) for names in chain.parallel) or None,
        chain.issuer,
        chain.issuer_words,
        chain.authority,
        "; ".join(chain.compiled_from) or None,
    )


def _change(steps: Sequence[Step]) -> Row:
    if not steps:
        return (None, None)
    return ("; ".join(step.change for step in steps), steps[0].difference)
