"""
From days and people to the user units of a drawing: frames, scales and their ticks.

The scale of numbers begins at 0, and a tick stands at 1, 2 or 5 times a power of ten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from reports.sentences import number_words
from reports.words import MONTHS


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a drawing and the margins around what is drawn, in user units of its SVG."""

    width: int
    height: int
    left: int = 72
    right: int = 84
    top: int = 18
    bottom: int = 34
    days: int = 6
    """At most so many labels stand below."""

    @property
    def floor(self) -> int:
        """Where 0 lies."""
        return self.height - self.bottom


WIDE = Frame(1060, 400)
HALF = Frame(560, 300, days=4)
NARROW = Frame(350, 280, left=56, right=62, days=3)
STANDALONE = Frame(1000, 430, left=92, right=96, top=34, bottom=56)


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A frame with the first and last day and the highest number that it holds; `number` is the top and its step."""

    frame: Frame
    first: date
    last: date
    number: tuple[int, int]

    def x(self, day: date) -> float:
        """Where a day lies."""
        frame = self.frame
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(frame.left + share * (frame.width - frame.left - frame.right), 1)

    def y(self, people: int) -> float:
        """Where a number lies."""
        frame = self.frame
        return round(frame.floor - people / self.number[0] * (frame.floor - frame.top), 1)

    def upward(self) -> Iterator[Tick]:
        """The numbers at the side."""
        top, step = self.number
        return (Tick(self.y(people), number_words(people)) for people in range(0, top + 1, step))

    def across(self) -> Iterator[Tick]:
        """The days below: days of a short span, months of a long one."""
        days = (self.last - self.first).days
        if days <= 70:
            step = -(-(days + 1) // self.frame.days)
            some = (self.first + timedelta(days=offset) for offset in range(0, days + 1, step))
            return (Tick(self.x(day), f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}") for day in some)
        return (Tick(self.x(day), f"{MONTHS[day.month - 1][:3]} {day.year}") for day in self._months(days))

    def _months(self, days: int) -> Iterator[date]:
        fitting = (size for size in (1, 2, 3, 6, 12, 24, 60, 120) if days / 30.4 / size <= self.frame.days)
        step = next(fitting, 600)
        month = self.first.year * 12 + self.first.month - 1
        month += -month % step
        while month // 12 <= date.max.year and (day := date(month // 12, month % 12 + 1, 1)) <= self.last:
            if day >= self.first:
                yield day
            month += step


def rounded_up(highest: int) -> tuple[int, int]:
    """The top of a scale and its step: 1, 2 or 5 times a power of ten, at most five steps."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= step * factor * 5:
                size = step * factor
                return max(size * -(-highest // size), size), size
        step *= 10
