"""From the figure that a claim's words give to the claim: its days, the source that it names, and its event."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from db.records import Event, Figure
from reports.claims.claim import Claim
from reports.comparison import Surroundings

SHORTEST_NAME = 5
"""A shorter name of an event is found in other words by chance."""
_WORD = re.compile(r"\w+")
LONGEST_INCIDENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What is said of a claim beside its words.

    Attributes:
        on: the day on which it was made.
        source: the source it names, by the catalogue's name, with the body that keeps that source's counts.
        event: the event it is about.
    """

    today: date
    on: date | None = None
    source: str | None = None
    authority: str | None = None
    event: str | None = None
    as_known_on: date | None = None


def claim_of(
    figure: Figure,
    text: str,
    asked: Asked,
    *,
    until: date | None,
    is_strict: bool,
    events: "NamedEvents",
    notes: tuple[str, ...] = (),
) -> Claim:
    """
    The claim that a number in a text makes.

    One known day serves as the day up to which it counts and as the day on which it was made; without one it is
    judged as of today.
    """
    source, authority = asked.source, asked.authority
    if source is None and figure.chain.attribution and figure.chain.issuer:
        source, authority = figure.chain.issuer, figure.chain.authority
    event, is_inferred = asked.event, False
    if event is None:
        event, is_inferred = events.of(figure, text)
    notes = (*notes, *_self_contradiction(figure))
    if until is not None and asked.on is not None and until > asked.on:
        notes = (*notes, f"the day up to which it counts, {until}, is later than the day it was made, {asked.on}")
    return Claim(
        text=text,
        figure=figure,
        until=until or asked.on or asked.today,
        made_on=asked.on or until or asked.today,
        today=asked.today,
        states_day=until is not None,
        is_dated=until is not None or asked.on is not None,
        source=source,
        authority=authority,
        is_strict=is_strict,
        event=event,
        event_is_inferred=is_inferred,
        as_known_on=asked.as_known_on,
        notes=notes,
    )


def _self_contradiction(figure: Figure) -> tuple[str, ...]:
    count = figure.count
    return () if count is None or count.is_ordered else ("its own bounds exclude one another",)


class NamedEvents:
    """The events that a claim may be about, found by their names in its words, or by its day and place."""

    def __init__(self, events: Iterable[Event], surroundings: Surroundings) -> None:
        """Names are taken apart once, claims are many."""
        self._events = list(events)
        self._places = surroundings.places
        self._names = sorted(
            (
                (_words(name), event.name)
                for event in self._events
                for name in (event.name, *event.aliases)
                if len(name) >= SHORTEST_NAME
            ),
            key=lambda named: -len(named[0]),
        )

    def of(self, figure: Figure, text: str) -> tuple[str | None, bool]:
        """The event whose name stands in the words, the longest name first; else, inferred, the one of its day."""
        words = _words(text)
        for name, event in self._names:
            if name in words:
                return event, False
        of_day = [event.name for event in self._events if self._is_of_its_day(figure, event)]
        return (of_day[0], True) if len(of_day) == 1 else (None, False)

    def _is_of_its_day(self, figure: Figure, event: Event) -> bool:
        """Whether a claim about one incident gives the day of a short event, and a place or group that fits it."""
        definition = figure.definition
        if definition.tally != "incident" or definition.since is None or event.from_day is None or event.place is None:
            return False
        last = event.to_day or event.from_day
        if last - event.from_day > LONGEST_INCIDENT or not event.from_day <= definition.since <= last:
            return False
        place = definition.place or self._places.group_place(definition.group or "")
        return place is not None and (
            self._places.contains(event.place, place) or self._places.contains(place, event.place)
        )


def _words(text: str) -> str:
    """The words of a text in one line, letter case and punctuation aside, with a space at both ends."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
