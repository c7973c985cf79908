"""`check`: whether claims are borne out by what was recorded."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.options import Json, Where, as_day, as_instant, spread
from tracker.cli.output import answering, note, print_json, print_lines, progress


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(spread(check))


def check(
    text: Annotated[
        str | None, typer.Argument(help="The claim, in its own words; - for standard input.", metavar="[TEXT|-]")
    ] = None,
    batch: Annotated[
        Path | None, typer.Option(help='Many claims, a line {"id", "text", "on"?, "source"?} each.', metavar="JSONL")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Whose word the claim says it is.", metavar="NAME")] = None,
    on: Annotated[date | None, typer.Option(parser=as_day, metavar="DATE", help="The day the claim was made.")] = None,
    event: Annotated[str | None, typer.Option(help="The event that it is about.", metavar="NAME")] = None,
    as_known_on: Annotated[
        date | None, typer.Option(parser=as_day, metavar="DATE", help="Weigh only what was published by then.")
    ] = None,
    as_recorded_on: Annotated[
        datetime | None,
        typer.Option(parser=as_instant, metavar="INSTANT", help="Weigh only what was recorded here by then."),
    ] = None,
    jobs: Annotated[int, typer.Option(help="Processes that share a batch.", min=1, max=256, metavar="N")] = 1,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 3 unless every claim is borne out.")
    ] = False,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Say whether a claim is borne out by what was recorded, with the evidence."""
    from tracker.checking import Given, checking

    given = Given(on=on, source=source, event=event, as_known_on=as_known_on)
    with answering():
        if batch is not None:
            from tracker.checked_batches import check_lines

            failed = 0
            url = where.settings().store_url
            with progress("checking") as on_progress:
                for done, (line, is_good) in enumerate(
                    check_lines(batch, url, given, jobs, as_recorded_on=as_recorded_on), start=1
                ):
                    print_lines((line,))
                    failed += not is_good
                    on_progress(done)
            if failed:
                note(f"error: {failed} of the lines in {batch} could not be checked; each says why in its `error`")
                raise typer.Exit(1)
            return
        from reports.claims.claims_json import checked_json
        from tracker.opening import open_store

        with open_store(where.settings()) as store, checking(store, as_recorded_on=as_recorded_on) as checker:
            found = checker.check(str(text), given)
        if json:
            print_json({"claims": [checked_json(one) for one in found]})
        else:
            for one in found:
                print_lines([one.claim.text, one.verdict, one.because, *one.would_have_matched])
                print_lines([f"   {piece.relation}: {piece.because}" for piece in one.evidence])
