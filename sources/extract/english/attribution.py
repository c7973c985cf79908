"""English words by which a text names where a number comes from, gathered from news usage."""

SPEECH = frozenset(
    "said says say saying told tells reported reports report reporting announced announces announce announcing confirmed"
    " confirms confirm confirming claimed claims claim claiming stated states state declared declares added adds adding"
    " estimated estimates estimate put puts counted counts recorded records documented documents verified verifies"
    " acknowledged admitted alleged alleges tweeted posted wrote writes noted notes disclosed revealed warned shows show"
    " showed published listed".split()
)
"""Verbs whose subject is a source."""

REPORTING_ONLY = frozenset(
    "reported claimed confirmed recorded documented verified listed counted estimated posted published noted put alleged".split()
)
"""Of these, forms that are passive after "were" or "been" and then name nobody."""

NEEDS_SOURCE = frozenset("put puts counted counts recorded records documented documents listed posted show shows showed"
                         " published state states report reports claim claims claimed notes estimate estimates".split())  # fmt: skip
"""Verbs with other common uses: believed only after a known source or a name."""

ACCORDING = {
    "according to": "outer",
    "as per": "outer",
    "as reported by": "outer",
    "reported by": "outer",
    "quoted by": "outer",
    "carried by": "outer",
    "data from": "outer",
    "figures from": "outer",
    "figures released by": "outer",
    "data released by": "outer",
    "a statement by": "outer",
    "a statement from": "outer",
    "statement by": "outer",
    "count by": "outer",
    "tally by": "outer",
    "toll by": "outer",
    "estimate by": "outer",
    "estimates by": "outer",
    "announced by": "outer",
    "confirmed by": "outer",
    "citing": "inner",
    "cited": "inner",
    "quoting": "inner",
    "quoted": "inner",
    "based on": "compiled",
    "compiled from": "compiled",
}
"""Words before a source: `outer` nearer to the publisher than who "said" it, `inner` further off."""

HIDDEN = frozenset(
    "officials official authorities sources source police witnesses witness medics doctors spokesman spokesperson"
    " spokeswoman spokespeople residents rescuers investigators diplomats analysts experts reports media activists"
    " survivors relatives army military government ministry hospital hospitals agency agencies office organisation"
    " organization group officers commander commanders minister president mayor governor statement lawyer lawyers"
    " insiders locals prosecutors responders paramedics firefighters militants rebels workers chief leaders leader"
    " department committee commission service".split()
)
"""Common nouns that speak without saying whose they are; their words are kept."""

NOT_SOURCES = frozenset("it this that which who what there he she they we you i one people".split())
PRONOUNS = frozenset({"it", "he", "she", "they"})
CARRIED = frozenset({"the ministry", "the agency", "the group", "the army", "the military", "the organisation", "the organization",
                     "the spokesman", "the spokeswoman", "the spokesperson", "the office", "the statement", "the report",
                     "the government", "the official", "the un", "the outlet", "the broadcaster", "the newspaper"})  # fmt: skip
"""Short forms that carry the source of the sentence before."""

SUBJECT_STOPS = frozenset(
    "in at on by for from with when while as after before during since until if because although that which who whom"
    " where were was are is be been being or but than then to into over across amid against according and ; : ( ) ,"
    " — –".split()
)
CLAIMING = frozenset({"claimed", "claims", "claim", "claiming", "alleged", "alleges"})
CONFIRMING = frozenset({"confirmed", "confirms", "confirm", "confirming", "verified"})
UNVERIFIED = ("could not be verified", "not be independently verified", "could not verify", "not been independently verified",
              "unable to verify", "not independently verified")  # fmt: skip
"""Phrases that make a number a claim."""
