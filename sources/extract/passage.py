"""One sentence with everything that the later rooms ask of it: tokens, counts, outcomes, voices, days, places."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sources.catalogue import Catalogue
from sources.dates import DateSpan, find_dates
from sources.extract.attribution import Voice, may_name_a_source, voices
from sources.extract.english.attribution import CLAUSE_BREAKS
from sources.extract.english.numbers import AGED, BEFORE_A_YEAR
from sources.extract.linking import Link, link
from sources.extract.numbers import Number, numbers
from sources.extract.outcomes import cues
from sources.extract.people import Groups, Phrase, phrase_after, share_of_next
from sources.extract.sentences import Sentence
from sources.extract.tokens import Token, tokens
from sources.places import Mention, Places

MOST_COUNTS = 100
"""Numbers of one sentence: more of them are a table or worse, and are not read as prose."""
TOO_MANY = f"one of more than {MOST_COUNTS} numbers in one sentence, which is not read as prose"
_DATELINE = re.compile(r"[A-Z][A-Z .'/-]{2,40}(?:,[^.()]{1,40})?(?:\([^()]{2,40}\))? ?[-–—]{1,2} ")
"""A place in capitals, then a day or an agency, then a dash."""


@dataclass(frozen=True, slots=True)
class Passage:
    """
    A sentence read.

    `links` are its counts with their outcomes, in order; `days` the spans of days in it; `places` the place
    names outside the names of sources; `groups` the words for nationalities; `passed` the numbers that count
    nobody by their place (a day, a year, an age, a name), and which of these each is.
    """

    sentence: Sentence
    tokens: Sequence[Token]
    links: Sequence[Link]
    voices: Sequence[Voice]
    days: Sequence[DateSpan]
    places: Sequence[Mention]
    groups: Mapping[int, Mention]
    passed: Sequence[tuple[Number, str]] = ()

    @property
    def breaks(self) -> list[int]:
        """The tokens at which another clause begins."""
        return [place for place, token in enumerate(self.tokens) if token.low in CLAUSE_BREAKS]

    def token_at(self, offset: int) -> int:
        """The place of the first token that begins at or after an offset."""
        return next((place for place, token in enumerate(self.tokens) if token.start >= offset), len(self.tokens))


def read_passage(
    plain: str, sentence: Sentence, *, published: date | None, catalogue: Catalogue, places: Places
) -> Passage:
    """
    Read one sentence of the plain text; offsets stay those of the text.

    Of a sentence without a count only its voices are read: it may name the source of the next.
    """
    found = tokens(plain, sentence.start, sentence.end)
    written = plain[sentence.start : sentence.end]
    counts = numbers(found)
    counted = frozenset(number.first for number in counts)
    sources: dict[int, int] = {}
    if counts or may_name_a_source(found):
        mentions = catalogue.mentions(written)
        sources = {mention.start + sentence.start: mention.end + sentence.start for mention in mentions}
    heard = voices(found, sources, counted)
    if len(counts) > MOST_COUNTS:
        return Passage(sentence, found, (), heard, (), (), {}, [(number, TOO_MANY) for number in counts])
    if not counts:
        return Passage(sentence, found, (), heard, (), (), {})
    days = _shifted(find_dates(written, reference=published), sentence.start)
    named = [_moved(mention, sentence.start) for mention in places.mentions(written)]
    groups = {mention.start: mention for mention in named if mention.kind == "group"}
    by_place = {at: (mention.end, mention.names[0]) for at, mention in groups.items()}
    phrases, passed = _phrases(found, counts, by_place, days, heard)
    return Passage(
        sentence,
        found,
        link(found, phrases, cues(found, counted)),
        heard,
        _past_dateline(days, sentence.start, written),
        [mention for mention in named if mention.kind == "place" and not _inside(mention, sources)],
        groups,
        passed,
    )


def _past_dateline(spans: Sequence[DateSpan], start: int, written: str) -> Sequence[DateSpan]:
    """The days of a sentence without that of its dateline ("TARVO, March 4 (Agency) - ...")."""
    dateline = _DATELINE.match(written)
    return [span for span in spans if span.end > start + dateline.end()] if dateline else spans


def _shifted(spans: Sequence[DateSpan], by: int) -> list[DateSpan]:
    return [replace(span, start=span.start + by, end=span.end + by) for span in spans]


def _moved(mention: Mention, by: int) -> Mention:
    return Mention(mention.start + by, mention.end + by, mention.kind, mention.names, mention.places)


def _inside(mention: Mention, sources: Mapping[int, int]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in sources.items())


def _phrases(
    found: Sequence[Token], counts: Sequence[Number], groups: Groups, days: Sequence[DateSpan], heard: Sequence[Voice]
) -> tuple[list[Phrase], list[tuple[Number, str]]]:
    """The counts with their noun phrases; and the numbers of dates, years, ages and names, each with what it is."""
    kept: list[Phrase] = []
    passed: list[tuple[Number, str]] = []
    for number in counts:
        phrase = phrase_after(found, number, groups)
        what = _what_else(found, phrase, days, heard)
        if what is None:
            kept.append(phrase)
        else:
            passed.append((number, what))
    kept = [
        phrase for index, phrase in enumerate(kept) if not phrase.number.article or _is_first_of_two(found, kept, index)
    ]
    for index in range(len(kept) - 1):
        if kept[index].number.percent:
            kept[index] = share_of_next(found, kept[index], kept[index + 1], groups)
    return kept, passed


def _is_first_of_two(found: Sequence[Token], phrases: Sequence[Phrase], index: int) -> bool:
    """Whether "a soldier" is counted by "another" as the next count of its sentence."""
    if phrases[index].people is not True or phrases[index].outcome is not None:
        return False
    for following in phrases[index + 1 :]:
        if following.number.article and following.people is not True:
            continue
        is_one = following.number.value == 1 and found[following.number.first - 1].low == "another"
        return following.number.one_more or is_one
    return False


def _is_listed_age(found: Sequence[Token], phrase: Phrase) -> bool:
    """As in "aged 24, 31 and 47": a number in the list that the word begins."""
    place = phrase.number.first
    while place and (found[place - 1].kind == "number" or found[place - 1].low in (",", "and")):
        place -= 1
    return place > 0 and found[place - 1].low in AGED and (phrase.headless or place == phrase.number.first)


def _what_else(found: Sequence[Token], phrase: Phrase, days: Sequence[DateSpan], heard: Sequence[Voice]) -> str | None:
    """What a number is that counts nobody where it stands; None where it may count people."""
    if _is_of_a_day(found, phrase, days):
        return "part of a date or of a stretch of time"
    if _is_year(found, phrase):
        return "a year"
    if _is_listed_age(found, phrase):
        return "an age"
    if _is_age(found, phrase):
        return "an age beside a name"
    if any(voice.source.first <= phrase.number.first < voice.source.after for voice in heard):
        return "part of the name of a source"
    return None


def _is_of_a_day(found: Sequence[Token], phrase: Phrase, days: Sequence[DateSpan]) -> bool:
    """Whether the number belongs to a date; "in March 12 people died" is read as a count."""
    start, end = found[phrase.number.bare].start, found[phrase.number.after - 1].end
    for span in days:
        if span.start < end and start < span.end:
            counts_people = phrase.people is True and not phrase.headless
            return not (span.end == end and not span.year_stated and counts_people)
    return False


def _is_year(found: Sequence[Token], phrase: Phrase) -> bool:
    """A plain number from 1800 to 2099 is a year where no noun for people follows or a month or "the" stands before."""
    first, bare = phrase.number.first, phrase.number.bare
    digits = found[bare].text
    if phrase.number.after - bare != 1 or not (digits.isdigit() and len(digits) == 4 and 1800 <= int(digits) <= 2099):
        return False
    if first != bare:
        return False
    before = found[first - 1].low if first else ""
    return phrase.people is not True or not before or before in BEFORE_A_YEAR


def _is_age(found: Sequence[Token], phrase: Phrase) -> bool:
    """As in "A. B., 34, was killed": a number alone between commas after a name is an age."""
    first, after = phrase.number.first, phrase.number.after
    if not phrase.headless or first == 0 or after >= len(found) or phrase.number.value > 120:
        return False
    before, following = found[first - 1].low, found[after].low
    named = first > 1 and found[first - 2].kind == "word" and found[first - 2].text[:1].isupper()
    return (before == "," and following in (",", ".", ")") and named) or (before == "(" and following == ")" and named)
