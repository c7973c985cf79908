"""
How often reports of one event give different numbers, in the measures of the literature on event reports.

The divergence of an event is the number of different values that its reports give, minus one; the normalised divergence
divides it by the number of different values in the whole data (van Baalen and Höglund, Trials and Triangulations:
Analyzing Aggregation Sensitivity in Event Data on Political Violence, Uppsala 2025, and their R package
`eventreport`). These measures count reports, relays included, and know nothing of bounds, days and scope: set beside
the spans of disagreements.py they show how much of what differs is disagreement.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from db.records import RecordedFigure
from reports.comparison import Surroundings
from reports.lines import USED, who


@dataclass(frozen=True, slots=True)
class Divergence:
    """
    The measures for one outcome.

    Attributes:
        outcome: what befell the people counted.
        events: events (with one population each) of which at least one report gives a number.
        several: of these, those with two reports or more.
        differing: of these, those whose reports give different numbers.
        mean: divergence, averaged over all events: 0 where every report of an event gives one number.
        normalised: `mean` divided by the number of different values in the data (0 to 1).
    """

    outcome: str
    events: int
    several: int
    differing: int
    mean: float
    normalised: float

    @property
    def share(self) -> float | None:
        """The share of the events with several reports whose reports differ (0 to 1); None where there are none."""
        return self.differing / self.several if self.several else None


def divergences(figures: Iterable[RecordedFigure], *, surroundings: Surroundings | None = None) -> list[Divergence]:
    """
    Measure the reports of single attacks and disasters, an outcome at a time, in order of outcome.

    Args:
        figures: in any order; running totals, stocks and spans of days are no reports of one event and are left out,
            as are held, voided and corrected figures. A document that gives a number twice is one report of it.
        surroundings: which events are leaves; a running total of a leaf that lasted one day is a report of it.
    """
    events = (surroundings or Surroundings()).events
    found: dict[str, dict[Hashable, set[tuple[str, int]]]] = defaultdict(lambda: defaultdict(set))
    for recorded in figures:
        figure = recorded.figure
        value = figure.count.value if figure.count is not None else None
        if recorded.state not in USED or value is None:
            continue
        definition, event = figure.definition, figure.event
        first = events.first_day(event)
        is_one_day = (
            event is not None and events.is_leaf(event) and first is not None and events.last_day(event) == first
        )
        if is_one_day:
            key: Hashable = (event, who(definition))
        elif definition.tally == "incident" and definition.place and definition.since:
            key = (definition.place, definition.since, who(definition))
        else:
            continue
        found[definition.outcome][key].add((recorded.document, value))
    return [_measured(outcome, list(reports.values())) for outcome, reports in sorted(found.items())]


def _measured(outcome: str, events: list[set[tuple[str, int]]]) -> Divergence:
    values = [{value for _, value in reports} for reports in events]
    mean = sum(len(given) - 1 for given in values) / len(events)
    several = [given for given, reports in zip(values, events, strict=True) if len({doc for doc, _ in reports}) > 1]
    return Divergence(
        outcome=outcome,
        events=len(events),
        several=len(several),
        differing=sum(len(given) > 1 for given in several),
        mean=mean,
        normalised=mean / len(set().union(*values)),
    )
