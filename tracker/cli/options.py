"""Options that commands share, and the decorator that spreads a group of them over a command."""

import dataclasses
import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from db.vocabulary import Outcome, Status
from sources.fetch import introduce
from tracker.settings import ARCHIVE, NETWORKS, STORE, Settings, settings

if TYPE_CHECKING:
    from tracker.filtering import Asked


def as_day(text: str | date) -> date:
    """A day as options give it."""
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day of the calendar: write YYYY-MM-DD") from None


def as_instant(text: str | datetime) -> datetime:
    """An instant as options give it, UTC unless it says otherwise."""
    if isinstance(text, datetime):
        return text
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not an instant: write YYYY-MM-DDTHH:MM:SSZ") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def as_network(text: str) -> str:
    """A network as options give it."""
    try:
        ip_network(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}: write it as CIDR, such as 192.0.2.0/24") from None
    return text


Day = Annotated[date | None, typer.Option(parser=as_day, metavar="DATE")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@dataclass(frozen=True, slots=True)
class Where:
    """Which store and archive, and what may be fetched."""

    db: Annotated[
        str | None, typer.Option(help=f"The store: sqlite:///PATH or postgresql://… [env: {STORE}]", metavar="URL")
    ] = None
    archive: Annotated[Path | None, typer.Option(help=f"The folder of snapshots [env: {ARCHIVE}]", metavar="DIR")] = (
        None
    )
    allow_network: Annotated[
        list[str] | None,
        typer.Option(
            parser=as_network, help=f"A private network that may be fetched from [env: {NETWORKS}]", metavar="CIDR"
        ),
    ] = None

    def settings(self) -> Settings:
        """These options, completed by those before the command, environment and defaults; sites see the contact."""
        before = BEFORE_COMMAND.get() or self
        networks = self.allow_network or before.allow_network or ()
        told = settings(self.db or before.db, self.archive or before.archive, networks)
        introduce(told.contact)
        return told


BEFORE_COMMAND: ContextVar[Where | None] = ContextVar("before_command", default=None)
"""The same options as given before the command's name, where they hold for any command."""


@dataclass(frozen=True, slots=True)
class FilterOptions:
    """Which figures; every filter given must hold, and a name may be any alias."""

    event: Annotated[str | None, typer.Option(help="Filed under this event or one within it.", metavar="NAME")] = None
    source: Annotated[
        str | None, typer.Option(help="Named anywhere in the chain, or the publisher.", metavar="NAME")
    ] = None
    issuer: Annotated[str | None, typer.Option(help="The issuer or the authority.", metavar="NAME")] = None
    publisher: Annotated[str | None, typer.Option(help="Whose document it is.", metavar="NAME")] = None
    outcome: Annotated[Outcome | None, typer.Option(help="What became of the people counted.")] = None
    group: Annotated[str | None, typer.Option(help="Nationality or side.", metavar="NAME")] = None
    status: Annotated[Status | None, typer.Option(help="Civilian, soldier, journalist …")] = None
    place: Annotated[str | None, typer.Option(help="Counted in this place or one within it.", metavar="NAME")] = None
    from_day: Annotated[
        date | None,
        typer.Option(
            "--from", parser=as_day, metavar="DATE", help="As-of day, included; published where there is none."
        ),
    ] = None
    to_day: Annotated[
        date | None,
        typer.Option("--to", parser=as_day, metavar="DATE", help="As-of day, included; published where there is none."),
    ] = None
    as_known_on: Annotated[
        date | None, typer.Option(parser=as_day, metavar="DATE", help="Published on this day or before.")
    ] = None
    as_recorded_on: Annotated[
        datetime | None,
        typer.Option(parser=as_instant, metavar="INSTANT", help="Recorded here at this instant or before (UTC)."),
    ] = None

    def asked(self) -> "Asked":
        """The same as the questions take them."""
        from tracker.filtering import Asked

        return Asked(**{field.name: getattr(self, field.name) for field in dataclasses.fields(self)})


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Spread every parameter whose type is a dataclass of options over single options of the command."""
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: kind for name, kind in hints.items() if dataclasses.is_dataclass(kind)}
    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(command).parameters.values():
        if parameter.name not in groups:
            parameters.append(parameter.replace(kind=parameter.KEYWORD_ONLY, annotation=hints[parameter.name]))
            continue
        kind = groups[parameter.name]
        own = get_type_hints(kind, include_extras=True)
        parameters += [
            inspect.Parameter(field.name, parameter.KEYWORD_ONLY, default=field.default, annotation=own[field.name])
            for field in dataclasses.fields(kind)
        ]

    @functools.wraps(command)
    def spread_out(**given: Any) -> None:
        made = {
            name: kind(**{field.name: given.pop(field.name) for field in dataclasses.fields(kind)})
            for name, kind in groups.items()
        }
        command(**given, **made)

    spread_out.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what typer reads
    spread_out.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    del spread_out.__wrapped__  # or inspect would look through to the command
    return spread_out
