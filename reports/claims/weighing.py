"""
The recorded figures that a claim is weighed against: which of them bear its number out, which were in force.

Everything is looked up by index (db/lines.py): lines of comparable definitions near the claim's day, and figures
of its number. Which figure of a series is in force is decided as in disagreements (standings.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from db.lines import UNKNOWN_DAY, Line, Lines, Looked
from db.records import Chain, Count, Definition, Method, RecordedFigure
from reports.bounds import Standing, day_of, relate, relation_of, standing
from reports.claims.candidates import Candidates, differs_by_basis, touch
from reports.claims.claim import Claim
from reports.claims.matching import VAGUE_CEILINGS, Match, admitted, match, significant_digits
from reports.comparison import Comparison, Surroundings
from reports.history import by_authority, withdrawn_on
from reports.lines import Usual, bundles
from reports.positions import PairRelation
from reports.standings import Held, Track, tracks

GRACE = timedelta(days=1)
"""How far the claim's day may lie from the figure's where only its day of publication is known."""
MOST_ALIKE = 50
MOST_EVENTS = 50
MOST_LINES = 300
"""A claim that fits more counts than these says too little to be set beside any of them."""
DEPTH, DEPTH_WITH_GRACE, DEPTH_OF_RELAYS = 1, 4, 32
"""How many figures of a line are looked at: the last; those of the days of grace; enough to know a relay's number."""
_OVER_DAYS = frozenset({"period", "added", "rate"})
"""Tallies of a stretch of days, of which two figures compare only for the same days."""
MOST_COUNTED = 1_000
"""So many figures of a source are counted; of more it is said that there are at least so many."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """
    A recorded figure beside the claim.

    Attributes:
        recorded: slim, without its words.
        comparison: how what is claimed stands to what it counts.
        match: how it bears the claimed number out, if it does.
        is_of_source: it counts for a claim that names its source; all do for a bare claim.
        is_current: it was the latest of its series on the claim's day.
        is_known: it had been published by the day the claim was made.
        is_reached: its day is not after the claim's.
        is_withdrawn: by then it was retracted or disowned.
    """

    recorded: RecordedFigure
    comparison: Comparison
    match: Match | None
    is_of_source: bool
    is_current: bool
    is_known: bool
    is_reached: bool
    is_withdrawn: bool

    @property
    def count(self) -> Count:
        """Its count; shares are not weighed here."""
        count = self.recorded.figure.count
        assert count is not None  # noqa: S101 - shares are left out where figures are looked up
        return count


@dataclass(frozen=True, slots=True)
class InForce:
    """The figure of one series in force on the claim's day, with how it stands to the claim."""

    held: Held
    comparison: Comparison
    claimed: Standing
    relation: PairRelation
    is_of_source: bool

    @property
    def recorded(self) -> RecordedFigure:
        """The figure, slim."""
        return self.held.recorded

    @property
    def authority(self) -> str | None:
        """The body that keeps the count; None for a hidden issuer."""
        return self.recorded.figure.chain.authority

    @property
    def excludes(self) -> bool:
        """Whether it and the claim cannot both stand."""
        return self.relation == "contradict"

    @property
    def because(self) -> str:
        """How the two stand to one another, in one sentence; it is made when it is asked for, as few are."""
        return relate(self.claimed, self.held.standing).because


class Weighing:
    """One claim among the figures of a store."""

    def __init__(
        self,
        claim: Claim,
        lines: Lines,
        candidates: Candidates,
        surroundings: Surroundings,
        usual: Usual,
        methods: Sequence[Method],
    ) -> None:
        """Nothing is looked up before it is asked for."""
        self.claim = claim
        self.lines = lines
        self.candidates = candidates
        self._around = surroundings
        self._usual = usual
        self._methods = by_authority(methods)
        count = claim.figure.count
        assert count is not None  # noqa: S101 - shares are checked by shares.py
        self.count = count
        self.grace = timedelta(0) if claim.states_day or not claim.is_dated else GRACE

    # What the claim may speak of

    @property
    def definition(self) -> Definition:
        """What the claim counts."""
        return self.claim.figure.definition

    @cached_property
    def _all_lines(self) -> list[Line]:
        kinds = [kind for kind in self._kinds() if self._meets(*kind)]
        return self.lines.lines(kinds)

    def _kinds(self, *, nested: bool = False) -> list[tuple[int, str | None]]:
        """The definitions that may count what is claimed, each with the events that may be the claim's."""
        if self.claim.event is None:
            chosen = self.candidates.of(self.definition)
            return self.lines.kinds((*chosen.nested, *chosen.alike) if nested else chosen.alike)
        events = {None, *self._around.events.related(self.claim.event)}
        definitions = sorted(set().union(*(self.lines.definitions_of(event) for event in events)))
        return [kind for kind in self.lines.kinds(definitions) if kind[1] in events]

    def _meets(self, definition: int, event: str | None) -> bool:
        """Whether figures meet the claim by their bounds: they count the same, or apart from the basis."""
        comparison = self._compared(definition, event)
        return comparison.is_comparable or differs_by_basis(comparison)

    def _compared(self, definition: int, event: str | None) -> Comparison:
        recorded = self.lines.definitions[definition]
        return self.candidates.compare(self.definition, self.claim.event, recorded, event)

    @cached_property
    def comparable_lines(self) -> list[Line]:
        """
        The lines that count what is claimed, or probably do.

        Where they are too many, those of the events in which the number was found; none where it was found nowhere.
        """
        if len(self._all_lines) <= MOST_LINES:
            return self._all_lines
        events = {looked.figure.figure.event for looked in self._hits}
        fewer = [line for line in self._all_lines if line.event in events]
        return fewer if len(fewer) <= MOST_LINES else []

    @property
    def says_too_little(self) -> bool:
        """Whether the claim fits so many counts that it was not set beside any."""
        return bool(self._all_lines) and not self.comparable_lines

    @property
    def events_it_fits(self) -> list[str]:
        """The events under which comparable counts are recorded."""
        return sorted({line.event for line in self._all_lines if line.event})

    # Figures of the number

    @cached_property
    def _hits(self) -> list[Looked]:
        """Figures whose number may bear the claim out."""
        interval = admitted(self.count, strict=self.claim.is_strict)
        if interval is None or interval.low is None or interval.high is None:
            return []
        keys = sorted({line.definition for line in self._all_lines})
        return self.lines.with_number(interval.low, interval.high, keys, published=self._seen_until)

    @property
    def _seen_until(self) -> date:
        """Beyond this day of publication nothing is seen at all."""
        return self.claim.as_known_on or UNKNOWN_DAY

    @property
    def _known_until(self) -> date:
        """Beyond this day of publication nothing was known when the claim was made."""
        if self.claim.knows_all:
            return UNKNOWN_DAY
        made_on = self.claim.made_on + self.grace
        return min(made_on, self.claim.as_known_on) if self.claim.as_known_on else made_on

    @cached_property
    def matches(self) -> list[Weighed]:
        """Every figure found that bears the claimed number out, the latest first."""
        found = {
            looked.figure.id: looked.figure for looked in (*self._hits, *self._looked) if self._fits(looked.figure)
        }
        weighed = [self.weighed(one) for one in found.values()]
        fitting = [one for one in weighed if one.comparison.is_comparable and self._of_these_days(one)]
        return sorted(fitting, key=_most_telling, reverse=True)

    def _fits(self, recorded: RecordedFigure) -> bool:
        count = recorded.figure.count
        return count is not None and match(self.count, count, strict=self.claim.is_strict) is not None

    def weighed(self, recorded: RecordedFigure) -> Weighed:
        """A figure beside the claim."""
        figure = recorded.figure
        count = figure.count
        withdrawn = withdrawn_on(recorded)
        is_withdrawn = recorded.state in ("retracted", "disowned") and (
            withdrawn is None or withdrawn <= (self.claim.as_known_on or self.claim.made_on)
        )
        day = day_of(recorded)
        return Weighed(
            recorded=recorded,
            comparison=self.candidates.compare(self.definition, self.claim.event, figure.definition, figure.event),
            match=match(self.count, count, strict=self.claim.is_strict) if count is not None else None,
            is_of_source=self.is_of_source(recorded),
            is_current=self._is_current(recorded),
            is_known=(figure.published or UNKNOWN_DAY) <= self._known_until,
            is_reached=day is not None and day <= self.claim.until + self.grace,
            is_withdrawn=is_withdrawn,
        )

    def is_of_source(self, recorded: RecordedFigure) -> bool:
        """Whether the claim's source, or its authority, is in a figure's chain; always for a bare claim."""
        claim, chain = self.claim, recorded.figure.chain
        if claim.source is None:
            return True
        if claim.authority is not None and chain.authority == claim.authority:
            return True
        beside = (name for names in chain.parallel for name in names)
        return claim.source in {recorded.figure.publisher, *chain.attribution, *beside, chain.issuer, chain.authority}

    def _of_these_days(self, one: Weighed) -> bool:
        """Period and added figures compare only for the same days; a claim without a day may mean any."""
        figure = one.recorded.figure
        if figure.definition.tally not in _OVER_DAYS or not self.claim.is_dated:
            return True
        day = day_of(one.recorded)
        return day is not None and abs(day - self.claim.until) <= self.grace

    # Figures in force

    @cached_property
    def _looked(self) -> list[Looked]:
        """The last figures of each comparable line, more of them where relays may repeat older numbers."""
        day, known = self.claim.until + self.grace, self._known_until
        depth = DEPTH_WITH_GRACE if self.grace else DEPTH
        found = self.lines.up_to(self.comparable_lines, day, known, depth)
        by_line: dict[tuple[int, str | None, str | None], list[Looked]] = {}
        for looked in found:
            by_line.setdefault(_line_of(looked), []).append(looked)
        for is_unclear, deeper in ((self._is_of_the_day, DEPTH + 1), (_may_repeat, DEPTH_OF_RELAYS)):
            lines = [
                line
                for line in self.comparable_lines
                if any(
                    is_unclear(looked.figure)
                    for looked in by_line.get((line.definition, line.authority, line.event), ())
                )
            ]
            if lines and deeper > depth:
                found += self.lines.up_to(lines, day, known, deeper)
        found = list({looked.figure.id: looked for looked in found}.values())
        return [looked for looked in found if self._meets(looked.definition, looked.figure.figure.event)]

    def _is_of_the_day(self, recorded: RecordedFigure) -> bool:
        """Whether the order within a day may matter, for which the number before is needed."""
        return recorded.figure.as_of == self.claim.until

    @cached_property
    def _held(self) -> list[list[Held]]:
        """The figures of each series in the order of their days."""
        figures = [looked.figure for looked in self._looked if looked.figure.figure.earlier_value_of is None]
        found = bundles(figures, usual=self._usual, surroundings=self._around)
        return [
            track.held for bundle in found for track in tracks(bundle, self._around.events, self._methods) if track.held
        ]

    def _in_force_on(self, day: date) -> list[Held]:
        chosen = [self._last(several, day) for several in self._held]
        found = [held for held in chosen if held is not None]
        return [held for held in found if held.recorded.figure.chain.authority or not _is_overtaken(held, found)]

    def _last(self, several: Sequence[Held], day: date) -> Held | None:
        made_on = self.claim.as_known_on or self.claim.made_on
        found = None
        for held in several:
            if held.standing.day <= day and (held.until is None or held.until > made_on):
                found = held
        return found

    @cached_property
    def _current(self) -> Mapping[str, Held]:
        """By id the figures that were the latest of their series on the claim's day, and those that repeat them."""
        days = {self.claim.until - self.grace, self.claim.until, self.claim.until + self.grace}
        current: dict[str, Held] = {}
        for day in sorted(days):
            for held in self._in_force_on(day):
                current[held.recorded.id] = held
                current.update((relay.figure.id, held) for relay in held.relays)
        return current

    def _is_current(self, recorded: RecordedFigure) -> bool:
        """Whether it is the latest of its series, or gives the number that is."""
        if recorded.id in self._current:
            return True
        if recorded.figure.earlier_value_of is not None or recorded.state != "recorded":
            return False
        value, place = _value(recorded), _series_of(recorded)
        return value is not None and (place, value) in self._current_numbers and self._stands_by_now(recorded)

    def _stands_by_now(self, recorded: RecordedFigure) -> bool:
        day = day_of(recorded)
        return (
            day is not None
            and day <= self.claim.until + self.grace
            and (recorded.figure.published or UNKNOWN_DAY) <= self._known_until
        )

    @cached_property
    def _current_numbers(self) -> set[tuple[object, int]]:
        return {(_series_of(held.recorded), held.value) for held in self._current.values()}

    @cached_property
    def in_force(self) -> list[InForce]:
        """What each comparable series says on the claim's day, the number nearest to the claim's first."""
        return self._beside_claim(self._in_force_on(self.claim.until))

    def _beside_claim(self, several: Iterable[Held]) -> list[InForce]:
        claimed = self.standing
        found = []
        for held in several:
            figure = held.recorded.figure
            comparison = self.candidates.compare(self.definition, self.claim.event, figure.definition, figure.event)
            if claimed is not None:
                relation = relation_of(claimed, held.standing)
                found.append(InForce(held, comparison, claimed, relation, self.is_of_source(held.recorded)))
        return sorted(found, key=self._distance)

    @cached_property
    def standing(self) -> Standing | None:
        """What the claim asserts, as a figure of its day."""
        return standing(as_recorded(self.claim), self._around.events)

    def _distance(self, one: InForce) -> tuple[bool, int, int]:
        number = self.count.value or 0
        return not one.is_of_source, abs(one.held.value - number), -one.held.standing.day.toordinal()

    @cached_property
    def nested(self) -> list[tuple[InForce, bool]]:
        """What counts of a part or of the whole say on the claim's day; whether the recorded one is the whole."""
        kinds = [kind for kind in self._kinds(nested=True) if self._compared(*kind).relation in ("narrower", "wider")]
        lines = self.lines.lines(kinds)
        if len(lines) > MOST_LINES:
            return []
        looked = self.lines.up_to(lines, self.claim.until, self._known_until, DEPTH + 1)
        figures = [one.figure for one in looked if one.figure.state == "recorded"]
        latest: dict[object, RecordedFigure] = {}
        for one in sorted(figures, key=_latest):
            latest[_series_of(one)] = one
        found = []
        for one in latest.values():
            stands = standing(one, self._around.events)
            if stands is not None and self.standing is not None and _value(one) is not None:
                comparison = self.weighed(one).comparison
                track = Track(one.figure.chain.authority or "", one.figure.event, one.figure.definition)
                held = Held(stands, track, _value(one) or 0, frozenset())
                relation = relation_of(self.standing, stands)
                is_whole = comparison.relation == "narrower"
                beside = InForce(held, comparison, self.standing, relation, self.is_of_source(one))
                found.append((beside, is_whole))
        return found

    def following(self, one: InForce) -> RecordedFigure | None:
        """The next figure of the series of one in force, if any is recorded."""
        return self._following.get(_series_of(one.recorded))

    @cached_property
    def _following(self) -> Mapping[object, RecordedFigure]:
        """The first figure of each series after the claim's day."""
        later = self.lines.after(self.comparable_lines, self.claim.until, self._seen_until)
        found: dict[object, RecordedFigure] = {}
        for looked in sorted(later, key=lambda looked: _latest(looked.figure)):
            found.setdefault(_series_of(looked.figure), looked.figure)
        return found

    def count_alike(self, one: RecordedFigure, other: RecordedFigure) -> bool:
        """Whether two figures comparable with the claim are comparable with one another: "probably" does not chain."""
        first, second = one.figure, other.figure
        found = self.candidates.compare(first.definition, first.event, second.definition, second.event)
        return found.is_comparable or differs_by_basis(found)

    def recorded_of_source(self) -> int:
        """How many figures of the claim's source are recorded in comparable lines, counted up to `MOST_COUNTED`."""
        lines = [line for line in self.comparable_lines if line.authority in (self.claim.authority, self.claim.source)]
        return self.lines.how_many(lines, MOST_COUNTED)

    def is_of_its_place(self, recorded: RecordedFigure) -> bool:
        """Whether a figure counts where the claim does for certain: it says so, or its event took place there."""
        mine, figure = self.definition.place, recorded.figure
        if mine is None or (self.claim.event is not None and self.claim.event == figure.event):
            return True
        place = figure.definition.place or self._around.events.place(figure.event)
        return place is not None and touch(mine, place, self._around.places)

    def share_an_event(self, event: str) -> bool:
        """Whether an event holds the claim's, lies within it, or lies beside it within one that holds both."""
        mine = self.claim.event
        if mine is None:
            return True
        events = self._around.events
        return bool(set(events.holders(mine)) & set(events.holders(event)))

    def within_the_word(self) -> list[Weighed]:
        """Figures up to the claim's day whose number lay within what a vague word implies, the latest first."""
        low = self.count.low
        most = VAGUE_CEILINGS.get(low) if low is not None else None
        if low is None or most is None:
            return []
        keys = sorted({line.definition for line in self.comparable_lines})
        looked = self.lines.with_number(low, most, keys, published=self._seen_until)
        weighed = (self.weighed(one.figure) for one in looked)
        return [
            one
            for one in weighed
            if one.comparison.is_comparable and one.is_of_source and one.is_reached and one.is_known
        ][:MOST_ALIKE]

    def share_a_country(self, recorded: RecordedFigure) -> bool:
        """Whether one country or territory holds the place of the claim and that of a figure."""
        one, other = self.definition.place, recorded.figure.definition.place
        return one is None or other is None or self._around.places.share_a_holder(one, other)

    def _events_to_search(self) -> list[str | None]:
        """The events that the claim may be about; none where they are too many to mean one of them."""
        if self.claim.event is not None:
            return [None, *self._around.events.beside(self.claim.event)]
        events = {line.event for line in self._all_lines}
        if len(events) <= MOST_EVENTS:
            events |= {event for _, event in self.lines.kinds(self.candidates.touching(self.definition))}
        return sorted(events, key=str) if len(events) <= MOST_EVENTS else []

    def of_the_same_number(self) -> list[Weighed]:
        """Figures of exactly the claimed number that count something else, known by then."""
        number = self.count.value
        if number is None or significant_digits(number) < 3:
            return []
        events = self._events_to_search()
        definitions = sorted(set().union(*(self.lines.definitions_of(event) for event in events)))
        looked = self.lines.with_number(number, number, definitions, published=self._seen_until)
        weighed = [self.weighed(one.figure) for one in looked if one.figure.figure.event in events]
        return [
            one
            for one in weighed
            if one.is_reached and one.is_known and not one.is_withdrawn and not one.comparison.is_comparable
        ]


THE_CLAIM = Chain(issuer="the claim")


def as_recorded(claim: Claim) -> RecordedFigure:
    """The claim in the shape of a recorded figure of its day, to be related to others."""
    figure = claim.figure.model_copy(
        update={
            "as_of": claim.until,
            "as_of_basis": "stated" if claim.states_day or not claim.is_dated else "publication",
            "published": claim.made_on,
            "chain": THE_CLAIM,
            # A round number of a claim reads as rounded, as a relay's does, unless it says "exactly".
            "publisher": THE_CLAIM.issuer if claim.is_strict else None,
            "event": claim.event,
        }
    )
    instant = datetime.combine(claim.made_on, datetime.min.time(), UTC)
    return RecordedFigure("claim", figure, "recorded", instant, "claim", None, None, "claim")


def _most_telling(one: Weighed) -> tuple[bool, bool, bool, date, date, str]:
    """What is current first; an issuer's figure before a mention of its earlier one; the latest before older ones."""
    figure = one.recorded.figure
    is_earlier = figure.earlier_value_of is not None or figure.as_of is None
    return one.is_current, not is_earlier, not one.comparison.probably, *_latest(one.recorded)


def _may_repeat(recorded: RecordedFigure) -> bool:
    """Whether a number may be an older one carried on, or was withdrawn: then more of its line is looked at."""
    return recorded.figure.as_of_basis != "stated" or recorded.state != "recorded"


def _is_overtaken(hidden: Held, others: Sequence[Held]) -> bool:
    """A hidden issuer has no series: its number stands until anybody gives a later one."""
    return any(
        other.recorded.figure.chain.authority is not None and other.standing.day > hidden.standing.day
        for other in others
    )


def _line_of(looked: Looked) -> tuple[int, str | None, str | None]:
    return looked.definition, looked.figure.figure.chain.authority, looked.figure.figure.event


def _series_of(recorded: RecordedFigure) -> object:
    figure = recorded.figure
    voice = figure.chain.authority or recorded.document
    return figure.definition.key, voice, figure.event


def _value(recorded: RecordedFigure) -> int | None:
    return recorded.figure.count.value if recorded.figure.count is not None else None


def _latest(recorded: RecordedFigure) -> tuple[date, date, str]:
    figure = recorded.figure
    return day_of(recorded) or date.min, figure.published or date.min, recorded.id
