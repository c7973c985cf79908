"""Words, numbers and marks of a text, each with its place; every later room works on these."""

import re
from collections.abc import Sequence
from typing import NamedTuple


class Token(NamedTuple):
    """
    One word, number or mark.

    `start` and `end` are offsets in code points into the text as given. `kind` is `number` (digits that may
    count something), `word`, `mark`, or `other` (digits that count nothing: dates, clock times, money,
    ordinals, ages, addresses).
    """

    text: str
    low: str
    start: int
    end: int
    kind: str


_ALIKE = {
    **dict.fromkeys("‘’‛ʼ", "'"),
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‐‑‒−", "-"),
    **dict.fromkeys("\u202f\u2009\u2007", "\u00a0"),
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff", " "),
    **{digit: str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")},
    **{digit: str(value) for value, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")},
    "٬": ",",
}
_FOOTNOTE = re.compile(r"\[(?:\d{1,4}|[a-z]|note \d{1,3}|citation needed)\]")

_TOKEN = re.compile(
    r"""
    (?P<plain> [^\W\d_]+ (?=[ ,;)"!?\n]) )                             # most words, told at once
  | (?P<other>
        https?://\S{1,2000} | www\.\S{1,2000}                         # addresses on the web
      | \+\d[\d\ ()-]{5,20}\d                                         # telephone numbers
      | \d{4}-\d\d-\d\d(?!\d) | \d{1,2}[./]\d{1,2}[./]\d{2,4}(?!\d) | \d{1,4}/\d{1,4}(?![\d,])   # dates
      | \d{1,2}:\d\d(?::\d\d)?(?!\d) | \d{1,2}(?:\.\d\d)?\ ?(?:[ap]\.m\.|[ap]m\b)                # clock times
      | (?:US|A|C|NZ|HK)?[$€£¥₪₹]\ ?\d[\d,.]*\ ?(?:k\b|m\b|bn\b|million\b|billion\b|trillion\b)?  # money
      | \d+(?:\.\d+)?-[^\W\d_]+(?:-[^\W\d_]+)*                        # 12-year-old, 155-mm
      | \d+(?:st|nd|rd|th|s)\b                                        # 7th, 1990s
      | [^\W\d_]+-?\d[\w-]*                                           # F-16, COVID-19
    )
  | (?P<number>
        \d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?                     # 2,808 and 1,23,456
      | \d{1,3}(?:[.]\d{3})+(?![\d.,]) (?=[^\d])                       # 2.808 (three digits after the point)
      | \d{1,3}(?:\u00a0\d{3})+(?!\d) | \d{1,3}(?:'\d{3})+(?!\d)       # 2 808 with a hard space, 2'808
      | \d+(?:\.\d+)?(?:(?:k|m|mn|mln|bn)\b)?                          # 2808, 1.2m, 41k
    )
  | (?P<word> (?:[^\W\d_]\.){2,} | [^\W\d_]+(?:['-][^\W\d_]+)* )       # U.S., Gaza's, twenty-three
  | (?P<mark> \S )
    """,
    re.VERBOSE,
)


def plain(text: str) -> str:
    r"""
    The text with look-alike characters made one and footnote marks blanked; every offset stays what it was.

    >>> plain("‘2\u202f808’[12]")
    "'2\\xa0808'    "
    """
    if not text.isascii():  # a look for each character is several times faster than `str.translate` over long texts
        for character, alike in _ALIKE.items():
            if character in text:
                text = text.replace(character, alike)
    return _FOOTNOTE.sub(lambda mark: " " * len(mark.group()), text) if "[" in text else text


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of a stretch of plain text, in order."""
    return [
        Token(
            written := found.group(),
            written.lower(),
            found.start(),
            found.end(),
            "word" if (kind := found.lastgroup) == "plain" else kind or "mark",
        )
        for found in _TOKEN.finditer(text, start, len(text) if end is None else end)
    ]


def words(found: Sequence[Token], first: int, after: int) -> tuple[str, ...]:
    """The lower-case words from one place up to another."""
    return tuple(token.low for token in found[first:after])
