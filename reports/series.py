"""
The shapes of history: a series, its steps and the reasons reported for them.

A step follows W3C PROV-DM 5.2.2 (Revision): the later figure revises the earlier one of the same authority.
Figures of different authorities are never subtracted from one another: that is a disagreement.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from db.records import Definition, RecordedFigure
from reports.positions import Variant

Change = Literal[
    "first",
    "retracted",
    "disowned",
    "silently_edited",
    "corrected",
    "switched",
    "redefined",
    "restated",
    "backfilled",
    "reclassified",
    "rise",
    "unchanged",
    "revised_down",
    "fall",
    "revised_up",
    "narrowed",
    "widened",
]
"""Every kind of step, in the order in which design and documentation name them."""

PARALLEL_FACETS = ("basis", "includes", "excludes", "since")
"""What a core definition leaves out: figures that differ in these run side by side in one series."""


@dataclass(frozen=True, slots=True)
class Reason:
    """
    Why a figure changed, as somebody reported it, or (with `by` None) what the record itself shows.

    Attributes:
        text: the words reported, or one sentence of ours.
        by: the source that reported the reason; None where the sentence is the record's own.
        on_day: the day on which it was reported.
        act: the id of the recorded act that carries it, if any.
        variant: for a relay that differs from what it relays, how (`stale`: a later number stood).
    """

    text: str
    by: str | None = None
    on_day: date | None = None
    act: str | None = None
    variant: Variant | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """
    What happened between a figure and the one before it on its line.

    A retraction or disownment is a step of its own: `figure` is then the figure that was withdrawn, and
    `on_day` the day of the withdrawal.
    """

    change: Change
    figure: RecordedFigure
    previous: RecordedFigure | None
    reasons: tuple[Reason, ...] = ()
    on_day: date | None = None

    @property
    def is_stale(self) -> bool:
        """Whether a relay repeated a number that a later one had overtaken."""
        return any(reason.variant == "stale" for reason in self.reasons)

    @property
    def difference(self) -> int | None:
        """Later best minus earlier best, in people; None where a text gave only a bound, or the line `switched`."""
        if self.change == "switched" or self.previous is None or self.previous.id == self.figure.id:
            return None
        later, earlier = _best(self.figure), _best(self.previous)
        return None if later is None or earlier is None else later - earlier


def _best(recorded: RecordedFigure) -> int | None:
    count = recorded.figure.count
    return count.best if count is not None else None


@dataclass(frozen=True, slots=True)
class Series:
    """
    One authority's figures of one core definition under one event, in order of the day they speak of.

    Attributes:
        authority: the body that keeps the count; None for a hidden issuer, whose series is one document's.
        event: the event the figures are filed under.
        definition: the core definition, with the facets that all its figures share.
        steps: one for each figure, and one for each retraction or disownment; the first figure is `first`.
        last_reported: the last day of which the authority itself gave a new number or a day of its own; a number
            that a relay carries forward does not move it.
        carried_by: the publishers that repeated the last number after that day, in order of first repetition.
        publisher: set for a publisher's line (what one publisher carried, whoever it quoted).
        assumed: the facets filled from the authority's usual definition, for grouping only.
        issuers: the issuers as named, in order of first appearance.
    """

    authority: str | None
    event: str | None
    definition: Definition
    steps: tuple[Step, ...]
    last_reported: date | None
    carried_by: tuple[str, ...] = ()
    publisher: str | None = None
    assumed: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()

    def days_since_last_report(self, on: date) -> int | None:
        """Days from the last day reported to `on`; None where no day is known, or `on` is not after it."""
        days = (on - self.last_reported).days if self.last_reported else 0
        return days if days > 0 else None

    @property
    def latest(self) -> RecordedFigure:
        """The figure that stands last on the series and was not withdrawn; the last one if all were."""
        withdrawn = {step.figure.id for step in self.steps if step.change in ("retracted", "disowned")}
        standing = [step.figure for step in self.steps if step.figure.id not in withdrawn]
        return standing[-1] if standing else self.steps[-1].figure
