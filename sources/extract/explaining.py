"""Why a text gave the figures it gave: the words behind each field, and for every other number why it is none."""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from db.records import Figure
from sources.extract.attribution import Attribution
from sources.extract.circumstances import Circumstances
from sources.extract.grounds import Ground, Grounds, ground
from sources.extract.linking import Link
from sources.extract.numbers import NO_COUNTS, Number
from sources.extract.passage import Passage
from sources.extract.timing import Timing
from sources.extract.tokens import Token

_DIGITS_OF = (
    (re.compile(r"[$€£¥₪₹]"), "a sum of money"),
    (re.compile(r"https?:|www\."), "part of an address on the web"),
    (re.compile(r"\d-year"), "an age"),
    (re.compile(r"\d:\d\d|[ap]\.?m\b"), "a time of day"),
    (re.compile(r"\d+(?:st|nd|rd|th|s)\Z"), "a place in an order, or a decade"),
    (re.compile(r"\d[-./]\d"), "a date or a fraction"),
)
"""What digits that count nothing are, by their form; the first that fits."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A number of the text that is no figure, from offset `start` to `end` in code points, and why."""

    words: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Explained:
    """
    The figures of a text with their grounds.

    `grounds` has an entry a figure, in the same order; a field without an entry of its own was not said in the
    words of the sentence (the as-of of a text that only has a publication day, say).
    """

    figures: Sequence[Figure]
    grounds: Sequence[Grounds]
    rejected: Sequence[Rejected]


@dataclass(slots=True)
class Trace:
    """What was taken from each sentence while a text is read; kept only where somebody asks."""

    text: str
    grounds: list[Grounds] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def took(
        self,
        passage: Passage,
        counted: Link,
        *,
        said: Attribution,
        around: Circumstances,
        when: Timing,
        modal: frozenset[str],
        whole: Figure | None,
    ) -> None:
        """Note which words gave the fields of the next figure."""
        grounds = (
            *_of_count(passage.tokens, counted),
            *_of_population(passage, counted),
            *around.grounds,
            *when.grounds,
            *(told for link in said.links for told in ground("attribution", passage.tokens, link.first, link.after)),
            *(Ground("modality", token.start, token.end) for token in passage.tokens if token.low in modal),
            *_of_whole(whole),
        )
        self.grounds.append(tuple(dict.fromkeys(grounds)))

    def took_item(self, figures: Iterable[Figure]) -> None:
        """Note that figures come from the items of a bulletin, whose quote holds all that was read."""
        for figure in figures:
            start, end = figure.evidence.start or 0, figure.evidence.end or 0
            self.grounds.append((Ground("count", start, end), Ground("outcome", start, end)))

    def refused(self, passage: Passage, counted: Link, why: str | None = None) -> None:
        """Note a number that was read as a count and gave no figure."""
        self._reject(passage.tokens, counted.phrase.number, why or _why_refused(passage.tokens, counted))

    def passed(self, passage: Passage) -> None:
        """Note the numbers of a sentence that were no candidates: of days, names, money, measures."""
        for number, why in passage.passed:
            self._reject(passage.tokens, number, why)
        counted = [(link.phrase.number.first, link.phrase.number.after) for link in passage.links]
        counted += [(number.first, number.after) for number, _ in passage.passed]
        taken = {place for first, after in counted for place in range(first, after)}
        for place, token in enumerate(passage.tokens):
            no_count = _why_no_count(token) if place not in taken else None
            if no_count is not None:
                self.rejected.append(Rejected(token.text, token.start, token.end, no_count))

    def explained(self, figures: Sequence[Figure], order: Sequence[int]) -> Explained:
        """All that was noted; `order` gives for each figure the place at which it was made."""
        counted = sorted({(one.start, one.end) for one in self.grounds_of("count")})
        rejected = [one for one in self.rejected if not _lies_within(one, counted)]
        return Explained(
            figures, [self.grounds[place] for place in order], sorted(rejected, key=lambda one: (one.start, one.end))
        )

    def grounds_of(self, name: str) -> Iterator[Ground]:
        """The words that gave one field, of all figures."""
        return (one for grounds in self.grounds for one in grounds if one.field == name)

    def _reject(self, found: Sequence[Token], number: Number, why: str) -> None:
        start, end = found[number.first].start, found[number.after - 1].end
        self.rejected.append(Rejected(self.text[start:end], start, end, why))


def _lies_within(one: Rejected, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of these spans, sorted and apart, holds it."""
    place = bisect_right(spans, (one.start, sys.maxsize)) - 1
    return place >= 0 and one.end <= spans[place][1]


def _of_count(found: Sequence[Token], counted: Link) -> Iterator[Ground]:
    number, cue = counted.phrase.number, counted.cue
    yield from ground("count", found, number.bare, number.after)
    if number.qualifier != "exact":
        yield from ground("qualifier", found, number.first, number.after)
    if cue is not None:
        yield from ground("outcome", found, cue.first, cue.after)
    elif counted.phrase.outcome or counted.phrase.whole:
        yield from ground("outcome", found, number.after, counted.phrase.after)


def _of_population(passage: Passage, counted: Link) -> Iterator[Ground]:
    """Who was counted: the group's own word, and for the other facets the noun phrase."""
    found, number = passage.tokens, counted.phrase.number
    for name in counted.phrase.facets:
        words = [place for place in range(number.after, counted.phrase.after) if found[place].start in passage.groups]
        if name == "group" and words:
            yield from ground(name, found, words[0])
        elif counted.phrase.after > number.after:
            yield from ground(name, found, number.after, counted.phrase.after)
        elif counted.cue is not None:
            yield from ground(name, found, counted.cue.first, counted.cue.after)


def _of_whole(whole: Figure | None) -> Iterator[Ground]:
    if whole is not None and whole.evidence.start is not None and whole.evidence.end is not None:
        yield Ground("part_of", whole.evidence.start, whole.evidence.end)


def _why_refused(found: Sequence[Token], counted: Link) -> str:
    phrase, cue = counted.phrase, counted.cue
    noun = " ".join(token.text for token in found[phrase.number.after : phrase.after])
    if phrase.number.one_more:
        return "one more, beside no count that it adds to"
    if phrase.people is False:
        return f"counts something other than people: “{noun}”"
    if phrase.lives:
        return "lives of which the text does not say that they were lost"
    if cue is not None and not cue.outcome:
        return f"“{_written(found, cue.first, cue.after)}” says that something else befell them"
    if cue is not None and not cue.sure:
        return f"“{_written(found, cue.first, cue.after)}” is denied, possible or intended here, not reported"
    if phrase.number.percent:
        return "a share of no figure that the text gives"
    if noun:
        return f"no words beside “{noun}” say what befell them"
    return "no words beside it say whom it counts and what befell them"


def _written(found: Sequence[Token], first: int, after: int) -> str:
    return " ".join(token.text for token in found[first:after])


def _why_no_count(token: Token) -> str | None:
    if token.kind == "number":
        return NO_COUNTS
    if token.kind != "other":
        return None
    return next((what for form, what in _DIGITS_OF if form.search(token.low)), "digits of a name or a measure")
