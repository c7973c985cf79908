"""
Traces where a number first appears in the record, and who carried it since: a match, never an attribution.

Several issuers may stand behind one number side by side; none is corrected by another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.records import RecordedFigure
from reports.bounds import day_of
from reports.comparison import Comparison, Surroundings, compare
from reports.lines import USED, order
from reports.positions import Relay
from reports.rounding import admits, is_hedged, unit
from reports.variants import relay_of

MATCH = "The same number under a comparable definition: a match in the record, no statement of who took it from whom."
CHANCE = " A number of fewer than three significant digits may recur by chance."


@dataclass(frozen=True, slots=True)
class Appearance:
    """One recorded appearance of a number; `probably` where the definitions compare only probably as the same."""

    figure: RecordedFigure
    day: date | None
    probably: bool
    because: str


@dataclass(frozen=True, slots=True)
class OriginTrace:
    """
    Every recorded appearance of one number.

    Attributes:
        earliest: the first appearance by publication, then by the day it speaks of.
        appearances: all of them, the figure asked about included, in that order.
        issuers: the issuers named for the number, in order; several may stand side by side, none is corrected.
        note: what a match means, for the reader.
    """

    earliest: Appearance
    appearances: tuple[Appearance, ...]
    issuers: tuple[str, ...]
    note: str


def origin(
    asked: RecordedFigure, figures: Iterable[RecordedFigure], *, surroundings: Surroundings | None = None
) -> OriginTrace:
    """
    Find the recorded appearances of a figure's number under a comparable definition.

    Args:
        asked: the figure; it need not be among `figures`.
        figures: the candidates; those of another number may be among them and are passed over.
    """
    around = surroundings or Surroundings()
    alike = {one.id: one for one in figures if one.state in USED and _value(one) == _value(asked)}
    alike[asked.id] = asked
    compared = [(one, _compared(asked, one, around)) for one in sorted(alike.values(), key=order)]
    appearances = tuple(_appearance(one, found) for one, found in compared if found.is_comparable)
    issuers = (one.figure.figure.chain.issuer for one in appearances)
    return OriginTrace(
        earliest=appearances[0],
        appearances=appearances,
        issuers=tuple(dict.fromkeys(issuer for issuer in issuers if issuer)),
        note=MATCH + (CHANCE if _is_common(_value(asked)) else ""),
    )


def relays(
    asked: RecordedFigure, figures: Iterable[RecordedFigure], *, surroundings: Surroundings | None = None
) -> tuple[Relay, ...]:
    """Later figures of other documents that carry the number, or a rounding of it, for the same authority."""
    around = surroundings or Surroundings()
    authority = asked.figure.chain.authority
    found = [
        one
        for one in sorted(figures, key=order)
        if authority is not None
        and one.figure.chain.authority == authority
        and one.document != asked.document
        and one.state in USED
        and order(one)[0] >= order(asked)[0]
        and _carries(one, asked)
        and _compared(asked, one, around).is_comparable
    ]
    return tuple(relay_of(asked, one) for one in found)


def _carries(one: RecordedFigure, asked: RecordedFigure) -> bool:
    value = _value(asked)
    if _value(one) == value:
        return True
    count = one.figure.count
    return count is not None and value is not None and is_hedged(one) and admits(count, value, relayed=True)


def _compared(asked: RecordedFigure, one: RecordedFigure, around: Surroundings) -> Comparison:
    return compare(
        asked.figure.definition,
        one.figure.definition,
        first_event=asked.figure.event,
        second_event=one.figure.event,
        surroundings=around,
    )


def _appearance(one: RecordedFigure, found: Comparison) -> Appearance:
    figure = one.figure
    who = figure.chain.issuer or figure.chain.issuer_words or "an unnamed issuer"
    told = f"{figure.publisher or 'a document'} gives {figure.count.text if figure.count else ''!r} from {who}"
    if figure.publisher == figure.chain.issuer:
        told = f"{who} gives {figure.count.text if figure.count else ''!r}"
    because = f"{told}; probably the same count: {'; '.join(found.reasons)}" if found.probably else told
    return Appearance(one, day_of(one), found.probably, because)


def _value(one: RecordedFigure) -> int | None:
    return one.figure.count.value if one.figure.count is not None else None


def _is_common(value: int | None) -> bool:
    return value is None or value // unit(value) < 100


def first_recorded(
    figures: Iterable[RecordedFigure], *, surroundings: Surroundings | None = None
) -> dict[str, RecordedFigure]:
    """
    For each figure's id the earliest other recorded appearance of its number under a comparable definition, if any.

    Args:
        figures: in any order. Numbers of fewer than three significant digits recur by chance and are left out.
    Returns:
        Only figures whose number stood before in another document. Near-linear: figures are set beside those of one
        number, and two definitions are compared once.
    """
    around = surroundings or Surroundings()
    compared: dict[tuple[bytes, bytes, str | None, str | None], bool] = {}
    alike: dict[int, list[RecordedFigure]] = {}
    found: dict[str, RecordedFigure] = {}
    for one in sorted(figures, key=order):
        value = _value(one)
        if value is None or one.state not in USED or _is_common(value):
            continue
        earlier = alike.setdefault(value, [])
        for other in earlier:
            key = (one.figure.definition.key, other.figure.definition.key, one.figure.event, other.figure.event)
            if key not in compared:
                compared[key] = _compared(one, other, around).is_comparable
            if compared[key] and other.document != one.document:
                found[one.id] = other
                break
        if one.id not in found:
            earlier.append(one)
    return found
