"""
The ten verdicts on a claim, decided in one fixed order; the last holds where no other does.

No verdict says true or false: each says how the claim stands to what was recorded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from db.records import RecordedFigure
from reports.bounds import BY_DAYS, bounds, contradicts_whole
from reports.claims.matching import VAGUE_CEILINGS, significant_digits
from reports.claims.weighing import InForce, Weighed, Weighing
from reports.rounding import is_relay

Verdict = Literal[
    "retracted",
    "disputed",
    "supported",
    "superseded",
    "premature",
    "misattributed",
    "consistent",
    "conflated",
    "contradicted",
    "not_recorded",
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""Every verdict, in the order in which they are tried."""
Way = Literal["", "within_bounds", "far_below", "rounder_than_recorded", "inside_range", "between", "close"]
MOST_FACETS = 2
"""So many facets may set a conflated number apart."""


@dataclass(frozen=True, slots=True)
class Decided:
    """
    A verdict with the figures that decide it.

    Attributes:
        verdict: the first of the ten that holds.
        matches: the figures that bear the number out, for a verdict that rests on some.
        opposed: the figures in force that exclude the claim.
        apart: figures of the number that count something else.
        near: for `consistent` the figure in force that makes it so.
        way: how that figure makes it so.
    """

    verdict: Verdict
    matches: Sequence[Weighed] = ()
    opposed: Sequence[InForce] = ()
    apart: Sequence[Weighed] = ()
    near: InForce | None = None
    way: Way = ""


def decide(weighing: Weighing) -> Decided:
    """The first verdict of the fixed order that holds; `not_recorded` where none does."""
    for rule in _RULES:
        found = rule(weighing)
        if found is not None:
            return found
    return Decided("not_recorded")


def _weighed(weighing: Weighing) -> list[Weighed]:
    return [one for one in weighing.matches if one.is_of_source]


def _standing(weighing: Weighing) -> list[Weighed]:
    return [one for one in _weighed(weighing) if not one.is_withdrawn]


def _current(weighing: Weighing) -> list[Weighed]:
    return [one for one in _standing(weighing) if one.is_current and one.is_known and one.is_reached]


def _retracted(weighing: Weighing) -> Decided | None:
    known = [one for one in _weighed(weighing) if one.is_known and one.is_reached]
    return Decided("retracted", known) if known and all(one.is_withdrawn for one in known) else None


def _disputed(weighing: Weighing) -> Decided | None:
    matches = _current(weighing)
    opposed = _opposed_to(weighing, [one.recorded for one in matches])
    return Decided("disputed", matches, opposed) if matches and opposed else None


def _opposed_to(weighing: Weighing, bearing: Sequence[RecordedFigure]) -> list[InForce]:
    """For a bare claim the figures of other known authorities, on the count that bears it out, that exclude it."""
    if weighing.claim.source is not None:
        return []
    behind = {one.figure.chain.authority for one in bearing}
    return [
        one
        for one in weighing.in_force
        if one.excludes
        and one.authority is not None
        and one.authority not in behind
        and any(weighing.count_alike(one.recorded, other) for other in bearing)
    ]


def _supported(weighing: Weighing) -> Decided | None:
    matches = _current(weighing)
    return Decided("supported", matches) if matches else None


def _superseded(weighing: Weighing) -> Decided | None:
    matches = [one for one in _standing(weighing) if one.is_known and one.is_reached]
    return Decided("superseded", matches) if matches else None


def _premature(weighing: Weighing) -> Decided | None:
    matches = [one for one in _standing(weighing) if not (one.is_known and one.is_reached)]
    return Decided("premature", matches[::-1]) if matches else None


def _misattributed(weighing: Weighing) -> Decided | None:
    if weighing.claim.source is None:
        return None
    matches = [
        one
        for one in weighing.matches
        if not one.is_of_source and not one.is_withdrawn and one.is_known and one.is_reached
    ]
    return Decided("misattributed", matches) if matches else None


def _consistent(weighing: Weighing) -> Decided | None:
    for one in weighing.in_force:
        if not (one.is_of_source and one.comparison.is_comparable):
            continue
        way = _permitted_by(weighing, one)
        if way is None:
            continue
        if way == "rounder_than_recorded":
            return Decided("superseded", near=one, way=way)
        if way == "far_below" and (passed := weighing.within_the_word()):
            return Decided("superseded", passed, near=one)
        opposed = _opposed_to(weighing, [one.recorded])
        return Decided("disputed" if opposed else "consistent", opposed=opposed, near=one, way=way)
    return None


def _permitted_by(weighing: Weighing, one: InForce) -> Way | None:
    """How a figure in force makes a claim that it does not match consistent, if it does."""
    if weighing.claim.is_strict:
        return None
    if weighing.count.qualifier in ("at_least", "more_than", "at_most", "less_than", "range", "vague"):
        return _by_bounds(weighing, one)
    return _by_number(weighing, one)


def _by_bounds(weighing: Weighing, one: InForce) -> Way | None:
    """A claim with open or wide bounds, within which those of the figure lie."""
    claimed = weighing.count
    low, high = one.held.standing.floor, one.held.standing.ceiling
    is_above = claimed.low is None or (low is not None and _is_over(low, claimed.low, claimed.qualifier, one))
    is_below = claimed.high is None or (high is not None and _is_under(high, claimed.high, claimed.qualifier))
    if not (is_above and is_below):
        return None
    if claimed.qualifier == "vague" and claimed.low is not None:
        ceiling = VAGUE_CEILINGS.get(claimed.low)
        return "far_below" if ceiling is not None and low is not None and low > ceiling else "within_bounds"
    is_floor = claimed.qualifier in ("at_least", "more_than") and claimed.low is not None and low is not None
    return "rounder_than_recorded" if is_floor and _is_passed(claimed.low or 0, low or 0) else "within_bounds"


def _is_passed(floor: int, low: int) -> bool:
    """So exact a floor names a moment, and one below half of what is counted now names a time long past."""
    return significant_digits(floor) >= 3 or floor < low / 2


def _is_over(low: int, floor: int, qualifier: str, one: InForce) -> bool:
    """Whether a floor reaches another; "more than N" leaves N itself out unless the figure says it too."""
    count = one.recorded.figure.count
    says_more = count is not None and count.qualifier == "more_than"
    return low > floor or (low == floor and (qualifier != "more_than" or says_more))


def _is_under(high: int, ceiling: int, qualifier: str) -> bool:
    return high < ceiling or (high == ceiling and qualifier != "less_than")


def _by_number(weighing: Weighing, one: InForce) -> Way | None:
    number, count = weighing.count.value, one.recorded.figure.count
    if number is None or count is None:
        return None
    is_range = count.low is not None and count.high is not None and count.low < count.high
    if is_range and (count.low or 0) <= number <= (count.high or 0):
        return "inside_range"
    if _is_close(weighing, one, number):
        return "close"
    tally = one.recorded.figure.definition.tally
    following = weighing.following(one) if tally not in BY_DAYS and number > one.held.value else None
    later = following.figure.count.value if following is not None and following.figure.count is not None else None
    if later is not None and one.held.value < number < later:
        return "between"
    return None


def _is_close(weighing: Weighing, one: InForce, number: int) -> bool:
    """Within twice the distance to which either number may have been rounded."""
    count = one.recorded.figure.count
    if count is None or count.qualifier in ("at_least", "more_than", "at_most", "less_than", "range", "vague"):
        return _number_near(weighing, one.held.value)
    around = bounds(count, relayed=is_relay(one.recorded))
    return _number_near(weighing, one.held.value) or (number != one.held.value and number in around)


def _number_near(weighing: Weighing, value: int) -> bool:
    """Whether a recorded number lies where the claimed one, rounded, may come from."""
    around = bounds(weighing.count, relayed=True)
    return around.low != around.high and value in around


def _conflated(weighing: Weighing) -> Decided | None:
    apart = [one for one in weighing.of_the_same_number() if one.is_of_source and _is_confusable(weighing, one)]
    apart.sort(key=lambda one: (len(one.comparison.facets), one.count.value != weighing.count.value))
    return Decided("conflated", apart=apart) if apart else None


def _is_confusable(weighing: Weighing, one: Weighed) -> bool:
    """Whether a figure of one event differs from the claim in one or two facets; other events are chance."""
    facets = one.comparison.facets
    if not 1 <= len(facets) <= MOST_FACETS:
        return False
    event = one.recorded.figure.event
    if "event" in facets and event is not None and not weighing.share_an_event(event):
        return False
    # Without an event of the claim's own, another place is another event, unless one country holds both.
    return weighing.claim.event is not None or "place" not in facets or weighing.share_a_country(one.recorded)


def _contradicted(weighing: Weighing) -> Decided | None:
    mine = [one for one in weighing.in_force if one.is_of_source]
    opposed = [one for one in mine if one.excludes and weighing.is_of_its_place(one.recorded)]
    # Where the claim may speak of another count too, which can stand beside it, nothing excludes it for certain.
    free = [one for one in mine if one.relation in ("agree", "compatible")]
    certain = [one for one in opposed if all(weighing.count_alike(one.recorded, other.recorded) for other in free)]
    if certain:
        return Decided("contradicted", opposed=certain)
    if opposed:
        return None
    nested = [
        one
        for one, is_whole in weighing.nested
        if one.is_of_source and weighing.is_of_its_place(one.recorded) and _excludes_across(weighing, one, is_whole)
    ]
    return Decided("contradicted", opposed=nested) if nested else None


def _excludes_across(weighing: Weighing, one: InForce, is_whole: bool) -> bool:
    claimed, recorded = weighing.standing, one.held.standing
    if claimed is None:
        return False
    part, whole = (claimed, recorded) if is_whole else (recorded, claimed)
    return contradicts_whole(part, whole)


_RULES: tuple[Callable[[Weighing], Decided | None], ...] = (
    _retracted,
    _disputed,
    _supported,
    _superseded,
    _premature,
    _misattributed,
    _consistent,
    _conflated,
    _contradicted,
)
