"""Arabic script: words as the tables spell them, numbers in either digits, days; every token with its place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from sources.extract.arabic import MONTHS

Entry = TypeVar("Entry")


class Token(NamedTuple):
    """A word as the tables spell it, a number as its value, or a mark; offsets are those of the text."""

    word: str
    value: int | None
    start: int
    end: int


_ITEM_ENDS = re.compile(r"[\n•⭕🔴🔻▪▫◾◽●○■□✅]+|(?<=[.!؟])\s|\s\\?\*\s?")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_TOKEN = re.compile(
    r"(?P<number>[\d٠-٩۰-۹]+(?:[,،٬.][\d٠-٩۰-۹]{3})*(?![\d٠-٩۰-۹]))"
    r"|(?P<word>[\u0620-\u065f\u0670-\u06d3]+)"
    r"|(?P<mark>[^\s\w])"
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789", ",،٬.")
_SPELLING = str.maketrans(
    {**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ة": "ه", "ـ": "", **dict.fromkeys(map(chr, range(0x64B, 0x660)), "")}
)
_LONGEST_NUMBER = 20
LONGEST_ITEM = 2_000
"""Code points of the longest item that is read."""


def folded(word: str) -> str:
    """
    A word without vowel marks and lengthening, alef, yeh and teh in their plain forms.

    >>> folded("إصابة"), folded("جرحى")
    ('اصابه', 'جرحي')
    """
    return word.translate(_SPELLING)


def has_arabic(text: str) -> bool:
    """Whether a text holds letters of the Arabic script."""
    return _ARABIC.search(text) is not None


def items(text: str) -> Iterator[list[Token]]:
    """
    The items of a bulletin that hold Arabic letters: what bullets, line ends and full stops part.

    One of more than `LONGEST_ITEM` characters is no item and is passed over.
    """
    start = 0
    ends = [(found.start(), found.end()) for found in _ITEM_ENDS.finditer(text)]
    for end, following in (*ends, (len(text), len(text))):
        if end - start <= LONGEST_ITEM and _ARABIC.search(text, start, end):
            yield _tokens(text, start, end)
        start = following


def _tokens(text: str, start: int, end: int) -> list[Token]:
    return [
        Token(
            folded(found.group()) if found.lastgroup == "word" else found.group(),
            int(found.group().translate(_DIGITS)) if found.lastgroup == "number" and _is_short(found) else None,
            found.start(),
            found.end(),
        )
        for found in _TOKEN.finditer(text, start, end)
    ]


def _is_short(found: "re.Match[str]") -> bool:
    return found.end() - found.start() <= _LONGEST_NUMBER


def forms(word: str) -> list[str]:
    """A word, and what is left of it without the "and", the article and the prepositions that are written to it."""
    found = [word]
    if word[:1] in ("و", "ف") and len(word) > 3:
        found.append(word[1:])
    for form in list(found):
        found += [form[len(prefix) :] for prefix in ("بال", "كال", "ال", "لل") if _begins(form, prefix)]
        found += [form[1:] for prefix in ("ب", "ل") if _begins(form, prefix)]
    return found


def _begins(word: str, prefix: str) -> bool:
    return word.startswith(prefix) and len(word) - len(prefix) > 2


def looked_up(table: Mapping[str, Entry], word: str) -> Entry | None:
    """The entry of a word in any of its forms."""
    return next((table[form] for form in forms(word) if form in table), None)


def is_any(words: frozenset[str], word: str) -> bool:
    """Whether a word is one of some words, in any of its forms."""
    return any(form in words for form in forms(word))


def month_after(found: Sequence[Token], place: int) -> tuple[int, int] | None:
    """The month that stands right after a place, and the place after its name."""
    for length in (2, 1):
        name = " ".join(token.word for token in found[place + 1 : place + 1 + length])
        if name in MONTHS:
            return MONTHS[name], place + 1 + length
    return None


def day_at(found: Sequence[Token], place: int, *, before: date | None) -> tuple[date, bool] | None:
    """
    The day whose number stands at a place, and whether its year is written.

    Without a year it is the last such day up to `before`; without that there is no day.
    """
    month = month_after(found, place)
    day = found[place].value
    if month is None or day is None:
        return None
    number, after = month
    year = found[after].value if after < len(found) else None
    if year is not None and 1900 <= year <= 2200:
        return _day(year, number, day, is_stated=True)
    if before is None:
        return None
    found_day = _day(before.year, number, day, is_stated=False)
    if found_day is not None and found_day[0] > before:
        return _day(before.year - 1, number, day, is_stated=False)
    return found_day


def _day(year: int, month: int, day: int, *, is_stated: bool) -> tuple[date, bool] | None:
    try:
        return date(year, month, day), is_stated
    except ValueError:
        return None
