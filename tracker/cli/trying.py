"""`demo`: the main job on shipped, offline material."""

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.options import Json, spread
from tracker.cli.output import answering, print_json, print_lines


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(spread(demo))


def demo(
    folder: Annotated[
        Path | None, typer.Option(help="Where the scratch store goes; a new temporary folder otherwise.", metavar="DIR")
    ] = None,
    json: Json = False,
) -> None:
    """Do the main job on shipped, offline material in a scratch store."""
    with answering():
        from tracker.demo import run

        told = run(folder)
        if json:
            print_json(told.as_json())
        else:
            print_lines(told.lines())
