"""Which counts lie within others, and which hold nobody in common: comparisons of definitions, each made once."""

from db.records import Definition
from reports.comparison import Comparison, Surroundings, compare

DISJOINT = frozenset({"outcome", "age", "sex", "subgroup", "status", "affiliation", "condition", "group", "place"})
"""Facets by which two definitions that differ hold nobody in common."""
NO_SUMS = frozenset({"casualties", "losses"})
"""Outcomes that do not say what they hold, and so are no total of parts."""
KEPT = 100_000
"""So many comparisons are remembered."""


class Comparisons:
    """Compares definitions, and remembers what came out."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._compared: dict[tuple[bytes, bytes], Comparison] = {}

    def of(self, one: Definition, other: Definition) -> Comparison:
        """How the first definition stands to the second."""
        key = (one.key, other.key)
        found = self._compared.get(key)
        if found is None:
            found = compare(one, other, surroundings=self._surroundings)
            if len(self._compared) < KEPT:
                self._compared[key] = found
        return found

    def exclude(self, one: Definition, other: Definition) -> bool:
        """Whether nobody can be counted by both."""
        comparison = self.of(one, other)
        return comparison.relation == "different" and comparison.facets[0] in DISJOINT
