"""
Official bulletins in Arabic: items of a label and a number, or a number and a noun, under headings of time.

A heading ("Since the ceasefire (11 October):") holds for the items below it until the next one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from db.canonical import LARGEST_INTEGER
from db.records import Chain, Count, Definition, Evidence, Figure, Period
from db.vocabulary import Qualifier, Zone
from sources.extract.arabic import (
    AFTER,
    AND,
    BEFORE,
    BODIES,
    HOURS,
    MINISTRY,
    OUTCOMES,
    PARTS,
    PEOPLE,
    RUNNING,
    SINCE,
    THINGS,
    TWO,
    VAGUE,
    WHO,
    WITHIN,
)
from sources.extract.arabic.script import Token, day_at, forms, is_any, items, looked_up, month_after

_LONGEST_PHRASE = 5
_LONGEST_LABEL = 8
_CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Counted:
    """
    A count in an item, from token `first` up to token `after`, which hold all the words that say it.

    `whole` is the place of the count that it is a part of, among those of the item.
    """

    number: int
    first: int
    after: int
    words: tuple[int, int]
    outcome: str
    qualifier: Qualifier = "exact"
    facets: dict[str, str] = field(default_factory=dict)
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The time that a heading or an item names: since a day, or for some hours."""

    since: date | None = None
    is_running: bool = False
    hours: int | None = None
    doubts: tuple[str, ...] = ()


def bulletin_figures(
    text: str,
    *,
    published: date | None,
    publisher: str | None,
    chain: Chain,
    registers: bool,
    zone_at: Callable[[int], Zone],
) -> list[Figure]:
    """
    The figures of the Arabic items of a text, `part_of` as places in this list.

    Args:
        registers: whether the issuer is a health ministry, whose daily numbers are entries in its register.
        zone_at: the zone at an offset.
    """
    read = list(items(text))
    dateline = _dateline(read)
    made: list[Figure] = []
    heading = Span()
    for found in read:
        counts = _counts(found)
        own = _span(found, dateline or published)
        if not counts:
            heading = own or heading
            continue
        offset = len(made)
        for counted in counts:
            span = own or heading
            facts = _timing(found, span, registers=registers)
            as_of = dateline or published
            evidence = _evidence(text, found, counted, zone_at)
            made.append(
                Figure(
                    count=_count(text, found, counted),
                    definition=Definition.model_validate({"outcome": counted.outcome, **counted.facets, **facts}),
                    chain=chain,
                    evidence=evidence,
                    publisher=publisher,
                    published=published,
                    as_of=as_of,
                    as_of_basis=None if as_of is None else "stated" if dateline else "publication",
                    period=_period(span, as_of),
                    part_of=None if counted.whole is None else offset + counted.whole,
                    doubts=span.doubts if facts["tally"] == "cumulative" else (),
                    origin="extracted",
                )
            )
    return made


def is_of_health_ministry(text: str) -> bool:
    """Whether a text names a ministry of health in Arabic."""
    return MINISTRY in " ".join(token.word for found in items(text) for token in found)


def _dateline(read: Sequence[Sequence[Token]]) -> date | None:
    """The last day with its year in an item that counts nobody and is no baseline: the bulletin's own day."""
    found_day = None
    for found in read:
        if any(SINCE in forms(token.word) for token in found):
            continue
        for place in range(len(found)):
            day = day_at(found, place, before=None)
            found_day = day[0] if day is not None else found_day
    return found_day


def _span(found: Sequence[Token], before: date | None) -> Span | None:
    for place, token in enumerate(found):
        if SINCE in forms(token.word):
            days = (day_at(found, at, before=before) for at in range(place, len(found)))
            day = next((day for day in days if day is not None), None)
            if day is None:
                return Span(is_running=True)
            said = () if day[1] else (f"baseline_inferred: the text names no year; {day[0]} is the last such day",)
            return Span(since=day[0], is_running=True, doubts=said)
        if WITHIN in forms(token.word):
            hours = next(
                (
                    one.value
                    for one, following in zip(found[place:], found[place + 1 :], strict=False)
                    if one.value and is_any(HOURS, following.word)
                ),
                None,
            )
            if hours is not None and 0 < hours <= 1_000_000:
                return Span(hours=hours)
    return None


def _timing(found: Sequence[Token], span: Span, *, registers: bool) -> dict[str, object]:
    if span.hours is not None:
        by = {"counted_by": "registration"} if registers else {}
        return {"tally": "added" if registers else "period", "hours": span.hours, **by}
    if span.is_running or any(is_any(RUNNING, token.word) for token in found):
        return {"tally": "cumulative", "since": span.since}
    return {"tally": "unstated"}


def _period(span: Span, last_day: date | None) -> Period | None:
    if span.hours is None or last_day is None:
        return None
    return Period(from_day=last_day - timedelta(days=-(-span.hours // 24) - 1), to_day=last_day)


def _counts(found: Sequence[Token]) -> list[Counted]:
    """The counts of an item in order, parts tied to their wholes."""
    counts: list[Counted] = []
    for place, token in enumerate(found):
        counted = _counted_at(found, place, counts[-1] if counts else None)
        if counted is not None and token.value != 0:
            counts.append(replace(counted, whole=_whole(found, counted, counts)))
    return counts


def _counted_at(found: Sequence[Token], place: int, previous: Counted | None) -> Counted | None:
    token = found[place]
    dual = looked_up(TWO, token.word) if token.value is None else None
    if dual is not None and not _has_number_beside(found, place):
        return Counted(2, place, place + 1, (place, place + 1), dual)
    number = token.value if token.value is not None else looked_up(VAGUE, token.word)
    if number is None or number > LARGEST_INTEGER or month_after(found, place) is not None:
        return None
    if _is_year(found, place) or _is_thing(found, place):
        return None
    outcome, after, facets = _following(found, place)
    first, label = place, None
    if outcome is None:
        label = _label(found, place)
        if label is None and not (facets and previous is not None):
            return None
        outcome = label[1] if label is not None else previous.outcome if previous is not None else None
    if outcome is None:
        return None
    words_first, words_after, qualifier = _hedged(found, place)
    if token.value is None:
        qualifier = "vague"
    first = min(first, words_first, label[0] if label is not None else place)
    return Counted(number, first, max(after, words_after), (words_first, words_after), outcome, qualifier, facets)


def _is_year(found: Sequence[Token], place: int) -> bool:
    """Whether a number is the year of a day before it."""
    return any(
        month is not None and month[1] == place
        for month in (month_after(found, at) for at in range(max(0, place - 4), place))
    )


def _has_number_beside(found: Sequence[Token], place: int) -> bool:
    return place > 0 and found[place - 1].value is not None


def _is_thing(found: Sequence[Token], place: int) -> bool:
    following = found[place + 1].word if place + 1 < len(found) else ""
    return following == "%" or is_any(THINGS, following)


def _following(found: Sequence[Token], place: int) -> tuple[str | None, int, dict[str, str]]:
    """What the words after a number say: the outcome, the place after them, and who."""
    outcome: str | None = None
    facets: dict[str, str] = {}
    after = place + 1
    for at in range(place + 1, min(len(found), place + 1 + _LONGEST_PHRASE)):
        word = found[at].word
        told = looked_up(OUTCOMES, word)
        who = looked_up(WHO, word)
        if found[at].value is not None or (told is None and who is None and not is_any(PEOPLE, word)):
            break
        if told is not None and word.startswith(AND) and word not in OUTCOMES:
            break  # "and 30 were injured" begins another count
        if told is not None and is_any(BODIES, word):
            facets["basis"] = "bodies"
        outcome = outcome or told
        facets |= who or {}
        after = at + 1
    return outcome, after, facets


def _label(found: Sequence[Token], place: int) -> tuple[int, str] | None:
    """The outcome that stands before a number as its label or verb, and its place."""
    for at in range(place - 1, max(-1, place - 1 - _LONGEST_LABEL), -1):
        if found[at].value is not None and not _is_thing(found, at) and month_after(found, at) is None:
            return None
        told = looked_up(OUTCOMES, found[at].word)
        if told is not None:
            return at, told
    return None


def _hedged(found: Sequence[Token], place: int) -> tuple[int, int, Qualifier]:
    for words, qualifier in BEFORE.items():
        first = place - len(words)
        if first >= 0 and _says(found, first, words):
            return first, place + 1, qualifier
    for words, qualifier in AFTER.items():
        if _says(found, place + 1, words):
            return place, place + 1 + len(words), qualifier
    return place, place + 1, "exact"


def _says(found: Sequence[Token], first: int, words: tuple[str, ...]) -> bool:
    said = [token.word for token in found[first : first + len(words)]]
    return len(said) == len(words) and words[0] in forms(said[0]) and tuple(said[1:]) == words[1:]


def _whole(found: Sequence[Token], counted: Counted, counts: Sequence[Counted]) -> int | None:
    """In brackets, after "of them", or joined to a part: the last count before that is no part and is large enough."""
    if counts and counts[-1].whole is not None and found[max(0, counted.words[0] - 1)].word == AND:
        return counts[-1].whole
    before = [token.word for token in found[max(0, counted.first - 2) : counted.words[0]]]
    depth = sum({"(": 1, ")": -1}.get(token.word, 0) for token in found[: counted.words[0]])
    if depth <= 0 and not any(is_any(PARTS, word) for word in before):
        return None
    wholes = (at for at in reversed(range(len(counts))) if counts[at].whole is None)
    return next((at for at in wholes if _holds(counts[at], counted)), None)


def _holds(whole: Counted, part: Counted) -> bool:
    return whole.number >= part.number and whole.outcome == part.outcome


def _count(text: str, found: Sequence[Token], counted: Counted) -> Count:
    first, after = counted.words
    words, number = text[found[first].start : found[after - 1].end], counted.number
    low = number if counted.qualifier in ("exact", "at_least", "more_than", "vague") else None
    best = number if counted.qualifier not in ("less_than", "vague") else None
    high = number if counted.qualifier in ("exact", "less_than") else None
    return Count(low=low, best=best, high=high, qualifier=counted.qualifier, text=words)


def _evidence(text: str, found: Sequence[Token], counted: Counted, zone_at: Callable[[int], Zone]) -> Evidence:
    start, end = found[counted.first].start, found[counted.after - 1].end
    return Evidence(
        quote=text[start:end],
        start=start,
        end=end,
        prefix=text[max(0, start - _CONTEXT) : start],
        suffix=text[end : end + _CONTEXT],
        zone=zone_at(start),
    )
