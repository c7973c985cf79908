"""
The provenance report as Markdown (CommonMark with GitHub's tables), for notes, issues and encyclopaedia drafts.

Every word from outside is escaped, so that neither Markdown nor HTML in a quote becomes active.
"""

import re
from collections.abc import Iterable, Sequence

from db.records import KeptSnapshot, RecordedFigure
from reports import explanations, narration, sentences
from reports.cited import CitedSource
from reports.documents import about_words
from reports.positions import Disagreement
from reports.provenance import Heading, Line, Report, Standing, short_id, unknowns
from reports.render.addresses import web_address
from reports.render.since import headline, sections
from reports.series import Step
from reports.since import Since

MAIN_HEADINGS = 6
# Active anywhere; a colon before a word or slash begins an address or an emoji, the stop in "www." an address.
_ACTIVE = re.compile(r"[\\`*_\[\]|~$@#]|:(?=[\w/+-])|(?<=www)\.", re.IGNORECASE)
# Active at the beginning of a line: lists, rules, underlined headings.
_OPENING = re.compile(r"^(\d{0,9})([-+=.)])")
_ENTITIES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def markdown(report: Report) -> str:
    """The report as one Markdown text; the same report gives the same text."""
    parts = [
        f"# {escaped(report.title)}",
        _intro(report),
        *_since(report.since),
        "## What each authority last reported",
        *_headings(report),
        "## What was revised or withdrawn",
        _revisions(report),
        "## Where sources disagree",
        " ".join(narration.summary_sentences(report.summary)),
        *(_disagreement(one) for one in report.disagreements),
        "## How each authority's figures changed",
        *(_line(report, line) for line in report.lines),
        *_unplaced(report),
        "## Doubts and gaps",
        _gaps(report),
        "## Sources",
        _sources(report),
        "## Documents",
        _documents(report),
        "## Method: how to read this",
        "\n".join(f"- **{term}**: {escaped(words)}" for term, words in explanations.METHOD),
        "## How to verify this",
        _verifying(report),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    r"""
    Text in which nothing is Markdown or HTML, on one line; harmless punctuation stays as it is.

    >>> print(escaped("<b>*x*</b> 1,400."))
    &lt;b&gt;\*x\*&lt;/b&gt; 1,400.
    """
    line = " ".join(text.split()).translate(_ENTITIES)
    return _OPENING.sub(r"\1\\\2", _ACTIVE.sub(r"\\\g<0>", line))


def _intro(report: Report) -> str:
    words = [narration.scale_sentence(report), f"Made {sentences.instant_words(report.generated)}."]
    if report.filters:
        given = ", ".join(f"{escaped(name)} “{escaped(value)}”" for name, value in report.filters)
        words.append(f"Filters: {given}.")
    words.append(narration.PURPOSE)
    return " ".join(words)


def _since(since: Since | None) -> Iterable[str]:
    if since is None:
        return
    yield f"## Since the earlier report\n\n{escaped(headline(since))}"
    for heading, items in sections(since):
        yield "\n".join([f"### {heading}", "", *(f"- {escaped(words)}" for words, _ in items)])


def _headings(report: Report) -> Iterable[str]:
    if not report.headings:
        return [explanations.NO_SERIES_HERE]
    main = [_heading(heading) for heading in report.headings[:MAIN_HEADINGS]]
    further = report.headings[MAIN_HEADINGS:]
    rows = [_further(standing) for heading in further for standing in heading.standings]
    table = _table(("What is counted", "Authority", "Last reported", "As of"), rows)
    return [*main, f"### Further definitions\n\n{table}"] if rows else main


def _heading(heading: Heading) -> str:
    event = f" ({escaped(heading.event)})" if heading.event else ""
    title = f"### {escaped(sentences.capital(sentences.definition_words(heading.definition)))}{event}"
    shared = sentences.scope_words(heading.definition)
    return "\n".join([title, "", *(f"- {_standing(standing, shared)}" for standing in heading.standings)])


def _standing(standing: Standing, shared: Sequence[str]) -> str:
    recorded = standing.figure
    figure = recorded.figure
    own = narration.own_facets(recorded, shared)
    scope = f" ({escaped(own)})" if own else ""
    told = f"{sentences.as_of_words(figure)}; {narration.before_words(standing)}"
    chain = f"{sentences.chain_words(figure)}, {sentences.published_words(figure)}"
    number = escaped(sentences.number_of(figure))
    return f"**{escaped(sentences.authority_words(figure))}**: **{number}**{scope}, {escaped(told)}. {escaped(chain)}."


def _further(standing: Standing) -> Sequence[str]:
    figure = standing.figure.figure
    return (
        sentences.definition_words(standing.line.definition),
        sentences.authority_words(figure),
        sentences.number_of(figure),
        sentences.short_as_of(figure),
    )


def _revisions(report: Report) -> str:
    named = {line.number: narration.series_subject(line.series) for line in report.lines}
    told = [
        f"- {escaped(narration.step_sentence(line.series, step, named[line.number]))}"
        for line, step in report.revisions
    ]
    return "\n".join(told) or explanations.NO_REVISION


def _disagreement(one: Disagreement) -> str:
    title = f"{narration.disagreement_title(one)}: {narration.relation_words(one)}"
    facts = [narration.because_words(one), f"{sentences.capital(narration.disagreement_span(one))}."]
    facts += [f"{words}." for words in (narration.spread_words(one), narration.voices_words(one)) if words]
    rows = [
        (
            position.authority,
            sentences.count_words(position.count),
            "; ".join(f"{sentences.number_of(item.figure)} ({short_id(item)})" for item in position.figures),
            "; ".join(relay.figure.figure.publisher or "publisher not stated" for relay in position.relays),
        )
        for position in one.positions
    ]
    table = _table(("Authority", "Stands behind", "In these figures", "Carried by"), rows)
    return f"### {escaped(sentences.capital(title))}\n\n{escaped(' '.join(facts))}\n\n{table}"


def _line(report: Report, line: Line) -> str:
    series = line.series
    title = f"{narration.series_authority(series)}: {sentences.definition_words(line.definition)}"
    event = f"Event: {series.event}. " if series.event else ""
    shared = sentences.scope_words(line.definition)
    rows = [_row(report, step.figure, step, shared) for step in series.steps]
    return f"### {escaped(title)}\n\n{escaped(event + narration.line_sentence(line))}\n\n{_table(_COLUMNS, rows)}"


_COLUMNS = ("As of", "Reported", "Change", "Publisher ← source", "The words it rests on", "Figure", "Document")


def _row(report: Report, recorded: RecordedFigure, step: Step | None, shared: Sequence[str]) -> Sequence[str]:
    figure = recorded.figure
    own = narration.own_facets(recorded, shared)
    state = narration.state_words(recorded)
    notes = [note for note in (own, figure.modality if figure.modality != "reported" else "", state) if note]
    number = sentences.number_of(figure) + (f" ({'; '.join(notes)})" if notes else "")
    change = [narration.change_words(step), *(narration.reason_sentence(r) for r in step.reasons)] if step else []
    doubts = "".join(f" [{doubt}]" for doubt in figure.doubts)
    return (
        sentences.short_as_of(figure),
        number if step else f"{number} {sentences.outcome_words(figure.definition)}",
        ". ".join(change),
        sentences.chain_words(figure),
        f"“{figure.evidence.quote}”{doubts}",
        short_id(recorded),
        str(report.document_numbers[recorded.document]),
    )


def _unplaced(report: Report) -> Sequence[str]:
    if not report.unplaced:
        return ()
    rows = [_row(report, recorded, None, ()) for recorded in report.unplaced]
    return ("## Figures in no series", _table(_COLUMNS, rows))


def _gaps(report: Report) -> str:
    told = [f"{sentences.capital(what)}: {sentences.number_words(n)} figures." for what, n in unknowns(report).items()]
    told += [f"{doubt.text} ({sentences.number_words(len(doubt.figures))} figures)" for doubt in report.doubts]
    return "\n".join(f"- {escaped(words)}" for words in told) or explanations.NO_DOUBT


def _sources(report: Report) -> str:
    rows = [
        (one.name, _kind_words(one), ", ".join(one.roles).replace("_", " "), sentences.number_words(one.figures))
        for one in report.sources
    ]
    methods = [
        f"- {escaped(one.source)}, from {sentences.day_words(one.from_day)}: {escaped(one.text)}"
        for one in report.methods
    ]
    table = _table(("Source", "What it is", "Named as", "Figures"), rows)
    return "\n\n".join([table, *(["How they count:\n\n" + "\n".join(methods)] if methods else [])])


def _kind_words(source: CitedSource) -> str:
    """What a source is, as far as anybody recorded it."""
    told = ((source.kind or "").replace("_", " "), source.country, f"party: {source.party}" if source.party else None)
    return ", ".join(word for word in told if word)


def _documents(report: Report) -> str:
    kept = {(one.document, one.sha256): one for one in report.snapshots}
    lines = []
    for document in report.documents:
        named = [document.publisher or "publisher not stated", document.title or ""]
        day = sentences.day_words(document.published) if document.published else "publication date unknown"
        address = f" {_address(document.address)}" if document.address else ""
        snapshots = ", ".join(_snapshot(one, kept.get((document.id, one))) for one in document.snapshots)
        told = escaped(", ".join([*filter(None, named), day]))
        about = "".join(
            f" {escaped(sentences.capital(words))}." for words in about_words(document.about, document.address)
        )
        lines.append(f"{document.number}. {told}.{address} {escaped(f'Document {document.id}, {snapshots}')}{about}")
    return "\n".join(lines)


def _snapshot(sha256: str, kept: KeptSnapshot | None) -> str:
    if kept is None or kept.retrieved_at is None:
        return f"sha256:{sha256}"
    return f"sha256:{sha256} (retrieved {sentences.instant_words(kept.retrieved_at)})"


def _address(address: str) -> str:
    """A web address as an autolink; anything else, and whatever could leave the brackets, as plain text."""
    if web_address(address) and not re.search(r"[<>\s\\`]", address):
        return f"<{address}>"
    return escaped(address)


def _verifying(report: Report) -> str:
    if report.checkpoint is None:
        return "These figures were read from no store, so there is no checkpoint to verify them against."
    size, root = sentences.number_words(report.checkpoint.size), report.checkpoint.root
    signed = f", signed `{report.checkpoint.signature}`" if report.checkpoint.signature else ""
    return (
        f"Read from a ledger of {size} entries with the Merkle root (RFC 9162) `{root}`{signed}. "
        "`casualty-figures verify` recomputes it and reads every quote again; `casualty-figures show ID` shows one "
        f"figure with all that stands behind it. Made by {escaped(report.software)}."
    )


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    lines = [" | ".join(columns), " | ".join("---" for _ in columns)]
    lines += [" | ".join(escaped(cell) for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)
