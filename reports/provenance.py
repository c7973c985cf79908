"""
The one structure behind every provenance report: what stands, what changed, who disagrees, and on which words.

`build_report` arranges what history and disagreement found; it decides nothing and computes no figure of its
own. Every renderer says what stands here, so that HTML, Markdown, JSON and CSV never tell different stories.
The same input gives the same report: the time at which it was made comes in from outside.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import count, pairwise
from typing import TYPE_CHECKING

from db.documents import NOTHING_KNOWN, AboutDocument
from db.notes import note
from db.proofs import EntryProof
from db.records import Act, Definition, KeptSnapshot, Method, RecordedFigure
from db.vocabulary import VOCABULARIES
from reports.cited import CitedSource, Known, cited_methods, cited_snapshots, cited_sources
from reports.comparison import Surroundings, compare
from reports.lines import who
from reports.positions import Disagreement, Disagreements, Summary
from reports.series import PARALLEL_FACETS, Change, Series, Step

if TYPE_CHECKING:
    from reports.since import Since

REVISIONS: frozenset[Change] = frozenset(
    {
        "revised_down",
        "revised_up",
        "corrected",
        "silently_edited",
        "retracted",
        "disowned",
        "redefined",
        "switched",
        "reclassified",
        "backfilled",
        "narrowed",
        "widened",
    }
)
"""The steps that a reader must see first: the others are the ordinary growth or repetition of a number."""

_ROLE_FACETS = ("affiliation", "status", "condition")
_KIND_FACETS = ("age", "sex", "subgroup")
_TALLY_ORDER = ("cumulative", "incident", "stock", "period", "unstated", "added", "rate")
_SHORT_ID = 12


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """
    The state of the ledger that a report rests on: entries, Merkle root (hex, RFC 9162), and when it was taken.

    Attributes:
        signature: whose key signed it, and how (`db.notes.SIGNATURE`); None where nobody did.
        timestamp: an authority's answer for its note (TimeStampResp of RFC 3161, DER); None where none was asked.
    """

    size: int
    root: str
    at: datetime | None = None
    signature: str | None = None
    timestamp: bytes | None = None

    @property
    def note(self) -> str:
        """The checkpoint as text, with the signature if there is one (C2SP tlog-checkpoint)."""
        return note(self.size, self.root, self.signature)


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """One document that figures of the report stand in, by the number under which the report cites it."""

    number: int
    id: str
    address: str | None
    title: str | None
    publisher: str | None
    published: date | None
    snapshots: tuple[str, ...]
    figures: int
    about: AboutDocument = NOTHING_KNOWN


@dataclass(frozen=True, slots=True)
class Gap:
    """The longest stretch of days between two neighbouring figures of one series."""

    last_before: date
    first_after: date

    @property
    def days(self) -> int:
        """From the earlier figure's day to the later one's."""
        return (self.first_after - self.last_before).days


@dataclass(frozen=True, slots=True)
class Line:
    """
    One series as the report shows it, under its number.

    Attributes:
        definition: the series' own, with the basis, includes, excludes and baseline that all its figures share.
        revisions: the steps that a reader must see first, latest first.
        longest_gap: None where fewer than two days carry a figure.
        days: the first and the last day that its figures speak of, where any day is known.
    """

    number: int
    series: Series
    definition: Definition
    revisions: tuple[Step, ...]
    longest_gap: Gap | None
    days: tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The last figure of one authority's line, and the step that led to it."""

    line: Line
    step: Step

    @property
    def figure(self) -> RecordedFigure:
        """What the authority last reported."""
        return self.step.figure


@dataclass(frozen=True, slots=True)
class Heading:
    """One thing that is counted, and every authority that counts it, the most recent report first."""

    event: str | None
    definition: Definition
    standings: tuple[Standing, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The series behind the standings, each once."""
        return tuple({standing.line.number: standing.line for standing in self.standings}.values())


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt in its exact words, with the figures that carry it."""

    number: int
    text: str
    figures: tuple[RecordedFigure, ...]

    @property
    def code(self) -> str:
        """What stands before the colon ("outcome_ambiguous")."""
        return self.text.partition(":")[0]


@dataclass(frozen=True)
class Report:
    """
    A provenance report, ready to be rendered.

    Attributes:
        event: the event it is about; None: all that the filters let through.
        filters: the name and value of each filter, as given.
        generated: when it was made (an instant).
        checkpoint: the ledger's state; None where the figures come from no store.
        figures: every figure, in order of the day it speaks of.
        headings: what is counted, the main definitions first.
        lines: every series, in the order of the headings.
        unplaced: figures that stand in no series, with an unknown issuer or incident.
        snapshots: those in which the figures were first seen.
        sources: every source that the figures name.
        methods: how those sources count, as far as that is recorded.
        proofs: the entries of the ledger that vouch for the figures and acts, where they were asked for.
        since: what changed since an earlier report, where one was named.
        contexts: more of the words before and after the quotes, by figure, where the texts were at hand.
    """

    event: str | None
    filters: tuple[tuple[str, str], ...]
    generated: datetime
    checkpoint: Checkpoint | None
    figures: tuple[RecordedFigure, ...]
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    disagreements: tuple[Disagreement, ...]
    summary: Summary
    unplaced: tuple[RecordedFigure, ...]
    documents: tuple[CitedDocument, ...]
    doubts: tuple[Doubt, ...]
    snapshots: tuple[KeptSnapshot, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    methods: tuple[Method, ...] = ()
    proofs: tuple[EntryProof, ...] = ()
    since: "Since | None" = None
    contexts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    software: str = field(default="casualty-figures")

    @property
    def title(self) -> str:
        """The heading of the whole report."""
        return f"Casualty figures: {self.event}" if self.event else "Casualty figures"

    @cached_property
    def authorities(self) -> tuple[str, ...]:
        """Every known authority, in order of name."""
        return tuple(sorted({item.figure.chain.authority for item in self.figures if item.figure.chain.authority}))

    @cached_property
    def events(self) -> tuple[str, ...]:
        """The events that the series are filed under, in order of name."""
        return tuple(sorted({line.series.event for line in self.lines if line.series.event}))

    @cached_property
    def revisions(self) -> tuple[tuple[Line, Step], ...]:
        """Every revision of every series, the latest first."""
        found = [(line, step) for line in self.lines for step in line.revisions]
        return tuple(sorted(found, key=lambda pair: _step_day(pair[1]), reverse=True))

    @cached_property
    def acts(self) -> tuple[tuple[RecordedFigure, Act], ...]:
        """What was done about figures after they were recorded, in the order of the figures."""
        return tuple((recorded, act) for recorded in self.figures for act in recorded.acts)

    @cached_property
    def steps(self) -> Mapping[str, tuple[Step, ...]]:
        """The steps that lead to each figure, by its id; a withdrawal is one more step to the same figure."""
        found: dict[str, tuple[Step, ...]] = {}
        for line in self.lines:
            for step in line.series.steps:
                found[step.figure.id] = (*found.get(step.figure.id, ()), step)
        return found

    @cached_property
    def contradictions(self) -> tuple[Disagreement, ...]:
        """The disagreements in which two reports cannot both stand."""
        return tuple(one for one in self.disagreements if one.relation == "contradict")

    @cached_property
    def document_numbers(self) -> Mapping[str, int]:
        """The number under which each document is cited, by its id."""
        return {document.id: document.number for document in self.documents}

    @cached_property
    def doubt_numbers(self) -> Mapping[str, int]:
        """The number of each doubt, by its words."""
        return {doubt.text: doubt.number for doubt in self.doubts}


def build_report(
    figures: Sequence[RecordedFigure],
    series: Sequence[Series],
    disagreements: Disagreements,
    *,
    event: str | None = None,
    filters: Mapping[str, str] | None = None,
    checkpoint: Checkpoint | None = None,
    generated: datetime,
    software: str = "casualty-figures",
    surroundings: Surroundings | None = None,
    documents: Mapping[str, AboutDocument] | None = None,
    known: Known | None = None,
    proofs: Iterable[EntryProof] = (),
    contexts: Mapping[str, tuple[str, str]] | None = None,
) -> Report:
    """
    Arrange what was found into one report.

    Args:
        figures: n recorded figures, in any order; held ones stay out, as in every answer.
        series: the histories of those figures.
        disagreements: where their sources disagree.
        event: the event asked for, for the reader and for whoever repeats it.
        filters: the other filters, by name, as given.
        checkpoint: the state of the ledger that the figures were read at.
        generated: when the report was made; an aware instant.
        software: name and version of the program.
        surroundings: how events and places nest, for what stands under one heading.
        documents: what is recorded of documents beside their figures, by their id.
        known: what the record knows of the sources and snapshots that the figures name.
        proofs: what ties the figures to the checkpoint without the store.
        contexts: words before and after the quotes, by figure id.
    """
    shown = tuple(sorted((one for one in figures if one.state != "held"), key=_figure_order))
    grouped = _grouped(sorted(series, key=_series_order), surroundings or Surroundings())
    numbers = count(1)
    members = [[_line(next(numbers), one) for one in group] for group in grouped]
    lines = tuple(line for group in members for line in group)
    known = known or Known()
    sources = cited_sources(shown, known.sources)
    return Report(
        event=event,
        filters=tuple(sorted((filters or {}).items())),
        generated=generated,
        checkpoint=checkpoint,
        figures=shown,
        headings=tuple(_heading(group) for group in members),
        lines=lines,
        disagreements=disagreements.disagreements,
        summary=disagreements.summary,
        unplaced=_unplaced(shown, lines),
        documents=_documents(shown, documents or {}),
        doubts=_doubts(shown),
        snapshots=cited_snapshots(shown, known.snapshots),
        sources=sources,
        methods=cited_methods(sources, known.methods),
        proofs=tuple(proofs),
        contexts=contexts or {},
        software=software,
    )


def short_id(figure: RecordedFigure) -> str:
    """The first twelve digits of a figure's id: enough for `show`, and the anchor in a page."""
    return figure.id[:_SHORT_ID]


def day_of(recorded: RecordedFigure) -> date | None:
    """The day that a figure is filed under: its as-of day, else the day of its publication."""
    return recorded.figure.as_of or recorded.figure.published


def _figure_order(recorded: RecordedFigure) -> tuple[date, date, str]:
    figure = recorded.figure
    return (day_of(recorded) or date.min, figure.published or date.min, recorded.id)


def _step_day(step: Step) -> tuple[date, str]:
    figure = step.figure.figure
    return (step.on_day or figure.published or figure.as_of or date.min, step.figure.id)


def _series_order(series: Series) -> tuple[object, ...]:
    """Main definitions first: running tolls before additions, few words on who is counted before many."""
    definition = series.definition
    return (
        _TALLY_ORDER.index(definition.tally) >= _TALLY_ORDER.index("added"),
        sum(getattr(definition, facet) is not None for facet in _ROLE_FACETS),
        sum(getattr(definition, facet) is not None for facet in _KIND_FACETS),
        definition.unit != "person",
        VOCABULARIES["outcome"].index(definition.outcome),
        definition.cause or "",
        _TALLY_ORDER.index(definition.tally),
        definition.hours or 0,
        series.event or "",
        definition.group or "",
        definition.place or "",
        -len(series.steps),
        series.authority or "",
        definition.core_key,
        series.steps[0].figure.id,
    )


def _line(number: int, series: Series) -> Line:
    revisions = [step for step in series.steps if step.change in REVISIONS]
    days = sorted({day for step in series.steps if (day := day_of(step.figure))})
    gaps = [Gap(earlier, later) for earlier, later in pairwise(days)]
    return Line(
        number=number,
        series=series,
        definition=full_definition(series),
        revisions=tuple(sorted(revisions, key=_step_day, reverse=True)),
        longest_gap=max(gaps, key=lambda gap: gap.days) if gaps else None,
        days=(days[0], days[-1]) if days else None,
    )


def _grouped(series: Iterable[Series], around: Surroundings) -> list[list[Series]]:
    """
    Which series a reader looks for under one heading: those comparable with the first of them.

    Only the layout: it makes no two series comparable, and every line under a heading says its own definition.
    One authority's second count (by famine, beside all) has a heading of its own. Only groups of the same people
    and event, or of no event, are looked at: others never compare.
    """
    groups: list[_Group] = []
    alike: dict[Hashable, dict[str | None, list[int]]] = {}
    for one in series:
        by_event = alike.setdefault(who(one.definition), {})
        near = [one.event, None] if one.event is not None else list(by_event)
        places = sorted(place for event in near for place in by_event.get(event, ()))
        group = next((groups[place] for place in places if groups[place].takes(one, around)), None)
        if group is None:
            by_event.setdefault(one.event, []).append(len(groups))
            groups.append(group := _Group())
        group.add(one)
    return [group.series for group in groups]


@dataclass(slots=True)
class _Group:
    """The series of one heading while they are gathered; `cores`: what each authority counts there."""

    series: list[Series] = field(default_factory=list)
    cores: dict[str, bytes] = field(default_factory=dict)
    compared: dict[tuple[bytes, str | None], bool] = field(default_factory=dict)

    def takes(self, series: Series, around: Surroundings) -> bool:
        """Whether a series fits: comparable with the first, and no second count of an authority that is there."""
        core = series.definition.core_key
        if series.authority is not None and self.cores.get(series.authority, core) != core:
            return False
        asked = (core, series.event)
        if asked not in self.compared:
            first = self.series[0]
            self.compared[asked] = compare(
                first.definition,
                series.definition,
                first_event=first.event,
                second_event=series.event,
                surroundings=around,
            ).is_comparable
        return self.compared[asked]

    def add(self, series: Series) -> None:
        """Take a series in."""
        self.series.append(series)
        if series.authority is not None:
            self.cores.setdefault(series.authority, series.definition.core_key)


def _heading(lines: Sequence[Line]) -> Heading:
    standings = [standing for line in lines for standing in _standings(line)]
    standings.sort(key=lambda standing: _figure_order(standing.figure), reverse=True)
    # Hidden issuers come last: they are no authorities, only words.
    standings.sort(key=lambda standing: standing.figure.figure.chain.authority is None)
    definitions = [standing.figure.figure.definition for standing in standings] or [lines[0].series.definition]
    return Heading(lines[0].series.event, shared_definition(definitions), tuple(standings))


def shared_definition(definitions: Sequence[Definition]) -> Definition:
    """
    The facets that all definitions of one outcome have in common; what is not common is left unsaid.

    >>> one = Definition(outcome="killed", group="Palestinians", place="Gaza Strip")
    >>> shared_definition([one, one.model_copy(update={"place": None})]).group
    'Palestinians'
    """
    first = definitions[0]
    shared = {
        name: getattr(first, name)
        for name in Definition.model_fields
        if all(getattr(other, name) == getattr(first, name) for other in definitions)
    }
    if "tally" not in shared:
        shared = {name: value for name, value in shared.items() if name not in ("since", "until", "hours")}
    return Definition(**{"outcome": first.outcome} | shared)


def full_definition(series: Series) -> Definition:
    """What all figures of a series count: its core definition, and what the parallel facets have in common."""
    # Figures of one store share their definitions as objects: few are left to compare.
    definitions = {id(one): one for one in (step.figure.figure.definition for step in series.steps)}
    shared = shared_definition(list(definitions.values()))
    facets = {name: getattr(series.definition, name) for name in Definition.model_fields}
    own = {name: getattr(shared, name) for name in PARALLEL_FACETS if not facets[name]}
    if facets["tally"] not in ("cumulative", "incident"):
        own.pop("since", None)
    return Definition(**facets | own)


def _standings(line: Line) -> list[Standing]:
    """The last figure of each parallel line of a series (two baselines, two bases) that was not withdrawn."""
    withdrawn = {step.figure.id for step in line.series.steps if step.change in ("retracted", "disowned")}
    last: dict[tuple[object, ...], Step] = {}
    for step in line.series.steps:
        if step.figure.id not in withdrawn:
            last[parallel_key(step.figure)] = step
    return [Standing(line, step) for step in last.values()]


def parallel_key(recorded: RecordedFigure) -> tuple[object, ...]:
    """The facets in which figures of one series run side by side."""
    definition = recorded.figure.definition
    return tuple(getattr(definition, facet) for facet in PARALLEL_FACETS)


def _unplaced(figures: Iterable[RecordedFigure], lines: Iterable[Line]) -> tuple[RecordedFigure, ...]:
    placed = {step.figure.id for line in lines for step in line.series.steps}
    return tuple(figure for figure in figures if figure.id not in placed)


def _documents(figures: Sequence[RecordedFigure], about: Mapping[str, AboutDocument]) -> tuple[CitedDocument, ...]:
    by_id: dict[str, list[RecordedFigure]] = {}
    for recorded in figures:
        by_id.setdefault(recorded.document, []).append(recorded)
    ordered = sorted(by_id.values(), key=_document_order)
    return tuple(
        _document(number, members, about.get(members[0].document, NOTHING_KNOWN))
        for number, members in enumerate(ordered, start=1)
    )


def _document_order(members: Sequence[RecordedFigure]) -> tuple[date, str, str]:
    first = members[0]
    return (first.figure.published or date.min, first.figure.publisher or "", first.document)


def _document(number: int, members: Sequence[RecordedFigure], about: AboutDocument) -> CitedDocument:
    first = members[0]
    dates = {one.figure.published for one in members}
    return CitedDocument(
        number=number,
        id=first.document,
        address=first.address,
        title=first.title,
        publisher=first.figure.publisher,
        # The rows of a dataset each have their own day; then the document has none.
        published=first.figure.published if len(dates) == 1 else None,
        snapshots=tuple(sorted({one.snapshot for one in members})),
        figures=len(members),
        about=about,
    )


def _doubts(figures: Iterable[RecordedFigure]) -> tuple[Doubt, ...]:
    carriers: dict[str, list[RecordedFigure]] = {}
    for recorded in figures:
        for text in dict.fromkeys(recorded.figure.doubts):
            carriers.setdefault(text, []).append(recorded)
    return tuple(Doubt(number, text, tuple(carriers[text])) for number, text in enumerate(sorted(carriers), start=1))


def unknowns(report: Report) -> Mapping[str, int]:
    """How many figures of a report lack a fact that a reader would want, by what is lacking."""
    counted: Counter[str] = Counter()
    for recorded in report.figures:
        figure = recorded.figure
        counted["no as-of day is stated"] += figure.as_of is None
        counted["the as-of day is the publication day, an upper bound only"] += figure.as_of_basis == "publication"
        counted["the as-of day is inferred"] += figure.as_of_basis == "inferred"
        counted["the publication date is not known"] += figure.published is None
        counted["the issuer is not named"] += figure.chain.issuer is None
        counted["the document has no address"] += recorded.address is None
    counted["the figure stands in no series"] = len(report.unplaced)
    return {what: number for what, number in counted.items() if number}
