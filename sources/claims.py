"""
What the words of a claim say, beyond the figures that any text reports.

A claim is short and stands alone: "were killed in Gaza by 5 November" is a toll up to that day, not an incident; a
single day named beside the number is the day up to which it counts; "exactly" and "only" leave no room for rounding.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from db.records import Figure, Period
from sources.catalogue import Catalogue
from sources.dates import find_dates
from sources.extract import extract
from sources.extract.sentences import sentences

_STRICT = re.compile(r"\b(?:exactly|precisely|only)\s+(?:the\s+)?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:between|from)\s(?:the\s)?$", re.IGNORECASE)
_NUMBER = re.compile(r"\d|\b(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.IGNORECASE)
_BEFORE = 40
_RECENT = timedelta(days=60)
"""So long a claim about a day may leave its year out."""
_MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_BY_MONTH = re.compile(
    rf"\b(?:by|as of|until|up to|through)\s(?:the\send\sof\s|late\s)?(?P<month>{'|'.join(_MONTHS)}),?\s"
    r"(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_LAST = re.compile(r"\b(?:by|as of|until)\s(?:the end of\s)?last\s(?P<length>week|month|year)\b", re.IGNORECASE)
_YEAR_END = re.compile(r"\b(?:by|as of|until)\s(?:the\s)?end\sof\s(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ClaimedFigure:
    """
    One number of a claim.

    Attributes:
        figure: as extracted, a toll read as what a claim means by it.
        text: the sentence that it stands in.
        until: the day up to which the words say that it counts; None where they do not.
        is_strict: "exactly", "only".
        notes: how words were read that might be read otherwise.
    """

    figure: Figure
    text: str
    until: date | None
    is_strict: bool
    notes: tuple[str, ...] = ()


def claimed_figures(
    text: str, *, made_on: date | None, catalogue: Catalogue, publisher: str | None = None
) -> list[ClaimedFigure]:
    """The numbers that a text claims, in its order; days without a year are told from the day it was made."""
    found = extract(text, published=made_on, publisher=publisher, catalogue=catalogue)
    spans = [(sentence.start, sentence.end) for sentence in sentences(text, every=True)]
    return [_claimed(figure, text, _sentence(figure, spans, len(text)), made_on) for figure in found]


def _sentence(figure: Figure, spans: list[tuple[int, int]], length: int) -> tuple[int, int]:
    start = figure.evidence.start or 0
    return next(((first, after) for first, after in spans if first <= start < after), (0, length))


def _claimed(figure: Figure, text: str, span: tuple[int, int], made_on: date | None) -> ClaimedFigure:
    sentence = text[span[0] : span[1]]
    figure = _without_guessed_year(_of_named_days(figure, sentence, made_on), sentence, made_on)
    until, note = _until(figure, sentence, made_on)
    definition = figure.definition
    if definition.tally == "period" and until is not None and _LAST.search(sentence):
        # "As of last week" names a day, not a length.
        definition = definition.changed(tally="cumulative", hours=None)
        figure = figure.model_copy(update={"period": None})
    if definition.tally == "incident" and definition.since is None and definition.until is None:
        definition = definition.changed(tally="unstated" if until is None else "cumulative")
    elif definition.tally == "unstated" and until is not None:
        definition = definition.changed(tally="cumulative")
    return ClaimedFigure(
        figure=figure.model_copy(update={"definition": definition, "published": made_on}),
        text=" ".join(sentence.split()),
        until=until,
        is_strict=_is_strict(figure, text),
        notes=(note,) if note else (),
    )


def _of_named_days(figure: Figure, sentence: str, made_on: date | None) -> Figure:
    """As in "between 1 May and 8 May": a count of those days, not a toll up to the last."""
    if figure.period is not None or figure.definition.tally not in ("incident", "unstated", "cumulative"):
        return figure
    days = [span for span in find_dates(sentence, reference=made_on) if span.first_day == span.last_day]
    for first, last in pairwise(days):
        before, between = sentence[: first.start], sentence[first.end : last.start]
        joined = _FROM.search(before) and between.strip().lower() in ("and", "to", "until", "and the")
        if joined and first.first_day is not None and last.last_day is not None and first.first_day <= last.last_day:
            hours = 24 * ((last.last_day - first.first_day).days + 1)
            definition = figure.definition.changed(tally="period", since=None, until=None, hours=hours)
            period = Period(from_day=first.first_day, to_day=last.last_day)
            ended = {"as_of": last.last_day, "as_of_basis": "stated"}
            return figure.model_copy(update={"definition": definition, "period": period, **ended})
    return figure


def _without_guessed_year(figure: Figure, sentence: str, made_on: date | None) -> Figure:
    """A day without a year ("since October 7") may be of any: no baseline, and no day long ago, is taken from it."""
    definition = figure.definition
    if definition.since is None:
        return figure
    stated = any(
        span.first_day == definition.since and span.year_stated for span in find_dates(sentence, reference=made_on)
    )
    is_recent = definition.tally == "incident" and made_on is not None and made_on - definition.since <= _RECENT
    if stated or is_recent:
        return figure
    return figure.model_copy(update={"definition": definition.changed(since=None, until=None)})


def _is_strict(figure: Figure, text: str) -> bool:
    if figure.count is None or figure.count.qualifier != "exact":
        return False
    start = (figure.evidence.start or 0) + max(figure.evidence.quote.find(figure.count.text), 0)
    # The words of the number may begin with the hedge itself ("exactly 1,400").
    number = _NUMBER.search(figure.count.text)
    start += number.start() if number else 0
    return bool(_STRICT.search(text[max(start - _BEFORE, 0) : start]))


def _until(figure: Figure, sentence: str, made_on: date | None) -> tuple[date | None, str | None]:
    """The day that the words state; else the one day that they name."""
    if figure.as_of is not None and figure.as_of_basis in ("stated", "statement"):
        return figure.as_of, None
    for day, note in _stated_otherwise(sentence, made_on):
        return day, note
    if figure.as_of is not None and figure.as_of_basis == "inferred":
        return figure.as_of, None
    if figure.definition.since is not None and figure.definition.tally == "incident":
        return None, None
    named = [
        span.first_day
        for span in find_dates(sentence, reference=made_on)
        if span.kind in ("absolute", "as_of") and span.first_day == span.last_day
    ]
    only = set(named) - {figure.definition.since}
    return (only.pop(), None) if len(only) == 1 else (None, None)


def _stated_otherwise(sentence: str, made_on: date | None) -> Iterator[tuple[date, str | None]]:
    if found := _BY_MONTH.search(sentence):
        year, month = int(found["year"]), _MONTHS.index(found["month"].lower()) + 1
        yield date(year, month, monthrange(year, month)[1]), f"“{found[0]}” was read as the last day of that month"
    if found := _YEAR_END.search(sentence):
        yield date(int(found["year"]), 12, 31), None
    if made_on is not None and (found := _LAST.search(sentence)):
        day = _end_of_last(found["length"].lower(), made_on)
        yield day, f"“{found[0]}” was read as {day.isoformat()}, the last day before the one that {made_on} is in"


def _end_of_last(length: str, made_on: date) -> date:
    if length == "week":
        return made_on - timedelta(days=made_on.weekday() + 1)
    if length == "month":
        return made_on.replace(day=1) - timedelta(days=1)
    return date(made_on.year - 1, 12, 31)
