"""
How one authority's figures for one core definition moved from each report to the next.

Figures of different authorities never share a series: where they differ is a disagreement (see disagreements.py).
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from db.records import Act, Definition, Method, RecordedFigure
from reports.bounds import BY_DAYS, day_of
from reports.comparison import Surroundings
from reports.lines import Bundle, Usual, bundles, order
from reports.rounding import admits, is_hedged, is_relay
from reports.series import Change, Reason, Series, Step
from reports.variants import relay_of
from reports.voices import has_voice_doubt, is_one_voice

NOTICED = "correction_noticed: the document says of itself: "
"""How the doubt begins by which a figure carries its document's notice of correction."""


def histories(
    figures: Sequence[RecordedFigure],
    *,
    usual: Usual | None = None,
    methods: Sequence[Method] = (),
    line: str | None = None,
    surroundings: Surroundings | None = None,
) -> list[Series]:
    """
    Sort figures into series and name what happened between each figure and the one before it.

    Args:
        figures: in any order; those held, voided or corrected by us, and shares, are left out.
        usual: for each authority the facets its figures mean when they do not say.
        methods: dated versions of how authorities count; the first figure under a new one is `redefined`.
        line: the name of a publisher: its line, whoever it quoted, in place of the authorities' series.
        surroundings: how events and places nest.
    Returns:
        Series with the longest first, then by authority.
    """
    around = surroundings or Surroundings()
    found = bundles(figures, usual=usual or {}, surroundings=around, line=line)
    versions = by_authority(methods)
    made = [_series(bundle, versions.get(bundle.authority or "", ()), line) for bundle in found]
    made = _reclassified(made)
    return sorted(made, key=lambda series: (-len(series.steps), series.authority or "", series.event or ""))


def by_authority(methods: Iterable[Method]) -> dict[str, list[Method]]:
    """The method versions of each authority, oldest first."""
    found: dict[str, list[Method]] = {}
    for method in sorted(methods, key=lambda method: method.from_day):
        found.setdefault(method.source, []).append(method)
    return found


@dataclass(slots=True)
class _Line:
    """One of the parallel lines of a series while it is walked: its head and the numbers it has had."""

    track: int
    heads: list[RecordedFigure] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    by_value: dict[int, RecordedFigure] = field(default_factory=dict)
    by_row: dict[tuple[str, str], RecordedFigure] = field(default_factory=dict)
    withdrawn: RecordedFigure | None = None
    voices: dict[tuple[str, date | None], RecordedFigure] = field(default_factory=dict)

    @property
    def head(self) -> RecordedFigure | None:
        return self.heads[-1] if self.heads else None

    def take(self, recorded: RecordedFigure, *, as_head: bool) -> None:
        if as_head:
            self.heads.append(recorded)
            self.days.append(recorded.figure.as_of or date.min)
        self.by_value.setdefault(_value(recorded), recorded)
        if recorded.figure.evidence.row_key:
            self.by_row[recorded.document, recorded.figure.evidence.row_key] = recorded
        if has_voice_doubt(recorded):
            self.voices.setdefault((recorded.document, recorded.figure.as_of), recorded)

    def before(self, recorded: RecordedFigure) -> RecordedFigure | None:
        """The last head of a day not after this figure's own."""
        if recorded.figure.as_of is None:
            return None
        place = bisect_right(self.days, recorded.figure.as_of)
        return self.heads[place - 1] if place else None

    def forget_head(self) -> None:
        """Go back to the head before: this one was withdrawn."""
        self.withdrawn = self.heads.pop()
        self.days.pop()


def _series(bundle: Bundle, methods: Sequence[Method], line: str | None) -> Series:
    steps = _with_withdrawals([walked.step for walked in walk(bundle, methods, by_publisher=line is not None)])
    genuine = [step.figure for step in steps if step.change not in ("restated", "retracted", "disowned")]
    last = max((day for recorded in genuine if (day := day_of(recorded))), default=None)
    issuers = (recorded.figure.chain.issuer for recorded in bundle.figures)
    return Series(
        authority=bundle.authority,
        event=bundle.event,
        definition=bundle.core,
        steps=tuple(steps),
        last_reported=last,
        carried_by=_carried_by(steps, last),
        publisher=line,
        assumed=tuple(sorted(bundle.assumed)),
        issuers=tuple(dict.fromkeys(issuer for issuer in issuers if issuer)),
    )


def _carried_by(steps: Sequence[Step], last: date | None) -> tuple[str, ...]:
    later = (
        step.figure.figure.publisher
        for step in steps
        if step.change == "restated" and last and (step.figure.figure.published or date.min) > last
    )
    return tuple(dict.fromkeys(publisher for publisher in later if publisher))


@dataclass(frozen=True, slots=True)
class Walked:
    """A step and the line of its series on which it stands; a line that takes over from an ended one goes on."""

    step: Step
    track: int


def walk(bundle: Bundle, methods: Sequence[Method] = (), *, by_publisher: bool = False) -> list[Walked]:
    """One step for each figure of a series, in the order in which they became known; withdrawals apart."""
    keys = bundle.parallel_keys(by_authority=by_publisher)
    last_place = {key: place for place, key in enumerate(keys)}
    lines: dict[Hashable, _Line] = {}
    walked: list[Walked] = []
    previous_key: Hashable = None
    for place, (recorded, key) in enumerate(zip(bundle.figures, keys, strict=True)):
        _forget_withdrawn(lines, recorded)
        ended = None
        if key not in lines:
            if previous_key is not None and last_place[previous_key] < place:
                ended = _taken_over(lines[previous_key], recorded, by_publisher)
            track = lines[previous_key].track if ended else len(lines)
            lines[key] = _Line(track)
        current = lines[key]
        step = _joining(ended, recorded, by_publisher) if ended else _step(current, recorded, methods)
        walked.append(Walked(step, current.track))
        current.take(recorded, as_head=_leads(step, current))
        previous_key = key
    return walked


def _taken_over(previous: _Line, recorded: RecordedFigure, by_publisher: bool) -> RecordedFigure | None:
    """
    The last figure of a line that has ended; two lines of one document run side by side instead.

    A publisher that carries another authority after a figure was withdrawn has switched from that figure.
    """
    head = previous.head or (previous.withdrawn if by_publisher else None)
    return head if head is not None and head.document != recorded.document else None


def _leads(step: Step, current: _Line) -> bool:
    """Whether later figures are set against this one: not if it repeats a number or speaks of an earlier day."""
    if step.previous is not None and is_one_voice(step.previous, step.figure):
        return False
    return step.change not in ("restated", "backfilled", "silently_edited") or current.head in (None, step.previous)


def _joining(ended: RecordedFigure, recorded: RecordedFigure, by_publisher: bool) -> Step:
    """The first figure of a line that takes over from one that has ended."""
    one, other = ended.figure, recorded.figure
    if by_publisher:
        text = f"the line carried {_stands_for(ended)}, now {_stands_for(recorded)}"
        return Step("switched", recorded, ended, (Reason(text),))
    text = f"the definition changed: {_parallel_words(one.definition)}, then {_parallel_words(other.definition)}"
    return Step("redefined", recorded, ended, (Reason(text), *_reported_reasons(recorded)))


def _stands_for(recorded: RecordedFigure) -> str:
    chain = recorded.figure.chain
    basis = recorded.figure.definition.basis
    name = chain.authority or chain.issuer_words or "an unnamed issuer"
    return f"{name} ({basis})" if basis else name


def _parallel_words(definition: Definition) -> str:
    said = [f"basis {definition.basis}"] if definition.basis else []
    said += [f"including {note.code}" for note in definition.includes]
    said += [f"excluding {note.code}" for note in definition.excludes]
    said += [f"counted since {definition.since}"] if definition.since else []
    return ", ".join(said) or "nothing said of basis or baseline"


def _step(current: _Line, recorded: RecordedFigure, methods: Sequence[Method]) -> Step:
    """The first kind of step that fits, in the documented order."""
    head = current.head
    if head is None:
        return Step("first", recorded, None, _reported_reasons(recorded))
    voice = current.voices.get((recorded.document, recorded.figure.as_of))
    if voice is not None and is_one_voice(voice, recorded):
        return _restated(voice, recorded)
    if edited := _edited_from(current, recorded):
        return _edited(edited, recorded)
    if version := _new_method(head, recorded, methods):
        return Step("redefined", recorded, head, (Reason(version.text, version.source, version.from_day),))
    if repeated := _repeated(current, recorded):
        return repeated
    if recorded.figure.as_of is None or (head.figure.as_of is not None and recorded.figure.as_of < head.figure.as_of):
        return Step("backfilled", recorded, current.before(recorded), _reported_reasons(recorded))
    change = _by_value(head, recorded)
    if change in ("revised_down", "fall") and recorded.figure.as_of_basis == "publication" and is_relay(recorded):
        stale = Reason("only its publication day is known: the number may be older than the one before")
        return Step(change, recorded, head, (*_reported_reasons(recorded), stale))
    return Step(change, recorded, head, _reported_reasons(recorded))


def _edited_from(current: _Line, recorded: RecordedFigure) -> RecordedFigure | None:
    """The figure that stood at this place of the same document in an earlier snapshot."""
    row = recorded.figure.evidence.row_key
    earlier = current.by_row.get((recorded.document, row)) if row else current.head
    if earlier is None or earlier.document != recorded.document or earlier.snapshot == recorded.snapshot:
        return None
    if earlier.figure.as_of != recorded.figure.as_of or _value(earlier) == _value(recorded):
        return None
    return earlier


def _edited(earlier: RecordedFigure, recorded: RecordedFigure) -> Step:
    """`corrected` where the later snapshot carries a notice that the earlier one lacks, else `silently_edited`."""
    notice = _notice(recorded)
    if notice is None or notice == _notice(earlier):
        return Step("silently_edited", recorded, earlier, (Reason("a later snapshot of the document says otherwise"),))
    return Step("corrected", recorded, earlier, (Reason(notice, recorded.figure.publisher),))


def _notice(recorded: RecordedFigure) -> str | None:
    """The publisher's words on the correction of its document, as the figure carries them."""
    noticed = (doubt for doubt in recorded.figure.doubts if doubt.startswith(NOTICED))
    return next((doubt.removeprefix(NOTICED) for doubt in noticed), None)


def _new_method(head: RecordedFigure, recorded: RecordedFigure, methods: Sequence[Method]) -> Method | None:
    before, now = day_of(head), day_of(recorded)
    if before is None or now is None:
        return None
    # The first recorded version begins the record of a method; it changes nothing.
    return next((method for method in reversed(methods[1:]) if before < method.from_day <= now), None)


def _repeated(current: _Line, recorded: RecordedFigure) -> Step | None:
    """The same number again without a later day of its own, or a relay's rounding of the number that stands."""
    head = current.head
    if head is None or _has_later_day(head, recorded):
        return None
    count, known = recorded.figure.count, head.figure.count
    if count is None or known is None:
        return None
    if _value(recorded) == _value(head):
        same_bounds = (count.low, count.high) == (known.low, known.high)
        return _restated(head, recorded) if same_bounds or is_relay(recorded) or is_relay(head) else None
    if is_relay(recorded) and is_hedged(recorded) and admits(count, _value(head), relayed=True):
        return _restated(head, recorded)
    earlier = current.by_value.get(_value(recorded))
    return _restated(earlier, recorded, stale=True) if earlier is not None and is_relay(recorded) else None


def _restated(repeated: RecordedFigure, recorded: RecordedFigure, *, stale: bool = False) -> Step:
    relay = relay_of(repeated, recorded, stale=stale)
    reasons = (Reason(relay.because, variant=relay.variant),) if relay.because else ()
    return Step("restated", recorded, repeated, reasons)


def _has_later_day(head: RecordedFigure, recorded: RecordedFigure) -> bool:
    """Whether the figure states a day of its own that is later than the one known."""
    day, known = recorded.figure.as_of, head.figure.as_of
    if day is None or recorded.figure.as_of_basis == "publication":
        return False
    return known is None or day > known


def _by_value(head: RecordedFigure, recorded: RecordedFigure) -> Change:
    now, before = _value(recorded), _value(head)
    flows = recorded.figure.definition.tally in BY_DAYS
    if now == before:
        return _by_bounds(head, recorded)
    if now < before:
        return "fall" if flows and recorded.figure.as_of != head.figure.as_of else "revised_down"
    if recorded.figure.as_of != head.figure.as_of:
        return "rise"
    untimed = not (recorded.figure.as_of_time and head.figure.as_of_time)
    return "rise" if untimed and recorded.figure.published == head.figure.published else "revised_up"


def _by_bounds(head: RecordedFigure, recorded: RecordedFigure) -> Change:
    one, other = head.figure.count, recorded.figure.count
    if one is None or other is None:
        return "unchanged"
    width = (one.high is None, one.low is None, (one.high or 0) - (one.low or 0))
    later = (other.high is None, other.low is None, (other.high or 0) - (other.low or 0))
    if width == later:
        return "unchanged"
    return "narrowed" if later < width else "widened"


def _value(recorded: RecordedFigure) -> int:
    count = recorded.figure.count
    value = count.value if count is not None else None
    return value if value is not None else -1


def _reported_reasons(recorded: RecordedFigure) -> tuple[Reason, ...]:
    """The reasons for a change that somebody reported and the record holds as acts on the figure."""
    said = (act for act in recorded.acts if act.kind == "reason")
    return tuple(Reason(act.reason or "", act.by, act.on_day, act.id) for act in said)


def _withdrawal(recorded: RecordedFigure) -> Act | None:
    stems = {"retracted": "retract", "disowned": "disown"}
    stem = stems.get(recorded.state)
    found = [act for act in recorded.acts if stem and act.kind.startswith(stem)]
    return found[-1] if found else None


def withdrawn_on(recorded: RecordedFigure) -> date | None:
    """The day a figure was retracted or disowned (its own day where none is recorded); None while it stands."""
    if recorded.state not in ("retracted", "disowned"):
        return None
    act = _withdrawal(recorded)
    return act.on_day if act is not None and act.on_day is not None else day_of(recorded)


def _forget_withdrawn(lines: dict[Hashable, _Line], recorded: RecordedFigure) -> None:
    """A figure withdrawn before this one became known is no longer what it is set against."""
    known = order(recorded)[0]
    for current in lines.values():
        while (head := current.head) is not None and head.state in ("retracted", "disowned"):
            on_day = withdrawn_on(head)
            if on_day is not None and on_day > known:
                break
            current.forget_head()


def _with_withdrawals(steps: Sequence[Step]) -> list[Step]:
    """Insert each retraction and disownment at its day, after what was known by then."""
    placed: list[tuple[date, int, Step]] = []
    day = date.min
    for place, step in enumerate(steps):
        day = max(day, order(step.figure)[0])
        placed.append((day, 2 * place, step))
        if step.figure.state in ("retracted", "disowned"):
            act = _withdrawal(step.figure)
            on_day = act.on_day if act is not None else None
            reason = Reason(act.reason or "", act.by, act.on_day, act.id) if act is not None else None
            change: Change = "retracted" if step.figure.state == "retracted" else "disowned"
            withdrawal = Step(change, step.figure, step.figure, (reason,) if reason else (), on_day)
            placed.append((max(day, on_day or day), 2 * place + 1, withdrawal))
    return [step for _, _, step in sorted(placed, key=lambda item: item[:2])]


def _reclassified(made: list[Series]) -> list[Series]:
    """A fall of injured beside a rise of killed, of one authority and day: people may have died of wounds."""
    rises = {
        (_apart_from_outcome(series), step.figure.figure.as_of)
        for series in made
        if series.definition.outcome == "killed"
        for step in series.steps
        if step.change == "rise"
    }
    return [_with_reclassified(series, rises) if series.definition.outcome == "injured" else series for series in made]


def _with_reclassified(series: Series, rises: set[tuple[Hashable, date | None]]) -> Series:
    key = _apart_from_outcome(series)
    reason = Reason("injured fell as killed rose: people who die of wounds may leave the count of injured")
    steps = tuple(
        replace(step, change="reclassified", reasons=(reason, *step.reasons))
        if step.change == "revised_down" and (key, step.figure.figure.as_of) in rises
        else step
        for step in series.steps
    )
    return replace(series, steps=steps)


def _apart_from_outcome(series: Series) -> Hashable:
    return (
        series.authority,
        series.event,
        series.definition.model_copy(update={"outcome": "killed"}).model_dump_json(),
    )
