"""
Whether a claimed number is the number that was recorded: equal, or by the claim's hedge.

"About 1,400" is borne out by what rounds to it; "at least" and "more than" are bounds and not rounding. A hedge
dropped or added on the way is named; a floor turned into a ceiling, or "exactly" put before a floor, is no match.
"""

from typing import Literal

from db.records import Count
from reports.rounding import Interval, admitted_by_about, admitted_by_nearly, reads_as_rounded

Match = Literal["equal", "hedge_dropped", "hedge_added", "hedge_changed", "rounded"]

VAGUE_CEILINGS = {24: 200, 40: 200, 200: 2_000, 2_000: 20_000, 20_000: 200_000, 200_000: 2_000_000}
"""By the low of a vague word the most that it implies (dozens and scores: 200); millions imply no most."""
_FLOORS = frozenset({"at_least", "more_than"})
_CEILINGS = frozenset({"at_most", "less_than"})


def admitted(claimed: Count, *, strict: bool) -> Interval | None:
    """
    The recorded numbers that may bear a claim out; None where no number can (a vague word).

    >>> admitted(Count(best=2800, qualifier="approximately", text="about 2,800"), strict=False)
    Interval(low=2750, high=2850)
    """
    number = claimed.value
    if number is None or claimed.qualifier == "vague":
        return None
    rounded = None
    if not strict and claimed.qualifier == "approximately":
        rounded = admitted_by_about(number)
    elif not strict and claimed.qualifier == "nearly":
        rounded = admitted_by_nearly(number)
    elif not strict and claimed.qualifier == "exact" and reads_as_rounded(number):
        rounded = admitted_by_about(number)
    if rounded is None or rounded.low is None or rounded.high is None:
        return Interval(number, number)
    return Interval(min(rounded.low, number), max(rounded.high, number))


def match(claimed: Count, recorded: Count, *, strict: bool = False) -> Match | None:
    """
    How a recorded count bears a claimed one out; None where it does not.

    >>> match(Count.exactly(2808), Count(low=2808, best=2808, qualifier="at_least", text="at least 2,808"))
    'hedge_dropped'
    >>> match(Count.exactly(2800), Count.exactly(2808))
    'rounded'
    """
    if "vague" in (claimed.qualifier, recorded.qualifier):
        is_same_word = claimed.qualifier == recorded.qualifier and claimed.low == recorded.low
        return "equal" if is_same_word else None
    if "range" in (claimed.qualifier, recorded.qualifier):
        return _of_ranges(claimed, recorded)
    number, value = claimed.value, recorded.value
    if number is None or value is None:
        return None
    if number == value:
        return _of_hedges(claimed.qualifier, recorded.qualifier, strict=strict)
    interval = admitted(claimed, strict=strict)
    is_ceiling = recorded.qualifier in _CEILINGS
    return "rounded" if interval is not None and value in interval and not is_ceiling else None


def _of_ranges(claimed: Count, recorded: Count) -> Match | None:
    if claimed.qualifier == recorded.qualifier:
        return "equal" if (claimed.low, claimed.high) == (recorded.low, recorded.high) else None
    # A data set may give a best number with its bounds: "1,000 (800 to 1,200)".
    best = recorded.best if recorded.qualifier == "range" else None
    if best is None or claimed.value != best:
        return None
    return "equal" if claimed.qualifier == "approximately" else "hedge_dropped"


def _of_hedges(claimed: str, recorded: str, *, strict: bool) -> Match | None:
    """Two words about one number."""
    if strict:
        return "equal" if claimed == recorded == "exact" else None
    if claimed == recorded:
        return "equal"
    if claimed in _FLOORS and (recorded in _CEILINGS or recorded == "nearly"):
        return None
    if claimed in _CEILINGS and recorded in _FLOORS:
        return None
    # "More than N" and "fewer than N" leave N itself out.
    if claimed in ("more_than", "less_than") and recorded in ("exact", "approximately", "nearly"):
        return None
    if claimed == "exact":
        return "hedge_dropped"
    return "hedge_added" if recorded == "exact" else "hedge_changed"


def significant_digits(number: int) -> int:
    """
    The digits of a number without the zeros at its end.

    >>> significant_digits(34_000), significant_digits(2_808), significant_digits(0)
    (2, 4, 1)
    """
    return len(str(number).rstrip("0")) or 1


def differs_by_a_digit(one: int, other: int) -> bool:
    """
    Whether two numbers differ by one digit, by two neighbours exchanged, or by a zero dropped or added.

    >>> differs_by_a_digit(2_808, 2_880), differs_by_a_digit(28_080, 2_808), differs_by_a_digit(2_808, 3_900)
    (True, True, False)
    """
    if one == other or min(one, other) < 10:
        return False
    first, second = str(one), str(other)
    if len(first) == len(second):
        places = [place for place, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
        if len(places) == 1:
            return True
        exchanged = len(places) == 2 and places[1] - places[0] == 1
        return exchanged and first[places[0]] == second[places[1]] and first[places[1]] == second[places[0]]
    longer, shorter = max(first, second, key=len), min(first, second, key=len)
    if len(longer) - len(shorter) != 1:
        return False
    return any(digit == "0" and longer[:place] + longer[place + 1 :] == shorter for place, digit in enumerate(longer))
