"""
Floors and ceilings, and when the ceiling of one figure binds another.

A count says how many its issuer had counted by its day; an estimate speaks of all of them. Two figures contradict
exactly when the floor of one lies above a ceiling of the other that binds it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from db.records import Count, RecordedFigure
from reports.facets import COUNTS, STRICTER
from reports.nesting import Nesting
from reports.positions import PairRelation
from reports.rounding import Interval, half, is_hedged_count, is_relay, shortfall
from reports.sentences import count_words

BY_DAYS = frozenset({"stock", "period", "added", "rate"})
"""Tallies whose figures compare only for the same day or days, and may fall from day to day without a revision."""
YOUNG = timedelta(days=7)
"""So long after an event began, the order of two counts of one day is left open."""
UPPER_WORDS = frozenset({"approximately", "nearly", "range", "at_most", "less_than"})
"""Words by which a number about a thing that is over speaks of all who are meant."""


@dataclass(slots=True)
class Standing:
    """
    One figure as it meets others.

    Attributes:
        recorded: the figure.
        day: the day up to which it counts; the publication day where only that is known.
        dated: the text or the data states the day; otherwise the number may be older than its day.
        floor, ceiling: its bounds in people, rounding taken in.
        estimate: it speaks of all, not of those counted so far.
        over: what it counts had ended by its day.
        strictness: 0 for reported counts, 1 for identified or verified ones, 2 for certified ones.
        young: its event began at most seven days before.
        value: its number in people: best, else low, else high.
        by_days: it compares with figures of the same day, or days, only.
        step: how far its own series moved to it, in people; None for a first figure.
    """

    recorded: RecordedFigure
    day: date
    dated: bool
    floor: int | None
    ceiling: int | None
    estimate: bool
    over: bool
    strictness: int
    young: bool
    value: int | None
    by_days: bool
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """How two figures of one comparable thing stand to each other, with one sentence of reason."""

    relation: PairRelation
    because: str


def bounds(count: Count, *, relayed: bool = False) -> Interval:
    """
    The floor and the ceiling of a count.

    >>> about = Count(best=1400, qualifier="approximately", text="about 1,400")
    >>> bounds(about)
    Interval(low=1300, high=1500)
    """
    value = count.value
    if value is None:
        return Interval(None, None)
    if count.qualifier == "nearly":
        return Interval(value - shortfall(value), value)
    if is_hedged_count(count, relayed=relayed):
        return Interval(value - 2 * half(value), value + 2 * half(value))
    return Interval(count.low, count.high)


def day_of(recorded: RecordedFigure) -> date | None:
    """The day a figure speaks of, else the day it was published."""
    return recorded.figure.as_of or recorded.figure.published


def standing(recorded: RecordedFigure, events: Nesting, *, step: int | None = None) -> Standing | None:
    """What one figure asserts; None where it has no number or no day."""
    figure = recorded.figure
    day = day_of(recorded)
    if figure.count is None or day is None:
        return None
    interval = bounds(figure.count, relayed=is_relay(recorded))
    over = is_over(recorded, day, events)
    began = figure.definition.since or events.first_day(figure.event)
    return Standing(
        recorded=recorded,
        day=day,
        dated=figure.as_of is not None and figure.as_of_basis != "publication",
        floor=interval.low,
        ceiling=interval.high,
        estimate=is_estimate(recorded, over=over),
        over=over,
        strictness=STRICTER.get(figure.definition.basis or "", 0),
        young=began is not None and timedelta(0) <= day - began <= YOUNG,
        value=figure.count.value,
        by_days=figure.definition.tally in BY_DAYS,
        step=step,
    )


def is_over(recorded: RecordedFigure, day: date, events: Nesting) -> bool:
    """Whether the incident or period counted had ended by this day; a running total is never over by itself."""
    definition = recorded.figure.definition
    if definition.tally in ("period", "added"):
        return recorded.figure.period is not None and recorded.figure.period.to_day <= day
    if definition.tally == "incident":
        ended = definition.until or definition.since or events.last_day(recorded.figure.event)
        return ended is None or ended <= day
    ended = definition.until or events.last_day(recorded.figure.event)
    return definition.tally in ("cumulative", "unstated") and ended is not None and ended <= day


def is_estimate(recorded: RecordedFigure, *, over: bool) -> bool:
    """Whether a figure speaks of all who are meant, not only of those counted so far."""
    basis = recorded.figure.definition.basis
    if basis in ("estimated", "excess"):
        return True
    count = recorded.figure.count
    return basis in COUNTS and over and count is not None and count.qualifier in UPPER_WORDS


def binds(ceiling: Standing, floor: Standing) -> bool:
    """Whether the ceiling of the one holds for what the other has at least."""
    if ceiling.ceiling is None:
        return False
    if ceiling.estimate and ceiling.over:
        return True
    if not ceiling.dated or floor.day > ceiling.day or _is_later_that_day(floor, ceiling):
        return False
    return ceiling.estimate or (not floor.estimate and floor.strictness >= ceiling.strictness)


def _is_later_that_day(floor: Standing, ceiling: Standing) -> bool:
    later, earlier = _clock(floor), _clock(ceiling)
    return floor.day == ceiling.day and later is not None and earlier is not None and later > earlier


def _clock(one: Standing) -> str | None:
    """The time of day as the text gives it; times with an offset and without are all the issuer's own."""
    time = one.recorded.figure.as_of_time
    return time[:5] if time else None


def meet(one: Standing, other: Standing) -> bool:
    """Whether the bounds have a number in common, days and scope aside."""
    return not (_above(one.floor, other.ceiling) or _above(other.floor, one.ceiling))


def _above(floor: int | None, ceiling: int | None) -> bool:
    return floor is not None and ceiling is not None and floor > ceiling


def relate(one: Standing, other: Standing) -> Pair:
    """
    Say whether two figures of one comparable thing can both stand.

    Stocks compare only for the same day, period and added figures only for the same days.
    """
    if apart := _different_days(one, other):
        return Pair("not_comparable", apart)
    if exclusion := exclusion_of(one, other):
        if _order_within_day_unknown(one, other):
            return Pair("compatible", f"{_both(one, other)}: both are of {_day(one.day)}, order within the day unknown")
        return Pair("contradict", exclusion)
    if one.value == other.value:
        return Pair("agree", f"both give {one.value:,}")
    return Pair("compatible", _why_compatible(one, other))


def relation_of(one: Standing, other: Standing) -> PairRelation:
    """The relation that `relate` gives, without its sentence."""
    # Called for every pair of figures in force: the plain cases are decided without a call.
    if one.by_days and not _of_the_same_days(one, other):
        return "not_comparable"
    if one.value == other.value and one.floor == other.floor and one.ceiling == other.ceiling:
        return "agree"
    if excludes(one, other) or excludes(other, one):
        return "compatible" if _order_within_day_unknown(one, other) else "contradict"
    return "agree" if one.value == other.value else "compatible"


def contradicts_whole(part: Standing, whole: Standing) -> bool:
    """Whether `exclusion_across` finds a part's floor above its whole's ceiling."""
    return excludes(part, whole) and _of_the_same_days(part, whole) and not _order_within_day_unknown(part, whole)


def excludes(floor: Standing, ceiling: Standing) -> bool:
    """Whether the floor of the one lies above a ceiling of the other that binds it."""
    least, most = floor.floor, ceiling.ceiling
    return least is not None and most is not None and least > most and binds(ceiling, floor)


def exclusion_of(one: Standing, other: Standing) -> str | None:
    """The sentence that says whose floor lies above whose binding ceiling; None where neither does."""
    for floor, ceiling in ((one, other), (other, one)):
        if excludes(floor, ceiling):
            return _contradiction(floor, ceiling)
    return None


def exclusion_across(part: Standing, whole: Standing) -> str | None:
    """The same for a part and its whole: floors carry upward, so only the part's floor can exclude."""
    if not contradicts_whole(part, whole):
        return None
    return f"{_contradiction(part, whole)}, though it counts only a part of that"


def _different_days(one: Standing, other: Standing) -> str | None:
    tally = one.recorded.figure.definition.tally
    if tally == "stock" and one.day != other.day:
        return f"how many there were on {_day(one.day)} and on {_day(other.day)} are two counts"
    if tally in ("period", "added", "rate"):
        first, second = one.recorded.figure.period, other.recorded.figure.period
        if (first or second) and first != second:
            return "the days counted are not the same"
        if first is None and one.day != other.day:
            return f"one counts up to {_day(min(one.day, other.day))}, the other up to {_day(max(one.day, other.day))}"
    return None


def _of_the_same_days(one: Standing, other: Standing) -> bool:
    """Stocks compare only for one day, period and added figures only for the same days."""
    tally = one.recorded.figure.definition.tally
    if tally == "stock":
        return one.day == other.day
    if tally in ("period", "added", "rate"):
        first, second = one.recorded.figure.period, other.recorded.figure.period
        return first == second if first or second else one.day == other.day
    return True


def _order_within_day_unknown(one: Standing, other: Standing) -> bool:
    if one.day != other.day or one.estimate or other.estimate:
        return False
    if _clock(one) is not None and _clock(other) is not None:
        return False
    if one.by_days:
        return False
    gap = abs((one.value or 0) - (other.value or 0))
    return one.young or other.young or any(step is not None and gap <= step for step in (one.step, other.step))


def _contradiction(floor: Standing, ceiling: Standing) -> str:
    least = "" if floor.value == floor.floor else f", at least {floor.floor:,}"
    kind = "as an estimate of all no more than" if ceiling.estimate else "no more than"
    return (
        f"{_name(floor)} gives {_printed(floor)} ({_day(floor.day)}){least}; "
        f"{_name(ceiling)} gives {_printed(ceiling)} ({_day(ceiling.day)}), {kind} {ceiling.ceiling:,}"
    )


def _why_compatible(one: Standing, other: Standing) -> str:
    if meet(one, other):
        return f"{_both(one, other)}: the bounds of the two meet"
    lower, higher = (one, other) if (one.value or 0) <= (other.value or 0) else (other, one)
    growth = (higher.value or 0) - (lower.value or 0)
    if not lower.dated:
        return f"{_both(one, other)}: the lower number may be older than {_day(lower.day)}, its publication day"
    if higher.day > lower.day:
        return f"{_both(one, other)}: the higher is later, {growth:,} more by {_day(higher.day)}"
    if higher.estimate:
        return f"{_both(one, other)}: a count so far may lie below an estimate of all"
    return f"{_both(one, other)}: the lower number counts on a stricter basis and is no ceiling for the higher"


def _both(one: Standing, other: Standing) -> str:
    return f"{_name(one)} gives {_printed(one)}, {_name(other)} {_printed(other)}"


def _name(one: Standing) -> str:
    chain = one.recorded.figure.chain
    return chain.issuer or chain.authority or chain.issuer_words or "an unnamed issuer"


def _printed(one: Standing) -> str:
    count = one.recorded.figure.count
    return count_words(count) if count is not None else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
