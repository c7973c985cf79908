"""What the gate asks of the record: the counts of one line (an authority, an event, a full definition), by index."""

from datetime import date

from db.identity import figure_id
from db.records import Document, Figure
from db.rows import identity_of
from db.writer import Writer

_LINE = """
SELECT as_of, coalesce(best, low, high) FROM figure
WHERE definition = (SELECT key FROM definition WHERE id = ?)
AND authority = (SELECT key FROM source WHERE name = ?)
AND as_of IS NOT NULL AND is_share = 0 AND qualifier <> 'vague' AND modality <> 'projected'
AND earlier_value_of IS NULL
AND coalesce((SELECT other FROM act WHERE act.figure_id = figure.id AND kind = 'file' ORDER BY act.key DESC LIMIT 1),
    (SELECT name FROM event WHERE event.key = figure.event), '') = ?
AND NOT EXISTS (SELECT 1 FROM act WHERE act.figure_id = figure.id
    AND kind IN ('void', 'correct', 'retract', 'disown'))
AND (NOT EXISTS (SELECT 1 FROM held WHERE held.figure_id = figure.id)
    OR (SELECT kind FROM act WHERE act.figure_id = figure.id AND kind IN ('accept', 'reject')
        ORDER BY act.key DESC LIMIT 1) = 'accept')
ORDER BY as_of, coalesce(published, as_of), figure.key
"""


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
        authority, event = figure.chain.authority or "", figure.event or ""
        rows = self._writer.rows(_LINE, figure.definition.key, authority, event)
        return [(day if isinstance(day, date) else date.fromisoformat(day), count) for day, count in rows]

    def has(self, figure: Figure) -> bool:
        """Whether the document's figure was recorded before, held or not."""
        identifier = figure_id(identity_of(figure, self._document, 0))
        return bool(self._writer.rows("SELECT 1 FROM figure WHERE id = ?", identifier))
