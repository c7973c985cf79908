from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from db.places import Places
from db.records import Definition, ScopeNote
from db.vocabulary import VOCABULARIES
from reports.comparison import MIRROR, Comparison, Surroundings, compare
from reports.facets import hierarchies
from reports.nesting import Nesting

FACETS: dict[str, st.SearchStrategy[Any]] = {
    "group": st.sampled_from(["Palestinians", "Israelis", "Israelis + foreigners"]),
    "affiliation": st.sampled_from(["UNRWA", "Wagner"]),
    "status": st.sampled_from(VOCABULARIES["status"]),
    "age": st.sampled_from(VOCABULARIES["age"]),
    "sex": st.sampled_from(VOCABULARIES["sex"]),
    "subgroup": st.sampled_from(VOCABULARIES["subgroup"]),
    "condition": st.sampled_from(VOCABULARIES["condition"]),
    "place": st.sampled_from(["Palestine", "Gaza Strip", "West Bank", "Gaza City", "Israel", "Gaza Strip + West Bank"]),
    "cause": st.sampled_from(["air strikes", "drone strikes", "famine", "earthquake"]),
    "actor": st.sampled_from(["Israel", "Hamas"]),
    "basis": st.sampled_from(VOCABULARIES["basis"]),
    "directness": st.sampled_from(VOCABULARIES["directness"]),
    "counted_by": st.sampled_from(VOCABULARIES["counted_by"]),
    "includes": st.sampled_from([(ScopeNote(code="foreigners"),), (ScopeNote(code="rubble"),)]),
    "excludes": st.sampled_from([(ScopeNote(code="foreigners"),), (ScopeNote(code="rubble"),)]),
}
DAYS = st.sampled_from([date(2023, 10, 7), date(2023, 10, 8), date(2023, 10, 17), date(2025, 10, 11)])


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    facets = {name: draw(values) for name, values in FACETS.items() if draw(st.integers(0, 3)) == 0}
    tally = draw(st.sampled_from(VOCABULARIES["tally"]))
    if tally in ("cumulative", "incident"):
        facets |= {name: draw(DAYS) for name in ("since", "until") if draw(st.booleans())}
    if tally in ("period", "added", "rate") and draw(st.booleans()):
        facets["hours"] = draw(st.sampled_from([24, 48]))
    return Definition(outcome=draw(st.sampled_from(VOCABULARIES["outcome"])), tally=tally, **facets)


EVENTS = st.sampled_from([None, "Gaza war", "7 October attack", "al-Ahli hospital blast"])
SLOWLY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)


def killed(**facets: Any) -> Definition:
    return Definition(outcome="killed", tally=facets.pop("tally", "cumulative"), **facets)


@pytest.fixture
def how(surroundings: Surroundings) -> Any:
    def ask(first: Definition, second: Definition, **events: str | None) -> Comparison:
        return compare(first, second, surroundings=surroundings, **events)

    return ask


@SLOWLY
@given(definitions(), EVENTS)
def test_a_definition_is_the_same_as_itself(surroundings: Surroundings, one: Definition, event: str | None) -> None:
    found = compare(one, one.model_copy(), first_event=event, second_event=event, surroundings=surroundings)
    assert found == Comparison("same", False, (), ())


@SLOWLY
@given(definitions(), definitions(), EVENTS, EVENTS)
def test_the_other_way_round_the_relation_is_mirrored(
    surroundings: Surroundings, one: Definition, other: Definition, first: str | None, second: str | None
) -> None:
    there = compare(one, other, first_event=first, second_event=second, surroundings=surroundings)
    back = compare(other, one, first_event=second, second_event=first, surroundings=surroundings)
    assert there.relation == MIRROR[back.relation]
    assert (there.probably, set(there.facets)) == (back.probably, set(back.facets))


@SLOWLY
@given(definitions(), st.data())
def test_adding_a_stated_facet_never_makes_a_definition_wider(
    surroundings: Surroundings, one: Definition, data: st.DataObject
) -> None:
    unsaid = [name for name in FACETS if not getattr(one, name)]
    assume(unsaid)
    name = data.draw(st.sampled_from(unsaid))
    stated = one.model_copy(update={name: data.draw(FACETS[name])})
    assert compare(stated, one, surroundings=surroundings).relation != "wider"


@SLOWLY
@given(definitions(), definitions(), definitions())
def test_narrower_is_transitive_where_nothing_is_only_probable(
    surroundings: Surroundings, one: Definition, two: Definition, three: Definition
) -> None:
    first = compare(one, two, surroundings=surroundings)
    second = compare(two, three, surroundings=surroundings)
    if first.relation == second.relation == "narrower" and not (first.probably or second.probably):
        assert compare(one, three, surroundings=surroundings).relation in ("narrower", "overlapping")


@SLOWLY
@given(definitions(), definitions())
def test_every_relation_but_the_plain_same_has_a_reason(
    surroundings: Surroundings, one: Definition, other: Definition
) -> None:
    found = compare(one, other, surroundings=surroundings)
    assert bool(found.reasons) == (found.relation != "same" or found.probably)
    assert len(found.facets) <= len(found.reasons)


@pytest.mark.parametrize(
    ("one", "other", "relation", "facet"),
    [
        (killed(age="child"), killed(), "narrower", "age"),
        (killed(age="child"), killed(age="adult"), "different", "age"),
        (killed(age="elderly"), killed(age="adult"), "narrower", "age"),
        (killed(age="child"), killed(subgroup="women_and_children"), "narrower", "age"),
        (killed(sex="female"), killed(subgroup="women_and_children"), "narrower", "sex"),
        (killed(sex="male"), killed(age="child"), "overlapping", "age"),
        (killed(status="soldier"), killed(status="combatant"), "narrower", "status"),
        (killed(status="journalist"), killed(status="media_worker"), "narrower", "status"),
        (killed(status="soldier"), killed(status="civilian"), "different", "status"),
        (killed(status="journalist"), killed(status="civilian"), "overlapping", "status"),
        (killed(affiliation="UNRWA"), killed(), "narrower", "affiliation"),
        (killed(affiliation="UNRWA"), killed(affiliation="Wagner"), "different", "affiliation"),
        (killed(place="Gaza City"), killed(place="Palestine"), "narrower", "place"),
        (killed(place="Gaza Strip + West Bank"), killed(place="Gaza City"), "wider", "place"),
        (killed(place="Gaza Strip + Israel"), killed(place="Gaza City + Syria"), "overlapping", "place"),
        (killed(place="government-held Syria"), killed(place="Syria"), "narrower", "place"),
        (killed(place="Gaza Strip"), killed(place="West Bank"), "different", "place"),
        (killed(group="Israelis"), killed(group="Israelis + foreigners"), "narrower", "group"),
        (killed(group="Israelis"), killed(group="Palestinians"), "different", "group"),
        (killed(group="Palestinians"), killed(), "narrower", "group"),
        (killed(group="Palestinians"), killed(place="Israel"), "narrower", "group"),
        (killed(unit="household"), killed(), "different", "unit"),
        (killed(basis="identified"), killed(), "narrower", "basis"),
        (killed(basis="certified"), killed(basis="verified"), "narrower", "basis"),
        (killed(basis="identified"), killed(basis="verified"), "overlapping", "basis"),
        (killed(basis="estimated"), killed(), "overlapping", "basis"),
        (killed(basis="excess"), killed(), "different", "basis"),
        (killed(directness="indirect"), killed(), "different", "directness"),
        (killed(directness="both"), killed(directness="direct"), "different", "directness"),
        (killed(cause="famine"), killed(), "different", "directness"),
        (killed(cause="drone strikes"), killed(cause="Airstrikes"), "narrower", "cause"),
        (killed(cause="strikes"), killed(cause="shelling"), "wider", "cause"),
        (killed(cause="shelling"), killed(cause="shooting"), "different", "cause"),
        (killed(actor="Israel"), killed(actor="Hamas"), "different", "actor"),
        (killed(counted_by="recovery"), killed(counted_by="registration"), "different", "counted_by"),
        (killed(since=date(2025, 10, 11)), killed(since=date(2023, 10, 7)), "narrower", "since"),
        (killed(tally="added", hours=24), killed(tally="added", hours=48), "different", "hours"),
        (killed(tally="added"), killed(), "different", "tally"),
        (killed(tally="incident"), killed(), "different", "tally"),
        (
            killed(includes=(ScopeNote(code="foreigners"),)),
            killed(excludes=(ScopeNote(code="foreigners"),)),
            "wider",
            "includes",
        ),
        (
            killed(tally="incident", since=date(2023, 10, 7)),
            killed(tally="incident", since=date(2023, 10, 17)),
            "different",
            "since",
        ),
        (
            killed(tally="incident", since=date(2023, 10, 7), until=date(2023, 10, 12)),
            killed(tally="incident", since=date(2023, 10, 10), until=date(2023, 10, 17)),
            "overlapping",
            "since",
        ),
    ],
)
def test_a_stated_difference_is_named_with_its_facet(
    how: Any, one: Definition, other: Definition, relation: str, facet: str
) -> None:
    found = how(one, other)
    assert (found.relation, found.facets[0]) == (relation, facet)


@pytest.mark.parametrize(
    ("one", "other", "facet"),
    [
        (killed(place="Gaza Strip"), killed(), "place"),
        (killed(cause="air strikes"), killed(), "cause"),
        (killed(actor="Israel"), killed(), "actor"),
        (killed(since=date(2023, 10, 7)), killed(), "since"),
        (killed(since=date(2023, 10, 7)), killed(since=date(2023, 10, 8)), "since"),
        (killed(counted_by="registration"), killed(), "counted_by"),
        (killed(directness="direct"), killed(), "directness"),
        (killed(excludes=(ScopeNote(code="rubble"),)), killed(), "excludes"),
        (killed(tally="unstated"), killed(), "tally"),
        (killed(tally="period", hours=24), killed(tally="period"), "hours"),
        (killed(group="Palestinians"), killed(place="Gaza Strip"), "group"),
        (killed(group="Palestinians", place="Gaza Strip"), killed(place="Gaza Strip"), "group"),
    ],
)
def test_a_circumstance_that_one_does_not_say_is_probably_the_same(
    how: Any, one: Definition, other: Definition, facet: str
) -> None:
    found = how(one, other)
    assert (found.relation, found.probably, facet in found.facets) == ("same", True, True)
    assert found.is_comparable


def test_reported_counts_and_bodies_compare_as_equals(how: Any) -> None:
    assert how(killed(basis="bodies"), killed(basis="reported")) == Comparison("same", False, (), ())


def test_two_unions_of_the_same_places_are_the_same(how: Any) -> None:
    one, other = killed(place="West Bank + Gaza Strip"), killed(place="Gaza Strip + West Bank")
    assert how(one, other) == Comparison("same", False, (), ())


def test_two_orders_of_the_same_groups_are_the_same(how: Any) -> None:
    assert how(killed(group="A + B"), killed(group="B + A")).facets == ()


def test_probably_does_not_chain(how: Any) -> None:
    gaza, unsaid, west_bank = killed(place="Gaza Strip"), killed(), killed(place="West Bank")
    assert how(gaza, unsaid).is_comparable
    assert how(unsaid, west_bank).is_comparable
    assert not how(gaza, west_bank).is_comparable


@pytest.mark.parametrize("outcome", ["killed", "injured", "killed_or_injured", "losses", "missing", "captured"])
def test_casualties_overlap_every_outcome_they_may_hold(how: Any, outcome: Any) -> None:
    found = how(Definition(outcome="casualties"), Definition(outcome=outcome))
    assert (found.relation, found.facets) == ("overlapping", ("outcome",))
    assert "casualties" in found.reasons[0]


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("killed", "killed_or_injured", "narrower"),
        ("killed_or_injured", "losses", "narrower"),
        ("losses", "killed", "wider"),
        ("killed", "injured", "different"),
        ("hospitalised", "injured", "narrower"),
        ("killed_or_injured", "killed_or_missing", "overlapping"),
        ("captured", "held", "overlapping"),
        ("displaced", "casualties", "different"),
    ],
)
def test_outcomes_nest_by_what_they_may_hold(how: Any, one: Any, other: Any, relation: str) -> None:
    assert how(Definition(outcome=one), Definition(outcome=other)).relation == relation


def test_two_facets_that_pull_apart_make_definitions_overlap(how: Any) -> None:
    found = how(killed(age="child", place="Palestine"), killed(place="Gaza Strip"))
    assert (found.relation, set(found.facets)) == ("overlapping", {"age", "place"})
    assert "one counts children, the other all ages and both sexes" in found.reasons


@pytest.mark.parametrize(
    ("facets", "words"),
    [
        ({"age": "child", "sex": "female"}, "girls"),
        ({"age": "adult", "sex": "male"}, "men"),
        ({"subgroup": "women_and_children"}, "women and children"),
        ({"sex": "female"}, "women and girls"),
    ],
)
def test_reasons_name_people_in_plain_words(how: Any, facets: dict[str, str], words: str) -> None:
    assert how(killed(**facets), killed()).reasons == (f"one counts {words}, the other all ages and both sexes",)


def test_who_did_it_does_not_set_two_counts_of_one_incident_apart(how: Any) -> None:
    one = killed(tally="incident", actor="Israel", cause="air strikes")
    other = killed(tally="incident", actor="Palestinian Islamic Jihad", cause="rocket fire")
    assert how(one, other) == Comparison("same", False, (), ())


def test_a_hospital_and_its_city_are_one_place_within_one_incident(how: Any) -> None:
    blast = {"first_event": "al-Ahli hospital blast", "second_event": "al-Ahli hospital blast"}
    one, other = killed(tally="incident", place="Gaza City"), killed(tally="incident", place="Gaza Strip")
    assert how(one, other, **blast).is_comparable
    assert how(one, killed(tally="incident", place="Israel"), **blast).relation == "different"
    assert how(one, other).relation == "narrower"


def test_a_running_total_of_an_incident_is_probably_the_count_of_that_incident(how: Any) -> None:
    attack = {"first_event": "7 October attack", "second_event": "7 October attack"}
    war = {"first_event": "Gaza war", "second_event": "Gaza war"}
    one, other = killed(tally="incident", since=date(2023, 10, 7)), killed(since=date(2023, 10, 7))
    assert how(one, other, **attack).is_comparable
    assert not how(one, other, **war).is_comparable


def test_events_nest(how: Any) -> None:
    one = killed()
    assert how(one, one, first_event="7 October attack", second_event="Gaza war").relation == "narrower"
    assert how(one, one, first_event="Gaza war", second_event="7 October attack").relation == "wider"
    assert how(one, one, first_event="7 October attack", second_event="al-Ahli hospital blast").relation == "different"
    assert how(one, one, first_event="Gaza war").probably
    assert how(one, one, first_event="Gaza war", second_event="Gaza war") == Comparison("same", False, (), ())


def test_an_event_that_lies_within_itself_is_walked_once() -> None:
    from db.records import Event

    loop = Nesting([Event(name="a", within="b"), Event(name="b", within="a")])
    assert loop.contains("a", "b")
    assert not loop.contains("c", "a")
    assert loop.first_day("a") is None
    assert loop.first_day(None) is None
    assert loop.last_day("c") is None


def test_every_outcome_and_every_word_of_people_stands_in_the_hierarchies() -> None:
    data = hierarchies()
    assert set(data["outcomes"]) == set(VOCABULARIES["outcome"])
    named = {word for name in ("outcome", "status", "age", "sex", "subgroup") for word in VOCABULARIES[name]}
    assert named <= set(data["words"])


def test_places_shipped_with_the_record_are_used_where_none_are_given() -> None:
    assert isinstance(Surroundings().places, Places)
    assert compare(killed(), killed(age="child")).relation == "wider"
