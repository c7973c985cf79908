"""`chart`: one chart as a file of its own, for an article."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from tracker.cli.options import FilterOptions, Where, spread
from tracker.cli.output import answering, chosen_format, note, renderer_of, write_file

Kind = Literal["history", "disagreement", "relay"]


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(spread(chart))


def chart(
    kind: Annotated[
        Kind,
        typer.Argument(
            help="history: figures over time; disagreement: those of sources that cannot both stand, the days shaded; "
            "relay: who carries whom.",
            metavar="history|disagreement|relay",
        ),
    ],
    about: Annotated[str | None, typer.Argument(help="The event that it is about.", metavar="[EVENT]")] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Where to; the ending chooses .svg .png.", metavar="FILE"),
    ] = None,
    asked: FilterOptions = FilterOptions(),
    where: Where = Where(),
) -> None:
    """Draw one chart, with title, legend and sources: of the main definition that passes the filters."""
    from reports.render.formats import CHART_FORMATS

    if output is None:
        raise typer.BadParameter("say where the chart goes: -o FILE.svg or FILE.png", param_hint="-o")
    chosen = chosen_format(output, CHART_FORMATS)
    with answering():
        import dataclasses

        from reports.render.drawing import NoFont, drawing
        from tracker.collecting import without_cycle_search
        from tracker.errors import MissingExtra, NothingToDraw
        from tracker.opening import open_store
        from tracker.questions import report_of

        render = renderer_of(output, chosen)
        filters = asked.asked()
        if about is not None:
            filters = dataclasses.replace(filters, event=about)
        with open_store(where.settings()) as store, without_cycle_search():
            made = drawing(report_of(store, filters, datetime.now(UTC)), kind)
        if made is None:
            raise NothingToDraw(f"no {kind} to draw: {NOTHING[kind]}; ask for more, or see `casualty-figures figures`")
        try:
            write_file(output, render(made))
        except NoFont as error:
            raise MissingExtra(
                f"{output.name}: none of the fonts for its words is installed: add fonts-dejavu, or write .svg"
            ) from error
        note(f"{made.title}: drawn in {output}")
        if made.further:
            note(f"{made.further} more could be drawn: choose with --outcome, --group, --status, --place or --issuer")


NOTHING = {
    "history": "fewer than two dated numbers of one definition pass these filters",
    "disagreement": "no two sources contradict each other in one definition that passes these filters",
    "relay": "every figure that passes these filters is in its publisher's own voice",
}
