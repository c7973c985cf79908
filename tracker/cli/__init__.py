"""The command `casualty-figures`: one module a group of commands, each importing its work only when it runs."""

import sys
import warnings
from typing import Annotated

import typer

from tracker.cli import (
    acting,
    answering,
    charting,
    checking,
    listing,
    reading,
    recording,
    reviewing,
    signing,
    storing,
    trying,
    watching,
)
from tracker.cli.options import BEFORE_COMMAND, Where, spread

app = typer.Typer(
    name="casualty-figures",
    help="Record who reported which casualty figure, when and about what; show how figures changed and where sources "
    "disagree. It says what was recorded, never which number is true.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
for group in (
    trying,
    reading,
    recording,
    acting,
    reviewing,
    listing,
    answering,
    charting,
    checking,
    watching,
    signing,
    storing,
):
    group.register(app)


@app.callback(invoke_without_command=True)
@spread
def every_command(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
    where: Where = Where(),
) -> None:
    """Take what stands before a command's name: where the store is, or a question about the command itself."""
    BEFORE_COMMAND.set(where)
    if version:
        from importlib import metadata

        sys.stdout.write(f"casualty-figures {metadata.version('casualty-figures')}\n")
        raise typer.Exit


def main() -> None:
    """Run the command."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # libraries' warnings are for developers, not for readers
    app()
