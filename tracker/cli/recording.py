"""`ingest`, `reread`, `import`, `add`: taking documents, datasets and typed figures into the record."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.figure_options import FigureOptions
from tracker.cli.options import FilterOptions, Json, Where, as_day, spread
from tracker.cli.output import answering, note, print_json, print_lines, progress

if TYPE_CHECKING:
    from tracker.ingesting import Outcome


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(spread(ingest))
    app.command()(spread(reread))
    app.command("import")(spread(import_))
    app.command()(spread(add))


def ingest(
    inputs: Annotated[
        list[str] | None, typer.Argument(help="Files or addresses, or - for standard input.", metavar="FILE|URL...")
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option(help="A folder of documents, or a WARC file; run again, it goes on.", metavar="FOLDER|WARC"),
    ] = None,
    jobs: Annotated[int, typer.Option(help="Jobs of a batch at the same time.", min=1, max=64, metavar="N")] = 2,
    publisher: Annotated[str | None, typer.Option(help="Whose document it is.", metavar="NAME")] = None,
    published: Annotated[
        date | None, typer.Option(parser=as_day, metavar="DATE", help="The day it was published.")
    ] = None,
    address: Annotated[str | None, typer.Option(help="Its address, where a saved file has one.", metavar="URL")] = None,
    lang: Annotated[str | None, typer.Option(help="Its language, such as en.", metavar="xx")] = None,
    event: Annotated[str | None, typer.Option(help="File its figures under this event.", metavar="NAME")] = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Archive documents, extract their figures and record them."""
    if bool(inputs) == (batch is not None):
        raise typer.BadParameter("name files or addresses, or give --batch FOLDER", param_hint="FILE|URL...")
    if batch is not None and address is not None:
        raise typer.BadParameter("many documents have no one address", param_hint="--address")
    if batch is not None:
        _backfill(batch, publisher, published, lang, event, where, jobs=jobs, json=json)
        return
    with answering():
        from db.errors import StoreUnavailable, UnknownRecord
        from sources.archive import Archive
        from sources.errors import SourceError
        from tracker.ingesting import Outcome, Stated, ingest
        from tracker.opening import open_store

        stated, told, outcome = Stated(publisher, published, lang, event, address), where.settings(), Outcome()
        with open_store(told) as store, progress("ingesting", len(inputs or ())) as on_progress:
            archive = Archive(told.archive_folder())
            _mention_unknown(publisher)
            for done, name in enumerate(inputs or (), start=1):
                heard: list[str] = []
                try:
                    recorded = ingest(
                        store, archive, name, stated, allow_networks=told.allow_networks, on_note=heard.append
                    )
                    outcome.add(recorded)
                    outcome.notes += [f"{name}: {words}" for words in heard]
                except (SourceError, UnknownRecord, StoreUnavailable) as error:
                    outcome.errors.append((name, str(error)))
                on_progress(done)
        _tell(outcome, json=json)


def reread(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change; record nothing.")] = False,
    json: Json = False,
    asked: FilterOptions = FilterOptions(),
    where: Where = Where(),
) -> None:
    """Read archived documents again with today's extractor, without fetching, and record what is new."""
    with answering():
        from reports.figure_json import figure_json
        from reports.render.terminal import printable
        from reports.sentences import figure_words
        from sources.archive import Archive
        from tracker.opening import open_store
        from tracker.rereading import reread as read_again

        told = where.settings()
        with open_store(told) as store, progress("reading again") as on_progress:
            archive = Archive(told.archive_folder())
            done = read_again(store, archive, asked.asked(), record=not dry_run, on_progress=on_progress)
        if json:
            print_json(
                {
                    "snapshots": done.snapshots,
                    "current": done.current,
                    "figures": {"new": done.outcome.new, "held": done.outcome.held},
                    "changed": [
                        {
                            "document": one.document,
                            "address": one.address,
                            "snapshot": f"sha256:{one.snapshot}",
                            "new": [figure_json(figure) for figure in one.new],
                            "gone": [recorded.id for recorded in one.gone],
                        }
                        for one in done.changed
                    ],
                    "errors": [{"where": place, "what": what} for place, what in done.errors],
                }
            )
        else:
            for one in done.changed:
                print_lines([printable(one.address or one.document)])
                print_lines(printable(f"  new: {figure_words(figure)}") for figure in one.new)
                print_lines(
                    printable(f"  no longer read: {figure_words(gone.figure)} ({gone.id[:12]})") for gone in one.gone
                )
            verb = "would be read" if dry_run else "read"
            note(f"{done.snapshots} snapshots {verb} again, {done.current} are by this version")
            note(f"{done.outcome.new} new figures")
        if done.errors:
            for place, what in done.errors:
                note(f"error: {place}: {what}")
            raise typer.Exit(1)


def _backfill(
    batch: Path,
    publisher: str | None,
    published: date | None,
    lang: str | None,
    event: str | None,
    where: Where,
    *,
    jobs: int,
    json: bool,
) -> None:
    with answering():
        from tracker.ingesting import Stated
        from tracker.jobs.running import backfill_by_jobs

        told = where.settings()
        told.archive_folder()
        with progress("ingesting") as on_progress:
            _mention_unknown(publisher)
            stated = Stated(publisher, published, lang, event, None)
            outcome = backfill_by_jobs(told, batch, stated, jobs=jobs, on_progress=on_progress)
        _tell(outcome, json=json)


def _mention_unknown(publisher: str | None) -> None:
    if publisher:
        from sources.catalogue import Catalogue

        if Catalogue.shipped().named(publisher) is None:
            note(f"note: publisher {publisher!r} is not in the catalogue; it is taken as given")


def import_(
    file: Annotated[Path, typer.Argument(help="CSV, TSV, JSON, JSON Lines, XLSX or Parquet.", metavar="FILE")],
    map: Annotated[
        str, typer.Option("--map", help="A shipped mapping's name, or a TOML file.", metavar="NAME|MAP.toml")
    ],
    event: Annotated[
        str | None, typer.Option(help="File the figures under this event, not the mapping's.", metavar="NAME")
    ] = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Record a dataset's figures by a declarative mapping."""
    with answering():
        from db.errors import RecordError
        from sources.archive import Archive
        from sources.errors import SourceError
        from tracker.importing import import_dataset
        from tracker.ingesting import Outcome
        from tracker.opening import open_store

        told, outcome = where.settings(), Outcome()
        with open_store(told) as store, progress("importing") as on_progress:
            try:
                archive = Archive(told.archive_folder())
                outcome = import_dataset(store, archive, file, map, event=event, on_progress=on_progress)
            except (SourceError, RecordError) as error:
                outcome.errors.append((str(file), str(error)))
        _tell(outcome, json=json)


def _tell(outcome: "Outcome", *, json: bool) -> None:
    """Print what recording did; exit 1 where any of it failed."""
    refused = sum(outcome.refused.values())
    if json:
        print_json(
            {
                "documents": outcome.documents,
                "snapshots": outcome.snapshots,
                "figures": {
                    "new": outcome.new,
                    "unchanged": outcome.unchanged,
                    "held": outcome.held,
                    "refused": refused,
                },
                "copies": outcome.copies,
                "refused": [{"reason": reason, "count": count} for reason, count in sorted(outcome.refused.items())],
                "notes": outcome.notes,
                "errors": [{"where": where, "what": what} for where, what in outcome.errors],
            }
        )
    else:
        new = ((outcome.documents, "document"), (outcome.snapshots, "snapshot"), (outcome.new, "figure"))
        told = ", ".join(f"{number:,} new {thing}{'' if number == 1 else 's'}" for number, thing in new)
        print_lines((f"{told}, {outcome.unchanged:,} recorded before",))
        if outcome.held:
            print_lines(
                (f"held for a person to look at: {outcome.held:,} (`casualty-figures figures --held` says why)",)
            )
        if outcome.copies:
            print_lines((f"nearly the same text as an earlier document: {outcome.copies:,}",))
        print_lines(
            f"refused by the mapping: {count:,} ({reason})" for reason, count in sorted(outcome.refused.items())
        )
        for words in outcome.notes:
            note(f"note: {words}")
        for place, what in outcome.errors:
            note(f"error: {what}" if place in what else f"error: {place}: {what}")
    if outcome.errors:
        raise typer.Exit(1)


def add(
    given: FigureOptions,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Record one figure by hand."""
    with answering():
        from db.find import figure_by_id
        from reports.figure_json import figure_json
        from reports.sentences import figure_words
        from sources.archive import Archive
        from tracker.adding import add as add_figure
        from tracker.opening import open_store

        told = where.settings()
        with open_store(told) as store:
            identifier, is_new = add_figure(store, Archive(told.archive_folder()), given.fields())
            recorded = figure_by_id(store, identifier)
        if json:
            print_json(figure_json(recorded))
        else:
            done = "recorded" if is_new else "recorded before"
            print_lines((f"{identifier}  {done}: {figure_words(recorded.figure)}",))
