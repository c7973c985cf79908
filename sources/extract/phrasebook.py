"""Phrases of one or more words, looked up where a sentence has them; the longest fit wins."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from sources.extract.tokens import Token

Entry = TypeVar("Entry")
_ALONE = ""
"""Stands for the second word of a phrase that has only one."""


class Phrasebook(Generic[Entry]):
    """
    Entries by their words.

    Keys are lower-case words with single spaces ("death toll", "al jazeera").

    >>> from sources.extract.tokens import tokens
    >>> book = Phrasebook({"shot dead": 1, "shot": 2})
    >>> book.at(tokens("was shot dead"), 1)
    (2, 1)
    """

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._by_first: dict[str, dict[str, list[tuple[tuple[str, ...], Entry]]]] = {}
        self._by_last: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for phrase in sorted(entries, key=lambda phrase: -len(phrase.split())):
            parts = tuple(phrase.split())
            second = parts[1] if len(parts) > 1 else _ALONE
            self._by_first.setdefault(parts[0], {}).setdefault(second, []).append((parts, entries[phrase]))
            self._by_last.setdefault(parts[-1], []).append((parts, entries[phrase]))

    @property
    def firsts(self) -> Mapping[str, object]:
        """The words with which phrases begin: asking for one costs less than looking for a phrase."""
        return self._by_first

    def at(self, found: Sequence[Token], place: int) -> tuple[int, Entry] | None:
        """The number of words and the entry of the longest phrase that begins at a place."""
        if place >= len(found):
            return None
        by_second = self._by_first.get(found[place].low)
        if by_second is None:
            return None
        if place + 1 < len(found):
            for parts, entry in by_second.get(found[place + 1].low, ()):
                if _fits(parts, found, place):
                    return len(parts), entry
        alone = by_second.get(_ALONE)
        return (1, alone[0][1]) if alone is not None else None

    def ending(self, found: Sequence[Token], after: int) -> tuple[int, Entry] | None:
        """The number of words and the entry of the longest phrase that ends just before a place."""
        if after <= 0:
            return None
        for parts, entry in self._by_last.get(found[after - 1].low, ()):
            if after >= len(parts) and _fits(parts, found, after - len(parts)):
                return len(parts), entry
        return None


def _fits(parts: tuple[str, ...], found: Sequence[Token], place: int) -> bool:
    if len(parts) == 1:
        return True
    if place + len(parts) > len(found):
        return False
    return all(found[place + step].low == part for step, part in enumerate(parts))


def combined(firsts: Iterable[str], joints: Iterable[str], seconds: Iterable[str]) -> list[str]:
    """Every "first joint second": how "killed or wounded" and its kin are listed."""
    seconds, joints = list(seconds), list(joints)
    return [f"{first} {joint} {second}" for first in firsts for joint in joints for second in seconds]
