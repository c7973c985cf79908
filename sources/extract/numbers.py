"""
Numbers that may count people: digits, words, vague words, ranges, each with its hedge as bounds.

What a number cannot be counting is left out here where its own form shows it (a year, "Resolution 242",
"1.5 per cent"); what the words around it count is a question for later rooms.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from text_to_num import text2num  # type: ignore[import-untyped]  # it ships no types

from db.canonical import LARGEST_INTEGER
from db.vocabulary import Qualifier
from sources.extract.english.changes import CHANGE_VERBS
from sources.extract.english.numbers import (
    ABBREVIATED,
    AFTER,
    BEFORE,
    BEFORE_ESTIMATED,
    DOZEN,
    ESTIMATING,
    FRACTIONS,
    LABELS,
    MONTHS,
    NONE_OF,
    NONE_WERE,
    NUMBERS_FOLLOW,
    SCALES,
    UNITS,
    UNNUMBERED,
    VAGUE,
)
from sources.extract.phrasebook import Phrasebook
from sources.extract.tokens import Token

_VAGUE = Phrasebook(VAGUE)
_BEFORE = Phrasebook({words: (words, qualifier) for words, qualifier in BEFORE.items()})
_AFTER = Phrasebook(AFTER)
_FRACTIONS = Phrasebook({f"{words} of": millionths for words, millionths in FRACTIONS.items()})
_BEGINS = frozenset(
    {*_VAGUE.firsts, *_FRACTIONS.firsts, *UNITS, *SCALES, *DOZEN, "a", "an", "half", "no", "another", "other"}
)
_PER_CENT = frozenset({"%", "percent", "pct"})
NO_COUNTS = "not a whole number of anything, too large, or the number of a name (“Resolution 242”)"
"""Why digits that stand alone are left out."""
_LONGEST_DIGITS = 32
_LONGEST_IN_WORDS = 16
_LARGEST_RATIO = 10
_FARTHEST_OTHER = 24
_OF_THEM = frozenset({"of", "were", "are"})
_OUT_OF = {("out", "of"), ("in", "every")}


@dataclass(frozen=True, slots=True)
class Number:
    """
    A number in the text, from token `first` up to token `after`, its hedges included.

    `low`, `best` and `high` are bounds in whole units; `percent` tells a percentage, whose bounds are in parts
    per million. `bare` is the token where the number itself begins. One that is `too_large` for a record has
    no bounds and is passed over; `one_more` is the word "another", `article` an "a" before one ("a soldier was
    killed and another wounded"), which counts one only beside it.
    """

    first: int
    after: int
    bare: int
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier = "exact"
    estimated: bool = False
    percent: bool = False
    too_large: bool = False
    one_more: bool = False
    article: bool = False

    @property
    def value(self) -> int:
        """The number itself: best, else low, else high."""
        for bound in (self.best, self.low, self.high):
            if bound is not None:
                return bound
        raise AssertionError("a number has a bound")


def numbers(found: Sequence[Token]) -> list[Number]:
    """The numbers of a sentence in order, ranges joined and hedges read; none of them overlap."""
    plain: list[Number] = []
    place = 0
    while place < len(found):
        number = _number_at(found, place) if _may_begin(found[place]) else None
        if number is None:
            place += 1
            continue
        plain.append(number)
        place = number.after
        if number.too_large:
            plain.pop()
    joined = _ranges(found, plain)
    hedged = (_hedged(found, number, joined[index - 1].after if index else 0) for index, number in enumerate(joined))
    return [number for number in hedged if not _is_a_label(found, number)]


def _may_begin(token: Token) -> bool:
    return token.kind == "number" or (token.kind == "word" and (token.low in _BEGINS or "-" in token.low))


_TO_BE = frozenset({"was", "were", "been", "be"})


def _number_at(found: Sequence[Token], place: int) -> Number | None:
    token = found[place]
    if token.kind == "number":
        return _ratio(found, place) or _digits(found, place)
    if not _may_begin(token):
        return None
    if token.low == "no":
        return _none(found, place)
    if token.low == "other":
        return _the_other(found, place)
    if token.low == "another":
        return _one_more(found, place)
    fraction = _FRACTIONS.at(found, place)
    if fraction is not None:
        share = replace(_exactly(place, place + fraction[0] - 1, fraction[1]), percent=True)
        return _bounded(share, "approximately") if fraction[1] % 1_000 else share
    ratio = _ratio(found, place)
    if ratio is not None:
        return ratio
    vague = _VAGUE.at(found, place)
    if vague is not None:
        length, low = vague
        return Number(place, place + length, place, low, None, None, "vague")
    return _in_words(found, place)


def _ratio(found: Sequence[Token], place: int) -> Number | None:
    """As in "one in five of them were children": a share, in parts per million, of those who are counted before."""
    if place + 3 >= len(found) or found[place + 1].low != "in" or found[place + 3].low not in _OF_THEM:
        return None
    part, whole = _small(found[place].low), _small(found[place + 2].low)
    if part is None or whole is None or not 0 < part < whole:
        return None
    share = replace(_exactly(place, place + 3, part * 1_000_000 // whole), percent=True)
    return _bounded(share, "approximately") if part * 1_000_000 % whole else share


def _small(low: str) -> int | None:
    """A whole number up to twenty as digits or a word."""
    if low.isdecimal() and low.isascii():
        return int(low) if len(low) <= 2 else None
    return int(text2num(low, "en")) if low in UNITS else None


def _none(found: Sequence[Token], place: int) -> Number | None:
    """
    A count of 0, as in "no casualties", "no soldiers were injured"; "no reports of casualties" counts nothing.

    Before a verb the people must be named: "no one" and "nobody" name none.
    """
    following = [token.low for token in found[place + 1 : place + 3]]
    if any(word in NONE_OF for word in following) and "reports" not in following:
        return Number(place, place + 1, place, 0, 0, 0)
    verb = [token.low for token in found[place + 2 : place + 5] if token.low not in ("have", "had", "has")]
    befell = any(one in _TO_BE and other in NONE_WERE for one, other in pairwise(verb))
    if befell and found[place + 1].kind == "word" and "one" not in following:
        return Number(place, place + 1, place, 0, 0, 0)
    return None


def _one_more(found: Sequence[Token], place: int) -> Number | None:
    """As in "one was killed and another wounded": a count of 1, unless a number follows ("another 12")."""
    if place + 1 >= len(found) or found[place + 1].low in NUMBERS_FOLLOW:
        return None
    if found[place + 1].kind != "word" and found[place + 1].low not in (".", ","):
        return None
    if _number_at(found, place + 1) is not None:
        return None
    return Number(place, place + 1, place, 1, 1, 1, one_more=True)


def _the_other(found: Sequence[Token], place: int) -> Number | None:
    """As in "killing one and injuring the other": a count of 1 where no noun follows."""
    following = found[place + 1] if place + 1 < len(found) else None
    if place == 0 or found[place - 1].low != "the" or (following is not None and following.kind != "mark"):
        return None
    return Number(place, place + 1, place, 1, 1, 1, one_more=True)


def _exactly(place: int, after: int, value: int) -> Number:
    if value > LARGEST_INTEGER:
        return Number(place, after, place, None, None, None, too_large=True)
    return Number(place, after, place, value, value, value)


def _digits(found: Sequence[Token], place: int) -> Number | None:
    """Read digits with any grouping, a following scale word and an abbreviated scale ("1.2m")."""
    token = found[place]
    if len(token.text) > _LONGEST_DIGITS:
        return None
    spaced = _spaced_groups(found, place)
    if spaced:
        whole = "".join(group.text for group in found[place : place + 1 + spaced])
        return _exactly(place, place + 1 + spaced, int(whole))
    digits = token.low.rstrip("kmbnl")
    scale = ABBREVIATED.get(token.low[len(digits) :], 1)
    after = place + 1
    while scale == 1 and after < len(found) and found[after].low in SCALES:
        scale = SCALES[found[after].low]
        after += 1
    percent = _percent_at(found, after)
    if percent:
        return _percentage(digits, place, after + percent)
    value = _value_of_digits(digits, scale)
    return None if value is None else _exactly(place, after, value)


def _spaced_groups(found: Sequence[Token], place: int) -> int:
    """How many groups of three digits follow a number after a single space ("1 250"); none after a month."""
    if not (found[place].text.isdigit() and len(found[place].text) <= 3):
        return 0
    if place and (found[place - 1].low in MONTHS or found[place - 1].kind == "number"):
        return 0
    after = place + 1
    while (
        after < len(found)
        and found[after].start == found[after - 1].end + 1
        and len(found[after].text) == 3
        and found[after].text.isdigit()
    ):
        after += 1
    return after - place - 1


def _percent_at(found: Sequence[Token], place: int) -> int:
    if place < len(found) and found[place].low in _PER_CENT:
        return 1
    if place + 1 < len(found) and found[place].low == "per" and found[place + 1].low == "cent":
        return 2
    return 0


def _percentage(digits: str, place: int, after: int) -> Number | None:
    millionths = _value_of_digits(digits, 10_000)
    if millionths is None or millionths > 1_000_000:
        return None
    return replace(Number(place, after, place, millionths, millionths, millionths), percent=True)


def _value_of_digits(digits: str, scale: int) -> int | None:
    """
    The whole number that grouped or decimal digits stand for; None where it would not be whole.

    >>> _value_of_digits("2,808", 1), _value_of_digits("1.2", 1_000_000), _value_of_digits("1.5", 1)
    (2808, 1200000, None)
    """
    head, point, tail = digits.replace(",", "").replace("\u00a0", "").replace("'", "").rpartition(".")
    if not point:
        return int(tail) * scale
    if scale == 1 and len(tail) == 3 and head.replace(".", "").isdigit():
        return int(head.replace(".", "") + tail)
    if "." in head or (int(tail) * scale) % 10 ** len(tail):
        return None
    return int(int(head) * scale + int(tail) * scale // 10 ** len(tail))


def _in_words(found: Sequence[Token], place: int) -> Number | None:
    """Read the longest run of number words that begins here ("two hundred and fifty", "a dozen", "half a million")."""
    low = found[place].low
    if low in ("a", "an", "half") and place + 1 < len(found):
        return _with_article(found, place) or _first_of_two(found, place)
    if not (_is_number_word(low) or low in ("dozen",)):
        return None
    after = place
    while after < len(found) and (_is_number_word(found[after].low) or _joins_words(found, after)):
        after += 1
        if after - place > _LONGEST_IN_WORDS:
            return None
    value, after = _longest_value(found, place, after)
    if after < len(found) and found[after].low in DOZEN:
        return _exactly(place, after + 1, (value or 1) * DOZEN[found[after].low])
    if value is None:
        return None
    halves = tuple(token.low for token in found[after : after + 4])
    if halves[:3] == ("and", "a", "half") and halves[3:] and halves[3] in SCALES:
        return _exactly(place, after + 4, value * SCALES[halves[3]] + SCALES[halves[3]] // 2)
    percent = _percent_at(found, after)
    if percent:
        return _percentage(str(value), place, after + percent)
    return _exactly(place, after, value)


def _with_article(found: Sequence[Token], place: int) -> Number | None:
    """Read "a dozen", "a hundred", "half a million", "half a dozen"."""
    low, following = found[place].low, found[place + 1].low
    if low == "half":
        third = found[place + 2].low if place + 2 < len(found) else ""
        scale = {**SCALES, **DOZEN}.get(third, 0) if following == "a" else DOZEN.get(following, 0)
        return _exactly(place, place + (3 if following == "a" else 2), scale // 2) if scale else None
    if following == "dozen":
        return _exactly(place, place + 2, 12)
    if low == "a" and following in SCALES:
        rest = _in_words(found, place + 1)
        return None if rest is None else replace(rest, first=place, bare=place)
    return None


def _first_of_two(found: Sequence[Token], place: int) -> Number | None:
    """As in "a soldier was killed and another wounded": the article may count one, as "another" goes on counting."""
    if found[place].low == "half" or not any(
        token.low == "another" for token in found[place : place + _FARTHEST_OTHER]
    ):
        return None
    return Number(place, place + 1, place, 1, 1, 1, article=True)


def _is_number_word(low: str) -> bool:
    if low in UNITS or low in SCALES:
        return True
    return "-" in low and all(part in UNITS for part in low.split("-"))


def _joins_words(found: Sequence[Token], place: int) -> bool:
    """Whether this "and" stands inside a number, as in "two hundred and fifty"."""
    return (
        found[place].low == "and"
        and place + 1 < len(found)
        and found[place - 1].low in SCALES
        and _is_number_word(found[place + 1].low)
        and found[place + 1].low not in SCALES
    )


def _longest_value(found: Sequence[Token], place: int, after: int) -> tuple[int | None, int]:
    """The value of the longest run that makes one number: "one two" is two numbers."""
    while after > place:
        try:
            return int(text2num(" ".join(token.low for token in found[place:after]), "en")), after
        except ValueError:
            after -= 1
    return None, place


def _ranges(found: Sequence[Token], plain: list[Number]) -> list[Number]:
    """Join "between A and B", "A to B", "A-B" and "A or B" into one number each."""
    joined: list[Number] = []
    for number in plain:
        first = joined[-1] if joined else None
        if first is not None and _makes_range(found, first, number):
            joined[-1] = _range(found, first, number)
        else:
            joined.append(number)
    return joined


def _makes_range(found: Sequence[Token], first: Number, second: Number) -> bool:
    if first.qualifier != "exact" or second.qualifier != "exact" or first.percent != second.percent:
        return False
    between = [token.low for token in found[first.after : second.first]]
    if len(between) != 1:
        return False
    before = found[first.first - 1].low if first.first else ""
    low, high = _scaled_alike(found, first, second), second.value
    if between == ["and"]:
        return before == "between" and low < high
    if between == ["to"]:
        if _looks_like_year(found, first) and not _looks_like_year(found, second):
            return False
        return low < high and not (before == "from" and _changes_before(found, first.first))
    if between == ["or"]:
        return low < high
    close = (
        found[first.after - 1].end == found[first.after].start and found[second.first].start == found[first.after].end
    )
    return between[0] in ("-", "–", "—") and close and low < high


def _looks_like_year(found: Sequence[Token], number: Number) -> bool:
    digits = found[number.bare].text
    return number.after - number.bare == 1 and digits.isdigit() and len(digits) == 4 and digits[:2] in ("19", "20")


def _changes_before(found: Sequence[Token], place: int) -> bool:
    return any(token.low in CHANGE_VERBS for token in found[max(0, place - 8) : place])


def _scaled_alike(found: Sequence[Token], first: Number, second: Number) -> int:
    """The first end of "two to three million" is in millions too."""
    last = found[second.after - 1].low
    if last in SCALES and first.value < 1000 and found[first.after - 1].low not in SCALES:
        return first.value * SCALES[last]
    return first.value


def _range(found: Sequence[Token], first: Number, second: Number) -> Number:
    low = _scaled_alike(found, first, second)
    begins = first.first
    if begins and found[begins - 1].low in ("between", "from"):
        begins -= 1
    return replace(first, first=begins, after=second.after, low=low, best=None, high=second.value, qualifier="range")


def _hedged(found: Sequence[Token], number: Number, not_before: int) -> Number:
    """Take the hedges before and after into the number and set its bounds by them."""
    after = _AFTER.at(found, number.after)
    if after is not None and _touches(found, number):
        number = _bounded(replace(number, after=number.after + after[0]), cast(Qualifier, after[1]))
    while (before := _BEFORE.ending(found, number.first)) is not None:
        length, (phrase, qualifier) = before
        if phrase == "estimated" and not _is_adjective(found, number.first - 1):
            break
        if number.first - length < not_before or (qualifier == "exact" and number.qualifier != "exact"):
            break
        number = replace(number, first=number.first - length, estimated=number.estimated or phrase in ESTIMATING)
        if number.qualifier in ("exact", "approximately"):
            number = _bounded(number, cast(Qualifier, qualifier))
    return number


def _is_adjective(found: Sequence[Token], place: int) -> bool:
    """Whether "estimated" at a place qualifies the number, rather than being a verb ("the study estimated 12")."""
    return place == 0 or found[place - 1].low in BEFORE_ESTIMATED or found[place - 1].kind != "word"


def _touches(found: Sequence[Token], number: Number) -> bool:
    """A "+" must touch its number; the other words that follow a number need not."""
    return found[number.after].low != "+" or found[number.after].start == found[number.after - 1].end


def _bounded(number: Number, qualifier: Qualifier) -> Number:
    """
    A number with the bounds that a qualifier gives it.

    "At least", "more than": low = best = N. "Up to", "fewer than": high = N. "About", "nearly": best = N.
    A range or a vague word keeps its own bounds.
    """
    if number.qualifier in ("range", "vague"):
        return number
    value = number.value
    if qualifier in ("at_least", "more_than"):
        return replace(number, low=value, best=value, high=None, qualifier=qualifier)
    if qualifier in ("at_most", "less_than"):
        return replace(number, low=None, best=None, high=value, qualifier=qualifier)
    if qualifier in ("approximately", "nearly"):
        return replace(number, low=None, best=value, high=None, qualifier=qualifier)
    return number


def _is_a_label(found: Sequence[Token], number: Number) -> bool:
    """Whether the words before make it a name ("Resolution 242") or a pronoun ("no one")."""
    before = found[number.first - 1].low if number.first else ""
    if before in LABELS and not (before == "no" and number.first != number.bare):
        return True
    if found[number.bare].low == "one" and number.after == number.bare + 1 and before in UNNUMBERED:
        return True
    following = found[number.after].low if number.after < len(found) else ""
    if found[number.bare].low == "one" and before in ("from", "of") and following in ("family", "household"):
        return True
    if before in ("and", ",", "or") and number.first >= 3 and found[number.first - 3].low in LABELS:
        return True
    if _is_ratio(found, number) or _is_days_of_a_month(found, number):
        return True
    following = found[number.after].low if number.after < len(found) else ""
    return following in ("-", "/") and found[number.after].start == found[number.after - 1].end


def _is_days_of_a_month(found: Sequence[Token], number: Number) -> bool:
    """As in "454 wounded between 10 and 15 May"."""
    following = found[number.after].low if number.after < len(found) else ""
    return number.qualifier == "range" and following in MONTHS and number.high is not None and number.high <= 31


def _is_ratio(found: Sequence[Token], number: Number) -> bool:
    """As in "nine out of ten", "one in every five": a proportion of nobody in particular."""
    around = {
        tuple(token.low for token in found[number.after : number.after + 2]),
        tuple(token.low for token in found[max(0, number.first - 2) : number.first]),
    }
    return number.value <= _LARGEST_RATIO and bool(around & _OUT_OF)
