"""
A publisher's notice that its document was corrected.

The numbers in it are those that no longer hold, so it gives no figures; every other figure of the document carries
its words as a doubt, by which history tells a correction from a silent edit.
"""

from dataclasses import dataclass

from sources.extract.english.notices import BEGINNINGS, PHRASES, STEMS

CODE = "correction_noticed"
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Notice:
    """Where a notice stands in the text, and its words, cut to a few hundred characters."""

    start: int
    end: int
    words: str

    @property
    def doubt(self) -> str:
        """The doubt that the figures of the document carry."""
        return f"{CODE}: the document says of itself: {self.words}"


def notices(plain: str) -> list[Notice]:
    """The lines of a plain text that say that it was corrected, in order; a line is read in time linear in it."""
    low_text = plain.lower()
    if not any(stem in low_text for stem in STEMS):
        return []
    found: list[Notice] = []
    at = 0
    for line in plain.split("\n"):
        words = line.strip(" \t>*_-[](){}")
        low = words[:_LONGEST].lower()
        if low.startswith(BEGINNINGS) or any(phrase in low for phrase in PHRASES):
            found.append(Notice(at, at + len(line), words[:_LONGEST]))
        at += len(line) + 1
    return found
