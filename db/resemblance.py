"""
Whether one text is nearly another, and what makes a text findable among many.

Texts are compared by their shingles, runs of five words (A. Broder, "On the resemblance and containment of
documents", 1997). Bulletins of one office share their words and differ in their numbers: a text is nearly another
only where no number, number word, weekday or month stands in the place of another one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from zlib import crc32

METHOD = "shingles-1"
"""Recorded with every copy that is found; raised whenever the same two texts would give another answer."""
SHINGLE_WORDS = 5
SKETCH = 32
"""So many of a text's shingles make it findable: those whose hashes are smallest (Broder's sketch)."""
LEAST_SHINGLES = 40
"""Shorter texts are not compared: they may be alike by chance."""
MOST_WORDS = 20_000
"""Of a longer text only its beginning is compared."""
PARTS = 1_000_000
LEAST_RESEMBLANCE = 700_000
LEAST_CONTAINMENT = 850_000
LEAST_LENGTH = 400_000
"""Where the shorter text stands in the longer: how long it is at least, as a part of the longer."""
LEAST_NUMBERS = 900_000
"""How many of the numbers of the text that has fewer stand in the other."""

_WITHIN_NUMBER = re.compile(r"(?<=\d)[.,'’\u00a0\u202f\u066b\u066c](?=\d)")
_WORD = re.compile(r"\w{1,40}")
_TELLING = """
no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen
dozens scores hundreds thousands millions first second third fourth fifth sixth
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december
"""
"""English words that tell two editions of one text apart, beside digits of any script."""
_QUANTITIES = frozenset(_TELLING.split())

_Context = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """
    How far two texts are alike, in parts per million.

    Attributes:
        resemblance: shingles that both have, of all that either has.
        containment: shingles that both have, of those of the text that has fewer.
    """

    resemblance: int
    containment: int

    @property
    def is_whole(self) -> bool:
        """Whether the two are nearly the same from end to end; else the shorter stands nearly whole in the longer."""
        return self.resemblance >= LEAST_RESEMBLANCE


class Shingled:
    """A text as words and shingles; letter case, punctuation and the marks within numbers are left out."""

    def __init__(self, text: str) -> None:
        """Take a text's words."""
        self.words: list[str] = _WORD.findall(_WITHIN_NUMBER.sub("", text.casefold()))[:MOST_WORDS]

    @cached_property
    def shingles(self) -> frozenset[bytes]:
        """Every run of five words, each once."""
        words = [word.encode() for word in self.words]
        text = b" ".join(words)
        ends = list(accumulate(len(word) + 1 for word in words))
        return frozenset(
            text[start : end - 1] for start, end in zip([0, *ends], ends[SHINGLE_WORDS - 1 :], strict=False)
        )

    @property
    def is_comparable(self) -> bool:
        """Whether it is long enough to be called like another."""
        return len(self.shingles) >= LEAST_SHINGLES

    @property
    def sketch(self) -> list[int]:
        """The smallest hashes of its shingles, at most 32; none of a text that is too short."""
        return sorted(set(map(crc32, self.shingles)))[:SKETCH] if self.is_comparable else []

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Every number that is written in digits."""
        return frozenset(word for word in self.words if word[0].isdigit())

    @cached_property
    def quantities(self) -> dict[_Context, set[str]]:
        """Numbers, number words and names of days and months, by the two words before and the two after them."""
        found: dict[_Context, set[str]] = {}
        for context, word in self._in_context():
            found.setdefault(context, set()).add(word)
        return found

    def _in_context(self) -> Iterator[tuple[_Context, str]]:
        is_quantity = [word[0].isdigit() or word in _QUANTITIES for word in self.words]
        masked = ["#" if is_one else word for word, is_one in zip(self.words, is_quantity, strict=True)]
        padded = ["", "", *masked, "", ""]
        for place, word in enumerate(self.words):
            if is_quantity[place]:
                yield (*padded[place : place + 2], *padded[place + 3 : place + 5]), word


def likeness(one: Shingled, other: Shingled) -> Likeness | None:
    """
    How far two texts are alike, where one is nearly the other or stands nearly whole in it; else None.

    >>> words = " ".join(f"word{place}" for place in range(60))
    >>> likeness(Shingled(words), Shingled(words.upper()))
    Likeness(resemblance=1000000, containment=1000000)
    >>> likeness(Shingled(f"{words} 40 dead"), Shingled(f"{words} 41 dead")) is None
    True
    """
    # What costs least comes first: most texts that are set side by side have other numbers.
    if not (_same_numbers(one, other) and one.is_comparable and other.is_comparable):
        return None
    fewer, more = sorted((len(one.shingles), len(other.shingles)))
    shared = len(one.shingles & other.shingles)
    found = Likeness(shared * PARTS // (fewer + more - shared), shared * PARTS // fewer)
    is_within = found.containment >= LEAST_CONTAINMENT and fewer * PARTS >= LEAST_LENGTH * more
    if not (found.is_whole or is_within) or _another_edition(one, other):
        return None
    return found


def _same_numbers(one: Shingled, other: Shingled) -> bool:
    """Whether the numbers of the two agree nearly wholly."""
    fewer = min(len(one.numbers), len(other.numbers))
    return len(one.numbers & other.numbers) * PARTS >= fewer * LEAST_NUMBERS


def _another_edition(one: Shingled, other: Shingled) -> bool:
    """Whether a number, a number word or a day of one stands in the place of another one."""
    both = one.quantities.keys() & other.quantities.keys()
    return any(_is_exchanged(one.quantities[place], other.quantities[place]) for place in both)


def _is_exchanged(one: set[str], other: set[str]) -> bool:
    """Whether each text has in one place something that the other lacks there; a shorter text may lack some."""
    return not (one <= other or other <= one)
