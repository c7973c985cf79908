"""A claim as it was understood: a number, what it counts, up to which day, made when, and whose word it names."""

from dataclasses import dataclass
from datetime import date

from db.records import Figure


@dataclass(frozen=True, slots=True)
class Claim:
    """
    One number that somebody claims.

    Attributes:
        text: the words of the claim.
        figure: what was understood; a facet that the claim leaves unsaid is absent.
        source: the source that the claim names, by the catalogue's name; None for a bare claim.
        authority: the body that keeps that source's counts.
        until: the day up to which the number counts.
        made_on: the day on which the claim was made.
        states_day: the claim, or who asks, says up to which day the number counts; else `until` is a day of
            publication, or today.
        is_dated: whether any day is known; without one it is judged as of today.
        is_strict: "exactly", "only": the number as it stands, no rounding of another.
        event: the event that the claim names or whose day and place it gives.
        event_is_inferred: the event was not named.
        as_known_on: only what was published by this day is weighed.
        notes: how words were read that might be read otherwise.
    """

    text: str
    figure: Figure
    until: date
    made_on: date
    today: date
    states_day: bool = False
    is_dated: bool = False
    source: str | None = None
    authority: str | None = None
    is_strict: bool = False
    event: str | None = None
    event_is_inferred: bool = False
    as_known_on: date | None = None
    notes: tuple[str, ...] = ()

    @property
    def knows_all(self) -> bool:
        """Whether figures without a day of publication count as known: only where the claim is made today."""
        return self.as_known_on is None and self.made_on >= self.today
