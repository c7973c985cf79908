"""The provenance report as PDF: the parts and sentences of the page in their order, to print and to file."""

from collections.abc import Iterator, Sequence

from db.records import KeptSnapshot, RecordedFigure
from reports import narration, sentences
from reports.cited import CitedSource
from reports.documents import about_words
from reports.positions import Disagreement, Position
from reports.provenance import CitedDocument, Heading, Line, Report, Standing, short_id, unknowns
from reports.relaying import relaying
from reports.render.chart import described
from reports.render.drawing import drawing, histories, svg
from reports.render.html import MAIN_HEADINGS, main_first
from reports.render.pdf.blocks import (
    Block,
    Cell,
    Run,
    Words,
    address,
    bold,
    code,
    heading,
    items,
    marked,
    paragraph,
    picture,
    small,
    table,
    to,
    words,
)  # fmt: skip
from reports.render.pdf.typesetting import Document, typeset
from reports.render.rows import context
from reports.render.since import headline, sections
from reports.series import Step

FIRST_REVISIONS = 6
FIRST_DISAGREEMENTS = 6
"""So many stand at the beginning; all of them further down."""


def pdf(report: Report) -> bytes:
    """
    The report as PDF/A-2a and PDF/UA-1; the same state of the record gives the same bytes, whenever it is made.

    Raises:
        ModuleNotFoundError: the extra `pdf` is not installed.
    """
    last = max((one.recorded_at for one in report.figures), default=None)
    return typeset(
        Document(report.title, narration.method_words(report), list(_blocks(report)), last, _running(report))
    )


def _running(report: Report) -> str:
    """What stands at the foot of every page."""
    if report.checkpoint is None:
        return report.title
    entries = sentences.number_words(report.checkpoint.size)
    return f"{report.title} · ledger of {entries} entries, checkpoint {report.checkpoint.root[:12]}"


def _blocks(report: Report) -> Iterator[Block]:
    yield paragraph(*_intro(report))
    yield from _since(report)
    yield from _last_reported(report)
    yield from _changed_last(report)
    yield from _cannot_both_stand(report)
    yield from _charts(report)
    yield from _relays(report)
    yield from _series(report)
    yield from _revisions(report)
    yield from _disagreements(report)
    yield from _figures(report)
    yield from _sources(report)
    yield from _documents(report)
    yield from _doubts(report)
    yield heading(1, "Method: how to read this")
    yield items(words(bold(term), f": {said}") for term, said in narration.HOW_TO_READ)
    yield heading(1, "How to verify this")
    yield paragraph(narration.method_words(report))


def _intro(report: Report) -> Iterator[Run]:
    yield narration.scale_sentence(report)
    if report.filters:
        yield f" Filters: {', '.join(f'{name} “{value}”' for name, value in report.filters)}."
    yield f" {narration.PURPOSE}"


def _since(report: Report) -> Iterator[Block]:
    if report.since is None:
        return
    yield heading(1, "Since the earlier report")
    yield paragraph(headline(report.since))
    for title, told in sections(report.since):
        yield heading(2, title)
        yield items(words(text) for text, _ in told)


def _last_reported(report: Report) -> Iterator[Block]:
    yield heading(1, "What each authority last reported")
    if not report.headings:
        yield paragraph("No figure in a series is recorded for what was asked.")
    headings = main_first(report.headings)
    for one in headings[:MAIN_HEADINGS]:
        yield heading(2, _title(one, report))
        shared = sentences.scope_words(one.definition)
        yield items(_standing(standing, shared) for standing in one.standings)
    further = [(one, standing) for one in headings[MAIN_HEADINGS:] for standing in one.standings]
    if further:
        yield heading(2, "Further definitions")
        columns = (("What is counted", 4.0), ("Authority", 3.0), ("Last reported", 2.0), ("As of", 3.0))
        yield table(columns, (_further(one, standing, report) for one, standing in further))


def _title(one: Heading, report: Report) -> str:
    event = f" ({one.event})" if one.event and len(report.events) > 1 else ""
    return sentences.capital(sentences.definition_words(one.definition)) + event


def _standing(standing: Standing, shared: Sequence[str]) -> Words:
    figure = standing.figure.figure
    own = narration.own_facets(standing.figure, shared)
    told = f"{sentences.as_of_words(figure)}; {narration.before_words(standing)}"
    chain = f"{sentences.chain_words(figure)}, {sentences.published_words(figure)}"
    return words(
        bold(sentences.authority_words(figure)), ": ",
        to(sentences.number_of(figure), _label(standing.figure), "bold"),
        f" ({own})" if own else "", f", {told}. {chain}.",
    )  # fmt: skip


def _further(one: Heading, standing: Standing, report: Report) -> Sequence[Cell]:
    figure = standing.figure.figure
    event = f" ({one.event})" if one.event and len(report.events) > 1 else ""
    return (
        [words(sentences.definition_words(standing.line.definition) + event)],
        [words(sentences.authority_words(figure))],
        [words(to(sentences.number_of(figure), _label(standing.figure)))],
        [words(sentences.short_as_of(figure))],
    )


def _changed_last(report: Report) -> Iterator[Block]:
    yield heading(1, "What changed last")
    if not report.revisions:
        yield paragraph("No revision, correction or withdrawal is recorded.")
        return
    first = report.revisions[:FIRST_REVISIONS]
    yield items(
        words(narration.step_sentence(line.series, step), " ", to("The words", _label(step.figure), "small"))
        for line, step in first
    )
    if len(report.revisions) > len(first):
        many = sentences.number_words(len(report.revisions))
        yield paragraph(
            small(f"The latest {len(first)} of {many} revisions; all stand "), to("below", "revisions"), "."
        )


def _cannot_both_stand(report: Report) -> Iterator[Block]:
    yield heading(1, "Where sources cannot both stand")
    found = report.contradictions
    if not found:
        yield paragraph(
            "No two figures recorded here contradict each other once their bounds, days and definitions are taken into "
            "account."
        )
    else:
        yield items(_contradiction(one, number) for number, one in enumerate(found[:FIRST_DISAGREEMENTS], start=1))
        if len(found) > FIRST_DISAGREEMENTS:
            many = sentences.number_words(len(found))
            yield paragraph(small(f"{FIRST_DISAGREEMENTS} of {many}; all stand "), to("below", "disagreements"), ".")
    yield paragraph(" ".join(narration.summary_sentences(report.summary)))


def _contradiction(one: Disagreement, number: int) -> Words:
    spread = narration.spread_words(one)
    span = sentences.capital(narration.disagreement_span(one)) + (f"; {spread}" if spread else "")
    return words(
        bold(sentences.capital(narration.disagreement_title(one))),
        f": {narration.because_words(one)} {span}. ", to("Who stands where", f"x{number}", "small"),
    )  # fmt: skip


def _charts(report: Report) -> Iterator[Block]:
    found = list(histories(report, MAIN_HEADINGS))
    if found:
        yield heading(1, "Over time")
    for one, drawn in found:
        yield picture(svg(one), f"{one.title}. {described(drawn.traces)}")


def _relays(report: Report) -> Iterator[Block]:
    links = relaying(report.figures).links
    if not links:
        return
    yield heading(1, "Who relays whom")
    if graph := drawing(report, "relay"):
        yield picture(svg(graph), "Curves from each publisher to the sources it carries. The table below has all.")
    yield table(
        (("Carries", 3.0), ("Is carried", 3.0), ("Figures", 1.0), ("First and last day", 3.0)),
        (
            [[words(link.carrier)], [words(link.source)], [words(sentences.number_words(link.figures))], [words(days)]]
            for link in links
            for days in [
                f"{sentences.day_words(link.days[0])} to {sentences.day_words(link.days[1])}"
                if link.days
                else "not known"
            ]
        ),
    )


def _series(report: Report) -> Iterator[Block]:
    yield heading(1, "What is counted, and by whom")
    columns = (("What is counted", 4.0), ("Authority", 3.0), ("Figures", 1.2), ("Revisions", 1.4), ("In short", 5.0))
    yield table(
        columns,
        (
            [
                [words(_counted(line, report))],
                [words(narration.series_authority(line.series))],
                [
                    words(
                        to(
                            sentences.number_words(len({step.figure.id for step in line.series.steps})),
                            f"s{line.number}",
                        )
                    )
                ],
                [words(sentences.number_words(len(line.revisions)) if line.revisions else "–")],
                [words(narration.line_sentence(line))],
            ]
            for line in report.lines
        ),
    )


def _counted(line: Line, report: Report) -> str:
    event = f" ({line.series.event})" if line.series.event and len(report.events) > 1 else ""
    return sentences.definition_words(line.definition) + event


def _revisions(report: Report) -> Iterator[Block]:
    yield heading(1, "Every revision", "revisions")
    if not report.revisions:
        yield paragraph("None is recorded.")
        return
    named = {line.number: narration.series_subject(line.series) for line in report.lines}
    yield items(
        words(
            narration.step_sentence(line.series, step, named[line.number]), " ",
            to(short_id(step.figure), _label(step.figure), "code"),
        )
        for line, step in report.revisions
    )  # fmt: skip


def _disagreements(report: Report) -> Iterator[Block]:
    yield heading(1, "Where sources disagree", "disagreements")
    if not report.disagreements:
        yield paragraph("No disagreement is recorded.")
    numbers = {id(one): number for number, one in enumerate(report.contradictions, start=1)}
    for one in report.disagreements:
        yield from _disagreement(one, numbers.get(id(one)))


def _disagreement(one: Disagreement, number: int | None) -> Iterator[Block]:
    title = f"{narration.disagreement_title(one)}: {narration.relation_words(one)}"
    yield heading(2, sentences.capital(title), f"x{number}" if number else None)
    facts = [narration.because_words(one), f"{sentences.capital(narration.disagreement_span(one))}."]
    facts += [f"{told}." for told in (narration.spread_words(one), narration.voices_words(one)) if told]
    yield paragraph(" ".join(facts))
    relayed = any(position.relays for position in one.positions)
    columns = [("Authority", 3.0), ("Stands behind", 2.0), ("In these figures", 4.0), ("Carried by", 3.0)]
    shown = len(columns) if relayed else 3
    yield table(columns[:shown], (_position(position)[:shown] for position in one.positions))


def _position(position: Position) -> Sequence[Cell]:
    figures = [run for item in position.figures for run in ("; ", to(sentences.number_of(item.figure), _label(item)))]
    carriers = dict.fromkeys(relay.figure.figure.publisher or "publisher not stated" for relay in position.relays)
    return (
        [words(position.authority)],
        [words(sentences.count_words(position.count))],
        [words(*figures[1:])],
        [words("; ".join(carriers))],
    )


def _label(figure: RecordedFigure) -> str:
    return f"f-{short_id(figure)}"


_FIGURES = (
    ("As of", 2.0),
    ("Reported", 2.4),
    ("Publisher ← source", 2.4),
    ("The words it rests on", 5.2),
    ("Figure", 1.9),
)


def _figures(report: Report) -> Iterator[Block]:
    yield heading(1, "Every figure")
    shown: set[str] = set()
    for line in report.lines:
        title = f"{narration.series_authority(line.series)}: {_counted(line, report)}"
        yield heading(2, title, f"s{line.number}")
        shared = sentences.scope_words(line.definition)
        yield _figure_table(report, [(step.figure, step) for step in line.series.steps], shared, shown)
    if report.unplaced:
        yield heading(2, "Figures in no series")
        yield _figure_table(report, [(one, None) for one in report.unplaced], (), shown)


def _figure_table(
    report: Report, told: Sequence[tuple[RecordedFigure, Step | None]], shared: Sequence[str], shown: set[str]
) -> Block:
    """The rows of figures; a figure that stands in two of them is led to where it stands first."""
    labels = []
    for recorded, _ in told:
        labels.append("" if recorded.id in shown else _label(recorded))
        shown.add(recorded.id)
    return table(_FIGURES, [_figure(report, recorded, step, shared) for recorded, step in told], labels)


def _figure(report: Report, recorded: RecordedFigure, step: Step | None, shared: Sequence[str]) -> Sequence[Cell]:
    figure = recorded.figure
    own = narration.own_facets(recorded, shared) if step else sentences.outcome_words(figure.definition)
    notes = [own, figure.modality if figure.modality != "reported" else "", narration.state_words(recorded)]
    change = [narration.change_words(step), *(narration.reason_sentence(r) for r in step.reasons)] if step else []
    published = sentences.published_words(figure) if figure.published and figure.published != figure.as_of else ""
    number = report.document_numbers[recorded.document]
    return (
        _lines(sentences.short_as_of(figure), small(published), small(sentences.period_words(figure))),
        _lines(bold(sentences.number_of(figure)), *map(small, (*notes, *change))),
        _lines(sentences.chain_words(figure)),
        [*_quoted(report, recorded), *_lines(*(small(doubt) for doubt in figure.doubts))],
        _lines(code(short_id(recorded)), to(f"document {number}", f"d{number}", "small")),
    )


def _lines(*runs: Run) -> list[Words]:
    """A cell of one paragraph for each run that says something."""
    return [told for told in map(words, runs) if told["runs"]]


def _quoted(report: Report, recorded: RecordedFigure) -> Iterator[Words]:
    """The quote within its words; of a dataset, its cell."""
    evidence = recorded.figure.evidence
    if evidence.locator is not None:
        yield words(code(evidence.quote))
        return
    before, after = context(report, recorded)
    yield words(before, marked(evidence.quote), after)


def _sources(report: Report) -> Iterator[Block]:
    yield heading(1, "Sources")
    columns = (("Source", 4.0), ("What it is", 4.0), ("Named as", 3.0), ("Figures", 1.5))
    yield table(columns, (_source(one) for one in report.sources))
    if report.methods:
        yield heading(2, "How they count")
        yield items(
            words(bold(one.source), f", from {sentences.day_words(one.from_day)}: {one.text}") for one in report.methods
        )


def _source(one: CitedSource) -> Sequence[Cell]:
    party = f"party: {one.party}" if one.party else None
    told = ((one.kind or "").replace("_", " "), one.country, party)
    return (
        [words(one.name)],
        [words(", ".join(word for word in told if word) or "not recorded")],
        [words(", ".join(one.roles).replace("_", " "))],
        [words(sentences.number_words(one.figures))],
    )


def _documents(report: Report) -> Iterator[Block]:
    yield heading(1, "Documents")
    kept = {(one.document, one.sha256): one for one in report.snapshots}
    yield table(
        (("", 0.6), ("Document", 11.0), ("Published", 2.6), ("Figures", 1.4)),
        [_document(one, kept) for one in report.documents],
        [f"d{one.number}" for one in report.documents],
    )


def _document(one: CitedDocument, kept: dict[tuple[str, str], KeptSnapshot]) -> Sequence[Cell]:
    snapshots = [_snapshot(sha256, kept.get((one.id, sha256))) for sha256 in one.snapshots]
    about = (small(f"{sentences.capital(told)}.") for told in about_words(one.about, one.address))
    return (
        [words(str(one.number))],
        [
            words(one.publisher or "publisher not stated", f", {one.title}" if one.title else ""),
            *_lines(address(one.address) if one.address else "", *about, code(f"document {one.id}"), *snapshots),
        ],
        [words(sentences.day_words(one.published) if one.published else "not known")],
        [words(sentences.number_words(one.figures))],
    )


def _snapshot(sha256: str, kept: KeptSnapshot | None) -> Run:
    when = f", retrieved {sentences.instant_words(kept.retrieved_at)}" if kept and kept.retrieved_at else ""
    return code(f"sha256:{sha256}{when}")


def _doubts(report: Report) -> Iterator[Block]:
    yield heading(1, "Doubts and gaps")
    told = [f"{sentences.capital(what)}: {sentences.number_words(n)} figures." for what, n in unknowns(report).items()]
    told += [f"{one.text} ({sentences.number_words(len(one.figures))} figures)" for one in report.doubts]
    yield items(words(text) for text in told) if told else paragraph("No doubt is recorded.")
