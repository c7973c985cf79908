"""English words by which a text names where a number comes from, gathered from news usage."""

from sources.extract.english import listed
from sources.extract.phrasebook import combined

SPEECH = frozenset(
    listed(
        "said says say saying told tells reported reports report reporting announced announces announce"
        " announcing confirmed confirms confirm confirming claimed claims claim claiming stated states state"
        " declared declares added adds adding estimated estimates estimate put puts counted counts recorded"
        " records documented documents verified verifies acknowledged admitted alleged alleges tweeted posted"
        " fear fears believe believes"
        " wrote writes noted notes disclosed revealed warned shows show showed published listed gave gives raised"
        " lowered revised updated registered tallied"
    )
)
"""Verbs whose subject is a source."""

GIVING = frozenset(listed("gave gives raised lowered revised updated registered tallied"))
"""Verbs whose subject keeps the count, further off than whoever is said to report it."""

REPORTING_ONLY = frozenset(
    listed(
        "reported claimed confirmed recorded documented verified listed counted estimated posted published"
        " noted put alleged"
    )
)
"""Of these, forms that are passive after "were" or "been" and then name nobody."""

NEEDS_SOURCE = frozenset(listed(
"put puts counted counts recorded records documented documents listed posted show shows showed"
" published state states report reports claim claims claimed notes estimate estimates gave gives raised lowered revised"
" updated registered tallied fear fears believe believes"
))  # fmt: skip
"""Verbs with other common uses: believed only after a known source or a name."""

_STATED = [*listed("figures data numbers statistics information"), "a statement", "a report", "a tally", "a count"]
_ISSUED = ["from", "by", "of", "released by", "provided by", "issued by", "published by"]
ACCORDING = {
    "according to": "outer",
    "as per": "outer",
    "as reported by": "outer",
    "reported by": "outer",
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
    **dict.fromkeys(
        combined(["given", "released", "issued", "provided", "published", "compiled", "quoted"], ["by"], [""]), "outer"
    ),
    **dict.fromkeys(
        combined(listed("citing cited quoting quoted"), _STATED, _ISSUED),
        "inner",
    ),
    "citing": "inner",
    "cited": "inner",
    "quoting": "inner",
    "quoted": "inner",
    "based on": "compiled",
    "compiled from": "compiled",
    "compiling": "compiled",
    **dict.fromkeys(combined(["based on", "compiled from"], [*_STATED, "official figures"], _ISSUED), "compiled"),
}
"""Words before a source: `outer` nearer to the publisher than who "said" it, `inner` further off."""

PERSONS = frozenset(
    listed(
        "officials official authorities sources source witnesses witness medics doctors spokesman spokesperson"
        " spokeswoman spokespeople residents rescuers investigators diplomats analysts experts activists survivors"
        " relatives officers commander commanders minister president mayor governor governors lawyer lawyers insiders"
        " locals prosecutors responders paramedics firefighters militants"
        " rebels workers chief leaders leader researchers"
        " scientists forecasters reports"
    )
)
"""People who speak without a name; their words are kept and hide the issuer."""

BODIES = frozenset(
    listed(
        "police media army military government ministry hospital hospitals agency agencies office organisation"
        " organization group groups monitors monitor charity charities ngos ngo department committee commission service"
        " study survey analysis television radio newspaper"
        " outlets statement force forces command council directorate bureau authority parliament"
        " guard coastguard navy embassy brigade administration"
    )
)
"""Bodies: named with a name before them ("the Fictional health ministry"), hidden without ("the army")."""

SPEAKING_FOR = frozenset(
    listed(
        "spokesman spokesperson spokeswoman tally count figures data report statement toll estimate estimates chief"
        " statistics database correspondent agency"
    )
)
"""Words after a known source that leave it the speaker ("an AFP tally", "a Red Crescent spokesman")."""

NOT_SOURCES = frozenset(listed("it this that which who what there he she they we you i one people"))
PRONOUNS = frozenset({"it", "he", "she", "they"})
TITLES = frozenset(listed("dr mr mrs ms prof gen col lt maj sgt capt brig adm sen rep gov rev"))
"""Words before a name that may end in a full stop."""
STATE_MEDIA = frozenset(listed("television tv radio media broadcaster newspaper agency"))
"""Nouns after "state" and "state news" that name the one broadcaster or agency of a country."""
CARRIED = frozenset(
    listed(
        "ministry agency group army military organisation organization"
        " spokesman spokeswoman spokesperson office statement"
        " report government official un outlet broadcaster newspaper"
    )
)
"""Short forms that carry the source of the sentence before."""

SUBJECT_STOPS = frozenset(
    listed(
        "in at on by for from with when while as after before during since until if because although that"
        " which who whom where were was are is be been being or but than then to into over across amid against"
        " according and though although however ; : ( ) , — –"
    )
)
CLAIMING = frozenset(listed("claimed claims claim claiming alleged alleges"))
CONFIRMING = frozenset({"confirmed", "confirms", "confirm", "confirming", "verified"})
UNVERIFIED = (
    "could not be verified",
    "not be independently verified",
    "could not verify",
    "could not independently verify",
    "not been independently verified",
    "not been verified",
    "unable to verify",
    "not independently verified",
)
"""Phrases that make a number a claim."""

CLAUSE_BREAKS = frozenset({"but", "while", "whereas", "although", ";"})
"""Words at which a clause with its own speaker may begin."""
