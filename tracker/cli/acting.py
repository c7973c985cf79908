"""What is done or reported about a figure after it was recorded: `void`, `correct`, `retract`, `disown`, `reason`."""

from datetime import date
from typing import Annotated

import typer

from tracker.cli.figure_options import FigureOptions
from tracker.cli.options import Json, Where, as_day, spread
from tracker.cli.output import answering, note, print_json, print_lines

Id = Annotated[str, typer.Argument(help="A figure's id, or its first 8 digits or more.", metavar="ID")]
Reason = Annotated[str, typer.Option(help="Why.", metavar="TEXT")]
OnDay = Annotated[date | None, typer.Option("--on", parser=as_day, metavar="DATE", help="The day it was made public.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (void, correct, retract, disown, reason):
        app.command()(spread(command))


def void(id: Id, reason: Reason, json: Json = False, where: Where = Where()) -> None:
    """Say that we recorded a figure by mistake."""
    _act("void", id, where, json=json, reason=reason)


def retract(
    id: Id,
    reason: Annotated[str | None, typer.Option(help="Why, as the publisher says.", metavar="TEXT")] = None,
    on: OnDay = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Say that its publisher retracted a figure."""
    _act("retract", id, where, json=json, reason=reason, on_day=on)


def disown(
    id: Id,
    by: Annotated[str, typer.Option(help="The issuer that denies it.", metavar="SOURCE")],
    reason: Annotated[str | None, typer.Option(help="What the issuer said.", metavar="TEXT")] = None,
    on: OnDay = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Say that the named issuer denies having issued a figure."""
    _act("disown", id, where, json=json, by=by, reason=reason, on_day=on)


def reason(
    id: Id,
    by: Annotated[str, typer.Option(help="The source that reported the reason.", metavar="SOURCE")],
    reason: Annotated[str, typer.Option(help="The reason, as it was reported.", metavar="TEXT")],
    on: OnDay = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Record the reason that a source reported for a change; history shows it with the figure that changed."""
    _act("reason", id, where, json=json, by=by, reason=reason, on_day=on)


def _act(
    kind: str,
    identifier: str,
    where: Where,
    *,
    json: bool,
    reason: str | None = None,
    by: str | None = None,
    on_day: date | None = None,
) -> None:
    with answering():
        from db.acts import act, find_id
        from db.find import figure_by_id
        from reports.figure_json import figure_json
        from tracker.opening import known_sources, open_store

        with open_store(where.settings()) as store:
            figure = find_id(store, identifier)
            if by is not None:
                known = known_sources(store).named(by)
                by = known.name if known else by
            is_new = act(store, kind, figure, reason=reason, by=by, on_day=on_day)  # type: ignore[arg-type]  # one of the commands above
            recorded = figure_by_id(store, figure)
        if json:
            print_json(figure_json(recorded))
        else:
            print_lines((f"{figure}  {'now' if is_new else 'recorded before:'} {recorded.state}",))


def correct(
    id: Id,
    reason: Reason,
    given: FigureOptions,
    by: Annotated[str | None, typer.Option(help="Who corrects it.", metavar="NAME")] = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Record what the document really says in place of a figure that we misread."""
    with answering():
        from db.acts import find_id
        from db.find import figure_by_id
        from reports.figure_json import figure_json
        from reports.sentences import figure_words
        from tracker.adding import correct as correct_figure
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            figure = find_id(store, id)
            corrected = correct_figure(store, figure, given.fields(), reason=reason, by=by)
            recorded = figure_by_id(store, corrected)
        if json:
            print_json(figure_json(recorded))
        else:
            print_lines((f"{corrected}  recorded in place of {figure[:12]}: {figure_words(recorded.figure)}",))
            note("the earlier figure stays visible, as corrected")
