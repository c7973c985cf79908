"""
Days as texts write them: fixed formats first, then dateparser; nothing is ever guessed from a bare number.

Our own patterns find the spans. A year, a month alone or "recently" names no day and is refused. dateparser
is only asked about words that our patterns do not read, with the language, the order of day and month and
the reference day given, and what it returns counts only if it is a whole day.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from sources.errors import UnreadableDate

Kind = Literal["absolute", "relative", "since", "as_of", "period", "month"]
"""How a span names its days: a day of the calendar or told from the reference, a start or end, a length, a month."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_LONG_MONTHS = tuple(name for name in _MONTHS if len(name) > 3 or name == "may")
_LENGTHS = {"hour": 1, "day": 24, "week": 168}
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "": 1}
_COUNTS |= {"24": 24, "twenty-four": 24, "48": 48, "72": 72, "forty-eight": 48}

_MONTH = (
    r"(?P<month{n}>(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)"
)
_DAY = r"(?P<day{n}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year{n}>(?:19|20)\d\d)"
_CALENDAR = re.compile(
    r"(?<![\w.,/-])(?:"
    rf"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)(?:[T ](?P<clock>[0-2]\d:[0-5]\d)\S{{0,12}})?"
    rf"|{_DAY.format(n=1)}\s(?:of\s)?{_MONTH.format(n=1)}(?:,?\s{_YEAR.format(n=1)})?"
    rf"|{_MONTH.format(n=2)}\s{_DAY.format(n=2)}(?:,?\s{_YEAR.format(n=2)})?"
    r"|(?P<numeric>[0-3]?\d[./][0-3]?\d[./](?:19|20)\d\d)"
    r")(?![\w/]|[.,]\d)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:(?P<word>today|yesterday|overnight|tonight|this morning|this evening|this afternoon|last night)"
    r"|(?:(?P<last>last|on|late|early|since|by|as of)\s)?"
    r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:in|over|during|within|for)?\s?(?:the\s)?(?:past|last|previous|preceding)\s(?:(?P<count>\d{1,3}|[a-z]+(?:-[a-z]+)?)\s)?"
    r"(?P<length>hour|day|week)s?\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|starting|beginning|from)\s(?:on\s|the\s)?$", re.IGNORECASE)
_AS_OF = re.compile(
    r"\b(?:as of|as at|as on|by|until|up to|till|through|to)\s(?:the\s)?(?:(?:end of|midnight on|noon on)\s)?"
    r"(?:\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\.?)?\s(?:on\s)?)?$",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:by|as of|at)\s(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)\b(?!\s?[ap]\.?m)"
    r"|\b(?:by|as of)\s(?P<hour12>1?\d)(?::(?P<minute12>[0-5]\d))?\s?(?P<half>[ap])\.?m\b",
    re.IGNORECASE,
)
_MONTH_LONG = re.compile(
    r"\b(?:in|during|throughout)\s(?P<month>january|february|march|april|may|june|july|august|september|october"
    r"|november|december)(?:\s(?P<year>(?:19|20)\d\d))?\b(?!\s\d)",
    re.IGNORECASE,
)
_THIS_YEAR = re.compile(
    r"\b(?:since the (?:start|beginning) of (?:the|this) year|so far this year|this year)\b", re.IGNORECASE
)
_FIRST_OF_ALL = re.compile(
    r"\b(?:in|over|during|within)\s(?:its|the|their)\sfirst\s(?:(?P<count>\d{1,3}|[a-z]+)\s)?(?P<length>hour|day|week)s?\b",
    re.IGNORECASE,
)
# A look that costs little: without one of these a pattern above finds nothing.
_DIGIT = re.compile(r"\d")
_IN_PERIODS = ("past", "last", "previous", "preceding")
_IN_RELATIVES = ("day", "night", "morning", "evening", "afternoon")
_ISO = re.compile(r"\d{8}|\d{4}-\d\d-\d\d(?:[T ][\d:.,+Z-]{2,30})?")
_TWO_READINGS = re.compile(r"([0-3]?\d)[/-]([0-3]?\d)[/-](?:\d\d){1,2}")
_LOOK_BACK = 40
_OUTER_SPACE = re.compile(r"^[\s,.;:–—-]+|[\s,.;:–—-]+$")
_NO_DAY = re.compile(r"^\W*(?:\d+|[^\W\d_]+)\W*$")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """
    Days that a text names, from `first_day` to `last_day` (both included; absent where no reference tells them).

    `start` and `end` are offsets into the text as given; `time` is a time of day as "HH:MM"; `hours` the length
    of a period ("the past 24 hours"); `year_stated` is False where the year was taken from the reference.
    """

    start: int
    end: int
    first_day: date | None
    last_day: date | None
    time: str | None
    kind: Kind
    hours: int | None = None
    year_stated: bool = True


def day(
    text: str, *, language: str | None = None, reference: date | None = None, day_first: bool | None = None
) -> date:
    """
    The one day that the text names.

    Args:
        text: a date and nothing else, such as "2023-10-17", "17 October 2023", "Oct. 7th" or "yesterday".
        language: a language code for words that are not English; None tries what dateparser knows.
        reference: the day from which a missing year, a weekday or "yesterday" is told.
        day_first: whether "10/11/2023" begins with the day; None refuses it where both readings are days.
    Raises:
        UnreadableDate: it names no day, or more than one; the message quotes it.

    >>> day("7 October 2023"), day("Oct. 7th", reference=date(2023, 10, 17))
    (datetime.date(2023, 10, 7), datetime.date(2023, 10, 7))
    """
    cleaned = _OUTER_SPACE.sub("", text)[:200]
    if _is_open(cleaned, day_first):
        raise UnreadableDate(f"{text[:80]!r} may be two days (day first or month first); write it as YYYY-MM-DD")
    for read in (_iso_day, _calendar_day, _relative_day):
        found = read(cleaned, reference, day_first)
        if found is not None:
            return found
    if not cleaned or _NO_DAY.match(cleaned) or not any(letter.isdigit() for letter in cleaned):
        raise UnreadableDate(f"{text[:80]!r} names no day; write it as YYYY-MM-DD")
    return _parsed(cleaned, language, reference, day_first)


def _is_open(text: str, day_first: bool | None) -> bool:
    found = _TWO_READINGS.fullmatch(text)
    return (
        day_first is None and found is not None and int(found[1]) <= 12 and int(found[2]) <= 12 and found[1] != found[2]
    )


def _iso_day(text: str, _reference: date | None, _day_first: bool | None) -> date | None:
    if not _ISO.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _calendar_day(text: str, reference: date | None, day_first: bool | None) -> date | None:
    found = _CALENDAR.fullmatch(text)
    return None if found is None else _calendar(found, reference, day_first)


def _relative_day(text: str, reference: date | None, _day_first: bool | None) -> date | None:
    found = _RELATIVE.fullmatch(text)
    if found is None or reference is None:
        return None
    return _told_from(found, reference)


@lru_cache(maxsize=2048)
def _parsed(text: str, language: str | None, reference: date | None, day_first: bool | None) -> date:
    """Ask dateparser, which is imported only here, and take nothing but a whole day."""
    from dateparser.date import DateDataParser

    orders = {True: "DMY", False: "MDY", None: None}
    settings: dict[str, object] = {"REQUIRE_PARTS": ["day", "month"], "RETURN_AS_TIMEZONE_AWARE": False}
    if reference is not None:
        settings["RELATIVE_BASE"] = datetime.combine(reference, time())
        settings["PREFER_DATES_FROM"] = "past"
    else:
        settings["REQUIRE_PARTS"] = ["day", "month", "year"]
    if orders[day_first]:
        settings["DATE_ORDER"] = orders[day_first]
    try:
        parser = DateDataParser(languages=[language] if language else None, settings=settings)
        found = parser.get_date_data(text)
    except (ValueError, OverflowError, TypeError, RecursionError) as error:
        raise UnreadableDate(f"{text[:80]!r} names no day; write it as YYYY-MM-DD") from error
    if found.date_obj is None or found.period not in ("day", "time"):
        raise UnreadableDate(f"{text[:80]!r} names no day; write it as YYYY-MM-DD")
    return found.date_obj.date()


def _calendar(found: re.Match[str], reference: date | None, day_first: bool | None = None) -> date | None:
    """The day of a matched calendar date; None where it does not exist or stays open."""
    if found["iso"]:
        return _date(int(found["iso"][:4]), int(found["iso"][5:7]), int(found["iso"][8:10]))
    if found["numeric"]:
        return _numeric(found["numeric"], day_first)
    number = 1 if found["month1"] else 2
    month = _MONTHS[found[f"month{number}"].lower().rstrip(".")]
    day_of_month = int(found[f"day{number}"])
    if found[f"year{number}"]:
        return _date(int(found[f"year{number}"]), month, day_of_month)
    return None if reference is None else _nearest_past(month, day_of_month, reference)


def _numeric(text: str, day_first: bool | None) -> date | None:
    """As in "12.10.2026" is day first, "12/10/2026" only as told or where one reading is no date."""
    first, second, year = (int(part) for part in re.split(r"[./]", text))
    if "." in text:
        return _date(year, second, first)
    if day_first is not None:
        return _date(year, second, first) if day_first else _date(year, first, second)
    readings = {_date(year, second, first), _date(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _nearest_past(month: int, day_of_month: int, reference: date) -> date | None:
    """The last such day up to a week after the reference: news announces little further ahead."""
    found = _date(reference.year, month, day_of_month)
    if found is None or found > reference + timedelta(days=7):
        return _date(reference.year - 1, month, day_of_month) or found
    return found


def _date(year: int, month: int, day_of_month: int) -> date | None:
    if not (1 <= month <= 12 and 1 <= year <= 9999) or not 1 <= day_of_month <= monthrange(year, month)[1]:
        return None
    return date(year, month, day_of_month)


def _told_from(found: re.Match[str], reference: date) -> date:
    word = (found["word"] or "").lower()
    if word:
        return reference - timedelta(days=word in ("yesterday", "last night"))
    back = (reference.weekday() - _WEEKDAYS[found["weekday"].lower()]) % 7
    if back == 0 and (found["last"] or "").lower() == "last":
        back = 7
    return reference - timedelta(days=back)


def find_dates(text: str, *, reference: date | None, language: str = "en") -> list[DateSpan]:
    """
    The days and periods that a text names, in order, never overlapping.

    Args:
        text: any text; spans are offsets into it in code points.
        reference: the publication day, from which missing years, weekdays and "today" are told; None leaves
            them absent.
        language: only "en" is read; any other gives nothing.

    >>> [(s.kind, str(s.first_day)) for s in find_dates("since 7 October", reference=date(2023, 10, 17))]
    [('since', '2023-10-07')]
    """
    if language.partition("-")[0] != "en":
        return []
    lower = text.lower()
    spans: list[DateSpan] = []
    if _DIGIT.search(text):
        spans += _found(_CALENDAR, text, reference, _calendar_span)
    if any(word in lower for word in _IN_PERIODS):
        spans += _found(_PERIOD, text, reference, _period_span)
    if any(word in lower for word in _IN_RELATIVES):
        spans += _found(_RELATIVE, text, reference, _relative_span)
    if "year" in lower:
        spans += _found(_THIS_YEAR, text, reference, _this_year_span)
    if "first" in lower:
        spans += _found(_FIRST_OF_ALL, text, None, _period_span)
    if any(f" {month}" in lower for month in _LONG_MONTHS):
        spans += _found(_MONTH_LONG, text, reference, _month_span)
    if ":" in text or ("m" in lower and _DIGIT.search(text)):
        spans += _found(_CLOCK, text, reference, _clock_span)
    return _apart(spans)


_Make = Callable[[str, re.Match[str], date | None], DateSpan | None]


def _found(pattern: re.Pattern[str], text: str, reference: date | None, make: _Make) -> list[DateSpan]:
    made = (make(text, found, reference) for found in pattern.finditer(text))
    return [span for span in made if span is not None]


def _apart(spans: list[DateSpan]) -> list[DateSpan]:
    kept: list[DateSpan] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _role(text: str, start: int, usual: Kind) -> Kind:
    """Whether the words before a day make it the start ("since") or the end ("as of") of a count."""
    before = text[max(0, start - _LOOK_BACK) : start]
    if _SINCE.search(before):
        return "since"
    return "as_of" if _AS_OF.search(before) else usual


def _calendar_span(text: str, found: re.Match[str], reference: date | None) -> DateSpan | None:
    named = _calendar(found, reference)
    stated = bool(found["iso"] or found["numeric"] or found["year1"] or found["year2"])
    if (
        (named is None and stated and not found["numeric"])
        or found["month1"] == "may"
        or found["month2"] in ("may", "march")
    ):
        return None
    role = _role(text, found.start(), "absolute")
    return DateSpan(found.start(), found.end(), named, named, found["clock"], role, year_stated=stated)


def _relative_span(text: str, found: re.Match[str], reference: date | None) -> DateSpan:
    named = None if reference is None else _told_from(found, reference)
    lead = (found["last"] or "").lower()
    role: Kind = "relative"
    if found["weekday"]:
        role = {"since": "since", "by": "as_of", "as of": "as_of"}.get(lead) or _role(text, found.start(), "relative")  # type: ignore[assignment]
    return DateSpan(found.start(), found.end(), named, named, None, role, year_stated=False)


def _period_span(_text: str, found: re.Match[str], reference: date | None) -> DateSpan | None:
    count = (found["count"] or "").lower()
    number = int(count) if count.isdigit() else _COUNTS.get(count)
    if not number:
        return None
    hours = number * _LENGTHS[found["length"].lower()]
    first = None if reference is None else reference - timedelta(days=max(1, -(-hours // 24)))
    return DateSpan(found.start(), found.end(), first, reference, None, "period", hours=hours, year_stated=False)


def _this_year_span(_text: str, found: re.Match[str], reference: date | None) -> DateSpan | None:
    if reference is None:
        return None
    first = date(reference.year, 1, 1)
    return DateSpan(found.start(), found.end(), first, first, None, "since")


def _month_span(_text: str, found: re.Match[str], reference: date | None) -> DateSpan | None:
    """A month as a whole: of the year that is named, else the last such month that has begun."""
    month = _MONTHS[found["month"].lower()]
    if found["month"].islower() or (found["year"] is None and reference is None):
        return None
    year = int(found["year"]) if found["year"] else 0
    if reference is not None and not year:
        year = reference.year - (month > reference.month)
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    hours = 24 * last.day
    return DateSpan(
        found.start(), found.end(), first, last, None, "month", hours=hours, year_stated=bool(found["year"])
    )


def _clock_span(_text: str, found: re.Match[str], reference: date | None) -> DateSpan | None:
    hour = int(found["hour"] or found["hour12"])
    if hour > (12 if found["half"] else 23):
        return None
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"].lower() == "p")
    clock = f"{hour:02d}:{found['minute'] or found['minute12'] or '00'}"
    return DateSpan(found.start(), found.end(), reference, reference, clock, "as_of", year_stated=False)
