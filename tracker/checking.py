"""Checking claims against a store: their words are read, each number is weighed, one state of the store answers all."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from importlib.metadata import version
from typing import Any

from pydantic import ValidationError

from db.checkpoints import checkpoint
from db.known import event_named, stored_events, stored_methods
from db.lines import Lines
from db.records import Chain, Count, Evidence, Figure
from db.store import Store
from reports.claims.answer import Answer
from reports.claims.candidates import Candidates
from reports.claims.checked import Checked, check
from reports.claims.claim import Claim
from reports.claims.reading import Asked, NamedEvents, claim_of
from reports.claims.shares import as_count, check_share
from reports.claims.weighing import Weighing
from reports.provenance import Checkpoint
from reports.sentences import figure_words, scope_words
from sources.catalogue import Catalogue
from sources.claims import ClaimedFigure, claimed_figures
from tracker.adding import BOUNDS_OF, HEDGES, definition_from
from tracker.errors import AmbiguousName, UnusableClaim
from tracker.opening import known_sources, surroundings_of, usual_definitions

LONGEST_CLAIM = 200_000
"""Code points; a longer text is no claim: `extract` and `ingest` take documents."""
MOST_FIGURES = 200
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever asks says of a claim beside its words; names may be any alias."""

    on: date | None = None
    source: str | None = None
    event: str | None = None
    as_known_on: date | None = None

    def completed(self, line: Mapping[str, Any]) -> "Given":
        """The same, with what a line of a batch says for itself."""
        return Given(
            on=_day(line.get("on")) or self.on,
            source=line.get("source") or self.source,
            event=line.get("event") or self.event,
            as_known_on=self.as_known_on,
        )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f'"on": {text!r} is not a day of the calendar; write YYYY-MM-DD') from None


def without_markup(text: str) -> str:
    """The words of a text that was pasted with HTML tags; any other text as it is."""
    return unescape(_TAG.sub(" ", text)) if _TAG.search(text) else text


class Checker:
    """One state of a store, ready to check any number of claims."""

    def __init__(self, store: Store, lines: Lines, today: date) -> None:
        """Take in all that claims are read and compared with; figures are looked up claim by claim."""
        self._store = store
        self._lines = lines
        self._today = today
        self._catalogue: Catalogue = known_sources(store)
        self._around = surroundings_of(store)
        self._events = NamedEvents(stored_events(store), self._around)
        self._usual = usual_definitions(store)
        self._methods = stored_methods(store)
        self._candidates = Candidates(lines.definitions, self._around)

    def check(self, text: str, given: Given = Given()) -> list[Checked]:
        """
        A verdict for each number that a text claims, in its order.

        Raises:
            UnusableClaim: the text holds no number of people that it says something befell, or is too long.
            AmbiguousName, UnknownRecord: the source or event named beside the text.
        """
        text = without_markup(text)
        if len(text) > LONGEST_CLAIM:
            raise UnusableClaim(
                f"the text has {len(text):,} characters, more than a claim ({LONGEST_CLAIM:,}): "
                "give the sentence that makes the claim"
            )
        found = claimed_figures(text, made_on=given.on, catalogue=self._catalogue)
        if not found:
            raise UnusableClaim(_nothing_in(text))
        if len(found) > MOST_FIGURES:
            raise UnusableClaim(
                f"the text claims {len(found):,} numbers, more than are checked at once ({MOST_FIGURES}): "
                "give fewer sentences"
            )
        asked = self._asked(given)
        return [self._checked_figure(one, found, asked) for one in found]

    def _checked_figure(self, one: ClaimedFigure, others: Sequence[ClaimedFigure], asked: Asked) -> Checked:
        notes = (*one.notes, *_opposed_beside(one, others))
        claim = self._claim(one.figure, one.text, asked, until=one.until, is_strict=one.is_strict, notes=notes)
        share = one.figure.share
        if share is None:
            return check(self._weighing(claim))
        whole = others[share.of].figure if isinstance(share.of, int) else one.figure
        part = self._weighing(as_count(claim, one.figure))
        definitions = sorted({line.definition for line in part.comparable_lines})
        return check_share(claim, part, self._weighing(as_count(claim, whole)), self._lines.shares(definitions))

    def check_options(self, options: Mapping[str, Any], given: Given) -> Checked:
        """A verdict on a claim given as options: the fields of a figure, by the names of its shape."""
        figure = figure_from(options)
        is_strict = bool(options.get("exactly"))
        until = options.get("as_of")
        text = f"{figure_words(figure)}; {'; '.join(scope_words(figure.definition))}".removesuffix("; ")
        return check(self._weighing(self._claim(figure, text, self._asked(given), until=until, is_strict=is_strict)))

    def _claim(
        self,
        figure: Figure,
        text: str,
        asked: Asked,
        *,
        until: date | None,
        is_strict: bool,
        notes: tuple[str, ...] = (),
    ) -> Claim:
        return claim_of(figure, text, asked, until=until, is_strict=is_strict, events=self._events, notes=notes)

    def _weighing(self, claim: Claim) -> Weighing:
        return Weighing(claim, self._lines, self._candidates, self._around, self._usual, self._methods)

    def _asked(self, given: Given) -> Asked:
        source = authority = None
        if given.source is not None:
            source = self._source_named(given.source)
            authority = self._catalogue.authority_of(source, given.on)
        event = event_named(self._store, given.event).name if given.event else None
        return Asked(self._today, given.on, source, authority, event, given.as_known_on)

    def _source_named(self, name: str) -> str:
        fitting = self._catalogue.candidates(name)
        if len(fitting) > 1 and name not in {source.name for source in fitting}:
            listed = ", ".join(f"{source.name!r}" for source in fitting)
            raise AmbiguousName(f"{name!r} fits several sources: {listed}; name one of them")
        return fitting[0].name if len(fitting) == 1 else name


def _opposed_beside(one: ClaimedFigure, others: Sequence[ClaimedFigure]) -> tuple[str, ...]:
    """Whether the same sentence says of the same count what excludes this number ("at least 100, at most 50")."""
    opposed = [
        other.figure.count.text
        for other in others
        if other.text == one.text
        and other.figure.count is not None
        and other.figure.definition.key == one.figure.definition.key
        and _exclude(one.figure.count, other.figure.count)
    ]
    said = f"the text contradicts itself: it also says “{opposed[0]}” of the same count" if opposed else ""
    return (said,) if said else ()


def _exclude(one: Count | None, other: Count) -> bool:
    """Whether one has a floor or ceiling of its own that the other breaks; two plain numbers may follow each other."""
    if one is None or one.low == one.high or other.low == other.high:
        return False
    pairs = ((one.low, other.high), (other.low, one.high))
    return any(low is not None and high is not None and low > high for low, high in pairs)


def figure_from(options: Mapping[str, Any]) -> Figure:
    """
    The figure that a claim given as options speaks of.

    Raises:
        UnusableClaim: the number or the outcome is missing, or the options contradict one another.
    """
    if "number" not in options or "outcome" not in options:
        raise UnusableClaim("a claim needs its number and what befell people: give --number and --outcome, or a text")
    number, qualifier = options["number"], options.get("qualifier", "exact")
    words = f"{HEDGES[qualifier]}{number:,}"
    bounds = dict.fromkeys(BOUNDS_OF[qualifier], number)
    try:
        definition = definition_from(options)
    except ValidationError as error:
        raise UnusableClaim(f"the options contradict one another: {error.errors()[0]['msg']}") from error
    return Figure(
        count=Count(qualifier=qualifier, text=words, **bounds),
        definition=definition,
        chain=Chain(),
        evidence=Evidence(quote=words, start=0, end=len(words)),
        origin="manual",
    )


def _nothing_in(text: str) -> str:
    if not text.strip():
        return "the claim is empty: give a sentence with a number"
    if not any(character.isdigit() for character in text):
        return "no number of people killed, injured, missing, captured or displaced is read in this text: give one"
    return (
        "no number in this text is read as people killed, injured, missing, captured or displaced: say it in English, "
        "or give --number and --outcome"
    )


@contextmanager
def checking(store: Store, *, today: date | None = None, as_recorded_on: datetime | None = None) -> Iterator[Checker]:
    """A checker on one state of the store; `today` is the day that it is anywhere on Earth by default in UTC."""
    with store.reading() as connection:
        lines = Lines(connection, as_recorded_on=as_recorded_on)
        try:
            yield Checker(store, lines, today or datetime.now(UTC).date())
        finally:
            lines.close()


def answer(
    store: Store,
    asked: Mapping[str, str],
    given: Given,
    *,
    text: str | None = None,
    options: Mapping[str, Any] | None = None,
    title: str | None = None,
    is_draft: bool = False,
    as_recorded_on: datetime | None = None,
    now: datetime | None = None,
) -> Answer:
    """
    The verdicts on a text's claims, or on one given as options, with the checkpoint on which they rest.

    Args:
        asked: the words and options as given, for the answer to repeat.
        is_draft: the text is a document, whose numbers are to be marked.
    Raises:
        UnusableClaim, AmbiguousName, UnknownRecord: see `Checker.check`.
    """
    moment = now or datetime.now(UTC)
    with checking(store, today=(as_recorded_on or moment).date(), as_recorded_on=as_recorded_on) as checker:
        state = checkpoint(store, moment)
        checked = [checker.check_options(options, given)] if options is not None else checker.check(text or "", given)
    return Answer(
        checked=tuple(checked),
        asked=asked,
        checkpoint=Checkpoint(state.size, state.root, state.taken_at),
        generated=moment,
        software=f"casualty-figures {version('casualty-figures')}",
        draft=text if is_draft else None,
        title=title,
    )
