"""`verify`, `db`: the store itself."""

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.answering import ExitCode
from tracker.cli.options import Json, Where, spread
from tracker.cli.output import answering, note, print_json, print_lines, progress

File = Annotated[Path, typer.Argument(help="The file of the backup.", metavar="FILE")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(spread(verify))
    store = typer.Typer(
        help="The store: what it holds, its schema, copies of it.", no_args_is_help=True, rich_markup_mode=None
    )
    for command in (info, upgrade, backup, restore):
        store.command()(spread(command))
    app.add_typer(store, name="db")


def verify(
    file: Annotated[
        Path | None, typer.Argument(help="A report made earlier, in any format but .csv and .xlsx.", metavar="[FILE]")
    ] = None,
    exit_code: ExitCode = False,  # noqa: ARG001 - accepted, and always so here
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Recompute everything that the ledger vouches for; exit with 3 where anything is missing or altered."""
    with answering():
        from tracker.opening import open_store
        from tracker.verifying import verify_report, verify_store

        told = where.settings()
        with open_store(told) as store:
            if file is not None:
                found = verify_report(store, file)
            else:
                with progress("verifying") as on_progress:
                    found = verify_store(store, told.archive_folder(), on_progress)
        faults = {"altered": found.altered, "missing": found.missing}
        checkpoint = {
            "size": found.checkpoint.size,
            "root": found.checkpoint.root,
            "time": found.checkpoint.taken_at.isoformat(timespec="seconds"),
        }
        if json:
            listed = {
                name: [{"what": fault.what, "id": fault.id, "why": fault.why} for fault in every]
                for name, every in faults.items()
            }
            print_json({"checked": found.checked, **listed, "checkpoint": checkpoint})
        else:
            counted = ", ".join(f"{what} {number:,}" for what, number in found.checked.items())
            print_lines((f"checked: {counted}",))
            for name, every in faults.items():
                print_lines(f"{name}: {fault.what} {fault.id}: {fault.why}" for fault in every)
            print_lines((f"ledger of {checkpoint['size']:,} entries, root {checkpoint['root']}",))
            print_lines(
                ("nothing is missing or altered" if found.is_sound else "the record is not as the ledger vouches",)
            )
        if not found.is_sound:
            raise typer.Exit(3)


def info(json: Json = False, where: Where = Where()) -> None:
    """Show where the store is and what it holds."""
    with answering():
        from db.checkpoints import checkpoint
        from db.engine import store_name
        from db.known import counts
        from db.schema import CURRENT
        from tracker.opening import open_store

        told = where.settings()
        with open_store(told) as store:
            held, now = counts(store), checkpoint(store)
            answer = {
                "store": store_name(store.engine),
                "archive": str(told.archive_folder()),
                "schema": CURRENT,
                "records": held,
                "checkpoint": {"size": now.size, "root": now.root},
            }
        if json:
            print_json(answer)
            return
        print_lines((f"store    {answer['store']}", f"archive  {answer['archive']}", f"schema   {CURRENT}"))
        print_lines(f"{number:>12,} {name}" for name, number in held.items())
        print_lines((f"root     {now.root}",))


def upgrade(json: Json = False, where: Where = Where()) -> None:
    """Bring a store made by an older version to this version's schema."""
    with answering():
        from db.engine import store_engine
        from db.schema import upgrade as upgrade_schema

        engine = store_engine(where.settings().store_url)
        try:
            before, after = upgrade_schema(engine)
        finally:
            engine.dispose()
        if json:
            print_json({"before": before, "after": after})
        else:
            print_lines(
                (f"schema {before or 'none'} -> {after}" if before != after else f"schema {after}, nothing to do",)
            )


def backup(file: File, json: Json = False, where: Where = Where()) -> None:
    """Copy the store and its archive to FILE and FILE.archive: an SQLite store of its own, whatever this one is."""
    _copy(where, file, json=json, back=False)


def restore(file: File, json: Json = False, where: Where = Where()) -> None:
    """Copy a backup into this store, which must be empty."""
    _copy(where, file, json=json, back=True)


def _copy(where: Where, file: Path, *, json: bool, back: bool) -> None:
    with answering():
        from tracker.backups import backup as make_backup
        from tracker.backups import restore as restore_backup

        with progress("copying") as on_progress:
            rows = (restore_backup if back else make_backup)(where.settings(), file, on_progress)
        if json:
            print_json({"file": str(file), "rows": rows})
        else:
            note(f"{rows:,} rows {'restored from' if back else 'copied to'} {file}")
