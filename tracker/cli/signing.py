"""`keys`: whose signatures stand under reports."""

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.options import Json
from tracker.cli.output import answering, note, print_json, print_lines
from tracker.settings import KEY, KEY_PASSPHRASE

File = Annotated[Path, typer.Argument(help="The file of a private or public key.", metavar="FILE")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    keys = typer.Typer(help="Keys that sign the checkpoints of reports.", no_args_is_help=True, rich_markup_mode=None)
    keys.command()(new)
    keys.command()(show)
    app.add_typer(keys, name="keys")


def new(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Where the private key goes; never overwritten.", metavar="FILE")
    ] = Path("casualty-figures-key.pem"),
    json: Json = False,
) -> None:
    """Make a key (Ed25519) that signs reports; encrypted where CASUALTY_FIGURES_KEY_PASSPHRASE is set."""
    with answering():
        import os

        from tracker.keys import new_key

        key = new_key(output)
        if json:
            print_json({"file": str(output), "id": key.id, "verifier": key.verifier})
            return
        print_lines((key.verifier,))
        sealed = "encrypted" if os.environ.get(KEY_PASSPHRASE) else "not encrypted"
        note(f"private key in {output}, {sealed}; {KEY}={output} signs every report with it")


def show(file: File, json: Json = False) -> None:
    """Print the public half of a key, as `verify --key` and other tools take it, and its short id."""
    with answering():
        from tracker.keys import public_key, public_pem

        key = public_key(file)
        if json:
            print_json({"id": key.id, "verifier": key.verifier, "pem": public_pem(key)})
        else:
            print_lines((f"id {key.id}", key.verifier, public_pem(key).rstrip("\n")))
