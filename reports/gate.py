"""
The integrity gate: it asks whether *we* misread, never whether the issuer is right.

Held with the reason, and used by no answer until a person accepts it: a number that does not stand in its quote,
low above high, an as-of day after publication or in the future, a part above its whole, disjoint parts above their
total, a cumulative number far from the one in force (jumps.py). What is held takes its series in the document with
it. Where the words themselves state the break (breaks.py), the figure carries the doubt `as_published` and is not held.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, groupby, islice

from db.records import Bounds, Count, Definition, Figure, Hold
from reports.bounds import bounds
from reports.breaks import PART_STATED, REVISION_STATED, revised, states_part, with_doubt
from reports.comparison import Surroundings
from reports.jumps import Jumps, Known, NothingKnown
from reports.parts import KEPT, NO_SUMS, Comparisons
from reports.rounding import Interval
from reports.voices import voice_doubts

BATCH = 10_000
"""So many figures are set against one another, or taken with their series; longer documents come in pieces."""
COMPARED = 64
"""So many different counts of one authority and day are compared each with each; beyond it, stated links only."""
AHEAD_OF_UTC = timedelta(days=1)
"""Days begin up to 14 hours before they do in UTC: tomorrow may have begun somewhere."""
ONE_TOTAL = frozenset({"cumulative", "stock", "added", "period"})
"""Tallies of which an authority has one at a time; other counts may be of two incidents."""
Series = tuple[bytes, str | bytes, str | None]


def gate(
    figures: Iterable[Figure],
    *,
    today: date,
    surroundings: Surroundings | None = None,
    known: Known | None = None,
    batch: int = BATCH,
) -> Iterator[tuple[Figure, Hold | None]]:
    """
    Pass the figures of one document on in their order, each with the reason to hold it, if any.

    Args:
        figures: may be a generator; consecutive figures with one publication day are read together, at most
            `batch` at a time. `part_of` counts from the first figure of the document.
        today: the day in UTC.
        surroundings: how events and places nest.
        known: what is recorded already: a line is asked for once, and whether a held figure is new.
    """
    checks = _Checks(today, surroundings or Surroundings(), known or NothingKnown())
    place = 0
    for piece in _pieces(figures, batch):
        judged: list[tuple[Figure, Hold | None]] = []
        for together in piece:
            judged += checks.judged(together, first_place=place)
            place += len(together)
        yield from checks.with_series(judged)


def _pieces(figures: Iterable[Figure], size: int) -> Iterator[list[list[Figure]]]:
    """Whole publications, so many that they hold `size` figures; a longer publication in pieces."""
    piece: list[list[Figure]] = []
    gathered = 0
    for _, publication in groupby(figures, key=lambda figure: figure.published):
        while together := list(islice(publication, size)):
            piece.append(together)
            gathered += len(together)
            if gathered >= size:
                yield piece
                piece, gathered = [], 0
    if piece:
        yield piece


class _Publication:
    """The figures of one publication with what holds them so far, and their bounds, each worked out once."""

    def __init__(self, figures: Sequence[Figure], alone: Sequence[Hold | None], first_place: int) -> None:
        self.figures = list(figures)
        self.holds = list(alone)
        older = (figure.earlier_value_of for figure in figures)
        self._replacing = {place - first_place for place in older if isinstance(place, int)}
        # A number held for itself says nothing about the numbers beside it.
        self.sound = [figure if hold is None else None for figure, hold in zip(figures, alone, strict=True)]
        self._intervals: dict[int, Interval] = {}

    def interval(self, place: int) -> Interval:
        """The floor and ceiling of the figure at this place, rounding taken in."""
        found = self._intervals.get(place)
        if found is None:
            figure = self.figures[place]
            relayed = figure.chain.issuer is None or figure.chain.issuer != figure.publisher
            found = self._intervals[place] = bounds(figure.count or Count(text=""), relayed=relayed)
        return found

    def hold_part(self, part: int, whole: int) -> None:
        """Hold both where the part's floor lies above the ceiling of its whole, unless the words say just that."""
        floor, ceiling = self.interval(part).low, self.interval(whole).high
        if floor is None or ceiling is None or floor <= ceiling or self.as_published(part, whole):
            return
        if states_part(self.figures[part], self.figures[whole]):
            self.doubt(part, PART_STATED)
            return
        reason = f"{self._said(part)} is given as a part of {self._said(whole)} for one day"
        self._hold((part, whole), Hold("part_above_whole", reason))

    def hold_sum(self, whole: int, parts: Sequence[int]) -> None:
        """Hold all where parts that exclude one another come to more than their total."""
        ceiling = self.interval(whole).high
        if ceiling is None or len(parts) < 2 or self.figures[whole].definition.outcome in NO_SUMS:
            return
        total = sum(self.interval(part).low or 0 for part in parts)
        if total > ceiling and not self.as_published(whole, *parts):
            reason = f"parts that exclude one another come to {total:,}, above their total of {self._said(whole)}"
            self._hold((whole, *parts), Hold("parts_above_total", reason))

    def doubt(self, place: int, doubt: str) -> None:
        """Let the figure at this place carry a doubt."""
        self.figures[place] = with_doubt(self.figures[place], doubt)

    def hold_jump(self, place: int, hold: Hold) -> None:
        """Hold a number far from the one in force, unless the words state that it was revised."""
        figure = self.figures[place]
        if place in self._replacing or revised(figure):
            self.doubt(place, REVISION_STATED)
        else:
            self._hold((place,), hold)

    def _hold(self, places: Iterable[int], hold: Hold) -> None:
        for place in places:
            self.holds[place] = self.holds[place] or hold

    def _said(self, place: int) -> str:
        count = self.figures[place].count
        return count.text if count is not None else ""

    def as_published(self, *places: int) -> bool:
        """Whether the words of any of these figures themselves state a break."""
        return any(_as_published(self.figures[place]) for place in places)


class _Checks:
    """The rules, with the comparisons of definitions made so far."""

    def __init__(self, today: date, surroundings: Surroundings, known: Known) -> None:
        self._known = known
        self._jumps = Jumps(known)
        self._taken: dict[Series, tuple[Hold, date]] = {}
        self._latest_day = today + AHEAD_OF_UTC
        self._comparisons = Comparisons(surroundings)
        self._nested_among: dict[tuple[bytes, ...], list[tuple[int, int]]] = {}

    def judged(self, figures: Sequence[Figure], *, first_place: int) -> list[tuple[Figure, Hold | None]]:
        """The figures of one publication, each with the reason to hold it for itself or beside the others."""
        publication = _Publication(figures, [self._alone(figure) for figure in figures], first_place)
        if len(figures) > 1:
            self._hold_nested(publication, list(_linked(publication.sound, first_place)))
            for group in _totals(publication.sound):
                nested = self._nested([figures[place].definition for place in group])
                self._hold_nested(publication, [(group[part], group[whole]) for part, whole in nested])
            for place, doubt in voice_doubts(figures):
                publication.doubt(place, doubt)
        totals = [(place, total) for place, figure in enumerate(figures) if (total := self._jumps.total(figure))]
        for place, total in totals:
            if publication.holds[place] is None and not publication.as_published(place) and (jump := total.jump()):
                publication.hold_jump(place, jump)
        for place, total in totals:
            if publication.holds[place] is None:
                total.stand()
        return list(zip(publication.figures, publication.holds, strict=True))

    def with_series(self, judged: Sequence[tuple[Figure, Hold | None]]) -> list[tuple[Figure, Hold | None]]:
        """What is newly held takes its series in this document with it; what waits since before takes nothing."""
        for figure, hold in judged:
            if hold is not None and not self._known.has(figure):
                series, day = _series(figure), self._breaks_from(figure, hold)
                first = self._taken.get(series)
                if first is None or day < first[1]:
                    self._taken[series] = hold, day
        if not self._taken:
            return list(judged)
        return [(figure, hold or _taken(figure, self._taken)) for figure, hold in judged]

    def _breaks_from(self, figure: Figure, hold: Hold) -> date:
        """
        The day from which the series of a held figure goes with it: every day, as they may all be misread.

        Only a jump within a line that begins in this document was judged by the earlier days, and they stand.
        """
        judged_by_earlier_days = hold.rule == "sudden_jump" and not self._known.near(figure, 1)
        return figure.as_of if judged_by_earlier_days and figure.as_of else date.min

    def _alone(self, figure: Figure) -> Hold | None:
        """What can be seen from one figure by itself."""
        said = figure.count or figure.share
        if said is None or _as_published(figure):
            return None
        if not stands_in(said.text, figure.evidence.quote):
            return Hold("number_not_in_quote", f"the number {said.text!r} does not stand in the quote")
        if not said.is_ordered:
            return Hold("low_above_high", f"the bounds of {said.text!r} are out of order: {_listed(said)}")
        return self._dates(figure)

    def _dates(self, figure: Figure) -> Hold | None:
        if figure.as_of and figure.published and figure.as_of > figure.published:
            told = f"it counts up to {figure.as_of}, after its publication on {figure.published}"
            return Hold("as_of_after_publication", told)
        for day, told in ((figure.as_of, "counts up to"), (figure.published, "was published on")):
            if day and day > self._latest_day:
                return Hold("date_in_future", f"it {told} {day}, a day that has begun nowhere on Earth")
        return None

    def _hold_nested(self, publication: _Publication, nested: Iterable[tuple[int, int]]) -> None:
        parts_of: dict[int, list[int]] = {}
        for part, whole in nested:
            publication.hold_part(part, whole)
            parts_of.setdefault(whole, []).append(part)
        for whole, parts in parts_of.items():
            if len(parts) > 1:
                publication.hold_sum(whole, self._disjoint(publication, parts))

    def _nested(self, definitions: Sequence[Definition]) -> list[tuple[int, int]]:
        """Which of these definitions certainly lies within which, as places; kept for the next publication."""
        key = tuple(definition.key for definition in definitions)
        found = self._nested_among.get(key)
        if found is None:
            found = []
            for one, other in combinations(range(len(definitions)), 2):
                comparison = self._comparisons.of(definitions[one], definitions[other])
                if not comparison.probably and comparison.relation in ("narrower", "wider"):
                    found.append((one, other) if comparison.relation == "narrower" else (other, one))
            if len(self._nested_among) < KEPT:
                self._nested_among[key] = found
        return found

    def _disjoint(self, publication: _Publication, parts: Sequence[int]) -> list[int]:
        """Parts of which no two can hold the same person, the largest first."""
        chosen: list[int] = []
        for part in sorted(parts, key=lambda place: -(publication.interval(place).low or 0)):
            definition = publication.figures[part].definition
            if all(self._comparisons.exclude(definition, publication.figures[other].definition) for other in chosen):
                chosen.append(part)
        return chosen


def stands_in(number: str, quote: str) -> bool:
    """
    Whether the number's words stand in the quote, and not as a piece of a longer number.

    >>> stands_in("400", "about 1,400 people"), stands_in("1,400", "about 1,400 people")
    (False, True)
    """
    place = quote.find(number) if number else -1
    while place >= 0:
        end = place + len(number)
        before, after = quote[max(place - 2, 0) : place][::-1], quote[end : end + 2]
        if not (_goes_on(number[0], before) or _goes_on(number[-1], after)):
            return True
        place = quote.find(number, place + 1)
    return False


def _goes_on(digit: str, beyond: str) -> bool:
    """Whether more digits lie beyond the first or last digit of a number, at once or after a comma or a point."""
    if not beyond or not digit.isdigit():
        return False
    return beyond[0].isdigit() or (beyond[0] in ",." and beyond[1:].isdigit())


def _as_published(figure: Figure) -> bool:
    return bool(figure.doubts) and any(doubt.startswith("as_published") for doubt in figure.doubts)


def _listed(said: Bounds) -> str:
    return ", ".join(f"{bound:,}" for bound in (said.low, said.best, said.high) if bound is not None)


def _linked(sound: Sequence[Figure | None], first_place: int) -> Iterator[tuple[int, int]]:
    """Parts and wholes that the document links, as places in the publication."""
    for place, figure in enumerate(sound):
        if figure is None or figure.count is None or not isinstance(figure.part_of, int):
            continue
        whole = figure.part_of - first_place
        linked = sound[whole] if 0 <= whole < len(sound) and whole != place else None
        if linked is not None and linked.count is not None:
            yield place, whole


def _totals(sound: Sequence[Figure | None]) -> Iterator[list[int]]:
    """Places of figures that one authority gives for one day and one kind of tally, one for each definition."""
    groups: dict[Hashable, dict[bytes, int]] = {}
    for place, figure in enumerate(sound):
        if figure is None or figure.count is None or figure.as_of is None or _as_published(figure):
            continue
        who = figure.chain.authority or figure.chain.issuer_words
        if who is None:
            continue
        definition = figure.definition
        days = (figure.period.from_day, figure.period.to_day) if figure.period else None
        key: Hashable = (who, figure.as_of, definition.tally, days, figure.event)
        if definition.tally not in ONE_TOTAL:
            if definition.place is None or definition.since is None:
                continue
            key = (key, definition.place, definition.since)
        groups.setdefault(key, {}).setdefault(definition.key, place)
    for group in groups.values():
        if 1 < len(group) <= COMPARED:
            yield list(group.values())


def _series(figure: Figure) -> Series:
    """An authority's core definition under one event; a hidden issuer has its own words only."""
    return figure.definition.core_key, figure.chain.authority or figure.chain.key, figure.event


def _taken(figure: Figure, taken: Mapping[Series, tuple[Hold, date]]) -> Hold | None:
    """The hold that a figure shares with its series, from the day on which the series breaks."""
    held = None if _as_published(figure) else taken.get(_series(figure))
    if held is None or (figure.as_of is not None and figure.as_of < held[1]):
        return None
    return Hold("same_series", f"a figure of its series in this document is held: {held[0].reason}")
