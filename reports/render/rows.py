"""
The rows of a report's long tables: figures, revisions, series, documents.

Plain Python and not a template: a large report has a hundred thousand rows. Every text from outside goes through
`_text`, which escapes it.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from html import escape as _text

from db.records import Chain, Definition, Figure, Method, RecordedFigure
from reports import narration, sentences
from reports.cited import CitedSource
from reports.documents import about_words
from reports.provenance import CitedDocument, Line, Report, day_of, short_id
from reports.relaying import Relaying
from reports.render.addresses import web_address
from reports.render.listing import Item
from reports.series import Step
from reports.words import ZONES

CONTEXT = 160
"""So many characters stand before and after a quote."""
_INLINE_DOUBTS = 3
"""Doubts that so few figures share stand with the figure in full."""


def ordered(report: Report) -> list[RecordedFigure]:
    """
    Every figure once: by series, the main definitions first, in the order of their steps; then those in no series.

    What is alike stands together, and so do the figures of one history, in as few blocks as can be.
    """
    placed = {step.figure.id: step.figure for line in report.lines for step in line.series.steps}
    return [*placed.values(), *report.unplaced]


class Rows:
    """The rows of one report; words that many rows share are made once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._several_events = len(report.events) > 1
        self._carried = {doubt.text: len(doubt.figures) for doubt in report.doubts}
        self._lines = {step.figure.id: line.number for line in report.lines for step in line.series.steps}
        self._counts: dict[tuple[int, str | None], str] = {}
        self._chains: dict[tuple[str | None, int], tuple[Chain, str]] = {}
        self._dates: dict[Hashable, str] = {}
        self._definitions: dict[int, tuple[Definition, str]] = {}

    def figures(self) -> Iterator[Item]:
        """Every figure in the order of `ordered`; sorted by day, number, what is counted, chain."""
        steps = self._report.steps
        for recorded in ordered(self._report):
            yield self._figure(recorded, steps.get(recorded.id, ()))

    def _figure(self, recorded: RecordedFigure, steps: tuple[Step, ...]) -> Item:
        figure, short, line = recorded.figure, short_id(recorded), self._lines.get(recorded.id, 0)
        counted, chain = self._counted(figure), self._chain(figure)
        document = self._report.document_numbers[recorded.document]
        changes = "<br>".join(_change(step) for step in steps)
        series = f' <a href="#s{line}">series</a>' if line else "<br><small>in no series</small>"
        html = (
            f'<tr id="f-{short}"><td>{self._days(figure)}</td>'
            f"<td>{self._number(recorded)}<br><small>{counted}</small></td>"
            f"<td>{changes}{series}</td><td><bdi>{chain}</bdi></td><td>{self._words(recorded)}</td>"
            f'<td><a href="#f-{short}"><code>{short}</code></a> '
            f'<a href="#d{document}" aria-label="document {document}">[{document}]</a></td></tr>'
        )
        day = day_of(recorded)
        value = figure.count.value if figure.count else figure.share.value if figure.share else None
        return Item(f"f-{short}", html, (day.toordinal() if day else None, value, counted, chain), line)

    def _days(self, figure: Figure) -> str:
        key = (figure.as_of, figure.as_of_time, figure.as_of_basis, figure.published, figure.period)
        known = self._dates.get(key)
        if known is None:
            known = self._dates[key] = _days(figure)
        return known

    def _number(self, recorded: RecordedFigure) -> str:
        figure = recorded.figure
        state = narration.state_words(recorded)
        modality = f" <small>({figure.modality})</small>" if figure.modality != "reported" else ""
        said = f'<small class="state" dir="auto">{_text(state)}</small>' if state else ""
        return f'<span class="num">{_text(sentences.number_of(figure))}</span>{modality}{said}'

    def _counted(self, figure: Figure) -> str:
        """What a figure counts, and the event where the report has several."""
        definition, event = figure.definition, figure.event if self._several_events else None
        known = self._definitions.get(id(definition))
        if known is None:
            known = self._definitions[id(definition)] = definition, _text(sentences.definition_words(definition))
        return f"{known[1]} (<bdi>{_text(event)}</bdi>)" if event else known[1]

    def _chain(self, figure: Figure) -> str:
        key = (figure.publisher, id(figure.chain))
        known = self._chains.get(key)
        if known is None:
            known = self._chains[key] = figure.chain, _text(sentences.chain_words(figure))
        return known[1]

    def _words(self, recorded: RecordedFigure) -> str:
        """The quote within its words, with its place in the document and its doubts."""
        figure, evidence = recorded.figure, recorded.figure.evidence
        if evidence.locator is None:
            before, after = context(self._report, recorded)
            said = f'<q dir="auto">{_text(before)}<mark>{_text(evidence.quote)}</mark>{_text(after)}</q>'
            zone = ZONES[evidence.zone]
            said += f" <small>({zone})</small>" if zone else ""
        else:
            said = f'<code dir="auto">{_text(evidence.quote)}</code>'
        return said + "".join(map(self._doubt, figure.doubts)) if figure.doubts else said

    def _doubt(self, text: str) -> str:
        if self._carried[text] <= _INLINE_DOUBTS:
            return f'<small class="doubt" dir="auto">{_text(text)}</small>'
        number = self._report.doubt_numbers[text]
        return f' <a href="#q{number}">doubt {number}</a>'

    def revisions(self) -> Iterator[Item]:
        """Every revision, the latest first; sorted by day, authority, what is counted, difference."""
        for place, (line, step) in enumerate(self._report.revisions, start=1):
            yield self._revision(place, line, step)

    def _revision(self, place: int, line: Line, step: Step) -> Item:
        day = step.on_day or step.figure.figure.published or step.figure.figure.as_of
        authority = _text(narration.series_authority(line.series))
        counted = self._line_counts(line)
        before = f"{_dated(step.previous)} → " if step.previous and step.previous.id != step.figure.id else ""
        html = (
            f'<tr id="r{place}"><td>{_text(sentences.day_words(day)) if day else "not known"}</td>'
            f'<th scope="row"><bdi>{authority}</bdi></th><td>{counted}</td>'
            f"<td>{before}{_dated(step.figure)}</td><td>{_change(step)}</td></tr>"
        )
        keys = (day.toordinal() if day else None, authority, counted, None, step.difference)
        return Item(f"r{place}", html, keys)

    def series(self) -> Iterator[Item]:
        """Every series, the main definitions first; sorted by what is counted, authority, number of figures."""
        for line in self._report.lines:
            yield self._series(line)

    def _series(self, line: Line) -> Item:
        number, steps = line.number, line.series.steps
        authority, counted = _text(narration.series_authority(line.series)), self._line_counts(line)
        figures = len({step.figure.id for step in steps})
        first = f'href="#f-{short_id(steps[0].figure)}" data-group="{number}"'
        html = (
            f'<tr id="s{number}"><th scope="row">{counted}</th><td><bdi>{authority}</bdi></td>'
            f'<td><a {first} aria-label="{figures} figures of series {number}">'
            f"{sentences.number_words(figures)}</a></td><td>{len(line.revisions) or '–'}</td>"
            f'<td dir="auto">{_text(narration.line_sentence(line))}</td></tr>'
        )
        return Item(f"s{number}", html, (counted, authority, figures, len(line.revisions)))

    def _line_counts(self, line: Line) -> str:
        key = (line.number, line.series.event)
        if key not in self._counts:
            words = _text(sentences.definition_words(line.definition))
            event = f" (<bdi>{_text(line.series.event)}</bdi>)" if self._several_events and line.series.event else ""
            self._counts[key] = words + event
        return self._counts[key]

    def sources(self) -> Iterator[Item]:
        """Every source; sorted by name, kind, country and party, figures."""
        methods: dict[str, list[Method]] = {}
        for method in self._report.methods:
            methods.setdefault(method.source, []).append(method)
        for number, source in enumerate(self._report.sources, start=1):
            yield _source(number, source, methods.get(source.name, []))

    def relays(self, relays: Relaying) -> Iterator[Item]:
        """Every link of every chain; sorted by carrier, source, figures, first day."""
        for number, link in enumerate(relays.links, start=1):
            carrier, source = _text(link.carrier), _text(link.source)
            first, last = link.days or (None, None)
            days = f"{sentences.day_words(first)} to {sentences.day_words(last)}" if first and last else "not known"
            html = (
                f'<tr id="l{number}"><th scope="row"><bdi>{carrier}</bdi></th><td><bdi>{source}</bdi></td>'
                f"<td>{sentences.number_words(link.figures)}</td><td>{_text(days)}</td></tr>"
            )
            keys = (carrier, source, link.figures, first.toordinal() if first else None)
            yield Item(f"l{number}", html, keys)

    def documents(self) -> Iterator[Item]:
        """Every document; sorted by publisher, day, figures."""
        retrieved: dict[tuple[str, str], str] = {
            (one.document, one.sha256): sentences.instant_words(one.retrieved_at)
            for one in self._report.snapshots
            if one.retrieved_at
        }
        kinds = {source.name: (source.kind or "").replace("_", " ") for source in self._report.sources}
        for document in self._report.documents:
            yield _document(document, kinds.get(document.publisher or "", ""), retrieved)


def _source(number: int, source: CitedSource, methods: Sequence[Method]) -> Item:
    name, kind = _text(source.name), _text((source.kind or "not recorded").replace("_", " "))
    whose = _text(", ".join(part for part in (source.country, source.party) if part) or "–")
    roles = ", ".join(role.replace("_", " ") for role in source.roles)
    told = "".join(
        f'<p dir="auto">From {_text(sentences.day_words(one.from_day))}: {_text(one.text)}</p>' for one in methods
    )
    html = (
        f'<tr id="o{number}"><th scope="row"><bdi>{name}</bdi></th><td>{kind}</td><td>{whose}</td>'
        f"<td>{roles}</td><td>{sentences.number_words(source.figures)}</td><td>{told or '–'}</td></tr>"
    )
    return Item(f"o{number}", html, (name, kind, whose, None, source.figures))


def _document(document: CitedDocument, kind: str, retrieved: Mapping[tuple[str, str], str]) -> Item:
    publisher = _text(document.publisher or "publisher not stated")
    kind = f" <small>({_text(kind)})</small>" if kind else ""
    title = f', <span dir="auto">{_text(document.title)}</span>' if document.title else ""
    about = "".join(
        f'<br><small dir="auto">{_text(words)}</small>' for words in about_words(document.about, document.address)
    )
    snapshots = "".join(_snapshot(document.id, one, retrieved) for one in document.snapshots)
    html = (
        f'<tr id="d{document.number}"><th scope="row">{document.number}</th>'
        f"<td><bdi>{publisher}</bdi>{kind}{title}{_address(document.address)}{about}</td>"
        f"<td>{_text(sentences.day_words(document.published)) if document.published else '–'}</td>"
        f"<td>{sentences.number_words(document.figures)}</td><td><code>{document.id[:12]}</code>{snapshots}</td></tr>"
    )
    day = document.published.toordinal() if document.published else None
    return Item(f"d{document.number}", html, (publisher, day, document.figures))


def _snapshot(document: str, sha256: str, retrieved: Mapping[tuple[str, str], str]) -> str:
    at = retrieved.get((document, sha256))
    when = f" <small>retrieved {_text(at)}</small>" if at else ""
    return f"<br><code>sha256:{sha256}</code>{when}"


def _address(address: str | None) -> str:
    if not address:
        return ""
    said = f"<bdi>{_text(address)}</bdi>"
    if web_address(address):
        return f'<br><a href="{_text(address)}" rel="noopener noreferrer nofollow">{said}</a>'
    return f"<br>{said}"


def context(report: Report, recorded: RecordedFigure) -> tuple[str, str]:
    """The words before and after a quote, each at most `CONTEXT` characters, cut between words."""
    evidence = recorded.figure.evidence
    before, after = report.contexts.get(recorded.id, (evidence.prefix, evidence.suffix))
    starts = evidence.start is not None and len(before) >= evidence.start
    return _before(before, starts=starts), _after(after)


def _before(text: str, *, starts: bool) -> str:
    """The end of the words before a quote, from the beginning of a word; "…" where more stands before them."""
    if len(text) <= CONTEXT:
        return text if starts or not text else f"…{text}"
    cut = text[-CONTEXT:]
    return f"…{cut[cut.find(' ') + 1 :] if ' ' in cut[:40] else cut}"


def _after(text: str) -> str:
    """The beginning of the words after a quote, to the end of a word; "…" where more may follow them."""
    if len(text) <= CONTEXT:
        return text if text.rstrip().endswith((".", "!", "?", "”", '"')) or not text else f"{text}…"
    cut = text[:CONTEXT]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[-40:] else cut}…"


def _days(figure: Figure) -> str:
    said = _text(sentences.short_as_of(figure))
    if figure.published and figure.published != figure.as_of:
        said += f"<br><small>{_text(sentences.published_words(figure))}</small>"
    if figure.period:
        said += f"<br><small>{_text(sentences.period_words(figure))}</small>"
    return said


def _change(step: Step) -> str:
    said = narration.change_words(step)
    for reason in step.reasons:
        said += f'<br><small dir="auto">{_text(narration.reason_sentence(reason))}</small>'
    return said


def _dated(recorded: RecordedFigure) -> str:
    number = _text(sentences.number_of(recorded.figure))
    day = _text(sentences.short_as_of(recorded.figure))
    return f'<a href="#f-{short_id(recorded)}">{number}</a> <small>{day}</small>'
