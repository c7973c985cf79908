"""
The parts of which a page is made, as plain data: what `templates/report.typ` sets, and nothing that it could run.

A run is words that look alike: text alone, or text with how it is set and where it leads. A cell of a table is
paragraphs of runs.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from reports.render.addresses import web_address

Run = str | dict[str, Any]
Block = dict[str, Any]
Words = dict[str, Any]
Cell = Sequence[Words]

_BREAKS = re.compile(r"(?<=[/?&=_.\-])(?=[^/\s])")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LEFT_TO_RIGHT = re.compile("[^\\W\\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_SPACE = re.compile(r"\s+")
_WHOLE = 1_200
"""Rows of at most so many characters are not divided between two pages."""
BREAK = "\u200b"
"""Where a line may end within a word (zero-width space)."""


def bold(text: str) -> Run:
    """Words that stand out."""
    return {"t": text, "set": "bold"}


def small(text: str) -> Run:
    """Words beside the matter."""
    return {"t": text, "set": "small"}


def code(text: str) -> Run:
    """An id, a hash, a command."""
    return {"t": text, "set": "code"}


def marked(text: str) -> Run:
    """The words in which a number stands."""
    return {"t": text, "set": "mark"}


def to(text: str, label: str, kind: str = "") -> Run:
    """Words that lead to a place in the same file."""
    return {"t": text, "set": kind, "to": label}


def address(text: str) -> Run:
    """An address in full, broken where lines need it; one of the web can be followed."""
    shown = _BREAKS.sub(BREAK, text)
    return {"t": shown, "set": "small", "link": text} if web_address(text) else small(shown)


def words(*runs: Run) -> Words:
    """A paragraph: runs that are not empty, set from the side that their first letter is written from."""
    kept = [_on_one_line(run) for run in runs if _text(run)]
    return {"runs": kept, "rtl": is_right_to_left("".join(map(_text, kept)))}


def _on_one_line(run: Run) -> Run:
    if isinstance(run, str):
        return _SPACE.sub(" ", run)
    return {**run, "t": _SPACE.sub(" ", run["t"])}


def heading(level: int, text: str, label: str | None = None) -> Block:
    """A heading that the outline of the file lists."""
    return {"is": "heading", "level": level, "words": words(text), "label": label}


def paragraph(*runs: Run) -> Block:
    """A paragraph of its own."""
    return {"is": "paragraph", "words": words(*runs)}


def items(told: Iterable[Words]) -> Block:
    """A list."""
    return {"is": "list", "items": list(told)}


def picture(svg: str, about: str) -> Block:
    """A drawing, and its words for whoever cannot see it."""
    return {"is": "picture", "svg": svg, "about": about}


def table(columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[Cell]], labels: Sequence[str] = ()) -> Block:
    """
    A table whose head stands on every page that it takes.

    Args:
        columns: each column's title and its part of the width.
        rows: cells, as many in each as there are columns.
        labels: where links lead to, a row each; none: to no row.
    """
    return {
        "is": "table",
        "columns": [title for title, _ in columns],
        "widths": [width for _, width in columns],
        "rows": [{"cells": row, "whole": _length(row) <= _WHOLE} for row in rows],
        "labels": list(labels),
    }


def _length(row: Sequence[Cell]) -> int:
    return sum(len(_text(run)) for cell in row for told in cell for run in told["runs"])


def _text(run: Run) -> str:
    text: str = run if isinstance(run, str) else run["t"]
    return text


def is_right_to_left(text: str) -> bool:
    """
    Whether the first letter of a text belongs to a script that is written from the right (UAX #9, P2).

    >>> is_right_to_left("12 قتيلا"), is_right_to_left("said: قتيلا")
    (True, False)
    """
    right, left = _RIGHT_TO_LEFT.search(text), _LEFT_TO_RIGHT.search(text)
    return bool(right and (left is None or right.start() < left.start()))
