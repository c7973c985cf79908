"""
A claimed share, such as "70 per cent of them were children", beside recorded shares and beside counts.

A share is recorded as such, or follows from two counts of one authority, one basis and one day; that division is
ours, and the sentence says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from db.records import Count, Figure, RecordedFigure, Share
from reports.bounds import day_of
from reports.claims.checked import Checked, Evidence
from reports.claims.claim import Claim
from reports.claims.verdicts import Verdict
from reports.claims.weighing import Weighing
from reports.facets import COUNTS
from reports.independence import independent
from reports.positions import PairRelation
from reports.sentences import authority_words, capital, count_words, day_words, share_words

ONE_PERCENT = 10_000
"""In parts per million, as shares are kept."""
MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A share as recorded, or as two counts of one authority and day give it, in parts per million."""

    value: int
    authority: str | None
    words: str
    figures: tuple[RecordedFigure, ...]


def check_share(claim: Claim, part: Weighing, whole: Weighing, recorded: Sequence[RecordedFigure]) -> Checked:
    """
    Decide on a claimed share.

    Args:
        part, whole: what is claimed of the part and of its whole, set beside the store's counts.
        recorded: recorded shares that count the same.
    """
    share = claim.figure.share
    assert share is not None  # noqa: S101 - only claims of a share come here
    found = [*_recorded(recorded, part), *_by_division(part, whole)]
    relations = [_relation(share, one.value) for one in found]
    verdict = _verdict(claim, relations)
    shown = sorted(zip(found, relations, strict=True), key=lambda pair: abs(pair[0].value - (_value(share) or 0)))
    words = part.lines.whole([figure for one, _ in shown[:MOST_SHOWN] for figure in one.figures])
    evidence = tuple(
        Evidence(relation, words.get(figure.id, figure), one.words)
        for one, relation in shown[:MOST_SHOWN]
        for figure in one.figures
    )
    behind = [figure for one, relation in shown if relation == "agree" for figure in one.figures]
    nearest = shown[0][0].words if shown else f"no share and no two counts to divide are recorded by {_day(claim)}"
    return Checked(claim, verdict, capital(nearest) + ".", evidence, independent(behind))


def _day(claim: Claim) -> str:
    return day_words(claim.until)


def _verdict(claim: Claim, relations: Sequence[PairRelation]) -> Verdict:
    if not relations:
        return "not_recorded"
    bears_out = "agree" in relations
    if bears_out and "contradict" in relations and claim.source is None:
        return "disputed"
    if bears_out:
        return "supported"
    return "consistent" if "compatible" in relations else "contradicted"


def _value(share: Share) -> int | None:
    return share.value


def _relation(share: Share, value: int) -> PairRelation:
    """Within half of the last digit claimed it agrees; a bound kept, or twice that far with a hedge, allows it."""
    claimed = share.value
    if claimed is None:
        return "compatible"
    hedged = share.qualifier in ("approximately", "nearly")
    far = _rounding(claimed, hedged=hedged)
    if abs(value - claimed) <= far:
        return "agree"
    if share.qualifier in ("at_least", "more_than"):
        return "compatible" if value > claimed else "contradict"
    if share.qualifier in ("at_most", "less_than"):
        return "compatible" if value < claimed else "contradict"
    if share.qualifier == "range" and share.low is not None and share.high is not None:
        return "agree" if share.low <= value <= share.high else "contradict"
    return "compatible" if hedged and abs(value - claimed) <= 2 * far else "contradict"


def _rounding(claimed: int, *, hedged: bool) -> int:
    """
    How far a share may lie from the one that was rounded, in parts per million.

    >>> _rounding(705_000, hedged=False), _rounding(700_000, hedged=False), _rounding(700_000, hedged=True)
    (500, 5000, 20000)
    """
    last_digit = next(place for place in (ONE_PERCENT, 1_000, 100, 10, 1) if claimed % place == 0)
    return 2 * ONE_PERCENT if hedged and last_digit == ONE_PERCENT else last_digit // 2


def _recorded(recorded: Sequence[RecordedFigure], part: Weighing) -> Iterator[Found]:
    for one in recorded:
        figure, day = one.figure, day_of(one)
        if figure.share is None or figure.share.value is None or day is None or day > part.claim.until + part.grace:
            continue
        if part.is_of_source(one):
            said = f"{authority_words(figure)} gave {share_words(figure.share)} in a document of {day_words(day)}"
            yield Found(figure.share.value, figure.chain.authority, said, (one,))


def _by_division(part: Weighing, whole: Weighing) -> Iterator[Found]:
    """Counts of one authority, event, basis and day, the part divided by its whole."""
    wholes = {_place(one.recorded): one for one in whole.in_force if one.held.value > 0}
    for one in part.in_force:
        beside = wholes.get(_place(one.recorded))
        if beside is None or not one.is_of_source or one.held.value > beside.held.value:
            continue
        value = one.held.value * 1_000_000 // beside.held.value
        figure, of = one.recorded.figure, beside.recorded.figure
        day = day_words(one.held.standing.day)
        said = (
            f"{authority_words(figure)} gave {_count(figure)} of {_count(of)} as of {day}, "
            f"which is {value / ONE_PERCENT:.1f} per cent (the division is ours)"
        )
        yield Found(value, one.authority, said, (one.recorded, beside.recorded))


def _place(recorded: RecordedFigure) -> tuple[object, ...]:
    figure = recorded.figure
    basis = figure.definition.basis
    return figure.chain.authority, figure.event, None if basis in COUNTS else basis, day_of(recorded)


def _count(figure: Figure) -> str:
    return count_words(figure.count) if figure.count is not None else ""


def as_count(claim: Claim, figure: Figure) -> Claim:
    """A claim of the same day and source about the count of a part, or of its whole, with no number of its own."""
    unknown = Count(low=0, qualifier="vague", text="")
    return replace(claim, figure=figure.model_copy(update={"count": unknown, "share": None}))
