"""Whether the words of a document themselves state what looks like a misreading."""

import re

from db.records import Figure

PART_STATED = "as_published: the words themselves give this part, which is larger than its whole"
REVISION_STATED = "as_published: the words themselves say that an earlier number was revised"

_REVISED = re.compile(
    r"\b(?:revis\w+|corrected|lowered|downgraded|upgraded|reduced|amended|adjusted|cut (?:to|from)|down from|up from"
    r"|added by)\b",
    re.IGNORECASE,
)
"""English words by which bulletins and agencies state that a count was changed at one stroke."""
_PART = re.compile(
    r"[\s,;:(–-]*(?:among (?:them|whom)|including|of (?:them|whom|which)|at least|some|and|,|\s)+\s*", re.IGNORECASE
)
"""What may stand between a whole and the part that the words give for it."""


def revised(figure: Figure) -> bool:
    """
    Whether the words around a number in a text state that it was revised.

    >>> bool(_REVISED.search("the toll was revised down to 1,200"))
    True
    """
    evidence = figure.evidence
    if figure.origin != "extracted" or evidence.locator is not None:
        return False
    return _REVISED.search(f"{evidence.prefix}{evidence.quote}{evidence.suffix}") is not None


def states_part(part: Figure, whole: Figure) -> bool:
    """
    Whether the text goes from the whole straight to the part: "179 civilians, among them 291 children".

    The words between are those that the evidence keeps after the whole's quote; where they are not known, no.
    """
    after, begins = whole.evidence.end, part.evidence.start
    if part.origin != "extracted" or after is None or begins is None or begins < after:
        return False
    between = whole.evidence.suffix[: begins - after]
    return len(between) == begins - after and _PART.fullmatch(between) is not None


def with_doubt(figure: Figure, doubt: str) -> Figure:
    """The same figure with one more doubt, once."""
    return figure if doubt in figure.doubts else figure.model_copy(update={"doubts": (*figure.doubts, doubt)})
