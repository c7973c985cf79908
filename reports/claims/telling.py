"""The sentences of an answer to a claim: exact, neutral, fit to be pasted."""

from collections.abc import Iterator, Sequence

from db.records import RecordedFigure
from reports.bounds import day_of
from reports.claims.claim import Claim
from reports.claims.matching import differs_by_a_digit, significant_digits
from reports.claims.verdicts import Decided, Way
from reports.claims.weighing import MOST_COUNTED, InForce, Weighed, Weighing
from reports.sentences import (
    authority_words,
    capital,
    count_words,
    day_words,
    definition_words,
    figure_words,
    listed,
    number_words,
    scope_words,
)

_MATCHES = {
    "equal": "gives the number claimed",
    "hedge_dropped": "gives the number; the claim drops the words {words}",
    "hedge_added": "gives the number; the claim adds the words {claimed}",
    "hedge_changed": "gives the number with other words: {words} where the claim has {claimed}",
    "rounded": "gives {words}, to which the claim's number is rounded",
}
_CONFUSIONS = {
    ("outcome", "killed", "casualties"): "casualties may include the injured; the claim speaks of killed",
    ("outcome", "killed", "injured"): "the number is of people injured; the claim speaks of killed",
    ("outcome", "injured", "killed"): "the number is of people killed; the claim speaks of injured",
    ("outcome", "killed", "killed_or_injured"): "the number is of killed or injured; the claim speaks of killed alone",
    ("tally", "cumulative", "added"): "the number was added to the count in one report; the claim speaks of a total",
    ("tally", "unstated", "added"): "the number was entered in the count then; the claim does not say so",
    ("tally", "period", "added"): "the number was entered in the count then, whenever it happened",
    ("tally", "cumulative", "period"): "the number is of one period; the claim speaks of a running total",
    ("tally", "period", "cumulative"): "the number is a running total; the claim speaks of one period",
    ("tally", "incident", "cumulative"): "the number is a running total; the claim speaks of one incident",
    ("tally", "incident", "added"): "the number was added to the count in one report; the claim speaks of one incident",
    ("tally", "added", "cumulative"): "the number is a running total; the claim speaks of one report's addition",
}


def understood_lines(claim: Claim) -> Iterator[str]:
    """What was understood, and what the claim does not say."""
    figure = claim.figure
    yield figure_words(figure)
    scope = scope_words(figure.definition)
    if scope:
        yield "; ".join(scope)
    yield f"whose word: {claim.source}" if claim.source else "whose word: not said"
    yield f"counts up to: {day_words(claim.until)}{_basis_of_day(claim)}"
    if claim.made_on != claim.until:
        yield f"claimed on: {day_words(claim.made_on)}"
    if claim.event:
        yield f"event: {claim.event}{' (by its day and place)' if claim.event_is_inferred else ''}"
    unsaid = [
        name
        for name, value in (
            ("where", figure.definition.place),
            ("which people", figure.definition.group or figure.definition.status or figure.definition.age),
            ("over what time", None if figure.definition.tally == "unstated" else figure.definition.tally),
            ("which event", claim.event),
        )
        if value is None
    ]
    if unsaid:
        yield f"not said: {', '.join(unsaid)}"
    for note in claim.notes:
        yield f"note: {note}"


def _basis_of_day(claim: Claim) -> str:
    if claim.states_day:
        return ""
    return " (the day it was made)" if claim.is_dated else " (no day given: judged as of today)"


def because(weighing: Weighing, decided: Decided) -> str:
    """One plain sentence for the verdict."""
    return capital(_because(weighing, decided)) + "."


def _because(weighing: Weighing, decided: Decided) -> str:
    claim = weighing.claim
    first = decided.matches[0].recorded if decided.matches else None
    if decided.verdict == "retracted" and first is not None:
        return f"{_said(first)}, and that was {_withdrawal(first)}"
    if decided.verdict == "disputed":
        bearing = first or (decided.near.recorded if decided.near is not None else None)
        said = f"{_said(bearing)}; " if bearing is not None else ""
        return f"{said}{_said(decided.opposed[0].recorded)}, and that and the claim cannot both stand"
    if decided.verdict == "supported" and first is not None:
        return _said(first) + _hedge(weighing, decided.matches[0])
    if decided.verdict == "superseded":
        return _superseded(weighing, decided)
    if decided.verdict == "premature" and first is not None:
        return _premature(claim, decided.matches[0])
    if decided.verdict == "misattributed" and first is not None:
        return _misattributed(weighing, decided.matches)
    if decided.verdict == "consistent" and decided.near is not None:
        return _consistent(weighing, decided.near, decided.way)
    if decided.verdict == "conflated":
        return _conflated(weighing, decided.apart[0])
    if decided.verdict == "contradicted":
        return decided.opposed[0].because + _digit(weighing, decided.opposed[0].recorded)
    return _not_recorded(weighing)


def _said(recorded: RecordedFigure) -> str:
    """Who gave which number, up to which day, and whose document says so."""
    figure = recorded.figure
    carried = figure.publisher is not None and figure.publisher != figure.chain.issuer
    by = f", as published by {figure.publisher}" if carried else ""
    return f"{authority_words(figure)} gave {_number(recorded)} {_when(recorded)}{by}"


def _when(recorded: RecordedFigure) -> str:
    """The day of a figure inside a sentence; a day of publication is said to be one."""
    figure = recorded.figure
    if figure.as_of is None or figure.as_of_basis == "publication":
        day = figure.as_of or figure.published
        return f"in a document of {day_words(day)}" if day else "on a day not stated"
    if figure.as_of_basis == "statement":
        return f"on {day_words(figure.as_of)}"
    inferred = " (inferred)" if figure.as_of_basis == "inferred" else ""
    return f"as of {day_words(figure.as_of)}{inferred}"


def _withdrawal(recorded: RecordedFigure) -> str:
    act = next((act for act in reversed(recorded.acts) if act.kind in ("retract", "disown")), None)
    by = recorded.figure.publisher or "its publisher"
    words = f"retracted by {by}"
    if recorded.state == "disowned":
        words = f"disowned by {act.by if act is not None and act.by else 'its named issuer'}"
    if act is not None and act.on_day:
        words += f" on {day_words(act.on_day)}"
    return f"{words} (“{act.reason}”)" if act is not None and act.reason else words


def _hedge(weighing: Weighing, one: Weighed) -> str:
    if one.match is None or one.match == "equal":
        return ""
    if one.match == "rounded":
        return f"; the claim's {_printed(weighing)} is a rounding of it"
    words = {"hedge_dropped": "drops the hedge", "hedge_added": "adds a hedge", "hedge_changed": "changes the hedge"}
    return f"; the claim {words[one.match]}"


def _printed(weighing: Weighing) -> str:
    return count_words(weighing.count)


def _superseded(weighing: Weighing, decided: Decided) -> str:
    if decided.near is not None and not decided.matches:
        now = decided.near.recorded
        return (
            f"{_said(now)}; no recorded figure gives {_printed(weighing)}, and it lies below that one by more than "
            "rounding explains"
        )
    first = decided.matches[0].recorded
    later = _now(weighing, first)
    since = f"; {_then(first, later)}" if later is not None else "; a later figure stood by then"
    return _said(first) + _hedge(weighing, decided.matches[0]) + since


def _now(weighing: Weighing, earlier: RecordedFigure) -> RecordedFigure | None:
    """The figure of the same authority in force on the claim's day, else the nearest of any."""
    authority = earlier.figure.chain.authority
    own = [one.recorded for one in weighing.in_force if one.authority == authority]
    return own[0] if own else (weighing.in_force[0].recorded if weighing.in_force else None)


def _then(earlier: RecordedFigure, later: RecordedFigure) -> str:
    who = "it" if later.figure.chain.authority == earlier.figure.chain.authority else authority_words(later.figure)
    return f"{who} gave {_number(later)} {_when(later)}"


def _premature(claim: Claim, one: Weighed) -> str:
    figure = one.recorded.figure
    if not one.is_reached:
        return f"{_said(one.recorded)}, a later day than the claim's, {day_words(claim.until)}"
    if figure.published is None:
        return f"{_said(one.recorded)}; when that was published is not recorded, so it is not known by the claim's day"
    return f"{_said(one.recorded)}, published on {day_words(figure.published)}, after {day_words(claim.made_on)}"


def _misattributed(weighing: Weighing, matches: Sequence[Weighed]) -> str:
    names = list(dict.fromkeys(authority_words(one.recorded.figure) for one in matches))
    count = weighing.recorded_of_source()
    event = matches[0].recorded.figure.event
    of_event = f" for {event}" if event else ""
    held = f"{number_words(count)} figures" if count != 1 else "one figure"
    more = "at least " if count >= MOST_COUNTED else ""
    return (
        f"the number is recorded from {listed(names[:3])}, not from {weighing.claim.source}, of whom the store holds "
        f"{more}{held}{of_event}"
    )


def _consistent(weighing: Weighing, near: InForce, way: Way) -> str:
    said = _said(near.recorded)
    following = weighing.following(near) if way == "between" else None
    told = {
        "within_bounds": f"{said}, which lies within the claim's bounds",
        "far_below": f"{said}, far above what {_printed(weighing)} implies",
        "inside_range": f"{said}; the claim's number lies inside that range",
        "close": f"{said}, close to the claim's number, though it does not round to it",
    }
    if following is not None:
        return f"{said}, and {_then(near.recorded, following)}; the claim's number lies between them"
    return told.get(way, said)


def _conflated(weighing: Weighing, one: Weighed) -> str:
    figure = one.recorded.figure
    number = number_words(weighing.count.value or 0)
    confused = "; ".join(_confusion(weighing, one, facet) for facet in one.comparison.facets)
    return (
        f"{number} is recorded for something else: {definition_words(figure.definition)} "
        f"({authority_words(figure)}, {_when(one.recorded)}); {confused}"
    )


def _confusion(weighing: Weighing, one: Weighed, facet: str) -> str:
    claimed, recorded = weighing.definition, one.recorded.figure.definition
    key = (facet, str(getattr(claimed, facet, None)), str(getattr(recorded, facet, None)))
    if key in _CONFUSIONS:
        return _CONFUSIONS[key]
    place = one.comparison.facets.index(facet)
    reasons = one.comparison.reasons
    return reasons[place] if place < len(reasons) else facet.replace("_", " ")


def _digit(weighing: Weighing, recorded: RecordedFigure) -> str:
    value = recorded.figure.count.value if recorded.figure.count is not None else None
    number = weighing.count.value
    if value is None or number is None or significant_digits(number) < 3 or not differs_by_a_digit(number, value):
        return ""
    return "; the two numbers differ by a digit"


def _not_recorded(weighing: Weighing) -> str:
    claim = weighing.claim
    if weighing.says_too_little:
        fits = len(weighing.events_it_fits)
        return f"the claim fits counts of {number_words(fits)} events and the number is recorded in none of them"
    mine = [one for one in weighing.in_force if one.is_of_source]
    if mine:
        nearest = mine[0]
        return (
            f"no recorded figure gives it, and none excludes it; the nearest: {_said(nearest.recorded)}"
            f"{_digit(weighing, nearest.recorded)}"
        )
    if claim.source is not None and weighing.in_force:
        return f"nothing comparable is recorded from {claim.source} by {day_words(claim.until)}"
    return f"nothing comparable is recorded by {day_words(claim.until)}"


def would_have_matched(weighing: Weighing, decided: Decided) -> Iterator[str]:
    """What the record gives in place of the claimed number, and when the claimed number was current."""
    if decided.verdict in ("supported", "consistent", "disputed"):
        return
    if decided.verdict == "superseded" and decided.matches:
        yield capital(_validity(weighing, decided.matches)) + "."
        return
    seen: set[str] = set()
    for one in weighing.in_force:
        if one.is_of_source and (words := _said(one.recorded)) not in seen and len(seen) < 3:
            seen.add(words)
            yield capital(words) + "."


def _validity(weighing: Weighing, matches: Sequence[Weighed]) -> str:
    """From when the number was its authority's figure, and what it has given since."""
    latest = matches[0].recorded
    authority = latest.figure.chain.authority
    own = [
        day
        for one in matches
        if one.recorded.figure.chain.authority == authority
        and one.recorded.figure.earlier_value_of is None
        and (day := day_of(one.recorded)) is not None
    ]
    was = f"{_number(latest)} was {authority_words(latest.figure)}'s figure"
    if own:
        first, last = min(own), max(own)
        was += f" of {day_words(first)}" if first == last else f" from {day_words(first)} to {day_words(last)}"
    now = next((one.recorded for one in weighing.in_force if one.authority == authority), None)
    return f"{was}; {_then(latest, now)}" if now is not None else was


def _number(recorded: RecordedFigure) -> str:
    return count_words(recorded.figure.count) if recorded.figure.count is not None else ""


def evidence_words(weighing: Weighing, one: Weighed) -> str:
    """How one recorded figure stands to the claim."""
    figure = one.recorded.figure
    who = authority_words(figure)
    if not one.comparison.is_comparable:
        return f"{who} counts something else: {'; '.join(one.comparison.reasons)}"
    if one.match is None:
        return f"{who} gives {_number(one.recorded)}, which lies within what {_printed(weighing)} implies"
    words = _MATCHES[one.match].format(words=f"“{_number(one.recorded)}”", claimed=f"“{_printed(weighing)}”")
    told = f"{who} {words}"
    if one.is_withdrawn:
        told += f"; {_withdrawal(one.recorded)}"
    if one.comparison.probably:
        told += f"; probably the same count: {'; '.join(one.comparison.reasons)}"
    return told
