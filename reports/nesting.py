"""How events lie within one another: an attack within a war, a strike within an attack."""

from collections.abc import Iterable, Iterator
from datetime import date

from db.records import Event


class Nesting:
    """The events of the record by name; an event nobody recorded stands alone and is a leaf."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events = {event.name: event for event in events}
        self._parents = {event.within for event in self._events.values() if event.within}

    def contains(self, outer: str, inner: str) -> bool:
        """Whether `inner` lies within `outer`, or is it."""
        return outer in self._upward(inner)

    def holders(self, name: str) -> list[str]:
        """The event itself and those that hold it, the nearest first."""
        return list(self._upward(name))

    def related(self, name: str) -> list[str]:
        """The event itself, those that hold it and those within it."""
        inside = [other for other in self._events if name in self._upward(other)]
        return list(dict.fromkeys((*self._upward(name), *inside)))

    def beside(self, name: str) -> list[str]:
        """Every event within the outermost event that holds this one."""
        outermost = self.holders(name)[-1]
        return list(dict.fromkeys((outermost, *(other for other in self._events if outermost in self._upward(other)))))

    def is_leaf(self, name: str) -> bool:
        """Whether no recorded event lies within this one."""
        return name not in self._parents

    def first_day(self, name: str | None) -> date | None:
        """The day the event began, its own or that of the nearest event that holds it."""
        if name is None:
            return None
        days = (event.from_day for event in map(self._events.get, self._upward(name)) if event)
        return next((day for day in days if day), None)

    def last_day(self, name: str | None) -> date | None:
        """The event's own last day; None where it is not recorded (an event still going on has none)."""
        event = self._events.get(name) if name else None
        return event.to_day if event else None

    def own_days(self, name: str | None) -> tuple[date, date] | None:
        """The first and last day of an event that has days of its own; one without a last day lasted one day."""
        event = self._events.get(name) if name else None
        if event is None or event.from_day is None:
            return None
        return event.from_day, event.to_day or event.from_day

    def place(self, name: str | None) -> str | None:
        """Where the event took place, its own place or that of the nearest event that holds it."""
        if name is None:
            return None
        places = (event.place for event in map(self._events.get, self._upward(name)) if event)
        return next((place for place in places if place), None)

    def _upward(self, name: str) -> Iterator[str]:
        seen: set[str] = set()
        current: str | None = name
        while current is not None and current not in seen:
            seen.add(current)
            yield current
            event = self._events.get(current)
            current = event.within if event else None
