"""
English words for what happened to the people counted.

Gathered from casualty reporting; each phrase belongs to one frame, which says where its count stands:
- `participle`: "killed 12", "12 were killed" (active or passive by its neighbours)
- `active`: the count follows ("killing 12", "the deaths of 12")
- `passive`: the count goes before ("12 died", "12 are missing")
- `state`: the count goes right before, or before a form of "be" ("12 dead", "12 wounded")
- `noun`: the count goes before, as a part of the noun phrase ("12 deaths")
- `toll`: the count follows somewhere in the clause ("the death toll rose to 12")
- `other`: what happened is not an outcome we count ("12 were rescued")
"""

from sources.extract.english import listed
from sources.extract.phrasebook import combined

_KILLED = ["killed", "slain", "murdered", "massacred", "executed", "slaughtered", "martyred", "shot dead", "dead"]
_INJURED = ["wounded", "injured", "hurt", "maimed"]
_TAKEN = ["captured", "kidnapped", "abducted", "taken hostage", "taken captive", "taken prisoner", "seized"]
_GRAVITY = listed("minor serious severe light slight moderate critical gunshot shrapnel life-threatening bullet")
_MOVED = [
    *["rose", "climbed", "reached", "increased", "jumped", "stood", "stand", "have risen", "have reached", "fell"],
    *["have climbed", "had reached", "had risen", "have passed", "have topped", "exceed", "exceeded", "hit", "topped"],
    *["rise", "climb", "reach", "passed", "surpassed", "have exceeded", "have surpassed"],
]
_AND_OR = ["and", "or", "and/or"]

PARTICIPLES: dict[str, str] = {
    **dict.fromkeys(
        listed(
            "killed slain murdered massacred executed assassinated beheaded slaughtered lynched martyred"
            " decapitated electrocuted"
        ),
        "killed",
    ),
    **dict.fromkeys(
        [
            "shot dead",
            "shoot dead",
            "boiled to death",
            "burned alive",
            "burnt alive",
            "buried alive",
            "shot and killed",
            "stabbed to death",
            "shot to death",
            "gunned down",
            "burned to death",
            "burnt to death",
            "burned alive",
            "hacked to death",
            "beaten to death",
            "crushed to death",
            "blown up",
            "mown down",
            "mowed down",
            "fatally shot",
            "fatally wounded",
            "fatally injured",
            "mortally wounded",
        ],
        "killed",
    ),
    **dict.fromkeys(
        ["wounded", "injured", "injuried", "hurt", "maimed", "shot and wounded", "shot and injured"], "injured"
    ),
    **dict.fromkeys(["eliminated", "neutralised", "neutralized"], "losses"),
    **dict.fromkeys(
        ["captured", "kidnapped", "abducted", "taken hostage", "taken captive", "taken prisoner"], "captured"
    ),
    **dict.fromkeys(["detained", "arrested"], "detained"),
    **dict.fromkeys(["released", "freed"], "released"),
    **dict.fromkeys(["displaced", "uprooted", "made homeless", "left homeless", "forcibly displaced"], "displaced"),
    **dict.fromkeys(["hospitalised", "hospitalized", "taken to hospital", "admitted to hospital"], "hospitalised"),
    **dict.fromkeys(combined(_KILLED, _AND_OR, _INJURED), "killed_or_injured"),
    **dict.fromkeys(combined(_INJURED, _AND_OR, ["killed", "dead"]), "killed_or_injured"),
    **dict.fromkeys(combined(_KILLED, _AND_OR, _TAKEN), "killed_or_captured"),
    **dict.fromkeys(combined(_KILLED, _AND_OR, ["missing"]), "killed_or_missing"),
    **dict.fromkeys(combined(["missing"], ["or"], _TAKEN), "missing_or_captured"),
    **dict.fromkeys(combined(["missing"], _AND_OR, ["killed", "dead"]), "killed_or_missing"),
}

ACTIVE: dict[str, str] = {
    **dict.fromkeys(
        listed("kill kills killing murdering massacre massacring executing assassinating beheading slaughtering"),
        "killed",
    ),
    **dict.fromkeys(
        [
            "shooting dead",
            "gunning down",
            "gun down",
            "death of",
            "deaths of",
            "killing of",
            "killings of",
            "murder of",
            "murders of",
            "massacre of",
            "execution of",
            "shooting and killing",
            "claimed the lives of",
            "claiming the lives of",
            "claims the lives of",
            "took the lives of",
            "taking the lives of",
            "taken the lives of",
            "takes the lives of",
            "cost the lives of",
            "costing the lives of",
            "claimed the life of",
            "ended the lives of",
            "loss of",
            "bodies of",
            "remains of",
            "body of",
            "slit the throats of",
            "slitting the throats of",
        ],
        "killed",
    ),
    **dict.fromkeys(
        [
            "injure",
            "injures",
            "injuring",
            "wound",
            "wounds",
            "wounding",
            "hurting",
            "maiming",
            "injuries to",
            "injuries of",
            "injury of",
            "injury to",
            "injury on",
            "injuries on",
            "wounding of",
            "injuring of",
            "shooting and wounding",
        ],
        "injured",
    ),
    **dict.fromkeys(
        listed("capturing kidnapping kidnap kidnaps abducting abduct abducts captures capture"),
        "captured",
    ),
    **dict.fromkeys(["abduction of", "abductions of", "kidnapping of", "capture of", "taking hostage"], "captured"),
    **dict.fromkeys(["detaining", "arresting", "detention of", "arrest of", "arrests", "detains"], "detained"),
    **dict.fromkeys(["releasing", "freeing", "release of", "frees", "releases"], "released"),
    **dict.fromkeys(["displacing", "displaces", "displacement of", "forcing from their homes"], "displaced"),
    **dict.fromkeys(["eliminating", "neutralising", "neutralizing", "elimination of"], "losses"),
    "still holding": "held",
    **dict.fromkeys(combined(["kill"], ["or", "and"], ["injure", "wound"]), "killed_or_injured"),
    **dict.fromkeys(combined(["killing"], ["or", "and"], ["injuring", "wounding", "maiming"]), "killed_or_injured"),
    **dict.fromkeys(combined(["deaths", "death"], ["or", "and"], ["injury of", "injuries of"]), "killed_or_injured"),
}

_GONE = ["missing", "gone missing", "went missing", "go missing", "are missing", "disappeared", "vanished"]

PASSIVE: dict[str, str] = {
    **dict.fromkeys(combined(["died", "perished", "drowned"], ["or", "and"], _GONE), "killed_or_missing"),
    **dict.fromkeys(["among the dead", "among those killed", "among the fatalities"], "killed"),
    **dict.fromkeys(["among the wounded", "among the injured", "among those injured"], "injured"),
    "among the missing": "missing",
    **dict.fromkeys(listed("died die perished drowned dying drown perish"), "killed"),
    **dict.fromkeys(
        [
            "lost their lives",
            "lost his life",
            "lost her life",
            "lose their lives",
            "losing their lives",
            "have lost their lives",
            "were found dead",
            "found dead",
            "burned to death",
            "burnt to death",
            "bled to death",
            "starved to death",
            "froze to death",
            "succumbed",
            "was lynched",
        ],
        "killed",
    ),
    **dict.fromkeys(
        ["suffered injuries", "sustained injuries", "suffered wounds", "were treated for injuries"], "injured"
    ),
    **dict.fromkeys(
        combined(["suffered", "sustained", "received", "with"], _GRAVITY, ["injuries", "wounds"]), "injured"
    ),
    **dict.fromkeys(
        ["went missing", "gone missing", "unaccounted for", "disappeared", "vanished", "been missing"], "missing"
    ),
    **dict.fromkeys(
        [
            "held hostage",
            "held captive",
            "being held",
            "are held",
            "still held",
            "were held",
            "remain in captivity",
            "still in captivity",
            "in captivity",
            "held in gaza",
            "remain captive",
            "remain hostage",
        ],
        "held",
    ),
    **dict.fromkeys(
        [
            "fled their homes",
            "have fled",
            "were forced to flee",
            "forced to flee",
            "fled",
            "forced from their homes",
            "driven from their homes",
            "uprooted",
        ],
        "displaced",
    ),
}

STATES: dict[str, str] = {
    "in hospital": "hospitalised",
    "dead": "killed",
    "to death": "killed",
    "lifeless": "killed",
    "missing": "missing",
    "homeless": "displaced",
    **dict.fromkeys(["hostage", "captive", "prisoner"], "captured"),
    "dead or wounded": "killed_or_injured",
    "dead and wounded": "killed_or_injured",
    "dead or injured": "killed_or_injured",
    "dead and injured": "killed_or_injured",
    **dict.fromkeys(
        combined(["dead", "killed"], ["or are", "or were", "or still", "or went"], ["missing"]), "killed_or_missing"
    ),
    "dead or missing": "killed_or_missing",
    "dead and missing": "killed_or_missing",
}

NOUNS: dict[str, str] = {
    **dict.fromkeys(
        listed("deaths death fatalities fatality killings murders martyrs martyr bodies corpses corpse body murder"),
        "killed",
    ),
    **dict.fromkeys(["dead bodies", "deaths and injuries"], "killed"),
    "deaths and injuries": "killed_or_injured",
    "deaths or injuries": "killed_or_injured",
    **dict.fromkeys(["injuries", "injury", "woundings"], "injured"),
    **dict.fromkeys(["casualties", "casualty", "victims", "victim"], "casualties"),
    "losses": "losses",
    **dict.fromkeys(["abductions", "kidnappings"], "captured"),
    **dict.fromkeys(["detentions", "arrests"], "detained"),
    **dict.fromkeys(["hospitalisations", "hospitalizations"], "hospitalised"),
    **dict.fromkeys(["captives"], "held"),
    **dict.fromkeys(["detainees"], "detained"),
    **dict.fromkeys(["displaced people", "displaced persons", "evacuees"], "displaced"),
}

ADJECTIVES: dict[str, str] = {
    "dead": "killed",
    "killed": "killed",
    "slain": "killed",
    "wounded": "injured",
    "injured": "injured",
    "missing": "missing",
    "displaced": "displaced",
    "captured": "captured",
    "kidnapped": "captured",
    "abducted": "captured",
    "fatal": "killed",
}
"""Words that say the outcome between the number and its noun ("12 wounded soldiers")."""

TAKING = frozenset(listed("take takes taking took taken seize seizes seized seizing"))
"""Verbs before "12 hostages"."""

SEVERELY = frozenset({"seriously", "critically", "severely", "gravely", "badly"})
"""Words after a number that make it a part of the injured ("300 seriously")."""

TOLLS: dict[str, str] = {
    **dict.fromkeys(
        [
            "death toll",
            "toll",
            "number of dead",
            "number of deaths",
            "number of fatalities",
            "number of people killed",
            "number of those killed",
            "number of killed",
            "number of martyrs",
            "number killed",
            "total deaths",
            "deaths to",
            "toll of martyrs",
            "fatality count",
            "body count",
            "death count",
            *combined(["deaths", "fatalities"], [*_MOVED, "at"], [""]),
        ],
        "killed",
    ),
    **dict.fromkeys(combined(["injuries"], _MOVED, [""]), "injured"),
    **dict.fromkeys(combined(["casualties"], [*_MOVED, "at"], [""]), "casualties"),
    **dict.fromkeys(combined(["losses"], [*_MOVED, "at", "amounted to", "amount to", "totalled"], [""]), "losses"),
    **dict.fromkeys(
        [
            "number of injured",
            "number of wounded",
            "number of people injured",
            "number of people wounded",
            "number of injuries",
            "number of the wounded",
            "number of the injured",
            "injury toll",
            "number of those injured",
            "number of those wounded",
        ],
        "injured",
    ),
    **dict.fromkeys(["number of missing", "number of people missing", "number of the missing"], "missing"),
    **dict.fromkeys(["number of displaced", "number of people displaced", "number of displaced people"], "displaced"),
    **dict.fromkeys(["casualty toll", "number of casualties", "casualty count", "number of victims"], "casualties"),
    **dict.fromkeys(["number of hostages", "number of captives"], "held"),
}

OTHER = frozenset(
    listed(
        "rescued survived evacuated trapped unharmed unhurt safe deployed voted stranded sheltered sheltering"
        " fed vaccinated recruited escaped protested protesting demonstrated charged convicted sentenced"
        " married invited registered participated attended gathered"
    )
)

LABELS: dict[str, str] = {
    **dict.fromkeys(["dead", "killed", "deaths", "fatalities", "martyrs"], "killed"),
    **dict.fromkeys(["injured", "wounded", "injuries"], "injured"),
    "missing": "missing",
    "casualties": "casualties",
    "displaced": "displaced",
}
"""Words that label a number in a list ("Dead: 12")."""

LIVES = frozenset({"lives", "life"})
LIFE_TAKING = frozenset(
    listed("claimed claiming claim claims took taking take takes taken cost costing costs lost lose losing loss")
)

BE = frozenset(listed("be is are was were been being got get getting am 's 're"))
HAVE = frozenset({"have", "has", "had", "having"})
ADVERBS = frozenset(
    listed(
        "also then already reportedly later still now all both either seriously critically severely badly"
        " slightly allegedly reported confirmed feared believed presumed known thought said not left found"
        " pronounced declared at least instantly lightly gravely brutally since immediately initially"
        " apparently officially either to have be listed considered currently remain remained remains went"
        " gone and or"
    )
)
FEARED = frozenset(listed("feared presumed believed thought may might could"))
HYPOTHETICAL = frozenset(listed("could would might may can will should to"))
FUTURE_FORMS = frozenset(listed("kill injure wound die perish displace capture kidnap abduct"))
NOT = frozenset(listed("not never n't no without didn't hadn't wasn't weren't nobody none"))


_EVERYWHERE = frozenset(
    listed(
        "people persons those have being were their found number down reached still taken takes taking received"
        " increased climbed among count claimed claims claiming ended exceeded amounted surpassed totalled moderate"
        " forced forcing"
    )
)


def _telling(phrase: str) -> str:
    """The word of a phrase that is rarest in other texts, as far as its length shows."""
    words = phrase.replace("-", " ").replace("'", " ").replace("/", " ").split()
    return max(words, key=lambda word: (word not in _EVERYWHERE, len(word)))


TELLING = frozenset({"hostages", "lost", "losing"}) | {
    _telling(phrase)
    for table in (ACTIVE, PASSIVE, STATES, TOLLS, PARTICIPLES, NOUNS, ADJECTIVES, LIVES, LABELS)
    for phrase in table
}
"""Of each phrase that tells an outcome one word: a text with none of them tells none."""
