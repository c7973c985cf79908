"""
Finding known names in running text: one walk over the words, leftmost and longest first.

Names are compared as db.names folds them. A name that is also a common word ("The Times", "Independent"), or an
acronym ("AP", "WHO"), counts only as it is capitalised in the list of names; an article that belongs to such
a name must be there. The bare name of an office ("the health ministry") counts only where no word beside it
says whose office it is.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from db.names import ARTICLE, Token, folded, tokens

Rule = Literal["any_case", "capitalised", "as_written", "common_word", "bare"]

_BETWEEN_WORDS = " \t\n\r\u00a0\u202f-‐‑–'’‘“”\"«»/&"
_LONGEST_GAP = 3
_PROCLITICS = ("لل", "و", "ف", "ب", "ك", "ل")
_SAYS_WHOSE = frozenset({"of", "in", "for"})
_SENTENCE_WORDS = frozenset(
    {"the", "a", "an", "said", "according", "but", "and", "as", "while", "when", "however", "to"}
)
_ABBREVIATED = frozenset(
    {"adm", "brig", "capt", "col", "dr", "gen", "gov", "lt", "maj", "mr", "mrs", "ms", "prof", "sen", "sgt", "st"}
)
_LONGEST_SHOUTED = 6
_LEAF = ""


_PROCLITIC_LETTERS = frozenset("ولفبك")


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write something: the name, what it stands for, and how strictly its letters are compared."""

    written: str
    stands_for: str
    rule: Rule = "any_case"


@dataclass(frozen=True, slots=True)
class Found:
    """A known name in a text, in code points; several names where the words fit several things."""

    start: int
    end: int
    names: tuple[str, ...]


@dataclass(slots=True)
class Finder:
    """The compiled names: a tree of folded words."""

    root: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[Name]) -> "Finder":
        """Compile the names; one whose folding is empty is left out."""
        finder = cls()
        for name in names:
            node = finder.root
            words = folded(name.written)
            for word in words:
                node = node.setdefault(word, {})
            if words:
                node.setdefault(_LEAF, []).append(name)
        return finder

    def find(self, text: str) -> Iterator[Found]:
        """
        The known names in the text, in order, never overlapping.

        Time grows with the length of the text times the number of words of the longest name.
        """
        words = text_tokens(text)
        position = 0
        known = self.root
        while position < len(words):
            word = words[position].folded
            if word not in known and word[:1] not in _PROCLITIC_LETTERS:
                position += 1
                continue
            found, following = self._longest_at(text, words, position)
            if found:
                yield found
            position = following

    def _longest_at(self, text: str, words: tuple[Token, ...], first: int) -> tuple[Found | None, int]:
        for last, leaves in reversed(self._ends(text, words, first)):
            fitting = {name.stands_for for name in leaves if _FITS[name.rule](name, text, words, first, last)}
            if fitting:
                start = words[first].start
                return Found(start, words[last].end, tuple(sorted(fitting))), last + 1
        return None, first + 1

    def _ends(self, text: str, words: tuple[Token, ...], first: int) -> list[tuple[int, list[Name]]]:
        node = self._first_node(words[first].folded)
        ends: list[tuple[int, list[Name]]] = []
        last = first
        while node is not None:
            if _LEAF in node:
                ends.append((last, node[_LEAF]))
            last += 1
            while last < len(words) and words[last].folded == ARTICLE and _joined(text, words, last):
                last += 1
            if last >= len(words) or not _joined(text, words, last):
                break
            node = node.get(words[last].folded)
        return ends

    def _first_node(self, word: str) -> dict[str, Any] | None:
        node: dict[str, Any] | None = self.root.get(word)
        if node is None and word[:1] in _PROCLITIC_LETTERS and len(word) > 3:
            for proclitic in _PROCLITICS:
                if node is None and word.startswith(proclitic):
                    bare = word[len(proclitic) :]
                    node = self.root.get("ال" + bare if proclitic == "لل" else bare)
        return node


@lru_cache(maxsize=4)
def text_tokens(text: str) -> tuple[Token, ...]:
    """The words of a text; kept for the few texts that several finders read one after another."""
    return tuple(tokens(text))


def _joined(text: str, words: tuple[Token, ...], place: int) -> bool:
    before = words[place - 1]
    gap = text[before.written_end : words[place].start]
    if gap == " ":
        return True
    if gap[:1] == "." and before.folded in _ABBREVIATED:
        gap = gap[1:]
    return len(gap) <= _LONGEST_GAP and not gap.strip(_BETWEEN_WORDS)


def _any_case(_name: Name, _text: str, _words: tuple[Token, ...], _first: int, _last: int) -> bool:
    return True


def _capitalised(name: Name, text: str, words: tuple[Token, ...], first: int, last: int) -> bool:
    spelled = text[words[first].start : words[last].end]
    shouted = len(spelled) <= _LONGEST_SHOUTED and spelled.isupper() and not name.written.isupper()
    return not spelled[0].islower() and not (shouted and spelled.isascii())


def _as_written(name: Name, text: str, words: tuple[Token, ...], first: int, last: int) -> bool:
    spelled = [text[word.start : word.end].replace(".", "") for word in words[first : last + 1]]
    expected = [name.written[word.start : word.end].replace(".", "") for word in tokens(name.written)]
    if expected[0] == "The":
        article = first > 0 and words[first - 1].folded == ARTICLE and _joined(text, words, first)
        return article and spelled == expected[1:]
    return spelled == expected


def _common_word(name: Name, text: str, words: tuple[Token, ...], first: int, last: int) -> bool:
    alone = not _capital_beside(text, words, last + 1)
    return alone and not _follows_a_name(text, words, first) and _as_written(name, text, words, first, last)


def _bare(_name: Name, text: str, words: tuple[Token, ...], first: int, last: int) -> bool:
    if first > 0 and _joined(text, words, first):
        before = words[first - 1]
        owned = before.end != before.written_end
        hyphened = "-" in text[before.written_end : words[first].start] or text[before.start - 1 : before.start] == "-"
        if owned or hyphened or _follows_a_name(text, words, first):
            return False
    following = last + 1
    if following < len(words) and _joined(text, words, following) and words[following].folded in _SAYS_WHOSE:
        following += 1
        if following < len(words) and words[following].folded == ARTICLE:
            following += 1
        return not _capital_beside(text, words, following)
    return True


def _follows_a_name(text: str, words: tuple[Token, ...], first: int) -> bool:
    if first == 0 or not _joined(text, words, first):
        return False
    before = words[first - 1]
    unowned = before.end == before.written_end
    return unowned and text[before.start].isupper() and before.folded not in _SENTENCE_WORDS


def _capital_beside(text: str, words: tuple[Token, ...], place: int) -> bool:
    return place < len(words) and _joined(text, words, place) and text[words[place].start].isupper()


_FITS: dict[Rule, Callable[[Name, str, tuple[Token, ...], int, int], bool]] = {
    "any_case": _any_case,
    "capitalised": _capitalised,
    "as_written": _as_written,
    "common_word": _common_word,
    "bare": _bare,
}


def rule_for(written: str) -> Rule:
    """How strictly a name is compared by its own form: an acronym as it is written, any other in any case."""
    compact = written.replace(".", "").replace(" ", "")
    mixed = written.isalpha() and sum(letter.isupper() for letter in written) > 1
    acronym = len(compact) <= _LONGEST_SHOUTED and compact.isascii() and (compact.isupper() or mixed)
    return "as_written" if acronym else "any_case"
