"""What a figure and its neighbours are called in PROV: namespaces, and attributes in terms of our own."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from prov.constants import XSD_DATE
from prov.identifier import Namespace
from prov.model import Literal

from db.records import Definition, Figure, RecordedFigure
from reports.render.urns import BASE, term_name

TERM = Namespace("cf", f"{BASE}term:")
NAMESPACES = tuple(
    Namespace(name, f"{BASE}{name}:")
    for name in ("figure", "document", "snapshot", "source", "statement", "reading", "act", "software", "report")
)
FIGURES, DOCUMENTS, SNAPSHOTS, SOURCES, STATEMENTS, READINGS, ACTS, SOFTWARE, REPORTS = NAMESPACES
Attributes = list[tuple[Any, Any]]

_FACETS = (
    "outcome", "group", "affiliation", "status", "age", "sex", "subgroup", "condition", "unit", "place", "cause",
    "actor", "basis", "directness", "counted_by", "tally", "since", "until", "hours",
)  # fmt: skip


def definition_terms(definition: Definition) -> Attributes:
    """What a figure counts, facet by facet."""
    facets = [(facet, getattr(definition, facet)) for facet in _FACETS]
    notes = [(kind, note) for kind in ("includes", "excludes") for note in getattr(definition, kind)]
    return terms([*facets, *((kind, note.text or note.code) for kind, note in notes)])


def value_of(figure: Figure) -> Iterator[tuple[Any, Any]]:
    """The bounds; `prov:value` is the number that stands for them, absent where the words name none."""
    stated = figure.count or figure.share
    assert stated is not None  # noqa: S101 - a shape holds one or the other
    if stated.value is not None:
        yield "prov:value", stated.value
    told = [(bound, getattr(stated, bound)) for bound in ("low", "best", "high", "qualifier", "text")]
    yield from terms([*told, ("unitOfShare", "parts per million" if figure.share else None)])
    if figure.share and isinstance(figure.share.of, str):
        yield TERM["shareOf"], FIGURES[figure.share.of]


def facts_of(recorded: RecordedFigure) -> Iterator[tuple[str, Any]]:
    """What else is known of a figure: days, state, evidence, and the figures that it names."""
    figure, evidence = recorded.figure, recorded.figure.evidence
    yield "event", figure.event
    yield "state", recorded.state
    yield "recordedAt", recorded.recorded_at
    yield "asOf", figure.as_of
    yield "asOfTime", figure.as_of_time
    yield "asOfBasis", figure.as_of_basis
    yield "published", figure.published
    if figure.period:
        yield "periodFrom", figure.period.from_day
        yield "periodTo", figure.period.to_day
    yield "modality", figure.modality
    yield "issuerWords", figure.chain.issuer_words
    yield "origin", figure.origin
    yield "quote", evidence.quote
    yield "start", evidence.start
    yield "end", evidence.end
    yield "zone", evidence.zone
    yield "locator", evidence.locator
    if isinstance(figure.part_of, str):
        yield "partOf", FIGURES[figure.part_of]
    if isinstance(figure.earlier_value_of, str):
        yield "earlierValueOf", FIGURES[figure.earlier_value_of]


def terms(told: Iterable[tuple[str, Any]]) -> Attributes:
    """What is stated, as attributes in our own namespace; a day is an xsd:date."""
    return [(TERM[term_name(name)], _typed(value)) for name, value in told if value is not None]


def _typed(value: Any) -> Any:
    is_day = type(value) is date
    return Literal(value.isoformat(), XSD_DATE) if is_day else value


def local_name(name: str) -> str:
    """A name that needs no escape in any serialisation."""
    return re.sub(r"[^A-Za-z0-9.-]+", "-", name).strip(".-") or "none"
