"""
The closed vocabularies of the record. Words are stored as such and only ever added to.

The terms follow the field's standards for casualty recorders (Every Casualty Counts, 2016; OHCHR,
"Guidance on Casualty Recording", 2019), with one word for each thing that news text can mean.
"""

from typing import Literal, get_args

Qualifier = Literal[
    "exact", "at_least", "more_than", "at_most", "less_than", "nearly", "approximately", "range", "vague"
]
Outcome = Literal[
    "killed",
    "injured",
    "killed_or_injured",
    "casualties",
    "losses",
    "missing",
    "captured",
    "held",
    "released",
    "detained",
    "displaced",
    "hospitalised",
    "killed_or_missing",
    "missing_or_captured",
    "killed_or_captured",
]
Status = Literal[
    "civilian",
    "combatant",
    "soldier",
    "police",
    "journalist",
    "media_worker",
    "aid_worker",
    "health_worker",
    "civil_defence_worker",
    "aid_seeker",
    "hostage",
    "prisoner",
]
Age = Literal["child", "adult", "elderly"]
Sex = Literal["female", "male"]
Subgroup = Literal["women_and_children"]
Condition = Literal["alive", "dead", "presumed_dead", "critical", "unidentified"]
Unit = Literal["person", "household"]
Tally = Literal["cumulative", "incident", "period", "added", "stock", "rate", "unstated"]
CountedBy = Literal["occurrence", "registration", "recovery"]
Basis = Literal["reported", "bodies", "identified", "verified", "certified", "estimated", "excess"]
Directness = Literal["direct", "indirect", "both"]
ScopeCode = Literal["perpetrators", "rubble", "foreigners", "natural", "died_of_wounds", "held_hostages", "indirect"]
Modality = Literal["confirmed", "reported", "claimed", "feared", "projected"]
Origin = Literal["extracted", "imported", "manual"]
AsOfBasis = Literal["stated", "statement", "publication", "inferred"]
Zone = Literal["headline", "summary", "body", "caption", "table"]
State = Literal["recorded", "held", "corrected", "voided", "retracted", "disowned"]
SourceKind = Literal[
    "health_ministry",
    "ministry",
    "military",
    "government_office",
    "intelligence_agency",
    "police",
    "civil_defence",
    "armed_group",
    "un_body",
    "intergovernmental",
    "ngo",
    "red_cross_red_crescent",
    "monitor",
    "hospital",
    "wire",
    "newspaper",
    "broadcaster",
    "news_site",
    "magazine",
    "dataset",
    "researcher",
    "university",
    "think_tank",
    "person",
    "project",
    "other",
]
LinkKind = Literal["speaks_for", "part_of", "same_as"]
WatchKind = Literal["page", "feed", "sitemap", "dataset", "history"]

VOCABULARIES: dict[str, tuple[str, ...]] = {
    "qualifier": get_args(Qualifier),
    "outcome": get_args(Outcome),
    "status": get_args(Status),
    "age": get_args(Age),
    "sex": get_args(Sex),
    "subgroup": get_args(Subgroup),
    "condition": get_args(Condition),
    "unit": get_args(Unit),
    "tally": get_args(Tally),
    "counted_by": get_args(CountedBy),
    "basis": get_args(Basis),
    "directness": get_args(Directness),
    "scope_code": get_args(ScopeCode),
    "modality": get_args(Modality),
    "origin": get_args(Origin),
    "as_of_basis": get_args(AsOfBasis),
    "zone": get_args(Zone),
    "state": get_args(State),
    "source_kind": get_args(SourceKind),
    "link_kind": get_args(LinkKind),
}
"""Every vocabulary by the name of its facet, each word in its documented order."""
