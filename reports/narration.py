"""
Sentences for what a report found: a change, a span of disagreement, the three counts, a gap.

Plain text without markup; reports/sentences.py has the words for a single figure.
"""

from collections.abc import Sequence
from datetime import date

from db.records import Act, RecordedFigure
from reports.positions import Disagreement, Summary
from reports.provenance import Checkpoint, Gap, Line, Report, Standing, day_of, full_definition
from reports.sentences import (
    as_of_words,
    authority_words,
    capital,
    day_words,
    definition_words,
    listed,
    number_of,
    number_words,
    scope_words,
)
from reports.series import Reason, Series, Step
from reports.words import CHANGES, RELATIONS, STATES, VARIANTS

PURPOSE = "This report says what was reported, by whom, when and about what. It does not say which number is right."
FIGURE_PURPOSE = (
    "This page says what was reported, by whom, when and about what. It does not say whether the number is right."
)
_BY = frozenset({"revised_up", "revised_down"})
_OF = frozenset({"rise", "fall"})


def change_words(step: Step) -> str:
    """What happened at a step: "rise of 58", "revised down by 200", "the same number again"."""
    words = CHANGES[step.change]
    size = abs(step.difference) if step.difference else None
    if size and step.change in _OF:
        return f"{words} of {number_words(size)}"
    if size and step.change in _BY:
        return f"{words} by {number_words(size)}"
    return words


def dated_number(recorded: RecordedFigure) -> str:
    """The number with its hedge and its day: "at least 2,808, as of 17 October 2023 (publication date)"."""
    return f"{number_of(recorded.figure)}, {as_of_words(recorded.figure)}"


def step_sentence(series: Series, step: Step, named: str | None = None) -> str:
    """
    One step as a sentence, the earlier figure first, and the reasons that were reported for it.

    `named` is the series' subject, for those who tell many steps of one series.
    """
    subject = f"{named or series_subject(series)}: "
    if step.change in ("retracted", "disowned"):
        when = f" on {day_words(step.on_day)}" if step.on_day else ""
        happened = f"{dated_number(step.figure)}: {CHANGES[step.change]}{when}."
    elif step.previous is None:
        happened = f"{dated_number(step.figure)}: {change_words(step)}."
    else:
        happened = f"{dated_number(step.previous)}; then {dated_number(step.figure)}: {change_words(step)}."
    return " ".join([f"{subject}{happened}", *(reason_sentence(reason) for reason in step.reasons)])


def series_subject(series: Series) -> str:
    """Whose series it is and what it counts: "Government of Israel, people killed in Israel"."""
    return f"{series_authority(series)}, {definition_words(full_definition(series))}"


def series_authority(series: Series) -> str:
    """The body that keeps the count; the text's own words where the issuer is hidden."""
    return series.authority or authority_words(series.steps[0].figure.figure)


def reason_sentence(reason: Reason) -> str:
    """A reason with whose word it is; a reason without a source is what the record itself shows."""
    if reason.by is None:
        return f"The record shows: {_ended(reason.text)}"
    when = f" on {day_words(reason.on_day)}" if reason.on_day else ""
    return f"Reason reported by {reason.by}{when}: “{reason.text}”."


def _ended(text: str) -> str:
    return text if text.endswith((".", "”", "?", "!")) else f"{text}."


def staleness_words(series: Series, on: date | None = None) -> str:
    """When the authority last reported, how many days before `on` that was, and who carried its number on since."""
    carried = listed(series.carried_by) if series.carried_by else ""
    last = series.last_reported
    if last is None:
        return f"Carried on by {carried}." if carried else ""
    days = series.days_since_last_report(on) if on else None
    ago = f", {_days(days)} before {day_words(on)}" if on and days else ""
    since = f"; carried on since by {carried}" if carried else ""
    return f"Last reported for {day_words(last)}{ago}{since}."


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number_words(number)} days"


def before_words(standing: Standing) -> str:
    """How an authority's last figure stands to the one before it."""
    step = standing.step
    if step.previous is None:
        return "the only one recorded" if len(standing.line.series.steps) == 1 else "first of its kind"
    return f"{change_words(step)}; before it {dated_number(step.previous)}"


def own_facets(recorded: RecordedFigure, shared: Sequence[str]) -> str:
    """The scope phrases of a figure that are not among those already said ("identified; since 11 October 2025")."""
    return "; ".join(phrase for phrase in scope_words(recorded.figure.definition) if phrase not in shared)


def line_sentence(line: Line) -> str:
    """How long a series runs, from which number to which, and when its authority last reported."""
    series = line.series
    words = [f"{_from_to(line)}."]
    if line.days and series.last_reported and series.last_reported < line.days[1]:
        words.append(f"The authority itself last reported for {day_words(series.last_reported)}.")
    if series.carried_by:
        words.append(f"The last number was carried on by {listed(series.carried_by)}.")
    if line.longest_gap and line.longest_gap.days > 1:
        words.append(gap_sentence(line.longest_gap))
    if series.assumed:
        words.append(f"Taken from the authority's usual definition, for grouping only: {listed(series.assumed)}.")
    return " ".join(words)


def _from_to(line: Line) -> str:
    figures = [step.figure for step in line.series.steps if step.change not in ("retracted", "disowned")]
    many = _many(len(figures), "figure")
    if not figures:
        return "Every figure was withdrawn"
    if len(figures) == 1:
        return f"{many}: {dated_number(figures[0])}"
    return f"{many}: from {dated_number(figures[0])}, to {dated_number(figures[-1])}"


def gap_sentence(gap: Gap) -> str:
    """The longest stretch that a series leaves without a figure."""
    return (
        f"Longest stretch between two figures: {number_words(gap.days)} days, "
        f"{day_words(gap.last_before)} to {day_words(gap.first_after)}."
    )


def _many(number: int, noun: str) -> str:
    return f"{number_words(number)} {noun}{'' if number == 1 else 's'}"


def disagreement_title(one: Disagreement) -> str:
    """What is disagreed about."""
    title = definition_words(one.definition)
    return f"{title} / {definition_words(one.other)}" if one.other else title


def because_words(one: Disagreement) -> str:
    """What decides the relation, as a sentence."""
    return _ended(capital(one.because))


def disagreement_span(one: Disagreement) -> str:
    """Since when, and whether it was still so at the last recorded figure."""
    if one.from_day is None:
        return "days not known"
    if one.to_day is None:
        return f"from {day_words(one.from_day)}, open at the last figure recorded"
    if one.from_day == one.to_day:
        return f"on {day_words(one.from_day)}"
    return f"from {day_words(one.from_day)} to {day_words(one.to_day)}"


def spread_words(one: Disagreement) -> str:
    """How far the numbers lie apart: in people, and as a part of the highest; of more than two, the outermost."""
    if not one.spread.absolute:
        return ""
    outermost = "the lowest and the highest number given are " if len(one.positions) > 2 else ""
    relative = "" if one.spread.relative is None else f" ({one.spread.relative:.0%} of the highest)"
    return f"{outermost}{number_words(one.spread.absolute)} apart{relative}"


def voices_words(one: Disagreement) -> str:
    """How many independent authorities stand behind the numbers, and how often they are cited."""
    if not one.independent_authorities:
        return ""
    if one.independent_authorities == 1:
        return f"1 independent authority, {_many(one.citations, 'citation')}"
    return f"{number_words(one.independent_authorities)} independent authorities, {_many(one.citations, 'citation')}"


def relation_words(one: Disagreement) -> str:
    """The relation in plain words, and that it ended where it did."""
    return RELATIONS[one.relation] + (" (ended)" if one.resolved else "")


def variant_words(variant: str | None) -> str:
    """How a relay's number differs from the one it carries."""
    return VARIANTS[variant] if variant else "as issued"


def summary_sentences(summary: Summary) -> tuple[str, ...]:
    """The three counts, and what sets the rest apart."""
    if not summary.naive:
        return ("No two known authorities gave different numbers for one outcome that were in force on one day.",)
    contradict = "contradicts" if summary.time_and_scope_aware == 1 else "contradict"
    sentences = [
        f"{_pairs(summary.naive)} in force on one day and from different authorities give different numbers "
        "for one event and outcome.",
        f"Of these, {number_words(summary.bound_aware)} have bounds that do not meet, and "
        f"{number_words(summary.time_and_scope_aware)} {contradict} once day and scope are taken into account.",
    ]
    if summary.not_comparable:
        apart = [
            f"{number_words(n)} by {_FACETS.get(facet, facet.replace('_', ' '))}" for facet, n in _most_first(summary)
        ]
        sentences.append(f"Set apart because they do not count the same: {listed(apart)}.")
    return tuple(sentences)


_FACETS = {
    "counted_by": "what a day counts",
    "days": "the days counted",
    "directness": "direct or indirect deaths",
    "hours": "the length of the period",
    "since": "the first day counted",
    "tally": "running toll, addition or period",
}
"""Facets whose names alone do not say what differs."""


def _pairs(number: int) -> str:
    return "1 pair of figures" if number == 1 else f"{number_words(number)} pairs of figures"


def _most_first(summary: Summary) -> list[tuple[str, int]]:
    return sorted(summary.not_comparable.items(), key=lambda item: (-item[1], item[0]))


def state_words(recorded: RecordedFigure) -> str:
    """The state of a figure with what was done about it; nothing for one that simply stands."""
    if recorded.state == "recorded" and not recorded.acts:
        return ""
    return "; ".join([STATES[recorded.state], *(act_words(act) for act in recorded.acts)])


def act_words(act: Act) -> str:
    """Something done about a figure: what, by whom, when, why."""
    by = f" by {act.by}" if act.by else ""
    on = f" on {day_words(act.on_day)}" if act.on_day else ""
    why = f": {act.reason}" if act.reason else ""
    return f"{act.kind}{by}{on}{why}"


def scale_sentence(report: Report) -> str:
    """How much a report rests on."""
    if not report.figures:
        return "No figure is recorded for what was asked."
    days = [day for recorded in report.figures if (day := day_of(recorded))]
    span = f", {day_words(min(days))} to {day_words(max(days))}" if days else ""
    return (
        f"{_many(len(report.figures), 'figure')} in {_many(len(report.documents), 'document')}, "
        f"{_authorities(len(report.authorities))}{span}."
    )


def _authorities(number: int) -> str:
    return "1 named authority" if number == 1 else f"{number_words(number)} named authorities"


def held_words(recorded: RecordedFigure) -> str:
    """Why the gate holds a figure; nothing for one that it does not hold."""
    hold = recorded.hold if recorded.state == "held" else None
    return f"held ({hold.rule}): {hold.reason}" if hold else ""


def checkpoint_words(checkpoint: Checkpoint) -> str:
    """The state of the ledger in the words by which `verify` finds it in a report."""
    size, root = number_words(checkpoint.size), checkpoint.root
    signed = f", signed {checkpoint.signature}" if checkpoint.signature else ""
    return f"a ledger of {size} entries with the Merkle root (RFC 9162) {root}{signed}"


def method_words(report: Report) -> str:
    """What a report rests on and how that can be verified, without markup."""
    return basis_words(report.checkpoint, report.software)


def basis_words(checkpoint: Checkpoint | None, software: str) -> str:
    """What an answer rests on and how that can be verified, without markup."""
    if checkpoint is None:
        return "These figures were read from no store, so there is no checkpoint to verify them against."
    return (
        f"Read from {checkpoint_words(checkpoint)}. casualty-figures verify recomputes it and reads every quote again; "
        f"casualty-figures show ID shows one figure with all that stands behind it. Made by {software}."
    )
