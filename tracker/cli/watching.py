"""`watch`, `run`, `worker`: what is visited on a schedule."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from os import SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.vocabulary import Outcome, Status, WatchKind
from tracker.cli.options import Json, Where, spread
from tracker.cli.output import answering, note, print_json, print_lines, print_tables, progress, stop_event
from tracker.cli.runs import as_json, instants_of, line_of, print_runs, run_json, runs
from tracker.cli.shipped import add_shipped, shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import RawIOBase

    from db.watches import Watch
    from tracker.settings import Settings
    from tracker.telling import OnNotice

Notices = Annotated[
    str | None,
    typer.Option(help="Append notices as JSON lines to this file; - for standard output.", metavar="FILE|-"),
]
Jobs = Annotated[int, typer.Option(help="Visits at the same time.", min=1, max=64, metavar="N")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No line on standard error for each visit.")]
Name = Annotated[str, typer.Argument(help="The watch's name.", metavar="NAME")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(help="What is visited on a schedule.", no_args_is_help=True)
    for command in (add, shipped, add_shipped, sync, list_, show, pause, resume, remove):
        group.command(command.__name__.removesuffix("_").replace("_", "-"))(spread(command))
    app.add_typer(group, name="watch")
    for top in (run, worker, runs):
        app.command()(spread(top))


def add(
    address: Annotated[str, typer.Argument(help="What is visited.", metavar="ADDRESS")],
    kind: Annotated[WatchKind, typer.Option(help="What stands there.")],
    every: Annotated[str | None, typer.Option(help="How often: 15m, 1h, 2d, 1w.", metavar="LENGTH")] = None,
    cron: Annotated[str | None, typer.Option(help="When, as a cron line.", metavar="LINE")] = None,
    timezone: Annotated[str, typer.Option(help="The zone of the cron line.", metavar="ZONE")] = "UTC",
    name: Annotated[str | None, typer.Option(help="What it is called; its address otherwise.", metavar="NAME")] = None,
    publisher: Annotated[str | None, typer.Option(help="Whose documents they are.", metavar="NAME")] = None,
    event: Annotated[str | None, typer.Option(help="File its figures under this event.", metavar="NAME")] = None,
    map: Annotated[str | None, typer.Option(help="The mapping of a dataset.", metavar="NAME|MAP.toml")] = None,
    match: Annotated[
        str | None, typer.Option(help="Of a list, only entries whose address or title fits.", metavar="REGEX")
    ] = None,
    notice_outcome: Annotated[Outcome | None, typer.Option(help="Notices of this outcome only.")] = None,
    notice_group: Annotated[
        str | None, typer.Option(help="Notices of figures that count this group only.", metavar="NAME")
    ] = None,
    notice_status: Annotated[Status | None, typer.Option(help="Notices of people of this status only.")] = None,
    notice_place: Annotated[
        str | None, typer.Option(help="Notices of this place, or one within it, only.", metavar="NAME")
    ] = None,
    notice_event: Annotated[
        str | None, typer.Option(help="Notices of this event, or one within it, only.", metavar="NAME")
    ] = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Visit an address on a schedule, from now on."""
    with answering():
        from tracker.filtering import Asked
        from tracker.opening import open_store
        from tracker.watching import new_watch

        with open_store(where.settings()) as store:
            made = new_watch(
                store,
                address,
                kind,
                name=name,
                every=every,
                cron=cron,
                timezone=timezone,
                publisher=publisher,
                event=event,
                mapping=map,
                match=match,
                notices=Asked(
                    outcome=notice_outcome,
                    group=notice_group,
                    status=notice_status,
                    place=notice_place,
                    event=notice_event,
                ),
            )
        if json:
            print_json(_watch_json(made))
        else:
            note(f"watch {made.name!r} is visited from now on: run `casualty-figures run`, or `run --once` by cron")


def sync(
    file: Annotated[Path, typer.Argument(help="A TOML file with one [[watch]] table each.", metavar="FILE")],
    prune: Annotated[bool, typer.Option("--prune", help="Remove the watches that it does not name.")] = False,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Make the watches as a file has them, kept and reviewed like code."""
    with answering():
        from tracker.opening import open_store
        from tracker.watching import sync as sync_watches

        with open_store(where.settings()) as store:
            done = sync_watches(store, file, prune=prune)
        if json:
            print_json(asdict(done))
        else:
            note("; ".join(f"{len(names)} {what}" for what, names in asdict(done).items()))


def list_(json: Json = False, where: Where = Where()) -> None:
    """List the watches."""
    with answering():
        from db.watches import watches
        from reports.render.terminal import Table, printable
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            found = watches(store)
        if json:
            print_json({"watches": [_watch_json(one) for one in found]})
            return
        columns = ("name", "kind", "state", "when", "next due (UTC)", "failures", "figures")
        rows = tuple(tuple(printable(cell) for cell in _cells(one)) for one in found)
        print_tables(
            (Table(columns, rows, right=frozenset({5, 6})),) if rows else (), "no watch: `watch add` makes one"
        )


def _cells(one: "Watch") -> tuple[str, ...]:
    from tracker.schedules import length_of

    when = f"every {length_of(one.every)}" if one.every is not None else f"{one.cron} ({one.timezone})"
    due = f"{one.next_due:%Y-%m-%d %H:%M}" if one.state == "active" else ""
    return one.name, one.kind, one.state, when, due, str(one.failures), f"{one.figures:,}"


def show(name: Name, json: Json = False, where: Where = Where()) -> None:
    """Show a watch and its last runs."""
    with answering():
        from db.watches import runs as last_runs
        from db.watches import watch_named
        from reports.render.terminal import printable
        from tracker.opening import open_store
        from tracker.schedules import length_of

        with open_store(where.settings()) as store:
            watch = watch_named(store, name)
            found = last_runs(store, watch=name, limit=10)
        due = {name: watch.next_due} if watch.state == "active" else {}
        if json:
            print_json({"watch": _watch_json(watch), "runs": [run_json(one, due.get(name)) for one in found]})
            return
        said = _watch_json(watch) | ({"every": length_of(watch.every)} if watch.every is not None else {})
        print_lines(printable(f"{field}: {value}") for field, value in said.items() if value not in (None, ""))
        print_lines([""])
        print_runs(found, due)


def pause(
    name: Name,
    reason: Annotated[str | None, typer.Option(help="Why.", metavar="TEXT")] = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Leave a watch unvisited until it is resumed."""
    _change(name, where, json, state="paused", why=reason)


def resume(name: Name, json: Json = False, where: Where = Where()) -> None:
    """Visit a paused watch again, from now on."""
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    _change(name, where, json, state="active", why=None, failures=0, next_due=now, planned_at=now)


def _change(name: str, where: Where, json: bool, **values: Any) -> None:
    with answering():
        from db.watches import change_watch
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            changed = change_watch(store, name, **values)
        if json:
            print_json(_watch_json(changed))
        else:
            note(f"watch {changed.name!r} is {changed.state}")


def remove(name: Name, json: Json = False, where: Where = Where()) -> None:
    """Forget a watch; what it recorded stays."""
    with answering():
        from db.watches import remove_watch, watch_named
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            removed = watch_named(store, name)
            remove_watch(store, name)
        if json:
            print_json(_watch_json(removed))
        else:
            note(f"watch {name!r} is removed; what it recorded stays")


def run(
    once: Annotated[bool, typer.Option("--once", help="Visit what is due, then exit: for cron and CI.")] = False,
    jobs: Jobs = 4,
    notices: Notices = None,
    quiet: Quiet = False,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Visit what is due, until stopped; or once."""
    if json and not once:
        raise typer.BadParameter("it prints one answer at the end: give --once too", param_hint="--json")
    with answering(), _telling(notices) as on_notice:
        from tracker.jobs.running import run_once

        settings = _settings(where)
        if not once:
            _until_stopped(settings, jobs, on_notice, quiet=quiet, schedules=True)
            return
        with _progress(settings) as on_run:
            done = run_once(settings, jobs=jobs, on_notice=on_notice, on_run=on_run)
        ended = [one["run"] for one in done if one["run"] is not None]
        if json:
            print_json({"runs": [as_json(instants_of(one)) for one in ended]})
        else:
            note(f"{len(ended)} {'watch' if len(ended) == 1 else 'watches'} visited")
        if any(one["outcome"] == "failed" for one in ended):
            raise typer.Exit(1)


def worker(jobs: Jobs = 4, notices: Notices = None, quiet: Quiet = False, where: Where = Where()) -> None:
    """Make visits that others schedule, until stopped: one of many on PostgreSQL."""
    with answering(), _telling(notices) as on_notice:
        _until_stopped(_settings(where), jobs, on_notice, quiet=quiet, schedules=False)


def _settings(where: Where) -> "Settings":
    """What visits need to know; a note where sites are not told whom to write to."""
    from tracker.settings import CONTACT

    found = where.settings()
    found.archive_folder()
    if found.contact is None:
        note(f"note: sites like to know whom to write to about visits: set {CONTACT} to a mail or web address")
    return found


@contextmanager
def _progress(settings: "Settings") -> "Iterator[Callable[[dict[str, Any]], None]]":
    """Visits made, of those that are due."""
    from datetime import UTC, datetime
    from itertools import count

    from db.watches import due
    from tracker.opening import open_store

    with open_store(settings) as store:
        waiting = len(due(store, datetime.now(UTC)))
    made = count(1)
    with progress("visiting", waiting) as on_progress:
        yield lambda _run: on_progress(next(made))


def _until_stopped(
    settings: "Settings", jobs: int, on_notice: "OnNotice | None", *, quiet: bool, schedules: bool
) -> None:
    from db.errors import StoreUnavailable
    from tracker.jobs.running import run_until

    stop = stop_event()
    note("running; Ctrl-C stops after the visits under way")
    on_run = (lambda _run: None) if quiet else (lambda run: note(line_of(run)))
    try:
        run_until(settings, stop, jobs=jobs, on_notice=on_notice, on_run=on_run, schedules=schedules)
    except StoreUnavailable as error:
        if not stop.is_set():
            raise
        note(f"error: {error}")
        os._exit(1)  # jobs that wait for their database would hold the process until it is back


@contextmanager
def _telling(notices: str | None) -> "Iterator[OnNotice | None]":
    """Where notices go: nowhere unless somebody says so."""
    if notices is None:
        yield None
        return
    from tracker.errors import UnwritableFile

    if notices == "-":
        yield _say
        return
    try:
        # Unbuffered: each line is one write, so that several workers may share the file.
        with Path(notices).open("ab", buffering=0) as file:
            if _is_torn(Path(notices)):
                file.write(b"\n")
            yield lambda line: _append(file, line)
    except OSError as error:
        raise UnwritableFile(f"{notices} cannot be written ({error.strerror}): name another file") from error


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _append(file: "RawIOBase", line: str) -> None:
    file.write(f"{line}\n".encode())


def _is_torn(path: Path) -> bool:
    """Whether a file ends within a line: a process died while it wrote it."""
    if not path.is_file() or not path.stat().st_size:
        return False
    with path.open("rb") as file:
        file.seek(-1, SEEK_END)
        return file.read(1) != b"\n"


def _watch_json(one: "Watch") -> dict[str, Any]:
    return as_json(asdict(one))
