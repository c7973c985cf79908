"""English words by which a text says that a number replaced another."""

from sources.extract.english import listed

CHANGE_VERBS = frozenset(
    listed(
        "rose risen rise rises rising increased increase increases increasing climbed climbing climbs jumped"
        " jumps soared grew grown grows growing went gone passed revised revising revises raised raising"
        " raises lowered lowering cut reduced dropped drops fell fallen falls falling changed adjusted updated"
        " corrected downgraded upgraded up down amended doubled tripled surged brought bringing"
    )
)
"""Verbs and particles before "to N from M", "from M to N", "up from M"."""

EARLIER = {
    "up from": True,
    "down from": True,
    "up from a previous toll of": True,
    "compared with": True,
    "compared to": True,
    "from an earlier figure of": True,
    "from an initial figure of": True,
    "from the previous figure of": True,
    "from an earlier toll of": True,
    "from a previous toll of": True,
    "from an initial toll of": True,
    "from the previous": True,
    "from an earlier": True,
    "from an initial": True,
    "from a previous": True,
    "from the original": True,
    "instead of": True,
    "not the": True,
    "previously": True,
}
"""Words right before a number that a newer one has replaced."""

FROM_BEFORE = {"from": True, "from an initial": True, "from the previous": True, "from an earlier": True}
"""Words before the first of "from N to M"."""

EARLIER_WORDS = frozenset(listed("earlier initial previous original first preliminary prior"))
COUNT_WORDS = frozenset(listed("estimate figure toll count number tally total"))
"""Words that together say that a number was an earlier count."""

ANOTHER_YEAR = (
    "same period",
    "same time",
    "same month",
    "same quarter",
    "corresponding period",
    "a year earlier",
    "a year ago",
    "the year before",
    "the previous year",
    "the year earlier",
    "last year",
)
"""Words after a number with which another is compared, that give it a time of its own."""
