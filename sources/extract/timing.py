"""
What stretch of time a count covers and up to which day it holds: tally, baseline, length, as-of.

A day belongs to the count right before it, else to the counts after it; a day beside "said" is the day of
the statement. Nothing is taken from one of these for another without a doubt.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from db.records import Period
from sources.dates import DateSpan
from sources.extract.english.circumstances import ADDING, MANY, ONE, RUNNING, WARS
from sources.extract.english.outcomes import HAVE
from sources.extract.grounds import Ground, Grounds, ground
from sources.extract.linking import Link
from sources.extract.outcomes import changes_value
from sources.extract.passage import Passage

_LONGEST_BASELINE = 9
_JOINED_BY = {"between": (["and"],), "from": (["to"], ["until"], ["through"], ["till"])}
"""Words before a day with those that may join it with the next."""
_DAYS_JOINED_BY = {"between": ("and",), "from": ("to", "until", "through")}
_NEWS_DAYS = 62
"""A date further back than this before publication is background, not current news."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The facets and dates of a count that speak of time, and the words of its sentence that gave them."""

    tally: str = "unstated"
    since: date | None = None
    until: date | None = None
    hours: int | None = None
    period: Period | None = None
    counted_by: str | None = None
    as_of: date | None = None
    as_of_time: str | None = None
    as_of_basis: str | None = None
    doubts: tuple[str, ...] = ()
    grounds: Grounds = ()


def timing(
    passage: Passage, counted: Link, *, published: date | None, registers: bool, around: Sequence[frozenset[str]]
) -> Timing:
    """
    The tally and dates of one count.

    Args:
        passage: the sentence.
        counted: one of its counts.
        published: the document's day; absent leaves as-of absent unless the text states it.
        registers: whether the issuer is a health ministry, whose daily numbers are entries in its register.
        around: lower-case words of the paragraph, then of the text's lead; asked only where the sentence does not say.
    """
    statement = [span for span in passage.days if _is_of_statement(passage, span)]
    days = [span for span in passage.days if span not in statement]
    days = [_with_first_day(passage, span) for span in _joined_days(passage, days)]
    spans = [_with_baseline(passage, span) for span in days if span.kind != "as_of"]
    span = _span_for(passage, counted, spans)
    known = _tally(passage, counted, span, registers=registers, around=around, published=published)
    stated = _stated(passage, counted, days)
    if known.tally == "unstated" and stated[0] is not None:
        known = Timing("cumulative", grounds=_told_by(stated[0], "tally"))  # "killed as of 6 May": a toll that runs on
    return _with_as_of(known, stated, statement, span, published, _tells_background(passage, published))


def _joined_days(passage: Passage, days: Sequence[DateSpan]) -> list[DateSpan]:
    """As in "between 7 October 2023 and 30 June 2024": a baseline, and the day up to which the count holds."""
    joined = list(days)
    for place, (first, last) in enumerate(pairwise(days)):
        begin, after, end = (passage.token_at(at) for at in (first.start, first.end, last.start))
        before = passage.tokens[begin - 1].low if begin else ""
        between = [token.low for token in passage.tokens[after:end]]
        if first.kind != "absolute" or last.kind != "absolute" or between not in _JOINED_BY.get(before, ()):
            continue
        if first.first_day is None or last.first_day is None or first.first_day >= last.first_day:
            continue
        joined[place] = replace(first, kind="since", start=passage.tokens[begin - 1].start)
        joined[place + 1] = replace(last, kind="as_of")
    return joined


def _with_first_day(passage: Passage, span: DateSpan) -> DateSpan:
    """As in "between 10 and 15 May": a stretch of days, whose first is told by its number alone."""
    first = passage.token_at(span.start)
    if span.kind != "absolute" or span.last_day is None or first < 3:
        return span
    opening, number, joint = passage.tokens[first - 3 : first]
    is_day = number.low.isdecimal() and number.low.isascii() and len(number.low) <= 2
    if (
        joint.low not in _DAYS_JOINED_BY.get(opening.low, ())
        or not is_day
        or not 0 < int(number.low) < span.last_day.day
    ):
        return span
    begins = span.last_day.replace(day=int(number.low))
    hours = 24 * ((span.last_day - begins).days + 1)
    return replace(span, kind="period", start=opening.start, first_day=begins, hours=hours)


def _with_baseline(passage: Passage, span: DateSpan) -> DateSpan:
    """As in "since the war began on 7 October": a day or month in the words that "since" begins is a baseline."""
    if span.kind not in ("absolute", "relative", "month"):
        return span
    first = passage.token_at(span.start)
    for place in range(first - 1, max(-1, first - _LONGEST_BASELINE), -1):
        token = passage.tokens[place]
        if token.low == "since":
            start, is_day = passage.tokens[place].start, span.kind != "month"
            return replace(span, kind="since", start=start, first_day=span.first_day if is_day else None)
        if token.kind not in ("word", "other") or token.low in ("and", "that", "when"):
            return span
    return span


def _told_by(span: DateSpan, *fields: str) -> Grounds:
    return tuple(Ground(field, span.start, span.end) for field in fields)


def _told_by_outcome(passage: Passage, counted: Link) -> Grounds:
    return ground("tally", passage.tokens, counted.cue.first, counted.cue.after) if counted.cue is not None else ()


def _told_by_words(passage: Passage, words: Set[str]) -> Grounds:
    """The words of a sentence that tell an incident from a running toll."""
    return tuple(Ground("tally", token.start, token.end) for token in passage.tokens if token.low in words)


def _is_of_statement(passage: Passage, span: DateSpan) -> bool:
    """As in "The ministry said on Monday": a day right after or right before a verb of speech."""
    if span.kind not in ("absolute", "relative"):
        return False
    first, after = passage.token_at(span.start), passage.token_at(span.end)
    verbs = [voice.place for voice in passage.voices if voice.role == "said"]
    joined = after < len(passage.tokens) and passage.tokens[after].low == "and"
    return any(
        (0 < first - verb <= 6 and _nothing_counted(passage, verb, first)) or (0 <= verb - after <= 1 and not joined)
        for verb in verbs
    )


def _nothing_counted(passage: Passage, first: int, after: int) -> bool:
    marks = {token.low for token in passage.tokens[first:after]} & ({",", "that", ":"} | MANY | ONE)
    return not marks and not any(first < link.phrase.number.first < after for link in passage.links)


def _span_for(passage: Passage, counted: Link, spans: Sequence[DateSpan]) -> DateSpan | None:
    """The span right after the count, else the nearest before it, else one further on."""
    number = passage.tokens[counted.phrase.number.first].start
    others = [passage.tokens[link.phrase.number.first].start for link in passage.links if link.outcome]
    following = [span for span in spans if span.start > number and not _toll_between(passage, number, span.start)]
    before = [span for span in spans if span.end <= number and not _toll_between(passage, span.end, number)]
    if before and following and _has_own(passage, before[-1], number, following[0]):
        return before[-1]
    if following and not any(number < other < following[0].start for other in others):
        return following[0]
    if before:
        return before[-1]
    return following[0] if following else None


def _has_own(passage: Passage, before: DateSpan, number: int, following: DateSpan) -> bool:
    """As in "On 3 March 12 died in A, and on 5 March seven in B": each count has the day before it."""
    between = [token.low for token in passage.tokens if number < token.start < following.start]
    counted = any(
        before.end <= passage.tokens[link.phrase.number.first].start < number for link in passage.links if link.outcome
    )
    return not counted and bool({"and", ";", "while", "but"} & set(between[-3:]))


def _toll_between(passage: Passage, start: int, end: int) -> bool:
    return any(
        start < token.start < end and token.low in ("toll", "total", "bringing", ";") for token in passage.tokens
    )


def _tally(
    passage: Passage,
    counted: Link,
    span: DateSpan | None,
    *,
    registers: bool,
    around: Sequence[frozenset[str]],
    published: date | None,
) -> Timing:
    words = {token.low for token in passage.tokens}
    if counted.outcome in ("missing", "held"):
        return Timing("stock", grounds=_told_by_outcome(passage, counted))
    if span is not None and span.kind == "since" and not _is_beside_toll(passage, counted):
        return _since(span)
    if span is not None and span.kind == "month" and not words & ONE:
        return _period(span, registers=False)
    if span is not None and span.kind == "period":
        return _period(span, registers=registers and "died" not in words)
    if _is_toll(counted) or (words & RUNNING and not _is_beside_toll(passage, counted)):
        runs = changes_value(passage.tokens, 0, len(passage.tokens)) or not words & ONE
        told = _told_by_outcome(passage, counted) if _is_toll(counted) else _told_by_words(passage, RUNNING)
        return Timing("cumulative", grounds=told) if runs else Timing("incident", grounds=_told_by_words(passage, ONE))
    if "since" in words and not _is_beside_toll(passage, counted) and not _tells_background(passage, published):
        return Timing("cumulative", grounds=_told_by_words(passage, {"since"}))
    if _tells_background(passage, published) and words & WARS:
        return Timing("period", grounds=_told_by_words(passage, WARS))
    if span is not None and span.kind in ("absolute", "relative", "month") and span.first_day:
        told = _told_by(span, "tally", "since", "until")
        return Timing("incident", since=span.first_day, until=span.last_day, grounds=told)
    if _is_beside_toll(passage, counted):
        return Timing("incident")
    return _told_around(passage, counted, (words, *around), has_span=span is not None)


def _told_around(passage: Passage, counted: Link, around: Sequence[Set[str]], *, has_span: bool) -> Timing:
    """One attack or disaster, or what goes on over time, by the words of the sentence, then of the text's lead."""
    for heard in around:
        if heard & ONE or has_span:
            return Timing("incident", grounds=_told_by_words(passage, heard & ONE))
        if heard & (MANY | WARS):
            return Timing("cumulative", grounds=_told_by_words(passage, heard & (MANY | WARS)))
    happened = counted.cue is not None and counted.cue.side != "state" and not {t.low for t in passage.tokens} & HAVE
    return Timing("incident" if happened and passage.places else "unstated")


def _is_beside_toll(passage: Passage, counted: Link) -> bool:
    """As in "12 bodies were recovered on Monday, bringing the toll to 58": the 12 are no running total."""
    first = counted.phrase.number.first
    tolls = [other.phrase.number.first for other in passage.links if _is_toll(other)]
    return any(token.low in ADDING for toll in tolls for token in passage.tokens[first:toll])


def _is_toll(counted: Link) -> bool:
    return counted.cue is not None and counted.cue.side == "toll"


def _since(span: DateSpan) -> Timing:
    doubts: tuple[str, ...] = ()
    if span.first_day is not None and not span.year_stated:
        day = span.first_day.isoformat()
        doubts = (f"baseline_inferred: the text names no year; {day} is the last such day before publication",)
    return Timing("cumulative", since=span.first_day, doubts=doubts, grounds=_told_by(span, "tally", "since"))


def _period(span: DateSpan, *, registers: bool) -> Timing:
    period = Period(from_day=span.first_day, to_day=span.last_day) if span.first_day and span.last_day else None
    told = _told_by(span, "tally", "hours", "period")
    if registers:
        return Timing("added", hours=span.hours, period=period, counted_by="registration", grounds=told)
    return Timing("period", hours=span.hours, period=period, grounds=told)


def _stated(passage: Passage, counted: Link, days: Sequence[DateSpan]) -> tuple[DateSpan | None, str | None]:
    """The day and the time of day that "as of" or "by" states for the count."""
    stated = [span for span in days if span.kind == "as_of"]
    if not stated:
        return None, None
    clock = next((span.time for span in stated if span.time), None)
    dated = [span for span in stated if span.time is None] or stated
    chosen = _span_for(passage, counted, dated)
    return (chosen if chosen and chosen.first_day else None), clock


def _tells_background(passage: Passage, published: date | None) -> bool:
    """Whether the sentence speaks of an earlier year or of days long before publication."""
    if published is None:
        return False
    old = published - timedelta(days=_NEWS_DAYS)
    if any(
        span.kind == "absolute" and span.year_stated and span.first_day and span.first_day < old
        for span in passage.days
    ):
        return True
    return any(
        1800 <= int(token.text) < published.year and not _begins_count(passage, place)
        for place, token in enumerate(passage.tokens)
        if token.kind == "number" and len(token.text) == 4 and token.text.isdigit()
    )


def _begins_count(passage: Passage, place: int) -> bool:
    """Whether a year is a baseline ("since February 2022") or part of a day that is."""
    before = {token.low for token in passage.tokens[max(0, place - 4) : place]}
    after = [token.low for token in passage.tokens[place + 1 : place + 3]]
    return bool(before & {"since", "from", "starting"}) and after != [",", "when"]


def _with_as_of(
    known: Timing,
    stated: tuple[DateSpan | None, str | None],
    statement: Sequence[DateSpan],
    span: DateSpan | None,
    published: date | None,
    background: bool,
) -> Timing:
    span_stated, clock = stated
    if span_stated is not None:
        told = (*known.grounds, *_told_by(span_stated, "as_of"))
        return replace(known, as_of=span_stated.first_day, as_of_time=clock, as_of_basis="stated", grounds=told)
    if statement and statement[0].first_day is not None:
        told = (*known.grounds, *_told_by(statement[0], "as_of"))
        return replace(known, as_of=statement[0].first_day, as_of_basis="statement", grounds=told)
    is_old = background and not (span is not None and span.kind == "since")
    if published is None or is_old:
        return known
    return replace(known, as_of=published, as_of_basis="publication")
