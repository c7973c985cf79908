"""One figure as plain text: what `show` prints."""

from reports.render.terminal import show_lines
from reports.shown import Shown


def text(shown: Shown) -> str:
    """A line a fact, without any character that a terminal would obey."""
    return "\n".join(show_lines(shown)) + "\n"
