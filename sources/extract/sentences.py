"""Where sentences begin and end; stretches that cannot hold a figure are passed over unread."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nupunkt import sent_spans

from sources.extract.english.numbers import FIRST_LOOK

LONGEST_SENTENCE = 4_000
"""Code points after which a sentence is cut at a space: no sentence of a news text is as long."""

_FIRST_LOOK = re.compile(FIRST_LOOK, re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n")
_BULLET = re.compile(r"\s*(?:[-*•·▪►–—🔴🔻▫◾]|\d{1,2}[.)]\s)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its offsets; `paragraph` numbers the paragraph it stands in."""

    start: int
    end: int
    paragraph: int


def sentences(text: str) -> Iterator[Sentence]:
    r"""
    The sentences of every paragraph that names a number, in order.

    A paragraph ends at an empty line; inside it a list item begins a sentence of its own. Every sentence of
    a paragraph with a number is given, since a neighbour may name the source.

    >>> [(s.start, s.end) for s in sentences("Nothing here.\\n\\nTwo died. The army said so.")]
    [(15, 24), (25, 43)]
    """
    for number, (start, end) in enumerate(_paragraphs(text)):
        if _FIRST_LOOK.search(text, start, end):
            for line_start, line_end in _lines(text, start, end):
                yield from _sentences_of(text, line_start, line_end, number)


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


def _sentences_of(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    for begun, ended in sent_spans(text[start:end]):
        for first, last in _cut(text, start + begun, start + ended):
            stripped = text[first:last]
            first += len(stripped) - len(stripped.lstrip())
            last -= len(stripped) - len(stripped.rstrip())
            if first < last:
                yield Sentence(first, last, paragraph)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_SENTENCE:
        space = text.rfind(" ", start, start + LONGEST_SENTENCE)
        stop = space if space > start else start + LONGEST_SENTENCE
        yield start, stop
        start = stop
    yield start, end
