"""A record of invented authorities in real places, asked about claims on real SQLite and real PostgreSQL."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from db.records import Chain, Count, Definition, Document, Event, Evidence, Figure, Recording
from db.store import Store
from reports.claims.checked import Checked
from tracker.checking import Given, checking

TODAY = date(2024, 6, 1)
WAR = "The Fictional War"
START = date(2024, 1, 1)
BUREAU = "Invented Health Bureau"
OFFICE = "Invented Press Office"
OUTLET = "The Fictional Ledger"
KILLED = Definition(outcome="killed", place="Sudan", tally="cumulative", since=START)


def chain_of(*names: str, words: str | None = None) -> Chain:
    last = names[-1] if names else None
    written = (names,) if names else ()
    issuer = None if words else last or OUTLET
    return Chain(attribution=names, written=written, issuer=issuer, issuer_words=words, authority=issuer)


class Record:
    """A store, and the questions that a test puts to it."""

    def __init__(self, store: Store, recording: Callable[..., Recording]) -> None:
        self.store = store
        self._recording = recording
        self._documents = 0

    def event(self, name: str = WAR, **fields: Any) -> None:
        with self.store.writing() as writer:
            writer.add_event(Event(name=name, **{"from_day": START, **fields}))

    def figure(self, number: int, day: date, **fields: Any) -> str:
        """One figure in a document of its own; its id."""
        count = fields.pop("count", None if "share" in fields else Count.exactly(number, f"{number:,}"))
        quote = f"{(count or fields['share']).text} people"
        given: dict[str, Any] = {
            "count": count,
            "definition": KILLED,
            "chain": chain_of(BUREAU),
            "evidence": Evidence(quote=quote, start=0, end=len(quote)),
            "publisher": OUTLET,
            "published": day,
            "as_of": day,
            "as_of_basis": "stated",
            "origin": "extracted",
        }
        self._documents += 1
        figure = Figure(**{**given, **fields})
        address = f"https://ledger.example/{self._documents}"
        document = Document(address=address, publisher=figure.publisher, published=figure.published)
        recorded = self.store.record(self._recording(figure, document=document))
        return next(recorded.figure_ids())

    def series(self, *numbers: int, first: date = date(2024, 1, 10), **fields: Any) -> list[str]:
        """One number every ten days."""
        days = (first + timedelta(days=10 * place) for place in range(len(numbers)))
        return [self.figure(number, day, **fields) for number, day in zip(numbers, days, strict=True)]

    def check(self, text: str, *, as_recorded_on: Any = None, **given: Any) -> Checked:
        (only,) = self.check_all(text, as_recorded_on=as_recorded_on, **given)
        return only

    def check_all(self, text: str, *, as_recorded_on: Any = None, **given: Any) -> list[Checked]:
        with checking(self.store, today=TODAY, as_recorded_on=as_recorded_on) as checker:
            return checker.check(text, Given(**given))

    def verdict(self, text: str, **given: Any) -> str:
        return self.check(text, **given).verdict


@pytest.fixture
def record(store: Store, make_recording: Callable[..., Recording]) -> Record:
    return Record(store, make_recording)
