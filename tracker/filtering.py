"""Filters as people give them, in any alias, turned into filters on recorded names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from pydantic import TypeAdapter

from db.find import Filters
from db.known import event_named
from db.places import Places
from db.store import Store
from db.vocabulary import Outcome, Status
from tracker.errors import AmbiguousName
from tracker.opening import known_sources


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters as given on the command line."""

    event: str | None = None
    source: str | None = None
    issuer: str | None = None
    publisher: str | None = None
    outcome: Outcome | None = None
    group: str | None = None
    status: Status | None = None
    place: str | None = None
    from_day: date | None = None
    to_day: date | None = None
    as_known_on: date | None = None
    as_recorded_on: datetime | None = None

    def told(self) -> dict[str, str]:
        """The filters that were given, in words, for a report to repeat."""
        names = {"from_day": "from", "to_day": "to"}
        given = ((names.get(name, name.replace("_", " ")), getattr(self, name)) for name in self.__slots__)
        return {name: str(value) for name, value in given if value is not None}

    @classmethod
    def retold(cls, event: str | None, told: Mapping[str, str]) -> Self:
        """
        The filters whose words an earlier report repeats: the inverse of `told`.

        Raises:
            ValueError: a name that is no filter, or a value that it cannot have.
        """
        names = {"from": "from_day", "to": "to_day"}
        given = {names.get(name, name.replace(" ", "_")): value for name, value in told.items()}
        if unknown := given.keys() - set(cls.__slots__) | given.keys() & {"event"}:
            raise ValueError(f"{sorted(unknown)[0]!r} is no filter")
        return TypeAdapter(cls).validate_python({"event": event, **given})


def resolved(store: Store, asked: Asked, *, held: bool = False) -> Filters:
    """
    The same filters by recorded names; a source or place that nobody recorded finds nothing.

    Raises:
        UnknownRecord: the event is not recorded; the message names the near ones.
        AmbiguousName: an alias fits several sources.
    """
    places = Places.shipped()
    place = places.named(asked.place) if asked.place else None
    group = places.group(asked.group) if asked.group else None
    source, issuer, publisher = _source_names(store, asked)
    return Filters(
        event=event_named(store, asked.event).name if asked.event else None,
        source=source,
        issuer=issuer,
        publisher=publisher,
        outcome=asked.outcome,
        group=group.name if group else asked.group,
        status=asked.status,
        place=place.name if place else asked.place,
        from_day=asked.from_day,
        to_day=asked.to_day,
        as_known_on=asked.as_known_on,
        as_recorded_on=asked.as_recorded_on,
        held=held,
    )


def _source_names(store: Store, asked: Asked) -> tuple[str | None, ...]:
    given = (asked.source, asked.issuer, asked.publisher)
    if not any(given):
        return given
    catalogue = known_sources(store)
    names: list[str | None] = []
    for name in given:
        fitting = catalogue.candidates(name) if name else ()
        if len(fitting) > 1 and name not in {source.name for source in fitting}:
            listed = ", ".join(f"{source.name!r}" for source in fitting)
            raise AmbiguousName(f"{name!r} fits several sources: {listed}; name one of them")
        names.append(fitting[0].name if len(fitting) == 1 else name)
    return tuple(names)
