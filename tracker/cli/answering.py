"""`history`, `disagreements`, `consistency`, `envelope`, `report`, `show`: questions to the record."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reports.citations import Form
from reports.marking import RuleName
from tracker.cli.options import FilterOptions, Json, Where, spread
from tracker.cli.output import (
    answering,
    chosen_format,
    note,
    print_json,
    print_lines,
    print_tables,
    rendered,
    renderer_of,
    stop_event,
    write_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.store import Store
    from reports.render.formats import Format, Renderer
    from tracker.reporting import Reporting

ExitCode = Annotated[bool, typer.Option("--exit-code", help="Exit with 3 where the answer is unwelcome.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (history, disagreements, consistency, envelope, report, show):
        app.command()(spread(command))


def history(
    line: Annotated[
        str | None, typer.Option(help="One publisher's line, whoever it quoted.", metavar="PUBLISHER")
    ] = None,
    origins: Annotated[bool, typer.Option("--origins", help="Add where each number was recorded first.")] = False,
    json: Json = False,
    asked: FilterOptions = FilterOptions(),
    where: Where = Where(),
) -> None:
    """Show how figures changed, a series an authority."""
    with answering():
        from reports.figure_json import series_json
        from reports.render.terminal import history_tables
        from tracker.opening import open_store
        from tracker.questions import history_of, origins_of

        filters = asked.asked()
        with open_store(where.settings()) as store:
            found = history_of(store, filters, line)
            first = origins_of(store, filters) if origins else None
        on = filters.as_known_on or datetime.now(UTC).date()
        if json:
            print_json({"series": [series_json(series, on=on, origins=first) for series in found]})
        else:
            print_tables(history_tables(found, on=on, origins=first), "no recorded figure passes these filters")


def disagreements(
    overview: Annotated[
        bool,
        typer.Option("--overview", help="Of the whole record only since when: for millions of figures; no filters."),
    ] = False,
    divergence: Annotated[
        bool, typer.Option("--divergence", help="Add how often reports of one event differ, as researchers measure it.")
    ] = False,
    exit_code: ExitCode = False,
    json: Json = False,
    asked: FilterOptions = FilterOptions(),
    where: Where = Where(),
) -> None:
    """Show where sources disagree, and since when."""
    if overview:
        _overview(asked, where, json=json, exit_code=exit_code)
        return
    with answering():
        from reports.answers_json import divergence_json
        from reports.figure_json import disagreements_json
        from reports.render.terminal import disagreements_tables, divergence_table, summary_lines
        from tracker.opening import open_store
        from tracker.questions import disagreements_of, divergences_of

        with open_store(where.settings()) as store:
            found = disagreements_of(store, asked.asked())
            measured = divergences_of(store, asked.asked()) if divergence else []
        if json:
            added = {"divergence": [divergence_json(one) for one in measured]} if divergence else {}
            print_json({**disagreements_json(found), **added})
        else:
            print_tables(disagreements_tables(found), "no two recorded sources speak of one count here")
            print_lines(("", *summary_lines(found.summary)))
            if divergence:
                print_lines([""])
                print_tables((divergence_table(measured),), "")
        if exit_code and any(one.relation == "contradict" and one.to_day is None for one in found.disagreements):
            raise typer.Exit(3)


def _overview(asked: FilterOptions, where: Where, *, json: bool, exit_code: bool) -> None:
    if asked.asked().told():
        raise typer.BadParameter("it is of the whole record and takes no filters", param_hint="--overview")
    with answering():
        from reports.answers_json import overview_json
        from reports.render.terminal import overview_table, summary_lines
        from tracker.opening import open_store
        from tracker.overviews import overview_of

        with open_store(where.settings()) as store:
            found = overview_of(store)
        if json:
            print_json(overview_json(found))
        else:
            print_tables((overview_table(found),), "")
            print_lines(("", *summary_lines(found.summary)))
        if exit_code and any(one.relation == "contradict" and one.to_day is None for one in found.stretches):
            raise typer.Exit(3)


def consistency(
    json: Json = False,
    asked: FilterOptions = FilterOptions(),
    where: Where = Where(),
) -> None:
    """Show where one authority's own numbers do not fit together."""
    with answering():
        from reports.answers_json import consistency_json
        from reports.render.terminal import consistency_table
        from tracker.opening import open_store
        from tracker.questions import consistency_of

        with open_store(where.settings()) as store:
            found = consistency_of(store, asked.asked())
        if json:
            print_json(consistency_json(found))
        else:
            print_tables((consistency_table(found),), "no recorded figure passes these filters")


def envelope(
    recommend: Annotated[
        RuleName | None, typer.Option(help="Mark the figure that this rule picks; the answer carries the rule.")
    ] = None,
    json: Json = False,
    asked: FilterOptions = FilterOptions(),
    where: Where = Where(),
) -> None:
    """Show the lowest and highest claim of each count over time, and who stands where; never an average."""
    with answering():
        from reports.answers_json import envelope_json
        from reports.render.terminal import envelope_tables
        from tracker.opening import open_store
        from tracker.questions import envelopes_of

        with open_store(where.settings()) as store:
            found = envelopes_of(store, asked.asked(), recommend)
        if json:
            print_json({"envelopes": [envelope_json(one) for one in found]})
        else:
            print_tables(envelope_tables(found), "no recorded figure of a known authority passes these filters")


def report(
    about: Annotated[str | None, typer.Argument(help="The event that it is about.", metavar="[EVENT]")] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="Where to; the ending chooses .html .pdf .md .json .csv .xlsx .prov.json .provn .jsonld .zip.",
            metavar="FILE",
        ),
    ] = None,
    diff: Annotated[
        Path | None,
        typer.Option(
            help="An earlier report (.json or .zip) on the same: tell what changed since; without -o on the terminal.",
            metavar="FILE",
        ),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Render it again whenever the record has grown, until stopped.")
    ] = False,
    json: Json = False,
    asked: FilterOptions = FilterOptions(),
    where: Where = Where(),
) -> None:
    """Write a provenance report, signed and stamped where the settings say so."""
    from reports.render.formats import REPORT_FORMATS

    if watch and (output is None or json):
        raise typer.BadParameter("it renders a file: give -o FILE, and no --json", param_hint="--watch")
    if output is None and diff is None and not json:
        endings = " ".join(REPORT_FORMATS)
        raise typer.BadParameter(f"say where the report goes: -o FILE that ends in one of {endings}", param_hint="-o")
    chosen = chosen_format(output, REPORT_FORMATS) if output else None
    with answering():
        import dataclasses

        from tracker.keys import signing_key
        from tracker.opening import open_store
        from tracker.reporting import Reporting, earlier_report

        render = renderer_of(output, chosen) if output and chosen else None
        filters = asked.asked()
        if about is not None:
            filters = dataclasses.replace(filters, event=about)
        settings = where.settings()
        earlier = (diff, earlier_report(diff)) if diff else None
        reporting = Reporting(filters, settings, signing_key(settings.key), earlier)
        with open_store(settings) as store:
            if output is None or chosen is None or render is None:
                _print_report(store, reporting, json=json)
                return
            write = partial(_write_report, store, reporting, output, chosen, render, json=json)
            if watch:
                _write_again_and_again(write, store)
            else:
                note(write())


def _write_again_and_again(write: "Callable[[], str]", store: "Store") -> None:
    from tracker.reporting import renderings

    stop = stop_event()
    for words in renderings(store, write, stop):
        note(words)


def _write_report(
    store: "Store", reporting: "Reporting", output: Path, chosen: "Format", render: "Renderer", *, json: bool = False
) -> str:
    """Write a report to a file; gives what to say of it."""
    from reports.render.json import json as as_json
    from tracker.collecting import without_cycle_search
    from tracker.errors import TooManyFigures

    with without_cycle_search():
        made = reporting.report(store, proved=chosen.is_proved or json)
        if chosen.most is not None and len(made.figures) > chosen.most:
            raise TooManyFigures(
                f"{output.name}: {len(made.figures):,} figures, and this format holds at most {chosen.most:,}: narrow "
                "the question by filters, or write .html or .zip"
            )
        write_file(output, rendered(output, render, made))
        if json:
            print_lines((as_json(made).rstrip("\n"),))
    entries = f" (ledger of {made.checkpoint.size:,} entries)" if made.checkpoint else ""
    return f"{len(made.figures):,} figures reported in {output}{entries}"


def _print_report(store: "Store", reporting: "Reporting", *, json: bool) -> None:
    from reports.render.json import json as as_json
    from reports.render.since import since_lines
    from reports.render.terminal import printable
    from tracker.collecting import without_cycle_search

    with without_cycle_search():
        made = reporting.report(store, proved=json)
        if json:
            print_lines((as_json(made).rstrip("\n"),))
        elif made.since:
            print_lines(printable(line) for line in since_lines(made.since))


def show(
    id: Annotated[str, typer.Argument(help="A figure's id, or its first 8 digits or more.", metavar="ID")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="Where to; the ending chooses "
            ".html .pdf .md .txt .json .csv .xlsx .prov.json .provn .jsonld .bib .ris.",
            metavar="FILE",
        ),
    ] = None,
    cite: Annotated[Form | None, typer.Option(help="Print only how to cite it, in this form.")] = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Show the provenance of one figure: words, snapshot, chain, history, disagreement, how to cite it."""
    from reports.render.formats import FIGURE_FORMATS

    chosen = chosen_format(output, FIGURE_FORMATS) if output else None
    with answering():
        from tracker.keys import signing_key
        from tracker.opening import open_store
        from tracker.questions import shown

        render = renderer_of(output, chosen) if output and chosen else None
        settings = where.settings()
        key = signing_key(settings.key) if render else None
        with open_store(settings) as store:
            found = shown(store, id, datetime.now(UTC), signed_with=key)
        if output and render:
            write_file(output, rendered(output, render, found))
            note(f"written to {output}")
        if cite:
            from reports.render.citing import FORMS

            print_lines((FORMS[cite](found.citation).rstrip("\n"),))
        elif json:
            from reports.render.figure.json import shown_json

            print_json(shown_json(found))
        elif not output:
            from reports.render.terminal import show_lines

            print_lines(show_lines(found))
