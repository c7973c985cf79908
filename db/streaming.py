"""
Figures by the event they are filed under, with what comparing them needs and nothing more.

For questions to the whole record: one event's figures are in memory at a time, without quotes, words and titles.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, select

from db.find import acted_on, is_used, last_filings
from db.records import Act, Chain, Count, Definition, Evidence, Figure, RecordedFigure
from db.rows import chain_of, definition_of
from db.store import Store
from db.tables import metadata
from db.unchecked import day_of_row, instant_of_row, period_of_row, unchecked
from db.vocabulary import State

_T = metadata.tables
FIGURE, DOCUMENT, ENTRY, SOURCE, EVENT = (_T[name] for name in ("figure", "document", "entry", "source", "event"))
READING, HELD = _T["reading"], _T["held"]


def event_names(store: Store) -> list[str | None]:
    """Every event under which figures may be filed; None for those filed under none."""
    with store.reading() as connection:
        return [None, *connection.execute(select(EVENT.c.name).order_by(EVENT.c.key)).scalars()]


def figures_by_event(store: Store, events: Iterable[str | None]) -> Iterator[list[RecordedFigure]]:
    """
    The counts filed under each of these events, in the order of recording; held ones that nobody accepted are left out.

    Their quotes and words are empty: they are for comparing, not for showing.
    """
    with store.reading() as connection:
        stream = _Stream(connection)
        for event in events:
            yield stream.figures(event)


class _Stream:
    """What the rows of one state of the store refer to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._definitions = {
            row["key"]: definition_of(row) for row in connection.execute(select(_T["definition"])).mappings()
        }
        self._chains = {row["key"]: chain_of(row) for row in connection.execute(select(_T["chain"])).mappings()}
        self._events: dict[str, int] = {
            row["name"]: row["key"] for row in connection.execute(select(EVENT.c.name, EVENT.c.key)).mappings()
        }
        self._acted_on = acted_on(connection)
        self._filed = last_filings(connection)

    def figures(self, event: str | None) -> list[RecordedFigure]:
        """The counts filed under an event now."""
        key = self._events.get(event) if event is not None else None
        rows: Sequence[Sequence[Any]] = self._rows(
            _select().where(FIGURE.c.event == key if key is not None else FIGURE.c.event.is_(None))
        )
        if self._filed:
            rows = [row for row in rows if self._filed.get(bytes(row[1]), event) == event]
            known = {row[0] for row in rows}
            filed = [figure for figure, name in self._filed.items() if name == event]
            rows += [row for row in self._filed_here(filed) if row[0] not in known]
            rows.sort(key=lambda row: row[0])
        made = []
        for row in rows:
            state, acts = self._acted_on.get(bytes(row[1]), NOTHING_DONE)
            made.append(slim_figure(row, self._definitions[row[5]], self._chains[row[6]], event, state, acts))
        return made

    def _filed_here(self, figures: Sequence[bytes]) -> Iterator[Sequence[Any]]:
        for place in range(0, len(figures), 500):
            yield from self._rows(_select().where(FIGURE.c.id.in_(figures[place : place + 500])))

    def _rows(self, query: Select[Any]) -> list[Sequence[Any]]:
        """Rows as the driver gives them: decoding a million days and instants one by one takes too long."""
        compiled = query.compile(self._connection.engine, compile_kwargs={"render_postcompile": True})
        cursor = self._connection.connection.cursor()
        positions = compiled.positiontup
        values: Any = compiled.params if positions is None else [compiled.params[name] for name in positions]
        cursor.execute(str(compiled), values)
        found: list[Sequence[Any]] = list(cursor.fetchall())
        cursor.close()
        return found


NOTHING_DONE: tuple[State, tuple[Act, ...]] = ("recorded", ())


SLIM_COLUMNS = (
    "figure.key, figure.id, figure.document, reading.snapshot, entry.recorded_at, figure.definition, figure.chain, "
    "source.name, figure.part_of, figure.earlier_value_of, figure.doubts, figure.low, figure.best, figure.high, "
    "figure.qualifier, figure.as_of, figure.as_of_time, figure.as_of_basis, figure.published, figure.from_day, "
    "figure.to_day, figure.zone, figure.row_key, figure.start_at, figure.event"
)
"""What `slim_figure` takes, and then the event, for statements written by hand (see lines.py)."""


@cache
def _select() -> Select[Any]:
    names = "low best high qualifier as_of as_of_time as_of_basis published from_day to_day zone row_key start_at"
    return (
        select(
            FIGURE.c.key,
            FIGURE.c.id,
            FIGURE.c.document,
            READING.c.snapshot,
            ENTRY.c.recorded_at,
            FIGURE.c.definition,
            FIGURE.c.chain,
            SOURCE.c.name,
            FIGURE.c.part_of,
            FIGURE.c.earlier_value_of,
            FIGURE.c.doubts,
            *(FIGURE.c[name] for name in names.split()),
        )
        .join(DOCUMENT, DOCUMENT.c.key == FIGURE.c.document)
        .join(ENTRY, ENTRY.c.seq == FIGURE.c.entry)
        .join(READING, READING.c.key == FIGURE.c.reading)
        .outerjoin(SOURCE, SOURCE.c.key == DOCUMENT.c.publisher)
        .outerjoin(HELD, HELD.c.figure_id == FIGURE.c.id)
        .where(is_used(), FIGURE.c.is_share == 0)
        .order_by(FIGURE.c.key)
    )


def slim_figure(
    row: Sequence[Any],
    definition: Definition,
    chain: Chain,
    event: str | None,
    state: State,
    acts: tuple[Act, ...],
    same_text: str | None = None,
) -> RecordedFigure:
    """A figure without its words, from a row of these columns that was checked when it was recorded."""
    (_, figure_id, document, snapshot, recorded_at, _, _, publisher, whole, earlier, doubts,
     low, best, high, qualifier, as_of, time, basis, published, from_day, to_day, zone, row_key,
     start) = row  # fmt: skip
    figure = unchecked(Figure, {
        "count": unchecked(Count, {"low": low, "best": best, "high": high, "qualifier": qualifier, "text": ""}),
        "share": None,
        "definition": definition,
        "chain": chain,
        "evidence": _evidence(zone, row_key, start),
        "publisher": publisher,
        "published": day_of_row(published),
        "as_of": day_of_row(as_of),
        "as_of_time": time,
        "as_of_basis": basis,
        "modality": "reported",
        "origin": "imported",
        "period": period_of_row(from_day, to_day),
        "part_of": None if whole is None else bytes(whole).hex(),
        "doubts": () if doubts is None else tuple(json.loads(doubts)),
        "earlier_value_of": None if earlier is None else bytes(earlier).hex(),
        "event": event,
    })  # fmt: skip
    return RecordedFigure(
        bytes(figure_id).hex(),
        figure,
        state,
        instant_of_row(recorded_at),
        str(document),
        None,
        None,
        str(snapshot),
        None,
        acts,
        same_text,
    )


def _evidence(zone: str, row_key: str | None, start: int | None) -> Evidence:
    given = {"quote": "", "start": start, "end": None, "prefix": "", "suffix": ""}
    return unchecked(Evidence, {**given, "zone": zone, "locator": None, "row_key": row_key})
