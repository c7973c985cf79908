"""
The parts of which a page is made, as plain data: what `templates/report.typ` sets, and nothing that it could run.

A run is words that look alike: text alone, or text with how it is set and where it leads. A cell of a table is
paragraphs of runs.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from reports.render.addresses import web_address
from reports.render.pdf.directions import in_our_order, is_right_to_left

Run = str | dict[str, Any]
Block = dict[str, Any]
Words = dict[str, Any]
Cell = Sequence[Words]

_SPACE = re.compile(r"\s+")
_VISIBLE = "!-~\u00a1-\u08ff"
"""Letters and signs of scripts that part words by spaces."""
_PARTS = re.compile(r"[^/?&=_.\-]+[/?&=_.\-]*|[/?&=_.\-]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=-|$)")
_WHOLE = 1_200
"""Rows of at most so many characters are not divided between two pages."""
LINE, COLUMN, HEADING, TITLE = 80, 24, 48, 30
"""Letters of a word that fit on a line of a page, of a table's narrow column, of a heading, of the title."""
BREAK = "\u200b"
"""Where a line may end within a word (zero-width space)."""


def bold(text: str) -> Run:
    """Words that stand out."""
    return {"t": text, "set": "bold"}


def small(text: str) -> Run:
    """Words beside the matter."""
    return {"t": text, "set": "small"}


def code(text: str, most: int = LINE) -> Run:
    """An id, a hash, a command; a word of more than `most` letters may be parted."""
    return {"t": broken(text, most), "set": "code"}


def marked(text: str) -> Run:
    """The words in which a number stands."""
    return {"t": text, "set": "mark"}


def to(text: str, label: str, kind: str = "") -> Run:
    """Words that lead to a place in the same file."""
    return {"t": text, "set": kind, "to": label}


def address(text: str) -> Run:
    """An address in full, broken where lines need it; one of the web can be followed."""
    return {"t": text, "set": "small", "link": text} if web_address(text) else small(text)


def words(*runs: Run) -> Words:
    """A paragraph of ours: runs that are not empty, from the left, whatever names stand in them."""
    kept = [_changed(_readied(run), in_our_order) for run in runs if _text(run)]
    return {"runs": kept, "rtl": False, "lang": "en"}


def quoted(*runs: Run, language: str | None = None) -> Words:
    """
    The words of others, from the side that their first letter is written from.

    `language` (BCP 47) is what they are read aloud in; English, where it is not known.
    """
    kept = [_readied(run) for run in runs if _text(run)]
    spoken = _LANGUAGE.match(language.lower()) if language else None
    return {
        "runs": kept,
        "rtl": is_right_to_left("".join(map(_text, kept))),
        "lang": spoken[0] if spoken else "en",
    }


def _readied(run: Run) -> Run:
    """A run on one line, its long words parted."""
    return _parted(_changed(run, lambda text: _SPACE.sub(" ", text)), LINE)


def _changed(run: Run, change: Callable[[str], str]) -> Run:
    return change(run) if isinstance(run, str) else {**run, "t": change(run["t"])}


def _parted(run: Run, most: int) -> Run:
    """A run whose long words may be parted; ids and the like were when they were made."""
    is_code = not isinstance(run, str) and run["set"] == "code"
    return run if is_code else _changed(run, lambda text: broken(text, most))


def broken(text: str, most: int) -> str:
    """
    A text in which words of more than so many letters may be parted, addresses where they part.

    >>> broken("Rindfleischetikettierungsüberwachung, said", 24).replace(BREAK, "|")
    'Rindfleischetikettie|rungsüberwachung, said'
    """
    long, part = _patterns(most)
    return long.sub(lambda word: BREAK.join(part.sub(rf"\1{BREAK}", one) for one in _PARTS.findall(word[0])), text)


@cache
def _patterns(most: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of more letters, and a part of one that is not cut off from the marks on its last letter."""
    return (
        re.compile(f"[{_VISIBLE}]{{{most + 1},}}"),
        re.compile(rf"([{_VISIBLE}]{{{most * 5 // 6}}})(?=[\w!-~])"),
    )


def heading(level: int, text: str, label: str | None = None) -> Block:
    """A heading that the outline of the file lists."""
    return {"is": "heading", "level": level, "words": words(broken(text, HEADING)), "label": label}


def paragraph(*runs: Run) -> Block:
    """A paragraph of its own."""
    return {"is": "paragraph", "words": words(*runs)}


def lead(text: str) -> Block:
    """A paragraph on how to read what follows, and on one page with its beginning."""
    return {"is": "lead", "words": words(small(text))}


def items(told: Iterable[Words]) -> Block:
    """A list."""
    return {"is": "list", "items": list(told)}


def definitions(told: Iterable[tuple[str, Run]]) -> Block:
    """Terms, each with what is said of it."""
    return {"is": "definitions", "items": [[words(term), words(run)] for term, run in told]}


def quote(*runs: Run, language: str | None = None) -> Block:
    """The words of others, set apart."""
    return {"is": "quote", "words": quoted(*runs, language=language)}


def listing(text: str) -> Block:
    """Lines as they are, to be copied."""
    return {"is": "listing", "text": broken(text.strip(), 90)}


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
        "rows": [
            {"cells": [[_narrow(told) for told in cell] for cell in row], "whole": _length(row) <= _WHOLE}
            for row in rows
        ],
        "labels": list(labels),
    }


def _narrow(told: Words) -> Words:
    return {**told, "runs": [_parted(run, COLUMN) for run in told["runs"]]}


def _length(row: Sequence[Cell]) -> int:
    return sum(len(_text(run)) for cell in row for told in cell for run in told["runs"])


def _text(run: Run) -> str:
    text: str = run if isinstance(run, str) else run["t"]
    return text
