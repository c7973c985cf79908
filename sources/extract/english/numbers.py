"""
English words for numbers and for how sure they are.

The vague words' bounds and the meaning of each qualifier are the product's own rules (docs/extractor.md);
the lists were gathered from news usage.
"""

from sources.extract.english import listed

UNITS = frozenset(
    listed(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    )
)
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
ABBREVIATED = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "bn": 1_000_000_000}
DOZEN = {"dozen": 12, "score": 20}

VAGUE = {
    "hundreds of thousands": 200_000,
    "several hundred thousand": 200_000,
    "a few hundred thousand": 200_000,
    "tens of thousands": 20_000,
    "tens of millions": 20_000_000,
    "millions": 2_000_000,
    "several million": 2_000_000,
    "thousands": 2_000,
    "several thousand": 2_000,
    "a few thousand": 2_000,
    "many thousands": 2_000,
    "hundreds": 200,
    "several hundred": 200,
    "a few hundred": 200,
    "many hundreds": 200,
    "scores": 40,
    "dozens": 24,
    "several dozen": 24,
    "a few dozen": 24,
}
"""The low bound of each vague word; longer phrases first by the phrasebook."""

BEFORE = {
    "at least": "at_least",
    "at the very least": "at_least",
    "a minimum of": "at_least",
    "minimum of": "at_least",
    "no fewer than": "at_least",
    "no less than": "at_least",
    "not fewer than": "at_least",
    "not less than": "at_least",
    "more than": "more_than",
    "well over": "more_than",
    "over": "more_than",
    "just over": "more_than",
    "a little over": "more_than",
    "slightly over": "more_than",
    "above": "more_than",
    "exceeding": "more_than",
    "exceeds": "more_than",
    "exceeded": "more_than",
    "surpassed": "more_than",
    "surpasses": "more_than",
    "surpassing": "more_than",
    "topped": "more_than",
    "passed": "more_than",
    "in excess of": "more_than",
    "upwards of": "more_than",
    "upward of": "more_than",
    "up to": "at_most",
    "as many as": "at_most",
    "at most": "at_most",
    "no more than": "at_most",
    "not more than": "at_most",
    "a maximum of": "at_most",
    "maximum of": "at_most",
    "fewer than": "less_than",
    "less than": "less_than",
    "under": "less_than",
    "just under": "nearly",
    "nearly": "nearly",
    "almost": "nearly",
    "close to": "nearly",
    "just short of": "nearly",
    "approaching": "nearly",
    "about": "approximately",
    "around": "approximately",
    "approximately": "approximately",
    "approx": "approximately",
    "approx.": "approximately",
    "roughly": "approximately",
    "circa": "approximately",
    "some": "approximately",
    "an estimated": "approximately",
    "estimated": "approximately",
    "somewhere around": "approximately",
    "in the region of": "approximately",
    "exactly": "exact",
}
ESTIMATING = frozenset({"an estimated", "estimated"})
"""Qualifiers that also say how people were counted: basis `estimated`."""

AFTER = {
    "or more": "at_least",
    "and more": "at_least",
    "or so": "approximately",
    "or fewer": "at_most",
    "or less": "at_most",
    "+": "at_least",
    "plus": "at_least",
}

MONTHS = frozenset(
    listed(
        "january february march april may june july august september october november december jan feb mar"
        " apr jun jul aug sep sept oct nov dec"
    )
)
"""Words before which or after which a number is a day."""

AGED = frozenset({"aged", "ages", "age"})
"""Words before ages."""

FRACTIONS = {
    "half": 500_000,
    "one half": 500_000,
    "a quarter": 250_000,
    "one quarter": 250_000,
    "three quarters": 750_000,
    "three-quarters": 750_000,
    "a fifth": 200_000,
    "two fifths": 400_000,
    **dict.fromkeys(["a third", "one third", "one-third"], 333_333),
    **dict.fromkeys(["two thirds", "two-thirds"], 666_667),
}
"""Fractions before "of", in parts per million; thirds are not whole there, and so approximate."""

LABELS = frozenset(
    listed(
        "no number article resolution route flight channel unit chapter highway section page kilometer"
        " kilometre km phase area zone block gate room road interstate line platform stage level grade version"
        " volume item paragraph act rule law directive protocol mark pier exit floor building apartment sector"
        " precinct ward district division brigade regiment battalion squadron lot bus train aged age ages"
        " under-"
    )
)
"""Words after which a number names a thing and counts nobody ("Resolution 242", "Flight 17", "aged 25")."""

UNNUMBERED = frozenset(listed("no any each every this that which anyone someone everyone another's day number"))
"""Words before "one" that make it a pronoun."""

FIRST_LOOK = (
    r"\d|[٠-٩۰-۹]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|scores?|hundreds?|thousands?|millions?|no|none|another)\b"
)
"""A stretch of text without any of these holds no figure."""

BEFORE_A_YEAR = frozenset(
    listed(
        "the in since from by during of january february march april may june july august september october"
        " november december early late mid spring summer autumn winter a until before after"
    )
)
"""Words before a number of four digits that make it a year, whatever noun follows ("the 2006 deaths")."""

BEFORE_ESTIMATED = frozenset(
    listed("the at to of from killed killing with and an by than wounded injured leaving left")
)
"""Words after which "estimated" qualifies a number and is no verb."""

NUMBERS_FOLLOW = frozenset(listed("at more about around some over nearly almost up as few several estimated"))
"""Words after "another" that lead to the number that it stands before."""

NONE_OF = frozenset(listed("casualties injuries deaths fatalities"))
"""Nouns before which "no" is a count of 0."""
NONE_WERE = frozenset(listed("killed injured wounded hurt harmed"))
"""What became of none of those named: "no soldiers were injured"."""
