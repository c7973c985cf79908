"""
Where sources disagree among very many figures: since when, over all of them, and who stands where now.

Telling every position of every span takes minutes for a hundred thousand figures of one event. Here the stretches
of days come from the sweep that only counts (see overview.py), and the positions from what each authority last
said of the main definitions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from db.records import Method, RecordedFigure
from reports.comparison import Surroundings
from reports.disagreements import disagreements
from reports.lines import Usual
from reports.overview import Stretch, overview
from reports.positions import Disagreement, Disagreements, PairRelation, Spread
from reports.series import Series

BROAD_FROM = 20_000
"""From so many figures on, a report tells disagreements this way."""
MOST_LAST = 400
"""So many last figures are set against one another for their positions."""
BECAUSE: dict[PairRelation, str] = {
    "contradict": "the bounds of at least two authorities leave no number in common",
    "compatible": "the numbers differ, and their bounds, days and definitions allow both",
    "agree": "the authorities gave the same number",
    "not_comparable": "the two counts do not count the same",
}
"""What is said of a stretch whose positions were not told; `disagreements` with filters tells them."""


def broad_disagreements(
    figures: Iterable[RecordedFigure],
    series: Sequence[Series],
    *,
    usual: Usual | None = None,
    methods: Sequence[Method] = (),
    surroundings: Surroundings | None = None,
) -> Disagreements:
    """
    The stretches and the three counts of all figures, as `disagreements` has them, mostly without positions.

    Args:
        series: the histories of the figures, the longest first; the last figures of the longest are compared.
    """
    found = overview(figures, usual=usual, methods=methods, surroundings=surroundings)
    now = disagreements(
        [one.latest for one in series[:MOST_LAST]], usual=usual, methods=methods, surroundings=surroundings
    )
    standing = {_key(one): one for one in now.disagreements if one.to_day is None}
    return Disagreements(tuple(_told(one, standing) for one in found.stretches), found.summary)


_Key = tuple[str | None, bytes, bytes | None, PairRelation]


def _key(one: Disagreement | Stretch) -> _Key:
    return one.event, one.definition.core_key, one.other.core_key if one.other else None, one.relation


def _told(stretch: Stretch, standing: dict[_Key, Disagreement]) -> Disagreement:
    now = standing.get(_key(stretch)) if stretch.to_day is None else None
    if now is not None:
        return replace(now, from_day=stretch.from_day)
    return Disagreement(
        event=stretch.event,
        definition=stretch.definition,
        from_day=stretch.from_day,
        to_day=stretch.to_day,
        relation=stretch.relation,
        positions=(),
        spread=Spread(None, None),
        because=BECAUSE[stretch.relation],
        other=stretch.other,
        resolved=stretch.resolved,
    )
