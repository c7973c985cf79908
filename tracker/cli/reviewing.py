"""`review list`, `accept`, `reject`: what the gate holds waits for a person, who says why it may be used or not."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tracker.cli.options import FilterOptions, Json, Where, spread
from tracker.cli.output import answering, note, print_json, print_lines, print_tables

if TYPE_CHECKING:
    from db.store import Store
    from tracker.filtering import Asked

Ids = Annotated[list[str] | None, typer.Argument(help="Figures' ids; or give filters.", metavar="[ID...]")]
By = Annotated[str, typer.Option(help="Who looked at it.", metavar="NAME")]
Reason = Annotated[str, typer.Option(help="Why.", metavar="TEXT")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    review = typer.Typer(
        help="Look at the figures that the integrity gate holds; accept or reject them.",
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    review.command("list")(spread(list_held))
    review.command()(spread(accept))
    review.command()(spread(reject))
    app.add_typer(review, name="review")


def list_held(json: Json = False, asked: FilterOptions = FilterOptions(), where: Where = Where()) -> None:
    """List the held figures that nobody has reviewed, each with the reason to hold it."""
    with answering():
        from reports.figure_json import figure_json
        from reports.render.terminal import figures_table
        from tracker.opening import open_store
        from tracker.questions import waiting

        with open_store(where.settings()) as store:
            found = waiting(store, asked.asked())
        if json:
            print_json({"figures": [figure_json(figure) for figure in found]})
        else:
            print_tables([figures_table(found)] if found else [], "no figure waits for a review")


def accept(
    by: By,
    reason: Reason,
    ids: Ids = None,
    json: Json = False,
    asked: FilterOptions = FilterOptions(),
    where: Where = Where(),
) -> None:
    """Say that held figures stand as their document gave them: answers use them from now on."""
    _review("accept", ids, asked.asked(), where, by=by, reason=reason, json=json)


def reject(
    by: By,
    reason: Reason,
    ids: Ids = None,
    json: Json = False,
    asked: FilterOptions = FilterOptions(),
    where: Where = Where(),
) -> None:
    """Say that held figures stay out of every answer; they stay recorded."""
    _review("reject", ids, asked.asked(), where, by=by, reason=reason, json=json)


def _review(
    verdict: Literal["accept", "reject"],
    ids: list[str] | None,
    asked: "Asked",
    where: Where,
    *,
    by: str,
    reason: str,
    json: bool,
) -> None:
    if bool(ids) == bool(asked.told()):
        raise typer.BadParameter("name figures by their ids, or give filters", param_hint="ID")
    with answering():
        from db.acts import review
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            chosen = _chosen(store, ids, asked)
            changed = review(store, verdict, chosen, by=by, reason=reason)
        told = f"{verdict}ed"
        if json:
            print_json({told: changed, "unchanged": len(chosen) - changed, "figures": chosen})
            return
        print_lines((f"{changed:,} figures {told}, {len(chosen) - changed:,} were so before",))
        if not chosen:
            note("no figure that passes these filters waits for a review")


def _chosen(store: "Store", ids: list[str] | None, asked: "Asked") -> list[str]:
    """The figures named, each once; else those that pass the filters and wait for a review."""
    from db.acts import find_id
    from tracker.questions import waiting

    if ids:
        return list(dict.fromkeys(find_id(store, prefix) for prefix in ids))
    return [figure.id for figure in waiting(store, asked)]
