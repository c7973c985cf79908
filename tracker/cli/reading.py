"""`extract`: what figures a text reports; records nothing."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from tracker.cli.options import Json, Where, as_day, spread
from tracker.cli.output import answering, note, print_json, print_lines, progress


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(spread(extract))


def extract(
    input: Annotated[
        str | None, typer.Argument(help="A file, an address, or - for standard input.", metavar="[FILE|URL|-]")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Whose document it is.", metavar="NAME")] = None,
    published: Annotated[
        date | None, typer.Option(parser=as_day, metavar="DATE", help="The day it was published.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="Its language, such as en.", metavar="xx")] = None,
    batch: Annotated[
        Path | None,
        typer.Option(help='Many texts, a line {"id", "text", …} each; prints a line each.', metavar="IN.jsonl"),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say which words gave each field, and why other numbers are no figures.")
    ] = False,
    jobs: Annotated[int, typer.Option(help="Processes that share a batch.", min=1, max=256, metavar="N")] = 1,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Print the figures a text reports; record nothing."""
    if (input is None) == (batch is None):
        raise typer.BadParameter("name one file, address or -, or give --batch IN.jsonl", param_hint="INPUT")
    if explain and batch is not None:
        raise typer.BadParameter("it explains one text; take the text out of the batch", param_hint="--explain")
    with answering():
        if batch is not None:
            _batch(batch, jobs)
        else:
            from tracker.ingesting import Stated

            _one(str(input), Stated(publisher, published, lang), where, json=json, explain=explain)


def _one(name: str, stated: Any, where: Where, *, json: bool, explain: bool) -> None:
    from sources.retrieve import retrieve
    from tracker.ingesting import find

    retrieved = retrieve(name, allow_networks=where.settings().allow_networks)
    found = find(retrieved, stated, explaining=explain)
    if json:
        from reports.figure_json import figure_json

        page = found.page
        document = {
            "title": page.title,
            "publisher": found.publisher,
            "published": found.published.isoformat() if found.published else None,
            "language": found.language,
            "text_length": len(page.text),
            "address": page.address or retrieved.address,
            "notes": list(found.notes),
        }
        answer: dict[str, Any] = {"document": document, "figures": [figure_json(figure) for figure in found.figures]}
        if found.explained is not None:
            from tracker.explaining import add_grounds

            add_grounds(answer, page.text, found.explained)
        print_json(answer)
        return
    from reports.render.terminal import extracted_table, plain

    if found.figures:
        print_lines(plain(extracted_table(found.figures)))
    else:
        note("no casualty figure found in this text")
    if found.explained is not None:
        from tracker.explaining import told

        print_lines(told(found.page.text, found.explained))
    for words in found.notes:
        note(f"note: {words}")


def _batch(batch: Path, jobs: int) -> None:
    from tracker.batches import extract_lines

    failed = 0
    with progress("extracting") as on_progress:
        for done, (line, is_good) in enumerate(extract_lines(batch, jobs), start=1):
            print_lines((line,))
            failed += not is_good
            on_progress(done)
    if failed:
        note(f"error: {failed} of the lines in {batch} could not be read; each says why in its `error`")
        raise typer.Exit(1)
