"""`verify`, `db`: the store itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.answering import ExitCode
from tracker.cli.options import Json, Where, spread
from tracker.cli.output import answering, note, print_json, print_lines, progress
from tracker.settings import TRUSTED_KEYS

if TYPE_CHECKING:
    from db.verify import Verification

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
        Path | None,
        typer.Argument(help="A report made earlier, in any format; without it, the whole store.", metavar="[FILE]"),
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option(
            "--key",
            help=f"A public key that must have signed FILE: a file, or the key on a line [env: {TRUSTED_KEYS}]",
            metavar="KEY",
        ),
    ] = None,
    timestamp_root: Annotated[
        Path | None,
        typer.Option(help="The root certificate under which FILE must have been stamped.", metavar="CERTIFICATE"),
    ] = None,
    alone: Annotated[bool, typer.Option("--alone", help="Check FILE by itself, beside no store.")] = False,
    exit_code: ExitCode = False,  # noqa: ARG001 - accepted, and always so here
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Recompute everything that the ledger vouches for; exit with 3 where anything is missing or altered."""
    if file is None and (key or timestamp_root or alone):
        raise typer.BadParameter("--key, --timestamp-root and --alone are about a report: name its FILE")
    with answering():
        found = (
            _verify_store(where, json=json)
            if file is None
            else _verify_report(where, file, key, timestamp_root, alone=alone, json=json)
        )
        if not found.is_sound:
            raise typer.Exit(3)


def _verify_store(where: Where, *, json: bool) -> "Verification":
    from tracker.opening import open_store
    from tracker.verifying import verify_store

    told = where.settings()
    with open_store(told) as store, progress("verifying") as on_progress:
        found = verify_store(store, told.archive_folder(), on_progress)
    size, root, at = found.checkpoint.size, found.checkpoint.root, found.checkpoint.taken_at
    if json:
        state = {"size": size, "root": root, "time": at.isoformat(timespec="seconds")}
        print_json({**_found_json(found), "checkpoint": state})
    else:
        print_lines(_found_lines(found))
        print_lines((f"ledger of {size:,} entries, root {root}",))
        print_lines(("nothing is missing or altered" if found.is_sound else "the record is not as the ledger vouches",))
    return found


def _verify_report(
    where: Where, file: Path, keys: list[str] | None, root: Path | None, *, alone: bool, json: bool
) -> "Verification":
    from contextlib import nullcontext

    from reports.render.terminal import printable
    from tracker.keys import named_keys
    from tracker.opening import open_store, store_at_hand
    from tracker.timestamps import root_certificates
    from tracker.verifying_reports import Trust, verify_report

    told = where.settings()
    trust = Trust(tuple(named_keys(keys or told.trusted_keys)), tuple(root_certificates(root)) if root else ())
    is_at_hand = not alone and store_at_hand(told)
    with open_store(told) if is_at_hand else nullcontext() as store:
        verified = verify_report(file, trust, store)
    found = verified.found
    if not alone and not is_at_hand:
        verified.said.append(f"No store is at hand ({told.store_url}): the file was checked by itself.")
    if json:
        print_json({**_found_json(found), **verified.as_json()})
    else:
        print_lines(_found_lines(found))
        print_lines(printable(line) for line in verified.said)
        ended = "nothing is missing or altered" if found.is_sound else "the report is not as it was made"
        print_lines((f"ledger of {found.checkpoint.size:,} entries, root {found.checkpoint.root}", ended))
    return found


def _found_json(found: "Verification") -> dict[str, Any]:
    faults = {"altered": found.altered, "missing": found.missing}
    listed = {
        name: [{"what": fault.what, "id": fault.id, "why": fault.why} for fault in every]
        for name, every in faults.items()
    }
    return {"checked": found.checked, **listed}


def _found_lines(found: "Verification") -> Iterator[str]:
    from reports.render.terminal import printable

    yield f"checked: {', '.join(f'{what} {number:,}' for what, number in found.checked.items())}"
    for name, every in (("altered", found.altered), ("missing", found.missing)):
        yield from (printable(f"{name}: {fault.what} {fault.id}: {fault.why}") for fault in every)


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
