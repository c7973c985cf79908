"""
English nouns for people and for things, with what a noun says about the people counted.

Statuses, ages and sexes are the record's vocabulary; the nouns were gathered from casualty reporting.
"""

from sources.extract.english import listed

Facets = dict[str, str]


def _each(words: str, **facets: str) -> dict[str, Facets]:
    return {word.replace("_", " "): facets for word in words.split()}


PEOPLE: dict[str, Facets] = {
    **_each(
        "people persons person others other men_and_women individuals humans passengers residents villagers worshippers"
        " worshipers pilgrims tourists migrants refugees students pupils workers labourers laborers miners farmers"
        " fishermen shepherds drivers motorists commuters shoppers bystanders passersby passers-by pedestrians guests"
        " mourners protesters protestors demonstrators activists politicians lawmakers officials employees staff"
        " guards bodyguards members leaders relatives parents siblings brothers teachers academics"
        " judges lawyers engineers technicians contractors crew crewmen sailors fishers inhabitants locals nationals"
        " citizens foreigners homeowners settlers survivors attendees festivalgoers partygoers supporters fans"
        " players athletes cyclists hikers climbers skiers spectators customers patients inmates"
        " dead wounded merchants traders vendors shopkeepers imams priests monks clerics nuns pastors scholars"
        " candidates volunteers loggers herders hunters artists singers musicians pilots co-pilots pilot"
        " ministers mayors governors diplomats ambassadors elders chiefs personnel suspects perpetrators assailants"
        " attackers assailant attacker suspect bombers bomber souls peacekeepers observers believers christians"
        " muslims jews hindus sikhs sunnis shiites shias kurds druze yazidis alawites copts coptic_christians hazaras"
        " tribesmen occupants families'_members family_members neighbours neighbors colleagues friends"
        " staffers interpreters translators cooks cleaners porters truckers postgraduates undergraduates couples"
        " participants campers swimmers bathers firefighters truck_drivers"
        " bus_drivers policyholders men_and_boys"
        " human_beings people's strangers onlookers servicepeople patriots loyalists businessmen businesspeople"
        " gangsters smugglers traffickers robbers thieves criminals rioters looters construction_workers"
        " electoral_workers election_workers oil_workers civil_servants aides associates bodyguards schoolteachers"
        " firemen rebels' detainees councillors councilors legislators commanders comrades teammates classmates"
    ),
    **_each("civilians civilian noncombatants non-combatants", status="civilian"),
    **_each(
        "militants militant fighters fighter gunmen gunman insurgents insurgent rebels rebel terrorists terrorist"
        " combatants combatant guerrillas guerrilla guerillas jihadists jihadist extremists operatives militiamen"
        " militiaman paramilitaries mercenaries separatists maoists naxalites islamists",
        status="combatant",
    ),
    **_each(
        "soldiers soldier troops troop servicemen servicemember serviceman servicewomen service_members"
        " reservists conscripts paratroopers marines marine infantrymen commandos troopers army_personnel"
        " military_personnel army_officers airmen jawans recruits cadets",
        status="soldier",
    ),
    **_each(
        "police policemen policeman policewomen policewoman police_officers police_officer officers cops cop constables"
        " gendarmes police_personnel police_recruits troopers gendarme",
        status="police",
    ),
    "officers": {},
    "officer": {},
    **_each(
        "journalists journalist reporters reporter correspondents photojournalists cameramen photographers",
        status="journalist",
    ),
    **_each("media_workers media_worker press_workers media_professionals", status="media_worker"),
    **_each(
        "aid_workers aid_worker humanitarian_workers humanitarian_worker humanitarians relief_workers unrwa_staff"
        " unrwa_workers",
        status="aid_worker",
    ),
    **_each(
        "medics medic paramedics paramedic doctors doctor nurses nurse physicians surgeons health_workers health_worker"
        " healthcare_workers health_care_workers medical_workers medical_staff medical_personnel health_staff"
        " health_personnel ambulance_workers",
        status="health_worker",
    ),
    **_each(
        "rescuers rescue_workers rescue_worker civil_defence_workers civil_defense_workers civil_defence_members"
        " civil_defense_members",
        status="civil_defence_worker",
    ),
    **_each("aid_seekers aid_seeker", status="aid_seeker"),
    **_each("hostages hostage captives captive", status="hostage"),
    **_each("prisoners prisoner prisoners_of_war pows", status="prisoner"),
    **_each(
        "children child kids minors toddlers babies infants newborns youngsters schoolchildren teenagers minor",
        age="child",
    ),
    **_each("girls girl schoolgirls", age="child", sex="female"),
    **_each("boys boy schoolboys", age="child", sex="male"),
    **_each("women woman females", sex="female", age="adult"),
    **_each("men man males", sex="male", age="adult"),
    **_each("sons daughters son daughter grandchildren grandchild"),
    **_each("adults adult", age="adult"),
    **_each("elderly elderly_people older_people seniors pensioners", age="elderly"),
    "women and children": {"subgroup": "women_and_children"},
    "children and women": {"subgroup": "women_and_children"},
    **_each("families households household", unit="household"),
}
"""Nouns for people, with the facets that each states; the longest phrase first."""


NATIONS_IN_LETTERS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("US", "U.S.", "U.S", "USA"), ("Americans", "United States")),
    **dict.fromkeys(("UK", "U.K.", "U.K"), ("Britons", "United Kingdom")),
}
"""Names in letters that stand as adjectives ("12 US soldiers", "US air strikes"): the group, and its place."""


def with_singulars(nouns: dict[str, Facets]) -> dict[str, Facets]:
    """The nouns with the singular of every regular plural beside it ("one bus driver")."""
    regular = {
        noun: facets for noun, facets in nouns.items() if noun.endswith("s") and not noun.endswith(("ss", "men's"))
    }
    singular = {noun[:-3] + "y" if noun.endswith("ies") else noun[:-1]: facets for noun, facets in regular.items()}
    men = {noun[:-3] + "man": facets for noun, facets in nouns.items() if noun.endswith("men") and noun != "women"}
    return {**singular, **men, **nouns}


ADJECTIVES: dict[str, Facets] = {
    "civilian": {"status": "civilian"},
    "unarmed": {},
    "elderly": {"age": "elderly"},
    "female": {"sex": "female"},
    "male": {"sex": "male"},
    "underage": {"age": "child"},
    "adult": {"age": "adult"},
    "police": {"status": "police"},
    "unidentified": {"condition": "unidentified"},
    "alleged": {},
    "suspected": {},
    "military": {},
    "soldier": {"status": "soldier"},
    "soldiers'": {"status": "soldier"},
    "journalist": {"status": "journalist"},
    "combatant": {"status": "combatant"},
    **{word: {} for word in listed("verified identified certified confirmed documented recorded reported excess")},
    "child": {"age": "child"},
    "women": {"sex": "female", "age": "adult"},
}
"""Words before a noun that narrow who is counted."""

AFFILIATIONS: dict[str, str] = {
    **{name.lower(): name for name in ("Hamas", "Hezbollah", "UNRWA", "Wagner", "Boko Haram", "Islamic Jihad", "PKK")},
    **{
        name.lower(): name
        for name in ("Al-Shabaab", "Al-Qaeda", "Abu Sayyaf", "Houthi", "Fatah", "Red Crescent", "MSF")
    },
    **dict.fromkeys(["taliban", "the taliban"], "Taliban"),
    **dict.fromkeys(["isis", "isil", "islamic state", "daesh"], "Islamic State"),
    **dict.fromkeys(["un", "u.n.", "united nations"], "United Nations"),
    **dict.fromkeys(["houthis"], "Houthi"),
    **dict.fromkeys(["al shabaab", "al-shabab"], "Al-Shabaab"),
}
"""Organisations whose members are counted ("12 Hamas fighters"), by the words that name them."""

THINGS = frozenset(
    listed(
        "km kms kilometer kilometers kilometre kilometres mile miles metre metres meter meters m cm mm inch"
        " inches feet foot ft yards yard hectares acres square kg kilogram kilograms kilogrammes kilos tonnes"
        " tons tonne ton pounds litres liters gallons barrels degrees megawatts watts volts seconds minutes"
        " minute hours hour days day nights night weeks week months month years year decades decade centuries"
        " century dollars dollar euros pounds rubles roubles rupees shekels yen usd eur ukp lakh crore cents"
        " percent rockets rocket missiles missile drones drone shells bombs bomb mortars grenades grenade"
        " mines explosives rounds bullets shots strikes airstrikes air-strikes raids attacks attack explosions"
        " explosion blasts blast incidents incident clashes operations tanks tank vehicles vehicle cars car"
        " trucks truck buses bus motorcycles motorbikes motorcycle planes plane aircraft jets jet helicopters"
        " helicopter ships ship boats boat vessels trains houses house homes home buildings building"
        " apartments flats schools school hospitals hospital mosques mosque churches church shops shop stores"
        " hotels hotel villages village towns town cities city districts provinces province regions states"
        " state countries country nations nation governorates areas places locations sites targets positions"
        " posts checkpoints camps bases times time occasions votes seats points goals percent items parcels"
        " boxes sheep cows goats cattle animals animal dogs horses camels livestock birds dolphins camels"
        " elephants pigs chickens articles reports cases laws resolutions agreements phases rounds stages"
        " parts sections floors storeys stories levels rooms beds tents facilities centres centers"
        " institutions agencies organisations organizations groups group parties companies firms banks offices"
        " units unit battalions brigades convoys convoy patrols trips flights flight magnitude categories"
        " types kinds ways reasons questions issues weapons guns rifles pistols kalashnikovs launchers"
        " ambulances ambulance bridges bridge roads tunnels tunnel wells towers tower plants stations station"
        " pipelines fires fire storms earthquakes aftershocks waves bags documents pages copies photos videos"
        " messages tweets calls demands charges counts others' doses generations ceasefires truces talks"
        " meetings sessions arrests warrants ied ieds bus-loads busloads pieces sets series lines crossings"
        " trucks' aid-trucks trees churches' gas oil"
    )
)
"""Nouns that end a noun phrase as something that is not people."""

STOPS = frozenset(
    listed(
        "in at on by for from with without when while as after before during near since until till if because"
        " although that which who whom whose where were was are is be been being had have has and or but nor"
        " so than then to into onto over under across around inside outside between through throughout"
        " including among amid against following via per not also only even just yet both either did do does"
        " will would could can may might must shall should there here this these those it they he she we you i"
        " said says told according due out up down off about along behind beyond aboard despite within upon"
        " versus vs left leaving remain remained remains still now ago later reportedly died perished drowned"
        " lost fled fell fired attacked opened entered stormed went came made took taken how what why such too"
        " very more"
    )
)
"""Words that cannot stand inside the noun phrase after a number."""

DETERMINERS = frozenset(listed("the his her its their our"))
"""Words that follow "of" inside a phrase ("dozens of its soldiers") and end it anywhere else."""

FILLERS = frozenset(
    listed(
        "more other others additional further other's alleged suspected local young old new senior high-ranking unarmed"
        " innocent armed fellow separate different"
    )
)
"""Words that may stand between a number and its noun without changing what is counted."""

PERSON_ENDINGS = (
    "men",
    "women",
    "people",
    "persons",
    "ists",
    "goers",
    "holders",
    "keepers",
    "seekers",
    "workers",
    "officers",
)
"""Endings by which an unlisted plural is taken for people ("fishermen", "cyclists", "beachgoers")."""

PART_BEFORE = {
    "including": True,
    "includes": True,
    "included": True,
    "among them": True,
    "among whom": True,
    "among whom were": True,
    "among them were": True,
    "of whom": True,
    "of which": True,
    "of them": True,
    "amongst them": True,
    "including at": True,
    "including those of": True,
    "including the bodies of": True,
    "inclusive of": True,
    "among the victims were": True,
    "the victims included": True,
    "the victims include": True,
    "comprising": True,
    "made up of": True,
}
"""Words before a number that make it a part of the count before it."""

PART_OF_OUTCOME = {
    **dict.fromkeys(
        [
            "among the dead were",
            "among the dead are",
            "among those killed were",
            "the dead include",
            "the dead included",
            "those killed included",
        ],
        "killed",
    ),
    **dict.fromkeys(
        ["among the injured were", "among the wounded were", "the injured included", "the wounded included"], "injured"
    ),
}
"""Those of them that name the outcome of the whole, which need not stand in the text."""

PART_AFTER = (
    "of whom", "of them", "of those", "of these", "of which", "of the dead", "of the victims", "of the wounded",
    "of the injured", "of those killed", "of the people killed", "of the total", "of the fatalities", "of the deaths",
    "of the casualties", "of the missing", "of the hostages",
)  # fmt: skip
"""Words after a number that make it a part of the count before it ("12 of them children")."""

WHOLES = {
    "of the dead": "killed",
    "of the fatalities": "killed",
    "of the deaths": "killed",
    "of those killed": "killed",
    "of the people killed": "killed",
    "of the wounded": "injured",
    "of the injured": "injured",
    "of the missing": "missing",
    "of the casualties": "casualties",
}
"""The outcome that a part's own words name for its whole."""
