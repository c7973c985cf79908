"""What an import could not take over: each kind of trouble once, with where it was first met and how often."""

from dataclasses import dataclass

MOST_KEPT = 1000
"""Different problems that are listed; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What was not imported, and where: the file with the locator of the first such cell."""

    where: str
    what: str


class Problems:
    """
    The problems of one import, filled as its rows are read; `listed` is the same list throughout.

    >>> problems = Problems("toll.csv")
    >>> problems.add("cell=2,3", "killed: 'x' is not a number")
    >>> problems.listed
    [Problem(where='toll.csv#cell=2,3', what="killed: 'x' is not a number")]
    """

    def __init__(self, name: str) -> None:
        self.listed: list[Problem] = []
        self._name = name
        self._places: dict[str, int] = {}
        self._again: dict[str, int] = {}
        self._unlisted = 0

    def add(self, locator: str, what: str) -> None:
        """Keep a problem; one with the same words is counted with the first."""
        if what in self._places:
            self._again[what] = again = self._again.get(what, 0) + 1
            first = self.listed[self._places[what]]
            self.listed[self._places[what]] = Problem(first.where, f"{what} (and in {again:,} more)")
        elif len(self._places) < MOST_KEPT:
            self._places[what] = len(self.listed)
            self.listed.append(Problem(f"{self._name}#{locator}" if locator else self._name, what))
        else:
            self._count_unlisted()

    def _count_unlisted(self) -> None:
        self._unlisted += 1
        if self._unlisted > 1:
            self.listed.pop()
        self.listed.append(Problem(self._name, f"{self._unlisted:,} further problems are not listed"))
