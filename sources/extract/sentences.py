"""Where sentences begin and end; stretches that cannot hold a figure are passed over unread."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from nupunkt import sent_spans

from sources.extract.english.numbers import FIRST_LOOK
from sources.extract.english.outcomes import TELLING

LONGEST_SENTENCE = 4_000
"""Code points after which a sentence is cut at a space: no sentence of a news text is as long."""

_FIRST_LOOK = re.compile(FIRST_LOOK, re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n")
_BULLET = re.compile(r"\s*(?:[-*•·▪►–—🔴🔻▫◾]|\d{1,2}[.)]\s)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """
    A sentence by its offsets; `paragraph` numbers the paragraph it stands in.

    `may_tell` is False where no word of its paragraph tells what befell people; `leads` where the next paragraph does,
    so that whoever speaks here may be the "he" who speaks there.
    """

    start: int
    end: int
    paragraph: int
    may_tell: bool = True
    leads: bool = False


def sentences(text: str, *, every: bool = False) -> Iterator[Sentence]:
    r"""
    The sentences of every paragraph that names a number and a word for what befell people, in order.

    A paragraph ends at an empty line; inside it a list item begins a sentence of its own. Every sentence of
    a paragraph with a number is given, since a neighbour may name the source; so are those of the paragraph with a
    number before it. `every` gives all paragraphs that name a number.

    >>> [(s.start, s.end) for s in sentences("Nothing here.\\n\\nTwo died. The army said so.")]
    [(15, 24), (25, 43)]
    """
    for number, start, end, may_tell, leads in _all_numbered(text) if every else _telling(text):
        for line_start, line_end in _lines(text, start, end):
            for first, after in _sentences_of(text, line_start, line_end):
                yield Sentence(first, after, number, may_tell, leads)


Stretch = tuple[int, int, int, bool, bool]
"""A paragraph with a number: which, where it begins and ends, whether it may tell, whether it leads one that may."""


def _telling(text: str) -> Iterator[Stretch]:
    """The paragraphs that may tell, each after the one with a number that leads it."""
    passed: list[tuple[int, int, int]] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        if not (_tells_an_outcome(text[start:end]) and _names_a_number(text, start, end)):
            passed.append((number, start, end))
            continue
        leading = (before for before in reversed(passed) if _names_a_number(text, before[1], before[2]))
        for before in islice(leading, 1):
            yield *before, False, True
        yield number, start, end, True, False
        passed.clear()


def _all_numbered(text: str) -> Iterator[Stretch]:
    """Every paragraph that names a number."""
    found = [
        (number, start, end, _tells_an_outcome(text[start:end]))
        for number, (start, end) in enumerate(_paragraphs(text))
        if _names_a_number(text, start, end)
    ]
    for place, (number, start, end, may_tell) in enumerate(found):
        leads = not may_tell and place + 1 < len(found) and found[place + 1][3]
        yield number, start, end, may_tell, leads


def _names_a_number(text: str, start: int, end: int) -> bool:
    """Whether a digit or a number word stands there: the digit is looked for first, as it costs a tenth."""
    return bool(_DIGIT.search(text, start, end) or _FIRST_LOOK.search(text, start, end))


def _tells_an_outcome(paragraph: str) -> bool:
    """Whether any word stands there without which no outcome is told; most general text is rejected here."""
    return not TELLING.isdisjoint(_WORD.findall(paragraph.lower()))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BLANK_LINES.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Join lines that were only wrapped; keep apart headings and list items."""
    begun = start
    while (newline := text.find("\n", start, end)) != -1:
        before = text[max(begun, newline - 2) : newline].rstrip()
        stands_alone = newline - start < 50 and text[newline + 1 : newline + 2].isupper()
        if before[-1:] in ".!?:;\"'" or stands_alone or _BULLET.match(text, newline + 1, end):
            yield begun, newline
            begun = newline + 1
        start = newline + 1
    yield begun, end


def _sentences_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for begun, ended in sent_spans(text[start:end]):
        for first, last in _cut(text, start + begun, start + ended):
            stripped = text[first:last]
            first += len(stripped) - len(stripped.lstrip())
            last -= len(stripped) - len(stripped.rstrip())
            if first < last:
                yield first, last


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_SENTENCE:
        space = text.rfind(" ", start, start + LONGEST_SENTENCE)
        stop = space if space > start else start + LONGEST_SENTENCE
        yield start, stop
        start = stop
    yield start, end
