"""
The words in which reports speak of every vocabulary term, and the few rules of English they need.

Plain language for the terms of db/vocabulary.py; a test holds each table to its vocabulary.
"""

from collections.abc import Mapping

from db.vocabulary import Age, Sex

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Not strftime's %B, which speaks the language of the machine.

STATUS_NOUNS: Mapping[str, tuple[str, str]] = {
    "civilian": ("civilian", "civilians"),
    "combatant": ("combatant", "combatants"),
    "soldier": ("soldier", "soldiers"),
    "police": ("police officer", "police officers"),
    "journalist": ("journalist", "journalists"),
    "media_worker": ("media worker", "media workers"),
    "aid_worker": ("aid worker", "aid workers"),
    "health_worker": ("health worker", "health workers"),
    "civil_defence_worker": ("civil defence worker", "civil defence workers"),
    "aid_seeker": ("aid seeker", "aid seekers"),
    "hostage": ("hostage", "hostages"),
    "prisoner": ("prisoner", "prisoners"),
}
AGE_AND_SEX_NOUNS: Mapping[tuple[Age | None, Sex | None], tuple[str, str]] = {
    ("child", None): ("child", "children"),
    ("child", "female"): ("girl", "girls"),
    ("child", "male"): ("boy", "boys"),
    ("adult", None): ("adult", "adults"),
    ("adult", "female"): ("woman", "women"),
    ("adult", "male"): ("man", "men"),
    ("elderly", None): ("elderly person", "elderly people"),
    ("elderly", "female"): ("elderly woman", "elderly women"),
    ("elderly", "male"): ("elderly man", "elderly men"),
    (None, "female"): ("woman or girl", "women and girls"),
    (None, "male"): ("man or boy", "men and boys"),
}
CONDITIONS: Mapping[str, str] = {
    "alive": "alive",
    "dead": "dead",
    "presumed_dead": "presumed dead",
    "critical": "in critical condition",
    "unidentified": "unidentified",
}
OUTCOMES: Mapping[str, str] = {
    "killed": "killed",
    "injured": "injured",
    "killed_or_injured": "killed or injured",
    "missing": "missing",
    "captured": "captured",
    "held": "held captive",
    "released": "released",
    "detained": "detained",
    "displaced": "displaced",
    "hospitalised": "in hospital",
    "killed_or_missing": "killed or missing",
    "missing_or_captured": "missing or captured",
    "killed_or_captured": "killed or captured",
}
OUTCOME_NOUNS: Mapping[str, tuple[str, str]] = {
    "casualties": ("casualty", "casualties"),
    "losses": ("loss", "losses"),
}
BASES: Mapping[str, str] = {
    "reported": "as reported",
    "bodies": "bodies counted",
    "identified": "identified",
    "verified": "verified",
    "certified": "certified",
    "estimated": "estimated",
    "excess": "excess deaths",
}
DIRECTNESS: Mapping[str, str] = {
    "direct": "directly",
    "indirect": "indirectly",
    "both": "directly and indirectly",
}
COUNTED_BY: Mapping[str, str] = {
    "occurrence": "counted by the day it happened",
    "registration": "counted by the day of registration",
    "recovery": "counted by the day of recovery",
}
TALLIES: Mapping[str, str | None] = {
    "cumulative": "cumulative",
    "incident": "one incident",
    "period": "within a period",
    "added": "newly added",
    "stock": "at that date",
    "rate": "rate",
    "unstated": None,
}
QUALIFIERS: Mapping[str, str] = {
    "exact": "",
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "up to ",
    "less_than": "fewer than ",
    "nearly": "nearly ",
    "approximately": "approximately ",
    "range": "",
    "vague": "",
}
AS_OF_NOTES: Mapping[str, str] = {
    "stated": "",
    "statement": " (day of the statement)",
    "publication": " (publication date)",
    "inferred": " (inferred)",
}
PLACES_WITH_ARTICLE = ("Strip", "Bank", "Republic", "States", "Kingdom", "Emirates", "Islands", "Philippines")
MODALITIES: Mapping[str, str] = {
    "confirmed": "confirmed",
    "reported": "",
    "claimed": "claimed",
    "feared": "feared",
    "projected": "projected",
}
CHANGES: Mapping[str, str] = {
    "first": "first recorded",
    "rise": "rise",
    "fall": "fall",
    "unchanged": "unchanged",
    "revised_up": "revised up",
    "revised_down": "revised down",
    "narrowed": "bounds narrowed",
    "widened": "bounds widened",
    "restated": "the same number again",
    "backfilled": "an earlier day, reported later",
    "reclassified": "reclassified",
    "redefined": "definition or method changed",
    "switched": "carries another authority or basis",
    "corrected": "corrected by its publisher",
    "silently_edited": "edited without notice",
    "retracted": "retracted by its publisher",
    "disowned": "disowned by the named issuer",
}
"""What happened between two figures of a series (design: how figures changed), in words."""
STATES: Mapping[str, str] = {
    "recorded": "recorded",
    "held": "held for review",
    "corrected": "corrected in this record",
    "voided": "voided in this record",
    "retracted": "retracted by its publisher",
    "disowned": "disowned by the named issuer",
}
"""The states of a recorded figure, in words."""
RELATIONS: Mapping[str, str] = {
    "agree": "agree",
    "compatible": "different numbers that can both stand",
    "contradict": "cannot both stand",
    "not_comparable": "do not count the same",
}
"""How two authorities' figures stand to each other, in words."""
VARIANTS: Mapping[str, str] = {
    "hedge_dropped": "hedge dropped",
    "hedge_added": "hedge added",
    "rounded": "rounded",
    "outcome_changed": "outcome changed",
    "stale": "an older number",
}
"""How a relay's number differs from the one it carries, in words."""
ZONES: Mapping[str, str] = {
    "headline": "in the headline",
    "summary": "in the summary",
    "body": "",
    "caption": "in a caption",
    "table": "in a table",
}
"""Where in its document a quote stands, in words; nothing for the running text."""
VERDICTS: Mapping[str, str] = {
    "retracted": "retracted: the figure behind it was withdrawn",
    "disputed": "disputed: recorded, and another authority's figure excludes it",
    "supported": "supported: recorded for that day",
    "superseded": "superseded: recorded, and no longer current on that day",
    "premature": "premature: recorded only later",
    "misattributed": "misattributed: recorded from another source than the one named",
    "consistent": "consistent: not recorded in these words, and what is recorded allows it",
    "conflated": "conflated: the number is recorded for something else",
    "contradicted": "contradicted: a recorded figure excludes it",
    "not_recorded": "not recorded: nothing recorded bears it out or excludes it",
}
"""How a claim stands to what was recorded, in words; never whether it is right."""
