"""
Which side words are set from, and names from the right in sentences of ours (Unicode Standard Annex 9).

Without a mark after them, two such names with an arrow between would change places, and a number would be drawn into
the name before it.
"""

import re

_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT = re.compile(f"[{_RIGHT}]")
_LEFT_TO_RIGHT = re.compile(f"[^\\W\\d_{_RIGHT}]")
_STRETCH = re.compile(f"“[^”]*”|[{_RIGHT}](?:[\\s'’\"-]*[{_RIGHT}])*")
"""What stays together: a quote, or a name of several words."""
MARK = "\u200e"
"""The left-to-right mark."""


def is_right_to_left(text: str) -> bool:
    """
    Whether the first letter of a text belongs to a script that is written from the right (P2 of the annex).

    >>> is_right_to_left("12 قتيلا"), is_right_to_left("said: قتيلا")
    (True, False)
    """
    right, left = _RIGHT_TO_LEFT.search(text), _LEFT_TO_RIGHT.search(text)
    return bool(right and (left is None or right.start() < left.start()))


def in_our_order(text: str) -> str:
    """
    A text from the left in which what is written from the right ends where it ends.

    >>> in_our_order("רדיו הבדיון ← עיתון: 12").replace(MARK, "|")
    'רדיו הבדיון| ← עיתון|: 12'
    """
    return _STRETCH.sub(_marked, text) if _RIGHT_TO_LEFT.search(text) else text


def _marked(stretch: re.Match[str]) -> str:
    text = stretch[0]
    return text + MARK if _RIGHT_TO_LEFT.search(text) else text
