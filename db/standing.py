"""What the gate asks of the record: the counts of one line (an authority, an event, a full definition), by index."""

from datetime import date, timedelta

from db.identity import figure_id
from db.records import Document, Figure
from db.rows import identity_of
from db.writer import Writer

ONE_DAY = timedelta(days=1)
_STANDING = """
SELECT as_of, coalesce(best, low, high) FROM figure
WHERE definition = (SELECT key FROM definition WHERE id = ?)
AND authority = (SELECT key FROM source WHERE name = ?)
AND coalesce((SELECT other FROM act WHERE act.figure_id = figure.id AND kind = 'file' ORDER BY act.key DESC LIMIT 1),
    (SELECT name FROM event WHERE event.key = figure.event), '') = ?
AND is_share = 0 AND qualifier <> 'vague' AND modality <> 'projected' AND earlier_value_of IS NULL
AND NOT EXISTS (SELECT 1 FROM act WHERE act.figure_id = figure.id
    AND kind IN ('void', 'correct', 'retract', 'disown'))
AND (NOT EXISTS (SELECT 1 FROM held WHERE held.figure_id = figure.id)
    OR (SELECT kind FROM act WHERE act.figure_id = figure.id AND kind IN ('accept', 'reject')
        ORDER BY act.key DESC LIMIT 1) = 'accept')
"""
LINE = _STANDING + "AND as_of IS NOT NULL ORDER BY as_of, coalesce(published, as_of), figure.key"
FIRST = _STANDING + "AND as_of IS NOT NULL ORDER BY as_of LIMIT 1"
LATEST = _STANDING + "AND as_of <= ? ORDER BY as_of DESC, coalesce(published, as_of) DESC, figure.key DESC LIMIT 1"


class StandingRecord:
    """
    The record as it stands while one document is gated.

    What the gate holds, what we voided or corrected and what was withdrawn does not stand; a held figure that a
    person accepted does.
    """

    def __init__(self, writer: Writer, document: Document) -> None:
        """Ask inside the transaction that records the document."""
        self._writer = writer
        self._document = document.id.hex()

    def line_of(self, figure: Figure) -> list[tuple[date, int]]:
        """The as-of days and counts that stand in the line of a figure, in the order in which they came into force."""
        return self._asked(LINE, figure)

    def near(self, figure: Figure, days: int) -> list[tuple[date, int]]:
        """
        Of the same line its first day, and the last number of so many days that are not after the figure's own.

        However long the line is, it takes one look into the index for each of them.
        """
        found: list[tuple[date, int]] = []
        until = figure.as_of
        while until is not None and len(found) < days and (latest := self._asked(LATEST, figure, until)):
            found += latest
            until = latest[0][0] - ONE_DAY
        return [*self._asked(FIRST, figure), *found[::-1]] if found else []

    def _asked(self, statement: str, figure: Figure, *values: date) -> list[tuple[date, int]]:
        authority, event = figure.chain.authority or "", figure.event or ""
        rows = self._writer.rows(statement, figure.definition.key, authority, event, *values)
        return [(day if isinstance(day, date) else date.fromisoformat(day), count) for day, count in rows]

    def has(self, figure: Figure) -> bool:
        """Whether the document's figure was recorded before, held or not."""
        identifier = figure_id(identity_of(figure, self._document, 0))
        return bool(self._writer.rows("SELECT 1 FROM figure WHERE id = ?", identifier))
