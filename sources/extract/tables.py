"""
Tables in a text: rows of cells between bars or tabs, under a row of headings.

A number is a figure only where the heading of its column says what befell people ("Dead", "Children injured"). The
label of its row is a place where the first heading says so or the place table knows it; a row whose label is anything
else but people, a day or a total gives nothing. Rows without headings ("Killed | 12") are read as lines of a list.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from db.records import Chain, Count, Definition, Evidence, Figure
from db.vocabulary import Zone
from sources.dates import find_dates
from sources.extract.english.people import DETERMINERS, PEOPLE, with_singulars
from sources.extract.english.tables import COLUMNS_OF_DAYS, COLUMNS_OF_PLACES, HEADINGS, TOTALS
from sources.extract.phrasebook import Phrasebook
from sources.extract.tokens import Token, plain, tokens
from sources.places import Places

_HEADINGS = Phrasebook(HEADINGS)
_PEOPLE = Phrasebook(with_singulars(PEOPLE))
_NUMBER = re.compile(r"\d{1,3}(?:[,\u00a0 ]\d{3})+|\d{1,9}")
_BARRED_LINES = re.compile(r"(?:^[^\n|\t]*[|\t][^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
"""Two or more lines, each with a bar or a tab."""
_CONTEXT = 32
_LONGEST_LABEL = 60
_STOCKS = frozenset({"missing", "held"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: its words without the space around them, and where they stand."""

    words: str
    start: int
    end: int


Row = Sequence[Cell]
Facets = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of a table, with the label of its row, the heading of its column, and what both say of it."""

    label: Cell
    cell: Cell
    heading: Cell
    number: int
    facets: Facets
    as_of: date | None


def table_figures(
    text: str,
    *,
    published: date | None,
    publisher: str | None,
    chain: Chain,
    zone_at: Callable[[int], Zone],
) -> Iterator[Figure]:
    """
    The figures of every table of a text, row by row; offsets are code points into the text.

    Args:
        text: the whole text; a table is two or more lines of equally many cells.
        chain: the publisher's own voice, in which a table speaks.
        zone_at: the zone at an offset.
    """
    for rows in _tables(plain(text)):
        for counted in _counted(rows, published):
            start, end = counted.label.start, counted.cell.end
            number = counted.number
            yield Figure(
                count=Count(low=number, best=number, high=number, text=text[counted.cell.start : end]),
                definition=Definition.model_validate(counted.facets),
                chain=chain,
                evidence=Evidence(
                    quote=text[start:end],
                    start=start,
                    end=end,
                    prefix=text[max(0, start - _CONTEXT) : start],
                    suffix=text[end : end + _CONTEXT],
                    zone="table" if zone_at(start) == "body" else zone_at(start),
                ),
                publisher=publisher,
                published=published,
                as_of=counted.as_of or published,
                as_of_basis="stated" if counted.as_of else "publication" if published else None,
                doubts=(f"read_from_table: the column is headed “{counted.heading.words}”",),
                origin="extracted",
            )


def _tables(text: str) -> Iterator[list[Row]]:
    """Runs of two or more lines that have equally many cells, at least two."""
    for block in _BARRED_LINES.finditer(text):
        at = block.start()
        lines: list[Row] = []
        for line in block.group().split("\n"):
            lines.append(_cells(line, at))
            at += len(line) + 1
        for width, run in groupby(lines, key=len):
            rows = [cells for cells in run if not _is_rule(cells)]
            if width >= 2 and len(rows) >= 2:
                yield rows


def _cells(line: str, at: int) -> Row:
    cells: list[Cell] = []
    inner = line.strip(" ")
    begin = at + len(line) - len(line.lstrip(" ")) + inner.startswith("|")
    for written in inner.strip("|").replace("\t", "|").split("|"):
        words = written.strip()
        start = begin + len(written) - len(written.lstrip())
        cells.append(Cell(words, start, start + len(words)))
        begin += len(written) + 1
    return cells


def _is_rule(cells: Row) -> bool:
    """As in "|---|:--:|": the line below the headings."""
    return all(set(cell.words) <= set("-: =") for cell in cells)


def _counted(rows: Sequence[Row], published: date | None) -> Iterator[Counted]:
    """Each count of a table whose first row has at least one heading that tells an outcome."""
    first, *headings = rows[0]
    told = [_heading(cell) for cell in headings]
    for label, *cells in rows[1:] if any(told) else ():
        known = _label(label, first, published)
        if known is None:
            continue
        as_of, facets = known
        for cell, heading, outcome in zip(cells, headings, told, strict=True):
            number = _number(cell) if outcome is not None else None
            if outcome is not None and number is not None:
                yield Counted(label, cell, heading, number, {**facets, **outcome}, as_of)


def _number(cell: Cell) -> int | None:
    """A whole number that fills its cell; anything else in it ("12*", "n/a") is no count."""
    found = _NUMBER.fullmatch(cell.words)
    return int(re.sub(r"\D", "", found.group())) if found else None


def _heading(cell: Cell) -> Facets | None:
    """What a heading says befell whom ("Children killed"); None where it has a word that is neither."""
    if not cell.words or len(cell.words) > _LONGEST_LABEL:
        return None
    found = [token for token in tokens(cell.words) if token.kind != "mark"]
    facets: Facets = {}
    place = 0
    while place < len(found):
        told, who = _HEADINGS.at(found, place), _PEOPLE.at(found, place)
        if told is not None:
            facets.setdefault("outcome", told[1])
            place += told[0]
        elif who is not None:
            facets.update(who[1])
            place += who[0]
        elif found[place].low in TOTALS | DETERMINERS:
            place += 1
        else:
            return None
    if "outcome" not in facets:
        return None
    return {**facets, "tally": "stock" if facets["outcome"] in _STOCKS else "unstated"}


def _label(cell: Cell, heading: Cell, published: date | None) -> tuple[date | None, Facets] | None:
    """The day, and the place or people of a row; nothing more for its total, None for what is not understood."""
    low = cell.words.lower()
    if not low or len(low) > _LONGEST_LABEL:
        return None
    if low in TOTALS:
        return None, {}
    if heading.words.lower() in COLUMNS_OF_DAYS:
        days = [span for span in find_dates(cell.words, reference=published) if span.first_day and span.year_stated]
        return (days[0].first_day, {}) if len(days) == 1 else None
    if heading.words.lower() in COLUMNS_OF_PLACES:
        known = Places.shipped().named(cell.words)
        return None, {"place": known.name if known else cell.words}
    facets = _people_of_row(tokens(cell.words)) or _place_of_row(cell.words)
    return None if facets is None else (None, facets)


def _people_of_row(found: Sequence[Token]) -> Facets | None:
    noun = _PEOPLE.at(found, 0)
    return dict(noun[1]) if noun is not None and noun[0] == len(found) and noun[1] else None


def _place_of_row(words: str) -> Facets | None:
    mentions = [mention for mention in Places.shipped().mentions(words) if mention.end - mention.start == len(words)]
    if not mentions or mentions[0].kind != "place" or len(mentions[0].names) != 1:
        return None
    return {"place": mentions[0].names[0]}
