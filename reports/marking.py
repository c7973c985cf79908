"""The rules by which a reader may have one of several figures in force marked: the mark always carries its rule."""

from collections.abc import Mapping
from typing import Literal

RuleName = Literal["latest", "most_direct", "strictest", "lowest", "highest"]
RULES: Mapping[RuleName, str] = {
    "latest": "the figure of the latest day, of equals the one published last",
    "most_direct": "the figure with the fewest links from its publisher to its issuer, of equals the latest",
    "strictest": "the figure counted on the strictest basis (certified, identified or verified), of equals the latest",
    "lowest": "the lowest number in force",
    "highest": "the highest number in force",
}
"""The rules by which a reader may have one figure marked."""
