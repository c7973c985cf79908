"""`runs`: what came of the last visits; and one visit as a row, as JSON and as a line of a journal."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.options import Json, Where
from tracker.cli.output import answering, print_json, print_tables

if TYPE_CHECKING:
    from db.watches import Run

_COLUMNS = ("watch", "outcome", "started (UTC)", "ended", "pages", "new", "held", "failed", "next due", "cause")


def runs(
    watch: Annotated[str | None, typer.Option(help="Of this watch only.", metavar="NAME")] = None,
    failing: Annotated[bool, typer.Option("--failing", help="Only those that failed or found nothing.")] = False,
    limit: Annotated[int, typer.Option(help="How many, the latest first.", min=1, max=10_000, metavar="N")] = 50,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Show what came of the last visits, and when their watches are due next."""
    with answering():
        from db.watches import runs as last_runs
        from db.watches import watches
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            found = last_runs(store, watch=watch, failing=failing, limit=limit)
            due = {one.name: one.next_due for one in watches(store) if one.state == "active"}
        if json:
            print_json({"runs": [run_json(one, due.get(one.watch)) for one in found]})
        else:
            print_runs(found, due)


def print_runs(found: "Sequence[Run]", due: Mapping[str, datetime]) -> None:
    """
    Runs as a table, the latest first.

    Args:
        due: when the active watches are due next, by name; it stands in the latest run of each.
    """
    from reports.render.terminal import Table, printable

    columns: tuple[str, ...] = _COLUMNS if any(one.cause for one in found) else _COLUMNS[:-1]
    left, rows = dict(due), []
    for one in found:
        counts = (str(count) for count in (one.pages, one.new, one.held, one.failed))
        cells = (
            one.watch, one.outcome or "under way", f"{one.started_at:%Y-%m-%d %H:%M}",
            _time(one.ended_at, one.started_at), *counts, _time(left.pop(one.watch, None), one.started_at),
            one.cause or "",
        )  # fmt: skip
        rows.append(tuple(printable(cell) for cell in cells[: len(columns)]))
    print_tables((Table(columns, tuple(rows), right=frozenset(range(4, 8))),) if rows else (), "no run yet")


def _time(at: datetime | None, started: datetime) -> str:
    """A time of day where it is of the day on which a run started; else the day too."""
    if at is None:
        return ""
    return f"{at:%H:%M}" if at.date() == started.date() else f"{at:%Y-%m-%d %H:%M}"


def run_json(one: "Run", next_due: datetime | None) -> dict[str, Any]:
    """A run in JSON; `next_due` is null where its watch is paused or gone."""
    return as_json(asdict(one) | {"next_due": next_due})


def as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same with every instant as text."""
    from reports.figure_json import instant_text

    return {name: instant_text(value) if isinstance(value, datetime) else value for name, value in values.items()}


def instants_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """A run as jobs give it (instants as ISO 8601), its instants read."""
    instants = {
        name: datetime.fromisoformat(told[name]) for name in ("slot", "started_at", "ended_at") if told.get(name)
    }
    return {**told, **instants}


def line_of(told: Mapping[str, Any]) -> str:
    """One visit, as jobs tell it, as a line of a journal."""
    run = instants_of(told)
    counts = (
        f"{run['pages']} page{'s' * (run['pages'] != 1)}, {run['new']} new, {run['held']} held, {run['failed']} failed"
    )
    seconds = (run["ended_at"] - run["started_at"]).total_seconds()
    cause = f"; {run['cause']}" if run["cause"] else ""
    return f"visited {run['watch']}: {run['outcome']}; {counts}; {seconds:.1f} s{cause}"
