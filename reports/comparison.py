"""Compares what two figures count: same, narrower, wider, overlapping or different, and by which facets."""

from dataclasses import dataclass
from typing import Literal

Relation = Literal["same", "narrower", "wider", "overlapping", "different"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    How the first definition stands to the second.

    Attributes:
        relation: `narrower` means that the first counts a part of what the second counts.
        probably: a circumstance is said by one only, or a day differs by one; the reasons name it.
        reasons: one short clause for each facet that differs, in words.
        facets: the facets that make the relation other than `same`; where it is `same`, those that make it
            only probable.
    """

    relation: Relation
    probably: bool
    reasons: tuple[str, ...]
    facets: tuple[str, ...]

    @property
    def is_comparable(self) -> bool:
        """Whether both count the same, or probably the same."""
        return self.relation == "same"
