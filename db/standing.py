"""The counts of one line of the record (an authority, an event, a full definition), for the gate."""

from datetime import date

from db.records import Figure
from db.writer import Writer

_LINE = """
SELECT figure.as_of, coalesce(figure.best, figure.low, figure.high)
FROM figure
JOIN definition ON definition.key = figure.definition
JOIN source ON source.key = figure.authority
LEFT JOIN event ON event.key = figure.event
LEFT JOIN held ON held.figure_id = figure.id
WHERE definition.id = ? AND source.name = ? AND coalesce(event.name, '') = ? AND figure.as_of IS NOT NULL
AND (held.figure_id IS NULL OR (SELECT act.kind FROM act WHERE act.figure_id = figure.id
    AND act.kind IN ('accept', 'reject') ORDER BY act.key DESC LIMIT 1) = 'accept')
AND NOT EXISTS (SELECT 1 FROM act WHERE act.figure_id = figure.id AND act.kind IN ('void', 'correct'))
"""


def line_of(writer: Writer, figure: Figure) -> list[tuple[date, int]]:
    """
    The as-of days and counts recorded in the line of a figure, in no order.

    Figures that the gate holds, and those that we voided or corrected, are left out.
    """
    authority, event = figure.chain.authority or "", figure.event or ""
    rows = writer.rows(_LINE, figure.definition.key, authority, event)
    return [(day if isinstance(day, date) else date.fromisoformat(day), count) for day, count in rows if count]
