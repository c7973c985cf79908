"""`figures`, `sources`, `events`: what is recorded, and what is known of who says it and what it is about."""

from datetime import date
from typing import Annotated, Any

import typer

from db.vocabulary import SourceKind
from tracker.cli.options import FilterOptions, Json, Where, as_day, spread
from tracker.cli.output import answering, print_json, print_lines, print_tables

Aliases = Annotated[list[str] | None, typer.Option(help="Another name; may be repeated.", metavar="NAME")]
Named = Annotated[str, typer.Argument(help="Its name.", metavar="NAME")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(spread(figures))
    sources = typer.Typer(
        help="List the sources known here; add one, or a version of how one counts.", rich_markup_mode=None
    )
    sources.callback(invoke_without_command=True)(spread(list_sources))
    sources.command("add")(spread(add_source))
    sources.command("method")(spread(add_method))
    app.add_typer(sources, name="sources")
    events = typer.Typer(help="List the events; make one, or file figures under one.", rich_markup_mode=None)
    events.callback(invoke_without_command=True)(spread(list_events))
    events.command("add")(spread(add_event))
    events.command("file")(spread(file_figures))
    app.add_typer(events, name="events")


def figures(
    held: Annotated[bool, typer.Option(help="Only the figures held for a person to look at.")] = False,
    json: Json = False,
    asked: FilterOptions = FilterOptions(),
    where: Where = Where(),
) -> None:
    """List recorded figures."""
    with answering():
        from db.find import find_figures
        from reports.figure_json import figure_json
        from reports.render.terminal import figures_table
        from tracker.filtering import resolved
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            found = find_figures(store, resolved(store, asked.asked(), held=held))
        if json:
            print_json({"figures": [figure_json(figure) for figure in found]})
        else:
            print_tables([figures_table(found)] if found else [], "no recorded figure passes these filters")


def list_sources(
    context: typer.Context,
    json: Json = False,
    name: Annotated[str | None, typer.Option(help="Only sources that this name or alias fits.", metavar="NAME")] = None,
    where: Where = Where(),
) -> None:
    """List the sources known here: the catalogue's and the store's own."""
    if context.invoked_subcommand:
        return
    with answering():
        from reports.render.terminal import Table
        from tracker.opening import known_sources, open_store

        with open_store(where.settings()) as store:
            known = known_sources(store)
        found = known.candidates(name) if name else tuple(entry.source for entry in known.entries.values())
        found = tuple(sorted(found, key=lambda source: source.name))
        if json:
            print_json({"sources": [source.model_dump(mode="json") for source in found]})
            return
        rows = tuple(
            (source.name, source.kind.replace("_", " "), source.country or "", source.party or "") for source in found
        )
        columns = ("source", "kind", "country", "party to a conflict")
        print_tables([Table(columns, rows)] if rows else [], "no source of that name is known here")


def add_source(
    name: Named,
    kind: Annotated[SourceKind, typer.Option(help="What it is.")] = "other",
    country: Annotated[str | None, typer.Option(help="ISO 3166 code, such as PS.", metavar="XX")] = None,
    party: Annotated[
        str | None, typer.Option(help="The party to a conflict that it belongs to.", metavar="NAME")
    ] = None,
    alias: Aliases = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Add a source that the catalogue lacks, or aliases of one."""
    with answering():
        from db.records import Alias, Source
        from tracker.opening import open_store

        with _checked_options():
            aliases = tuple(Alias(name=other) for other in alias or ())
            source = Source(name=name, kind=kind, country=country, party=party, aliases=aliases)
        with open_store(where.settings()) as store, store.writing() as writer:
            is_new = writer.add_source(source)
        _told(source.model_dump(mode="json"), f"{name}: {'recorded' if is_new else 'known before'}", json=json)


def add_method(
    source: Annotated[str, typer.Argument(help="The source that counts.", metavar="SOURCE")],
    from_day: Annotated[date, typer.Option("--from", parser=as_day, metavar="DATE", help="Its first day.")],
    text: Annotated[str, typer.Option(help="How it counts.", metavar="TEXT")],
    criteria: Annotated[list[str] | None, typer.Option(help="Whom it counts; may be repeated.", metavar="CODE")] = None,
    evidence: Annotated[str | None, typer.Option(help="Where that is said.", metavar="URL")] = None,
    usual: Annotated[
        list[str] | None, typer.Option(help="What its figures mean when unsaid.", metavar="FACET=VALUE")
    ] = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Record a version of how a source counts."""
    with answering():
        from db.records import Definition, Method
        from tracker.opening import known_sources, open_store

        facets = dict(entry.partition("=")[::2] for entry in usual or ())
        for facet in set(facets) - set(Definition.model_fields):
            raise typer.BadParameter(f"{facet!r} is no facet of a definition", param_hint="--usual")
        with open_store(where.settings()) as store:
            known = known_sources(store).named(source)
            with _checked_options():
                method = Method(
                    source=known.name if known else source,
                    from_day=from_day,
                    text=text,
                    criteria=tuple(criteria or ()),
                    evidence=evidence,
                    usual=facets,
                )
            with store.writing() as writer:
                is_new = writer.fact(method)
        _told(method.model_dump(mode="json"), f"{method.source}: {'recorded' if is_new else 'known before'}", json=json)


def list_events(context: typer.Context, json: Json = False, where: Where = Where()) -> None:
    """List the events."""
    if context.invoked_subcommand:
        return
    with answering():
        from db.known import stored_events
        from reports.render.terminal import Table
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            found = stored_events(store)
        if json:
            print_json({"events": [event.model_dump(mode="json") for event in found]})
            return
        rows = tuple(
            (event.name, event.within or "", event.place or "", str(event.from_day or ""), str(event.to_day or ""))
            for event in found
        )
        columns = ("event", "within", "place", "from", "to")
        print_tables([Table(columns, rows)] if rows else [], "no event is recorded: `casualty-figures events add NAME`")


def add_event(
    name: Named,
    within: Annotated[str | None, typer.Option(help="The event that holds it.", metavar="EVENT")] = None,
    place: Annotated[str | None, typer.Option(help="Where.", metavar="NAME")] = None,
    from_day: Annotated[
        date | None, typer.Option("--from", parser=as_day, metavar="DATE", help="Its first day.")
    ] = None,
    to_day: Annotated[date | None, typer.Option("--to", parser=as_day, metavar="DATE", help="Its last day.")] = None,
    alias: Aliases = None,
    json: Json = False,
    where: Where = Where(),
) -> None:
    """Make an event, or add aliases to one."""
    with answering():
        from db.known import event_named
        from db.places import Places
        from db.records import Event
        from tracker.opening import open_store

        known = Places.shipped().named(place) if place else None
        with open_store(where.settings()) as store:
            with _checked_options():
                event = Event(
                    name=name,
                    within=event_named(store, within).name if within else None,
                    place=known.name if known else place,
                    from_day=from_day,
                    to_day=to_day,
                    aliases=tuple(alias or ()),
                )
            with store.writing() as writer:
                is_new = writer.add_event(event)
        _told(event.model_dump(mode="json"), f"{name}: {'recorded' if is_new else 'known before'}", json=json)


def file_figures(
    under: Annotated[str, typer.Argument(help="The event.", metavar="EVENT")],
    ids: Annotated[list[str] | None, typer.Argument(help="Figures' ids; or give filters.", metavar="[ID...]")] = None,
    json: Json = False,
    asked: FilterOptions = FilterOptions(),
    where: Where = Where(),
) -> None:
    """File figures under an event: those named, or all that pass the filters."""
    if bool(ids) == bool(asked.asked().told()):
        raise typer.BadParameter("name figures by their ids, or give filters", param_hint="ID")
    with answering():
        from db.acts import file_under, find_id
        from db.find import find_figures
        from db.known import event_named
        from tracker.filtering import resolved
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            name = event_named(store, under).name
            if ids:
                chosen = [find_id(store, prefix) for prefix in ids]
            else:
                chosen = [figure.id for figure in find_figures(store, resolved(store, asked.asked()))]
            filed = file_under(store, name, chosen)
        answer = {"event": name, "filed": filed, "unchanged": len(chosen) - filed}
        _told(answer, f"{filed:,} figures filed under {name}, {len(chosen) - filed:,} were there before", json=json)


def _checked_options() -> Any:
    """Turn a refused value into misuse of an option."""
    from contextlib import contextmanager

    from pydantic import ValidationError

    @contextmanager
    def checked() -> Any:
        try:
            yield
        except ValidationError as error:
            first = error.errors()[0]
            raise typer.BadParameter(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error

    return checked()


def _told(answer: Any, line: str, *, json: bool) -> None:
    if json:
        print_json(answer)
    else:
        print_lines((line,))
