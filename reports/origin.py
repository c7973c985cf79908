"""Traces where a number first appears in the record, and who carried it since: a match, never an attribution."""

from dataclasses import dataclass
from datetime import date

from db.records import RecordedFigure


@dataclass(frozen=True, slots=True)
class Appearance:
    """One recorded appearance of a number; `probably` where the definitions compare only probably as the same."""

    figure: RecordedFigure
    day: date | None
    probably: bool
    because: str


@dataclass(frozen=True, slots=True)
class OriginTrace:
    """
    Every recorded appearance of one number.

    Attributes:
        earliest: the first appearance by the day it speaks of, then by publication.
        appearances: all of them, the figure asked about included, in that order.
        issuers: the issuers named for the number, in order; several may stand side by side, none is corrected.
        note: one sentence that says what a match means.
    """

    earliest: Appearance
    appearances: tuple[Appearance, ...]
    issuers: tuple[str, ...]
    note: str
