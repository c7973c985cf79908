"""Which words of a text gave which field of a figure."""

from collections.abc import Sequence
from typing import NamedTuple

from sources.extract.tokens import Token


class Ground(NamedTuple):
    """
    The words that gave a field, by their offsets in code points.

    `field` is named as in the figure's JSON ("outcome", "as_of").
    """

    field: str
    start: int
    end: int


Grounds = tuple[Ground, ...]


def ground(field: str, found: Sequence[Token], first: int, after: int | None = None) -> Grounds:
    """The ground of a field in the tokens from one place up to another, or in one token."""
    return (Ground(field, found[first].start, found[(first + 1 if after is None else after) - 1].end),)
