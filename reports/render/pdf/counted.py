"""What is counted and by whom: the series, their revisions, and every figure with the words it rests on."""

from collections.abc import Iterator, Mapping, Sequence

from db.records import RecordedFigure
from reports import explanations, narration, sentences
from reports.provenance import Line, Report, short_id
from reports.render.pdf.blocks import (
    Block,
    Cell,
    Run,
    Words,
    bold,
    code,
    heading,
    items,
    lead,
    marked,
    paragraph,
    quoted,
    small,
    table,
    to,
    words,
)  # fmt: skip
from reports.render.pdf.named import label, of_event
from reports.render.rows import context
from reports.series import Step
from reports.words import ZONES

_CELL_LETTERS = 40
"""The longest word of a dataset's cell that the column of quotes takes."""
_FIGURES = (
    ("As of", 2.0), ("Reported", 2.4), ("Publisher ← source", 2.8), ("The words it rests on", 4.8), ("Figure", 1.9),
)  # fmt: skip


def series(report: Report) -> Iterator[Block]:
    """Every series, a row each, leading to its figures."""
    yield heading(1, "What is counted, and by whom")
    if not report.lines:
        yield paragraph(explanations.NO_SERIES)
        return
    yield lead(explanations.SERIES)
    columns = (("What is counted", 4.0), ("Authority", 3.0), ("Figures", 1.2), ("Revisions", 1.4), ("How it ran", 5.0))
    yield table(columns, (_series(line, report) for line in report.lines))


def _series(line: Line, report: Report) -> Sequence[Cell]:
    figures = len({step.figure.id for step in line.series.steps})
    return (
        [words(_counted(line, report))],
        [words(narration.series_authority(line.series))],
        [words(to(sentences.number_words(figures), f"s{line.number}"))],
        [words(sentences.number_words(len(line.revisions)) if line.revisions else "–")],
        [words(narration.line_sentence(line))],
    )


def _counted(line: Line, report: Report) -> str:
    return sentences.definition_words(line.definition) + of_event(line.series.event, report)


def revisions(report: Report) -> Iterator[Block]:
    """Every revision, the latest first."""
    yield heading(1, "Revisions and withdrawals", "revisions")
    if not report.revisions:
        yield paragraph(explanations.NO_REVISION)
        return
    yield lead(explanations.REVISIONS)
    named = {line.number: narration.series_subject(line.series) for line in report.lines}
    yield items(
        words(
            narration.step_sentence(line.series, step, named[line.number]), " ",
            to(short_id(step.figure), label(step.figure), "code"),
        )
        for line, step in report.revisions
    )  # fmt: skip


def figures(report: Report) -> Iterator[Block]:
    """Every figure, by series; those in no series last."""
    yield heading(1, "Every figure")
    if not report.figures:
        yield paragraph(explanations.NO_FIGURE)
        return
    yield lead(f"By series, with the words they rest on. {explanations.unplaced_sentence(report)}")
    rows = _Rows(report)
    for line in report.lines:
        title = f"{narration.series_authority(line.series)}: {_counted(line, report)}"
        yield heading(2, title, f"s{line.number}")
        shared = sentences.scope_words(line.definition)
        yield rows.table([(step.figure, step) for step in line.series.steps], shared)
    if report.unplaced:
        yield heading(2, "Figures in no series")
        yield rows.table([(one, None) for one in report.unplaced], ())


class _Rows:
    """The rows of figures; one that stands in two tables is led to where it stands first."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._shown: set[str] = set()
        self._languages: Mapping[tuple[str, str], str | None] = {
            (one.document, one.sha256): one.language for one in report.snapshots
        }

    def table(self, told: Sequence[tuple[RecordedFigure, Step | None]], shared: Sequence[str]) -> Block:
        labels = []
        for recorded, _ in told:
            labels.append("" if recorded.id in self._shown else label(recorded))
            self._shown.add(recorded.id)
        return table(_FIGURES, [self._row(recorded, step, shared) for recorded, step in told], labels)

    def _row(self, recorded: RecordedFigure, step: Step | None, shared: Sequence[str]) -> Sequence[Cell]:
        figure = recorded.figure
        own = narration.own_facets(recorded, shared) if step else sentences.outcome_words(figure.definition)
        notes = [own, figure.modality if figure.modality != "reported" else "", narration.state_words(recorded)]
        change = [narration.change_words(step), *map(narration.reason_sentence, step.reasons)] if step else []
        published = sentences.published_words(figure) if figure.published and figure.published != figure.as_of else ""
        document = self._report.document_numbers[recorded.document]
        return (
            _lines(sentences.short_as_of(figure), small(published), small(sentences.period_words(figure))),
            _lines(bold(sentences.number_of(figure)), *map(small, (*notes, *change))),
            _lines(sentences.chain_words(figure)),
            [self._quoted(recorded), *_lines(*map(small, figure.doubts))],
            _lines(code(short_id(recorded)), to(f"document {document}", f"d{document}", "small")),
        )

    def _quoted(self, recorded: RecordedFigure) -> Words:
        """The quote within its words, in their language; of a dataset, its cell."""
        evidence = recorded.figure.evidence
        if evidence.locator is not None:
            return quoted(code(evidence.quote, _CELL_LETTERS))
        before, after = context(self._report, recorded)
        zone = ZONES[evidence.zone]
        language = self._languages.get((recorded.document, recorded.snapshot))
        return quoted(
            before, marked(evidence.quote), after, small(f" ({zone})") if zone else "", language=language
        )  # fmt: skip


def _lines(*runs: Run) -> list[Words]:
    """A cell of one paragraph for each run that says something."""
    return [told for told in map(words, runs) if told["runs"]]
