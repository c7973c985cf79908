"""
Answers for a terminal or a pipe: plain tables and lines, every control character made visible.

Rows are plain text in a fixed order of columns, so that a caller may lay them out in its own way; `plain` aligns
them with spaces for a pipe. A text from outside can neither move the cursor nor turn the reading direction.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.records import Figure, RecordedFigure
from reports import narration, sentences
from reports.consistency import RULES, Consistency
from reports.divergence import Divergence
from reports.envelope import Claim, Envelope
from reports.marking import RULES as MARKING_RULES
from reports.overview import Overview
from reports.positions import Disagreement, Disagreements, Position, Summary
from reports.provenance import full_definition, short_id
from reports.render.citing.text import plain as plain_citation
from reports.series import Series, Step
from reports.shown import Shown, facts
from reports.words import CHANGES, RELATIONS

_QUOTE_WIDTH = 100
_GAP = "  "
# Embeddings, overrides and isolates (Unicode UAX 9): they reorder what a reader sees.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of plain text: `right` holds the places of the columns that are aligned to the right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()


def printable(text: str) -> str:
    r"""
    Text on one line without any character that a terminal would obey.

    >>> print(printable("12\x1b[31m dead\n"))
    12\x1b[31m dead
    """
    return "".join(_visible(character) for character in " ".join(text.split()))


def _visible(character: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _DIRECTION:
        code = ord(character)
        return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
    return character


def figures_table(figures: Sequence[RecordedFigure]) -> Table:
    """Recorded figures: id, day, the number with what it counts, who carried it, and its state."""
    rows = [
        (
            short_id(recorded),
            sentences.short_as_of(recorded.figure),
            sentences.figure_words(recorded.figure),
            narration.own_facets(recorded, ()),
            sentences.chain_words(recorded.figure),
            narration.held_words(recorded) or narration.state_words(recorded),
        )
        for recorded in figures
    ]
    return _table(("id", "as of", "reported", "counting", "publisher ← source", "state"), rows)


def extracted_table(figures: Sequence[Figure]) -> Table:
    """Figures as read from a text, in order, with their doubts as notes."""
    rows = [
        (
            str(place),
            sentences.figure_words(figure),
            "; ".join(sentences.scope_words(figure.definition)),
            sentences.as_of_words(figure),
            sentences.chain_words(figure),
            _cut(figure.evidence.quote),
        )
        for place, figure in enumerate(figures)
    ]
    notes = [f"{place}: {doubt}" for place, figure in enumerate(figures) for doubt in figure.doubts]
    parts = [f"{n}: part of {one.part_of}" for n, one in enumerate(figures) if one.part_of is not None]
    columns = ("", "reported", "counting", "as of", "publisher ← source", "quote")
    return _table(columns, rows, notes=[*parts, *notes])


def history_tables(
    series: Sequence[Series], *, on: date | None = None, origins: Mapping[str, RecordedFigure] | None = None
) -> Iterator[Table]:
    """
    One table a series: day, number, change with its difference, and who carried it.

    Below it stands when the authority last reported, how long that was before `on`, where it is given, and where a
    number was recorded first (`origins`, by figure id): a match, no statement of who took it from whom.
    """
    for one in series:
        named = narration.series_subject(one)
        title = f"{one.publisher} (a publisher's line): {named}" if one.publisher else named
        event = f"Event: {one.event}." if one.event else ""
        yield _table(
            ("as of", "reported", "change", "difference", "publisher ← source", "id"),
            _steps(one),
            title=title,
            notes=[
                note
                for note in (
                    f"{event} {narration.staleness_words(one, on)}".strip(),
                    *_reasons(one),
                    *_origins(one, origins or {}),
                )
                if note
            ],
            right=frozenset({1, 3}),
        )


def _steps(series: Series) -> list[tuple[str, ...]]:
    shared = sentences.scope_words(full_definition(series))
    return [_step(step, shared) for step in series.steps]


def _step(step: Step, shared: Sequence[str]) -> tuple[str, ...]:
    own = narration.own_facets(step.figure, shared)
    number = sentences.number_of(step.figure.figure)
    return (
        sentences.short_as_of(step.figure.figure),
        f"{number} ({own})" if own else number,
        CHANGES[step.change],
        sentences.difference_words(step.difference),
        sentences.chain_words(step.figure.figure),
        short_id(step.figure),
    )


def _origins(series: Series, origins: Mapping[str, RecordedFigure]) -> Iterator[str]:
    for step in series.steps:
        first = origins.get(step.figure.id)
        if first is not None and step.change not in ("restated", "retracted", "disowned"):
            said = f"{sentences.number_of(first.figure)}, {sentences.published_words(first.figure)}"
            yield f"{short_id(step.figure)}: the number was recorded first in {short_id(first)}: {said}, " + (
                sentences.chain_words(first.figure)
            )


def _reasons(series: Series) -> Iterator[str]:
    for step in series.steps:
        for reason in step.reasons:
            yield f"{short_id(step.figure)}: {narration.reason_sentence(reason)}"


def consistency_table(found: Consistency) -> Table:
    """What does not fit, a line each; below it how many times each rule was put to the figures."""
    rows = [
        (
            sentences.day_words(misfit.day),
            misfit.authority,
            misfit.because,
            f"{misfit.difference:,}",
            " ".join(short_id(figure) for figure in misfit.figures),
        )
        for misfit in found.misfits
    ]
    failed = Counter(misfit.rule for misfit in found.misfits)
    notes = [
        f"{words}: put {_times(found.checked[rule])}, did not hold {_times(failed[rule])}"
        for rule, words in RULES.items()
        if found.checked.get(rule)
    ]
    return _table(("day", "authority", "what does not fit", "by", "figures"), rows, notes=notes, right=frozenset({3}))


def envelope_tables(found: Sequence[Envelope]) -> Iterator[Table]:
    """One table a count: for each stretch of days the lowest and highest claim and who stands where."""
    for one in found:
        rows = [
            (
                sentences.day_words(stretch.from_day),
                sentences.day_words(stretch.to_day) if stretch.to_day else "last recorded",
                _bound(stretch.lowest, is_open=stretch.open_below),
                _bound(stretch.highest, is_open=stretch.open_above),
                "; ".join(_claim(claim) for claim in stretch.claims),
            )
            for stretch in one.stretches
        ]
        notes = [f"Event: {one.event}."] if one.event else []
        if (marked := one.recommended) is not None:
            notes.append(
                f"Marked by the rule that was asked for, {MARKING_RULES[marked.rule]}: "
                f"{narration.dated_number(marked.figure)}, {marked.authority} ({short_id(marked.figure)})."
            )
        yield _table(
            ("from", "to", "lowest", "highest", "who stands where (independent authorities)"),
            rows,
            title=sentences.definition_words(one.definition),
            notes=notes,
            right=frozenset({2, 3}),
        )


def _bound(number: int | None, *, is_open: bool) -> str:
    """The bound, and a mark where some figure in force gives none."""
    told = sentences.number_words(number) if number is not None else ""
    return f"{told} or open" if told and is_open else told or "open"


def _claim(claim: Claim) -> str:
    numbers = dict.fromkeys(sentences.number_of(figure.figure) for figure in claim.figures)
    return f"{' / '.join(numbers)}: {sentences.listed(claim.authorities)} ({claim.independent_authorities})"


def divergence_table(found: Sequence[Divergence]) -> Table:
    """How often reports of one event differ, an outcome a line."""
    rows = [
        (
            one.outcome.replace("_", " "),
            sentences.number_words(one.events),
            sentences.number_words(one.several),
            sentences.number_words(one.differing),
            "" if one.share is None else f"{one.share:.1%}",
            f"{one.mean:.2f}",
            f"{one.normalised:.3f}",
        )
        for one in found
    ]
    columns = ("outcome", "events", "with several reports", "that differ", "share", "mean divergence", "normalised")
    return _table(columns, rows, title="Reports of one event", right=frozenset(range(1, 7)))


def _times(number: int) -> str:
    return "once" if number == 1 else f"{sentences.number_words(number)} times"


def disagreements_tables(found: Disagreements) -> Iterator[Table]:
    """One table a disagreement: who stands where, in which figures, carried by whom."""
    for one in found.disagreements:
        yield _table(
            ("authority", "stands behind", "as of", "in figures", "carried by"),
            [_position(position) for position in one.positions],
            title=sentences.capital(f"{narration.disagreement_title(one)}: {narration.relation_words(one)}"),
            notes=_facts(one),
            right=frozenset({1}),
        )


def _position(position: Position) -> tuple[str, ...]:
    latest = position.figures[-1:]
    return (
        position.authority,
        sentences.count_words(position.count),
        "".join(sentences.short_as_of(item.figure) for item in latest),
        " ".join(short_id(item) for item in position.figures[-3:]),
        sentences.listed(list(dict.fromkeys(relay.figure.figure.publisher or "?" for relay in position.relays))),
    )


def _facts(one: Disagreement) -> list[str]:
    event = f"Event: {one.event}. " if one.event else ""
    told = (narration.disagreement_span(one), narration.spread_words(one), narration.voices_words(one))
    named = [f"{word.facet}: “{word.value}” ({word.authority or 'issuer not named'})" for word in one.attributed]
    return [
        narration.because_words(one),
        f"{event}{sentences.capital('; '.join(words for words in told if words))}.",
        *named,
    ]


def overview_table(found: Overview) -> Table:
    """One line a stretch of days: the event, what is counted, the relation, since when and until when."""
    rows = [
        (
            one.event or "",
            sentences.definition_words(one.definition),
            sentences.definition_words(one.other) if one.other else "",
            RELATIONS[one.relation] + (" (ended)" if one.resolved else ""),
            sentences.day_words(one.from_day),
            sentences.day_words(one.to_day) if one.to_day else "last recorded",
        )
        for one in found.stretches
    ]
    return _table(("event", "counting", "beside", "relation", "from", "to"), rows)


def summary_lines(summary: Summary) -> Iterator[str]:
    """The three counts, a sentence a line."""
    return (printable(sentence) for sentence in narration.summary_sentences(summary))


def show_lines(shown: Shown) -> Iterator[str]:
    """The provenance of one figure: what, whose words, since when, how it changed, who disagrees, how to cite it."""
    figure, evidence = shown.figure.figure, shown.figure.figure.evidence
    yield printable(sentences.capital(sentences.figure_words(figure)))
    told: list[tuple[str, str]] = [
        ("words", f"{evidence.prefix[-160:]}[{evidence.quote}]{evidence.suffix[:160]}"),
        *facts(shown),
        ("cite as", plain_citation(shown.citation)),
        ("id", shown.figure.id),
    ]
    width = max(len(label) for label, text in told if text)
    yield from (f"  {label:<{width}}  {printable(text)}" for label, text in told if text)


def _cut(text: str) -> str:
    return text if len(text) <= _QUOTE_WIDTH else f"{text[: _QUOTE_WIDTH - 1]}…"


def _table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    notes: Iterable[str] = (),
    right: frozenset[int] = frozenset(),
) -> Table:
    """A table without the columns that are empty in every row."""
    cells = [[printable(cell) for cell in row] for row in rows]
    kept = [place for place in range(len(columns)) if any(row[place] for row in cells)]
    return Table(
        columns=tuple(columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in cells),
        title=printable(title),
        notes=tuple(printable(note) for note in notes),
        right=frozenset(new for new, place in enumerate(kept) if place in right),
    )


def plain(table: Table) -> Iterator[str]:
    """
    The lines of a table aligned with spaces: title, columns, rows, notes.

    >>> list(plain(Table(("as of", "killed"), (("1 May", "12"), ("2 May", "1,400")), right=frozenset({1}))))
    ['as of  killed', '1 May      12', '2 May   1,400']
    """
    if table.title:
        yield table.title
    widths = [max(_width(row[place]) for row in (table.columns, *table.rows)) for place in range(len(table.columns))]
    for row in (table.columns, *table.rows) if table.rows else ():
        cells = [_padded(cell, widths[place], place in table.right) for place, cell in enumerate(row)]
        yield _GAP.join(cells).rstrip()
    yield from table.notes


def _padded(cell: str, width: int, right: bool) -> str:
    space = " " * (width - _width(cell))
    return space + cell if right else cell + space


def _width(text: str) -> int:
    """The columns that a terminal gives a text: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
