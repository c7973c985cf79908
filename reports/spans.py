"""
Days on which one relation held between the authorities of one count.

A strand joins all who count one thing, or two things that a reader may confuse. While it is swept through time
it keeps the pairs that stand side by side; when their relation changes, a span ends and the next begins.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from db.records import Definition
from reports.independence import independent
from reports.pairing import Related
from reports.positions import Attributed, Disagreement, PairRelation, Position, Spread
from reports.standings import Held

Side = tuple[int, int]


@dataclass(slots=True)
class Span:
    """One relation from a first day, with the figures that took part, by track."""

    relation: PairRelation
    from_day: date
    members: dict[int, list[Held]] = field(default_factory=dict)
    pair: Related | None = None
    agrees: bool = True
    sides: set[Side] = field(default_factory=set)

    @property
    def because(self) -> str:
        """The sentence of the latest pair that shows the relation, and how many more pairs do."""
        said = self.pair.because if self.pair else ""
        more = len(self.sides) - 1
        if self.relation != "contradict" or more < 1:
            return said
        return f"{said}; so do {more} further pairs" if more > 1 else f"{said}; so does one further pair"

    @property
    def facets(self) -> tuple[str, ...]:
        """What sets the two definitions apart."""
        return self.pair.facets if self.pair else ()

    def add(self, held: Held) -> None:
        """Take a figure in once."""
        figures = self.members.setdefault(id(held.track), [])
        if not figures or figures[-1] is not held:
            figures.append(held)


@dataclass(slots=True)
class Strand:
    """The pairs of one count, or of two that are confused, and the spans they have made so far."""

    definition: Definition
    other: Definition | None
    live: dict[Side, tuple[Held, Held, Related]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    open: Span | None = None
    closed: list[tuple[Span, date | None]] = field(default_factory=list)
    fresh: list[Side] = field(default_factory=list)

    def set(self, side: Side, one: Held, other: Held, pair: Related) -> None:
        """Put a pair side by side; the one before it on the same two tracks was dropped when it ended."""
        self.live[side] = (one, other, pair)
        self.counts[pair.relation] += 1
        self.fresh.append(side)

    def drop(self, side: Side) -> None:
        """Forget a pair one of whose figures is no longer in force."""
        if (gone := self.live.pop(side, None)) is not None:
            self.counts[gone[2].relation] -= 1

    def settle(self, day: date) -> None:
        """Close the day: go on with the open span where its relation still holds, else begin another."""
        relation = self._relation()
        if self.open is not None and self.open.relation != relation:
            self._close(day - timedelta(days=1))
        if relation is not None and self.open is None:
            self.open = Span(relation, day)
            self.fresh = list(self.live)
        if self.open is not None:
            self._take_fresh(self.open)
        self.fresh = []

    def finish(self) -> None:
        """Leave the last span open."""
        if self.open is not None:
            self._close(None)

    def _relation(self) -> PairRelation | None:
        if self.counts["contradict"]:
            return "contradict"
        if self.counts["compatible"] or self.counts["agree"]:
            return "compatible"
        return "not_comparable" if self.counts["not_comparable"] else None

    def _take_fresh(self, span: Span) -> None:
        for side in self.fresh:
            if side not in self.live:
                continue
            one, other, pair = self.live[side]
            span.add(one)
            span.add(other)
            span.agrees = span.agrees and pair.relation == "agree"
            if pair.relation == span.relation or span.pair is None:
                span.pair = pair
            if pair.relation == span.relation:
                span.sides.add(side)

    def _close(self, last: date | None) -> None:
        if self.open is not None and (last is None or last >= self.open.from_day):
            self.closed.append((self.open, last))
        self.open = None


def told(strand: Strand, event: str | None) -> Iterable[Disagreement]:
    """The spans of a strand as the reader sees them."""
    for span, last in strand.closed:
        relation: PairRelation = "agree" if span.relation == "compatible" and span.agrees else span.relation
        tracks = list(span.members.values())
        positions = sorted((_position(held) for held in tracks), key=_by_number)
        every = [held for figures in tracks for held in figures]
        yield Disagreement(
            event=event,
            definition=strand.definition,
            from_day=span.from_day,
            to_day=last,
            relation=relation,
            positions=tuple(positions),
            spread=_spread(positions) if span.relation != "not_comparable" else Spread(None, None),
            because=span.because,
            facets=span.facets,
            other=strand.other,
            attributed=_attributed(every),
            independent_authorities=independent(held.recorded for held in every),
            citations=sum(1 + len(held.relays) for held in every),
            resolved=span.relation == "contradict" and last is not None,
            lowest=min(held.value for held in every) if span.relation != "not_comparable" else None,
            highest=max(held.value for held in every) if span.relation != "not_comparable" else None,
        )


def _position(figures: Sequence[Held]) -> Position:
    last = figures[-1].recorded.figure
    assert last.count is not None  # noqa: S101 -- only figures with a count come into force
    chains = [held.recorded.figure.chain for held in figures]
    return Position(
        authority=figures[-1].track.authority,
        count=last.count,
        figures=tuple(held.recorded for held in figures),
        relays=tuple(relay for held in figures for relay in held.relays),
        issuers=tuple(dict.fromkeys(chain.issuer for chain in chains if chain.issuer)),
        compiled_from=tuple(dict.fromkeys(name for chain in chains for name in chain.compiled_from)),
    )


def _by_number(position: Position) -> tuple[int, str]:
    return position.count.value or 0, position.authority


def _spread(positions: Sequence[Position]) -> Spread:
    values = [position.count.value for position in positions if position.count.value is not None]
    if len(values) < 2:
        return Spread(None, None)
    absolute = max(values) - min(values)
    return Spread(absolute, absolute / max(values) if max(values) else 0.0)


def _attributed(figures: Sequence[Held]) -> tuple[Attributed, ...]:
    """For incidents, who and what is named, by whom; a war's actor and cause are scope and stand in the definition."""
    said: dict[tuple[Literal["actor", "cause"], str, str], list[Held]] = {}
    for held in figures:
        definition = held.recorded.figure.definition
        if definition.tally == "incident":
            if definition.actor:
                said.setdefault(("actor", definition.actor, held.track.authority), []).append(held)
            if definition.cause:
                said.setdefault(("cause", definition.cause, held.track.authority), []).append(held)
    return tuple(
        Attributed(facet, value, authority, tuple(held.recorded for held in members))
        for (facet, value, authority), members in sorted(said.items(), key=lambda item: item[0])
    )
