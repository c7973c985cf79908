"""English words for causes, for attacks by someone, and for how a count runs over time."""

from sources.extract.english import listed

CAUSES: dict[str, str] = {
    **dict.fromkeys(
        ["air strikes", "airstrikes", "air strike", "airstrike", "air raids", "air raid", "aerial bombardment"],
        "air strikes",
    ),
    **dict.fromkeys(["drone strike", "drone strikes", "drone attack", "drone attacks"], "drone strikes"),
    **dict.fromkeys(["missile strike", "missile strikes", "missile attack", "missile attacks"], "missile strikes"),
    **dict.fromkeys(["shelling", "artillery fire", "artillery shelling", "bombardment"], "shelling"),
    **dict.fromkeys(["rocket fire", "rocket attack", "rocket attacks"], "rocket attacks"),
    **dict.fromkeys(
        ["suicide bombing", "suicide bomber", "suicide bombers", "suicide attack", "suicide bombings"],
        "suicide bombing",
    ),
    **dict.fromkeys(["car bomb", "car bombing", "car bombs", "truck bomb", "vehicle-borne"], "car bombing"),
    **dict.fromkeys(
        ["roadside bomb", "roadside bombs", "ied", "ieds", "improvised explosive device", "land mine", "landmine"],
        "explosive device",
    ),
    **dict.fromkeys(["bombing", "bombings", "bomb", "bombs", "bomb blast"], "bombing"),
    **dict.fromkeys(["explosion", "explosions", "blast", "blasts"], "explosion"),
    **dict.fromkeys(["shooting", "shootings", "gunfire", "mass shooting", "shootout"], "shooting"),
    **dict.fromkeys(["stabbing", "knife attack", "stabbings"], "stabbing"),
    **dict.fromkeys(["earthquake", "earthquakes", "quake", "tremor"], "earthquake"),
    **dict.fromkeys(["flood", "floods", "flooding"], "flood"),
    **dict.fromkeys(["hurricane", "cyclone", "typhoon", "storm", "tornado", "tornadoes"], "storm"),
    **dict.fromkeys(["landslide", "landslides", "mudslide", "mudslides", "avalanche"], "landslide"),
    **dict.fromkeys(["wildfire", "wildfires", "forest fire", "bushfire"], "wildfire"),
    **dict.fromkeys(["a fire", "the fire", "in fire", "blaze", "house fire", "factory fire"], "fire"),
    **dict.fromkeys(["famine", "starvation", "malnutrition"], "famine"),
    **dict.fromkeys(["cholera", "epidemic"], "disease"),
    **dict.fromkeys(["crash", "plane crash", "train crash", "bus crash"], "crash"),
    **dict.fromkeys(["stampede", "crush"], "stampede"),
    **dict.fromkeys(["tsunami"], "tsunami"),
}
"""Words for a cause, with the name that the record gives it; the longest phrase first."""

NOBODYS = frozenset(
    listed(
        "earthquake earthquakes quake tremor flood floods flooding hurricane cyclone typhoon storm tornado tornadoes"
        " landslide landslides mudslide mudslides avalanche wildfire wildfires forest bushfire famine starvation"
        " malnutrition cholera epidemic crash plane train bus stampede crush tsunami blaze fire house factory"
    )
)
"""Words with which a cause begins that nobody is said to have brought about ("the Indian Ocean tsunami")."""

STRIKES = frozenset(listed("strikes strike bombardment shelling raid raids bombing attack attacks offensive assault"))
"""Nouns before "by X" or after "X's", "Israeli", that make X the actor."""

FORCES = frozenset(
    listed(
        "forces troops army military soldiers police gunmen fighters militants"
        " settlers insurgents militiamen rebels airstrikes"
        " strikes warplanes jets drones missiles artillery shelling"
    )
)
"""Nouns after a nationality or a group that act for it ("Israeli forces killed 12")."""

MANY = frozenset(
    listed(
        "strikes airstrikes raids attacks bombings war fighting conflict hostilities bombardment offensive"
        " operations aggression clashes invasion"
    )
)
"""What goes on over time: its count runs on, unless a day is named."""

ONE = frozenset(
    listed(
        "attack strike airstrike raid bombing blast explosion shooting stabbing earthquake quake crash flood"
        " fire collapse stampede ambush bomber gunman gunmen bomb assault massacre shootout landslide accident"
        " incident hurricane cyclone storm tsunami derailment shelling clash grenade ied mine opened detonated"
        " exploded blew raided stormed ambushed attacked bombed hit targeted struck rammed fired plunged crashed"
        " collapsed capsized sank sunk derailed overturned collided caught erupted swept collision ferry wreck"
        " capsizing sinking eruption avalanche mudslide tornado wildfire blaze"
    )
)
"""One attack or disaster: its count is that of an incident."""

ADDING = frozenset({"bringing", "brings", "taking", "takes", "raising", "raises", "pushing"})
"""Words by which a count goes into the toll that follows, and so is none itself."""

STILL = frozenset({"still", "remain", "remains", "remaining", "currently"})
RUNNING = frozenset(listed("toll total totals totalled overall altogether cumulative so-far"))
WARS = frozenset(listed("war conflict genocide campaign intifada uprising insurgency"))

PLACE_BEFORE = frozenset(listed("in at near across inside throughout outside within around from on of"))
KINDS_OF_PLACE = frozenset(
    listed("city town village province region district governorate state island capital port suburb camp county")
)
"""Nouns before "of" and a place ("in the eastern city of Tarvo")."""
DIED_WORDS = frozenset({"died", "killed", "death", "deaths"})

BASIS: dict[str, str] = {
    "identified": "identified",
    "verified": "verified",
    "certified": "certified",
    "estimated": "estimated",
    "estimates": "estimated",
    "estimate": "estimated",
    "excess": "excess",
}
"""Words right beside a count that say how people were counted."""

SCOPES: dict[str, tuple[str, str]] = {
    "not counting the attackers": ("excludes", "perpetrators"),
    "not including the attackers": ("excludes", "perpetrators"),
    "excluding the attackers": ("excludes", "perpetrators"),
    "excluding the attacker": ("excludes", "perpetrators"),
    "excluding the perpetrators": ("excludes", "perpetrators"),
    "not including the attacker": ("excludes", "perpetrators"),
    "not counting the attacker": ("excludes", "perpetrators"),
    "including the attacker": ("includes", "perpetrators"),
    "including the attackers": ("includes", "perpetrators"),
    "including the bomber": ("includes", "perpetrators"),
    "including the perpetrator": ("includes", "perpetrators"),
    "excluding the bomber": ("excludes", "perpetrators"),
    "including foreigners": ("includes", "foreigners"),
    "including foreign nationals": ("includes", "foreigners"),
    "not including those under the rubble": ("excludes", "rubble"),
    "excluding those under the rubble": ("excludes", "rubble"),
}
"""What the text says a count holds or leaves out, with the record's code."""
