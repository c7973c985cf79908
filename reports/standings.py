"""Which figures are in force from which day: each from its day until its authority's next of the same line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from db.records import Definition, Method, RecordedFigure
from reports.bounds import Standing, standing
from reports.history import walk, withdrawn_on
from reports.lines import Bundle
from reports.nesting import Nesting
from reports.positions import Relay
from reports.series import Step
from reports.variants import relay_of

NO_CRITERIA: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Track:
    """One line of one authority's series: at most one of its figures is in force on a day."""

    authority: str
    event: str | None
    core: Definition
    held: list["Held"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Held:
    """
    A figure in force.

    `until` is the first day on which it no longer is: its withdrawal (what follows on its track replaces it
    besides); None while nothing withdrew it.
    """

    standing: Standing
    track: Track
    value: int
    criteria: frozenset[str]
    relays: list[Relay] = field(default_factory=list)
    until: date | None = None

    @property
    def recorded(self) -> RecordedFigure:
        """The figure itself."""
        return self.standing.recorded


def tracks(bundle: Bundle, events: Nesting, methods: Mapping[str, Sequence[Method]]) -> list[Track]:
    """The lines of one series of a known authority, each with its figures by the day they speak of."""
    if bundle.is_plain():
        return [_plain(bundle, events, methods.get(bundle.authority or "", ()))]
    found: dict[int, Track] = {}
    by_id: dict[str, Held] = {}
    versions = methods.get(bundle.authority or "", ())
    for walked in walk(bundle, versions):
        track = found.setdefault(walked.track, Track(bundle.authority or "", bundle.event, bundle.core))
        if walked.step.change == "restated":
            _relay(walked.step, by_id)
        elif (held := _held(walked.step, track, events, versions)) is not None:
            by_id[held.recorded.id] = held
            track.held.append(held)
    for track in found.values():
        # Sorting is stable: of two figures of one day the one that became known later stands.
        track.held.sort(key=lambda held: held.standing.day)
    return list(found.values())


def _plain(bundle: Bundle, events: Nesting, versions: Sequence[Method]) -> Track:
    """The one line of a series in which each figure simply follows the one before; what kind of step is not asked."""
    track = Track(bundle.authority or "", bundle.event, bundle.core)
    before: int | None = None
    for recorded in bundle.figures:
        value = recorded.figure.count.value if recorded.figure.count is not None else None
        step = None if value is None or before is None else abs(value - before)
        held = _standing(recorded, step, track, events, versions)
        if held is not None:
            track.held.append(held)
        before = value
    return track


def _held(step: Step, track: Track, events: Nesting, versions: Sequence[Method]) -> Held | None:
    return _standing(step.figure, _moved(step), track, events, versions)


def _standing(
    recorded: RecordedFigure, step: int | None, track: Track, events: Nesting, versions: Sequence[Method]
) -> Held | None:
    found = standing(recorded, events, step=step)
    count = recorded.figure.count
    if found is None or count is None or count.value is None:
        return None
    if not versions:
        return Held(found, track, count.value, NO_CRITERIA, until=withdrawn_on(recorded))
    current = [method.criteria for method in versions if method.from_day <= found.day]
    criteria = frozenset(current[-1]) if current else frozenset()
    return Held(found, track, count.value, criteria, until=withdrawn_on(recorded))


def _moved(step: Step) -> int | None:
    if step.previous is None:
        return None
    later, earlier = step.figure.figure.count, step.previous.figure.count
    if later is None or earlier is None or later.value is None or earlier.value is None:
        return None
    return abs(later.value - earlier.value)


def _relay(step: Step, by_id: Mapping[str, Held]) -> None:
    """Add a repeated number to the figure it repeats; a relay of a relay goes to the figure both repeat."""
    held = by_id.get(step.previous.id) if step.previous is not None else None
    if held is not None:
        held.relays.append(relay_of(held.recorded, step.figure, stale=step.is_stale))


def starts_of_force(all_tracks: Iterable[Track]) -> list[Held]:
    """Every figure in the order in which it comes into force; where several share a track and a day, the last."""
    standing_at = {(id(track), held.standing.day): held for track in all_tracks for held in track.held}
    return sorted(standing_at.values(), key=lambda held: held.standing.day)


def in_force(all_tracks: Iterable[Track], forever: int) -> Iterator[tuple[Held, int]]:
    """Every figure that comes into force, with the ordinal of the first day on which it no longer is."""
    following: dict[int, int] = {}
    ended: list[tuple[Held, int]] = []
    for held in reversed(starts_of_force(all_tracks)):
        day = held.standing.day.toordinal()
        until = forever if held.until is None else held.until.toordinal()
        if until > day:
            ended.append((held, min(until, following.get(id(held.track), forever))))
            following[id(held.track)] = day
    return reversed(ended)
