"""`check`: whether claims are borne out by what was recorded."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.vocabulary import Age, Basis, Condition, Outcome, Sex, Status, Subgroup, Tally
from tracker.cli.options import Json, Where, as_day, as_instant, spread
from tracker.cli.output import answering, note, print_json, print_lines, progress, write_file

if TYPE_CHECKING:
    from reports.claims.answer import Answer
    from tracker.checking import Given

_HEDGES = {
    "at_least": "at_least",
    "more_than": "more_than",
    "at_most": "at_most",
    "less_than": "less_than",
    "about": "approximately",
    "nearly": "nearly",
}


def _flag(name: str, help: str) -> Any:
    return typer.Option(f"--{name}", help=help)


@dataclass(frozen=True, slots=True)
class ClaimOptions:
    """A claim as options, in place of its words; what is not given is not said."""

    number: Annotated[int | None, typer.Option(help="The number claimed.", min=0, max=2**53 - 1, metavar="N")] = None
    at_least: Annotated[bool, _flag("at-least", "It is claimed as the least.")] = False
    more_than: Annotated[bool, _flag("more-than", "More than it is claimed.")] = False
    at_most: Annotated[bool, _flag("at-most", "It is claimed as the most.")] = False
    less_than: Annotated[bool, _flag("less-than", "Less than it is claimed.")] = False
    about: Annotated[bool, _flag("about", "It is claimed as a rounded number.")] = False
    nearly: Annotated[bool, _flag("nearly", "Nearly so many are claimed.")] = False
    exactly: Annotated[bool, _flag("exactly", "Exactly or only so many are claimed.")] = False
    outcome: Annotated[Outcome | None, typer.Option(help="What became of the people counted.")] = None
    group: Annotated[str | None, typer.Option(help="Nationality or side.", metavar="NAME")] = None
    affiliation: Annotated[str | None, typer.Option(help="The organisation they belonged to.", metavar="NAME")] = None
    status: Annotated[Status | None, typer.Option(help="Civilians, soldiers, journalists …")] = None
    age: Annotated[Age | None, typer.Option(help="Children, adults, elderly people.")] = None
    sex: Annotated[Sex | None, typer.Option(help="Women and girls, or men and boys.")] = None
    subgroup: Annotated[Subgroup | None, typer.Option(help="Women and children as one number.")] = None
    condition: Annotated[Condition | None, typer.Option(help="Alive, critical …, of people held or missing.")] = None
    place: Annotated[str | None, typer.Option(help="Where.", metavar="NAME")] = None
    cause: Annotated[str | None, typer.Option(help="By what, such as 'air strikes'.", metavar="WORDS")] = None
    basis: Annotated[Basis | None, typer.Option(help="How people were counted.")] = None
    tally: Annotated[Tally | None, typer.Option(help="A running total, one incident, a period …")] = None
    since: Annotated[date | None, typer.Option(parser=as_day, metavar="DATE", help="The count's first day.")] = None
    hours: Annotated[int | None, typer.Option(min=1, metavar="N", help="The length of a period or addition.")] = None
    as_of: Annotated[date | None, typer.Option(parser=as_day, metavar="DATE", help="The day it counts up to.")] = None

    def fields(self) -> dict[str, Any]:
        """The options that were given, the hedge as a qualifier."""
        every = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        given = {name: value for name, value in every.items() if value not in (None, False)}
        hedges = [name for name in (*_HEDGES, "exactly") if given.get(name)]
        if len(hedges) > 1:
            listed = " and ".join(f"--{name.replace('_', '-')}" for name in hedges)
            raise typer.BadParameter(f"{listed} exclude one another: give one", param_hint="--number")
        for name in hedges:
            if name != "exactly":
                del given[name]
                given["qualifier"] = _HEDGES[name]
        return given

    def asked(self) -> dict[str, str]:
        """The options as a command writes them; those that take no value have an empty one."""
        every = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return {
            name: "" if value is True else str(value) for name, value in every.items() if value not in (None, False)
        }


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(spread(check))


def check(
    text: Annotated[
        str | None,
        typer.Argument(help="The claim in its own words, an address, or - for standard input.", metavar="[TEXT|URL|-]"),
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="A draft or article: each of its numbers gets a verdict.", metavar="FILE")
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option(
            help='Many claims, a line {"id", "text", "on"?, "source"?, "event"?} each.', metavar="CLAIMS.jsonl"
        ),
    ] = None,
    source: Annotated[str | None, typer.Option(help="Whose word the claim says it is.", metavar="NAME")] = None,
    on: Annotated[date | None, typer.Option(parser=as_day, metavar="DATE", help="The day the claim was made.")] = None,
    event: Annotated[str | None, typer.Option(help="The event that it is about.", metavar="NAME")] = None,
    as_known_on: Annotated[
        date | None, typer.Option(parser=as_day, metavar="DATE", help="Weigh only what was published by then.")
    ] = None,
    as_recorded_on: Annotated[
        datetime | None,
        typer.Option(parser=as_instant, metavar="INSTANT", help="Weigh only what was recorded here by then (UTC)."),
    ] = None,
    again: Annotated[
        Path | None,
        typer.Option(help="Ask again what an earlier answer in JSON asked; say what changed.", metavar="JSON"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="Write the answer; the ending chooses .html .md .json .jsonld.", metavar="FILE"
        ),
    ] = None,
    reviewer: Annotated[
        str | None, typer.Option(help="Who publishes the review, for .jsonld (ClaimReview).", metavar="NAME")
    ] = None,
    jobs: Annotated[int, typer.Option(help="Processes that share a batch.", min=1, max=256, metavar="N")] = 1,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 3 unless every claim is supported or consistent.")
    ] = False,
    json: Json = False,
    options: ClaimOptions = ClaimOptions(),
    where: Where = Where(),
) -> None:
    """Say whether a claim is borne out by what was recorded, with the evidence; never whether it is right."""
    fields = options.fields()
    ways = [way for way in (text, file, batch, again, fields or None) if way is not None]
    if len(ways) != 1:
        raise typer.BadParameter(
            "give one of: the claim's words, --file, --batch, --again, or --number with --outcome", param_hint="TEXT"
        )
    render = _renderer(output, reviewer) if output else None
    from tracker.checking import Given

    given = Given(on=on, source=source, event=event, as_known_on=as_known_on)
    with answering():
        if batch is not None:
            _batch(batch, given, where, jobs, as_recorded_on, exit_code=exit_code)
            return
        from tracker.opening import open_store

        with open_store(where.settings()) as store:
            if again is not None:
                from tracker.rechecking import asked_again

                repeated = asked_again(store, again)
                print_json(repeated.as_json()) if json else print_lines(repeated.lines())
                return
            read = _Read(text, file, where) if not fields else None
            from tracker.checking import answer

            asked = {"as_recorded_on": _instant(as_recorded_on), **_told(given)}
            found = answer(
                store,
                {**(read.asked if read else options.asked()), **{name: told for name, told in asked.items() if told}},
                read.given(given) if read else given,
                text=read.text if read else None,
                options=fields or None,
                title=read.title if read else None,
                is_draft=read is not None and read.is_document,
                as_recorded_on=as_recorded_on,
            )
        if output and render:
            write_file(output, render(found))
            note(f"{len(found.checked)} {'claim' if len(found.checked) == 1 else 'claims'} checked in {output}")
        if json:
            from reports.render.claims.json import answer_json

            print_json(answer_json(found))
        elif not output:
            from reports.render.claims.terminal import answer_lines

            print_lines(answer_lines(found))
        if exit_code and any(not one.is_borne_out for one in found.checked):
            raise typer.Exit(3)


class _Read:
    """The words to check, wherever they stand."""

    def __init__(self, text: str | None, file: Path | None, where: Where) -> None:
        is_address = text is not None and text.startswith(("http://", "https://"))
        self.is_document = file is not None or is_address
        self.title: str | None = None
        self.published: date | None = None
        if not self.is_document and text != "-":
            self.text = text or ""
            self.asked = {"text": self.text}
            return
        from sources.retrieve import retrieve
        from tracker.ingesting import Stated, find

        name = str(file) if file is not None else str(text)
        found = find(retrieve(name, allow_networks=where.settings().allow_networks), Stated())
        self.text, self.title, self.published = found.page.text, found.page.title, found.published
        self.asked = {"file": name} if file is not None else {"text": name}

    def given(self, given: "Given") -> "Given":
        """What was said beside the words; a document's own day where none was given."""
        return dataclasses.replace(given, on=given.on or self.published)


def _told(given: "Given") -> dict[str, str]:
    every = {"on": given.on, "source": given.source, "event": given.event, "as_known_on": given.as_known_on}
    return {name: str(value) for name, value in every.items() if value is not None}


def _instant(instant: datetime | None) -> str:
    from reports.figure_json import exact_instant_text

    return exact_instant_text(instant) if instant else ""


def _batch(
    batch: Path, given: "Given", where: Where, jobs: int, as_recorded_on: datetime | None, *, exit_code: bool
) -> None:
    from tracker.checked_batches import check_lines

    failed = unborne = 0
    lines = check_lines(batch, where.settings().store_url, given, jobs, as_recorded_on=as_recorded_on)
    with progress("checking") as on_progress:
        for done, line in enumerate(lines, start=1):
            print_lines((line.text,))
            failed += not line.is_good
            unborne += not line.is_borne_out
            on_progress(done)
    if failed:
        note(f"error: {failed} of the lines in {batch} could not be checked; each says why in its `error`")
        raise typer.Exit(1)
    if exit_code and unborne:
        raise typer.Exit(3)


def _renderer(output: Path, reviewer: str | None) -> "Callable[[Answer], str]":
    """The renderer that a file's ending chooses."""
    from importlib import import_module

    names = {".html": "html", ".htm": "html", ".md": "markdown", ".json": "json", ".jsonld": "claimreview"}
    name = names.get(output.suffix.lower())
    if name is None:
        raise typer.BadParameter(f"{output.name!r} does not end in one of {' '.join(names)}", param_hint="-o")
    renderer: Callable[..., str] = getattr(import_module(f"reports.render.claims.{name}"), name)
    return (lambda answer: renderer(answer, reviewer)) if name == "claimreview" else renderer
