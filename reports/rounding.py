"""
How far a hedged number may lie from the number that was rounded.

"About 1,400" was rounded to hundreds: it admits 1,350 to 1,450. Up to twice that distance a number is close to
it and does not round to it; that far the two do not contradict each other.
"""

from dataclasses import dataclass

from db.records import Count, RecordedFigure

ROUND_FROM = 1_000
"""From here an unhedged number with two or more trailing zeros counts as rounded in a relay."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Whole numbers of people from `low` to `high`, both included; None: no bound on that side."""

    low: int | None
    high: int | None

    def __contains__(self, number: int) -> bool:
        return (self.low is None or self.low <= number) and (self.high is None or number <= self.high)


def unit(number: int) -> int:
    """
    The place value of the last digit that is not zero; 1 for zero itself.

    >>> unit(1_400), unit(1_200_000), unit(41_000), unit(2_808)
    (100, 100000, 1000, 1)
    """
    if number == 0:
        return 1
    place = 1
    while number % (place * 10) == 0:
        place *= 10
    return place


def half(number: int) -> int:
    """
    How far from a hedged number the number that was rounded may lie, in people.

    >>> half(1_400), half(1_200), half(300), half(15), half(471)
    (50, 50, 30, 2, 0)
    """
    place = unit(number)
    if place == 1:
        return 2 if number % 5 == 0 and number >= 15 else 0
    return min(place // 2, number // 10)


def shortfall(number: int) -> int:
    """How far below "nearly N" the number may lie: min(unit, N/10), in people."""
    return min(unit(number), number // 10)


def admitted_by_about(number: int) -> Interval:
    """
    What "about N" may have been rounded from.

    >>> 1_350 in admitted_by_about(1_400), 1_139 in admitted_by_about(1_200)
    (True, False)
    """
    return Interval(number - half(number), number + half(number))


def admitted_by_nearly(number: int) -> Interval:
    """
    What "nearly N" may stand for; N itself is not among it.

    >>> 783_138 in admitted_by_nearly(1_000_000)
    False
    """
    return Interval(number - shortfall(number), number - 1)


def reads_as_rounded(number: int) -> bool:
    """Whether an unhedged number is so round that a relay has probably rounded it."""
    return number >= ROUND_FROM and number % 100 == 0


def is_relay(recorded: RecordedFigure) -> bool:
    """Whether the figure stands in a document that is not its issuer's own."""
    figure = recorded.figure
    issuer = figure.chain.issuer
    return issuer is None or figure.publisher is None or issuer != figure.publisher


def is_hedged(recorded: RecordedFigure) -> bool:
    """Whether the figure's number is rounded: by its own words, or because a relay gives it round and bare."""
    count = recorded.figure.count
    return count is not None and is_hedged_count(count, relayed=is_relay(recorded))


def is_hedged_count(count: Count, *, relayed: bool) -> bool:
    """The same of a count: "approximately" and "nearly" are hedges, floors and ceilings are not."""
    if count.qualifier in ("approximately", "nearly"):
        return True
    return count.qualifier == "exact" and relayed and count.best is not None and reads_as_rounded(count.best)


def admits(count: Count, number: int, *, relayed: bool = False) -> bool:
    """Whether a count may have been rounded from this number, or simply is it."""
    value = count.value
    if value is None:
        return False
    if count.qualifier == "nearly":
        return number in admitted_by_nearly(value)
    if is_hedged_count(count, relayed=relayed):
        return number in admitted_by_about(value)
    return number == value
