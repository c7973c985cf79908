"""
The shapes of disagreement: who stands where on one count, how far apart, since when, and why it counts as such.

A relation says whether two reports can both stand, never which of them is right; nothing here is an average.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from db.records import Count, Definition, RecordedFigure

PairRelation = Literal["agree", "compatible", "contradict", "not_comparable"]
Variant = Literal["hedge_dropped", "hedge_added", "rounded", "outcome_changed", "stale"]


@dataclass(frozen=True, slots=True)
class Relay:
    """
    A figure that carries an authority's number through another publisher.

    `variant` names how its number or words differ from the figure relayed (None: they do not), `because` says it
    in one sentence.
    """

    figure: RecordedFigure
    variant: Variant | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """
    Where one authority stands within a span.

    Attributes:
        authority: the body that keeps the count.
        count: the number it stands behind last in the span.
        figures: its figures of the span in order of the day they speak of (the first relay of a number stands for
            it where the authority's own document is not recorded).
        relays: further figures that carry one of these numbers, with the variant each shows.
        issuers: the issuers as named.
        compiled_from: the authorities whose numbers it summed or modelled.
    """

    authority: str
    count: Count
    figures: tuple[RecordedFigure, ...]
    relays: tuple[Relay, ...] = ()
    issuers: tuple[str, ...] = ()
    compiled_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """
    How far the positions lie apart: highest minus lowest claim.

    `absolute` is in people; `relative` is that difference divided by the highest claim (0 to 1); both are None
    where fewer than two positions give a number.
    """

    absolute: int | None
    relative: float | None


@dataclass(frozen=True, slots=True)
class Attributed:
    """Whom an authority's figures name as the actor or the cause, in the words recorded, and on whose word."""

    facet: Literal["actor", "cause"]
    value: str
    authority: str | None
    figures: tuple[RecordedFigure, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """
    A span of days in which two or more authorities stand on one count.

    Attributes:
        event: the event the figures are filed under.
        definition: what the figures count (for `not_comparable`, the first of two).
        from_day, to_day: the first and last day on which the relation held; `to_day` None: it still held at the
            last recorded figure, so the span is open (interface: `from`, `to`).
        relation: the strongest relation among the positions: contradict, then compatible, then agree; or
            not_comparable for two definitions that stand apart.
        positions: one for each authority, lowest number first.
        spread: how far apart the numbers last stood.
        because: one sentence: the pair that decides the relation, or what makes two definitions stand apart.
        facets: for not_comparable, the facets that set the definitions apart.
        other: for not_comparable, the second definition.
        attributed: for an incident, who is named as actor or cause, shown beside the numbers, never compared.
        independent_authorities: how many authorities remain when those joined by relay, by compilation or by one
            text count as one (independence.py).
        citations: how many figures carry the numbers, relays included.
        resolved: a contradiction that ended before the last recorded figure of its count.
        lowest, highest: the lowest and the highest number claimed in the span.
    """

    event: str | None
    definition: Definition
    from_day: date | None
    to_day: date | None
    relation: PairRelation
    positions: tuple[Position, ...]
    spread: Spread
    because: str
    facets: tuple[str, ...] = ()
    other: Definition | None = None
    attributed: tuple[Attributed, ...] = ()
    independent_authorities: int = 0
    citations: int = 0
    resolved: bool = False
    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """
    The three counts over pairs of figures of different known authorities in force on one day.

    Attributes:
        naive: pairs of different numbers for one event and outcome.
        bound_aware: of these, pairs whose bounds do not meet.
        time_and_scope_aware: of these, pairs with the relation `contradict`.
        not_comparable: of the naive pairs, how many each facet sets apart (by its first facet).
    """

    naive: int = 0
    bound_aware: int = 0
    time_and_scope_aware: int = 0
    not_comparable: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Disagreements:
    """The spans, contradictions first, and the summary over all pairs."""

    disagreements: tuple[Disagreement, ...]
    summary: Summary
