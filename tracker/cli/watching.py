"""`watch`, `run`, `worker`, `runs`: what is visited on a schedule, and what came of it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.vocabulary import WatchKind
from tracker.cli.options import Json, Where, spread
from tracker.cli.output import answering, note, print_json, print_lines, print_tables, stop_event

if TYPE_CHECKING:
    from db.watches import Run, Watch
    from tracker.visiting import Notice

Notices = Annotated[
    str | None,
    typer.Option(help="Append notices as JSON lines to this file; - for standard output.", metavar="FILE|-"),
]
Jobs = Annotated[int, typer.Option(help="Visits at the same time.", min=1, max=64, metavar="N")]
Name = Annotated[str, typer.Argument(help="The watch's name.", metavar="NAME")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(help="What is visited on a schedule.", no_args_is_help=True)
    for command in (add, sync, list_, show, pause, resume, remove):
        group.command(command.__name__.removesuffix("_"))(spread(command))
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
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Visit an address on a schedule, from now on."""
    with answering():
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
    when = f"every {one.every} s" if one.every is not None else f"{one.cron} ({one.timezone})"
    due = f"{one.next_due:%Y-%m-%d %H:%M}" if one.state == "active" else ""
    return one.name, one.kind, one.state, when, due, str(one.failures), f"{one.figures:,}"


def show(name: Name, json: Json = False, where: Where = Where()) -> None:
    """Show a watch and its last runs."""
    with answering():
        from db.watches import runs as last_runs
        from db.watches import watch_named
        from reports.render.terminal import printable
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            watch = watch_named(store, name)
            found = last_runs(store, watch=name, limit=10)
        if json:
            print_json({"watch": _watch_json(watch), "runs": [_run_json(one) for one in found]})
            return
        print_lines(
            printable(f"{field}: {value}") for field, value in _watch_json(watch).items() if value not in (None, "")
        )
        print_lines([""])
        _print_runs(found)


def pause(
    name: Name,
    reason: Annotated[str | None, typer.Option(help="Why.", metavar="TEXT")] = None,
    where: Where = Where(),
) -> None:
    """Leave a watch unvisited until it is resumed."""
    _change(name, where, state="paused", why=reason)


def resume(name: Name, where: Where = Where()) -> None:
    """Visit a paused watch again, from now on."""
    from datetime import UTC

    _change(name, where, state="active", why=None, failures=0, next_due=datetime.now(UTC))


def _change(name: str, where: Where, **values: Any) -> None:
    with answering():
        from db.watches import change_watch
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            changed = change_watch(store, name, **values)
        note(f"watch {changed.name!r} is {changed.state}")


def remove(name: Name, where: Where = Where()) -> None:
    """Forget a watch; what it recorded stays."""
    with answering():
        from db.watches import remove_watch
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            remove_watch(store, name)
        note(f"watch {name!r} is removed; what it recorded stays")


def run(
    once: Annotated[bool, typer.Option("--once", help="Visit what is due, then exit: for cron and CI.")] = False,
    jobs: Jobs = 4,
    notices: Notices = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Visit what is due, until stopped; or once."""
    if json and not once:
        raise typer.BadParameter("it prints one answer at the end: give --once too", param_hint="--json")
    with answering(), _telling(notices) as on_notice:
        from tracker.jobs import run_once

        settings = where.settings()
        settings.archive_folder()
        if not once:
            _until_stopped(where, jobs, on_notice, schedules=True)
            return
        done = run_once(settings, jobs=jobs, on_notice=on_notice)
        ended = [one["run"] for one in done if one["run"] is not None]
        if json:
            print_json({"runs": ended})
        else:
            note(f"{len(ended)} {'watch' if len(ended) == 1 else 'watches'} visited")
        if any(one["outcome"] == "failed" for one in ended):
            raise typer.Exit(1)


def worker(jobs: Jobs = 4, notices: Notices = None, where: Where = Where()) -> None:
    """Make visits that others schedule, until stopped: one of many on PostgreSQL."""
    with answering(), _telling(notices) as on_notice:
        where.settings().archive_folder()
        _until_stopped(where, jobs, on_notice, schedules=False)


def _until_stopped(where: Where, jobs: int, on_notice: "Callable[[Notice], None]", *, schedules: bool) -> None:
    from tracker.jobs import run_until

    stop = stop_event()
    note("running; Ctrl-C stops after the visits under way")
    run_until(where.settings(), stop, jobs=jobs, on_notice=on_notice, schedules=schedules)


@contextmanager
def _telling(notices: str | None) -> "Iterator[Callable[[Notice], None]]":
    """Where notices go: nowhere unless somebody says so."""
    if notices is None:
        yield lambda _notice: None
        return
    import orjson

    from tracker.errors import UnwritableFile

    if notices == "-":
        yield lambda notice: _say(sys.stdout, orjson.dumps(asdict(notice)).decode())
        return
    try:
        with Path(notices).open("a", encoding="utf-8") as file:
            yield lambda notice: _say(file, orjson.dumps(asdict(notice)).decode())
    except OSError as error:
        raise UnwritableFile(f"{notices} cannot be written ({error.strerror}): name another file") from error


def _say(file: Any, line: str) -> None:
    file.write(line + "\n")
    file.flush()


def runs(
    watch: Annotated[str | None, typer.Option(help="Of this watch only.", metavar="NAME")] = None,
    failing: Annotated[bool, typer.Option("--failing", help="Only those that failed or found nothing.")] = False,
    limit: Annotated[int, typer.Option(help="How many, the latest first.", min=1, max=10_000, metavar="N")] = 50,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Show what came of the last visits."""
    with answering():
        from db.watches import runs as last_runs
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            found = last_runs(store, watch=watch, failing=failing, limit=limit)
        if json:
            print_json({"runs": [_run_json(one) for one in found]})
        else:
            _print_runs(found)


def _print_runs(found: "list[Run]") -> None:
    from reports.render.terminal import Table, printable

    columns = ("watch", "slot (UTC)", "outcome", "pages", "unchanged", "new", "held", "failed", "cause")
    rows = tuple(
        tuple(
            printable(cell)
            for cell in (
                one.watch, f"{one.slot:%Y-%m-%d %H:%M}", one.outcome or "under way", str(one.pages),
                str(one.unchanged), str(one.new), str(one.held), str(one.failed), one.cause or "",
            )
        )
        for one in found
    )  # fmt: skip
    print_tables((Table(columns, rows, right=frozenset(range(3, 8))),) if rows else (), "no run yet")


def _watch_json(one: "Watch") -> dict[str, Any]:
    return {name: _text(value) for name, value in asdict(one).items()}


def _run_json(one: "Run") -> dict[str, Any]:
    return {name: _text(value) for name, value in asdict(one).items()}


def _text(value: Any) -> Any:
    from reports.figure_json import instant_text

    return instant_text(value) if isinstance(value, datetime) else value
