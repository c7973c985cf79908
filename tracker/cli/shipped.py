"""`watch shipped` and `watch add-shipped`: ready-made watches, listed and added by name."""

from dataclasses import asdict
from typing import Annotated

import typer

from tracker.cli.options import Json, Where
from tracker.cli.output import answering, note, print_json, print_tables

Names = Annotated[list[str], typer.Argument(help="Names that `watch shipped` lists.", metavar="NAME…")]


def shipped(json: Json = False) -> None:
    """List the ready-made watches for well-known public sources; none is visited until it is added."""
    with answering():
        from reports.render.terminal import Table
        from tracker.schedules import seconds_of
        from tracker.shipped_watches import shipped_watches

        found = shipped_watches().values()
        if json:
            same = ("name", "kind", "address", "publisher")
            told = [
                {key: table[key] for key in same} | {"every": seconds_of(table["every"]), "mapping": table.get("map")}
                for table in found
            ]
            print_json({"watches": told})
            return
        columns = ("name", "kind", "every", "publisher", "address")
        print_tables((Table(columns, tuple(tuple(table[key] for key in columns) for table in found)),), "none")


def add_shipped(
    names: Names,
    event: Annotated[str | None, typer.Option(help="File their figures under this event.", metavar="NAME")] = None,
    match: Annotated[
        str | None, typer.Option(help="Of each feed, only entries whose address or title fits.", metavar="REGEX")
    ] = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Visit ready-made watches on a schedule, from now on; whether their sites' terms allow it is yours to read."""
    with answering():
        from tracker.opening import open_store
        from tracker.shipped_watches import add_shipped as add

        with open_store(where.settings()) as store:
            done = add(store, names, event=event, match=match)
        if json:
            print_json(asdict(done))
        else:
            note("; ".join(f"{len(found)} {what}" for what, found in asdict(done).items() if found))
