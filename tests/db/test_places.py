"""The place table: what lies within what."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.places import UNION, Group, Place, Places

SHIPPED = Places.shipped()
NAMES = [place.name for place in SHIPPED.places]
CONFLICT_AREAS = {
    "Ukraine": 27,
    "Gaza Strip": 5,
    "West Bank": 12,
    "Syria": 14,
    "Lebanon": 9,
    "Israel": 6,
    "Sudan": 18,
    "Yemen": 22,
    "Myanmar": 15,
    "Democratic Republic of the Congo": 26,
    "Iraq": 19,
    "Iran": 31,
    "Afghanistan": 34,
    "Nigeria": 37,
    "Haiti": 10,
    "Niger": 8,
    "Mali": 20,
    "Burkina Faso": 13,
    "Mozambique": 11,
}


def places(*rows: tuple[str, str]) -> Places:
    return Places(tuple(Place(name, tuple(filter(None, parents.split("|"))), "area", None) for name, parents in rows))


def test_every_place_has_one_name() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert len(NAMES) > 2000


def test_every_place_has_a_known_kind() -> None:
    kinds = {place.kind for place in SHIPPED.places}
    assert kinds == {"country", "territory", "region", "area", "area of control", "town"}


def test_every_parent_is_in_the_table() -> None:
    assert {parent for place in SHIPPED.places for parent in place.parents} <= set(NAMES)


def test_no_place_lies_within_itself() -> None:
    assert not [name for name in NAMES if name in SHIPPED.ancestors(name)]


def test_countries_have_distinct_iso_codes_and_include_every_member_of_the_un() -> None:
    codes = [place.country for place in SHIPPED.places if place.kind in ("country", "territory")]
    assert len(set(codes)) == len(codes)
    assert all(code and re.fullmatch(r"[A-Z]{2}", code) for code in codes)
    assert len(codes) == 250
    assert sum(place.kind == "country" for place in SHIPPED.places) == 193 + 2 + 2


def test_a_place_within_a_country_carries_the_code_of_that_country() -> None:
    for place in SHIPPED.places:
        holders = {one.country for name in SHIPPED.ancestors(place.name) if (one := SHIPPED.named(name)) is not None}
        assert place.country in holders | {place.country}
        assert not holders - {None} or place.country in holders, place


@pytest.mark.parametrize(("country", "number"), CONFLICT_AREAS.items())
def test_countries_in_conflict_have_their_first_level_areas(country: str, number: int) -> None:
    assert sum(country in place.parents and place.kind == "area" for place in SHIPPED.places) == number


def test_gaza_city_lies_within_its_governorate_the_strip_and_palestine() -> None:
    assert SHIPPED.ancestors("Gaza City") == {"Gaza Governorate", "Gaza Strip", "Palestine"}


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("Palestine", "Gaza City", True),
        ("Gaza City", "Gaza Strip", False),
        ("Gaza Strip", "Gaza Strip", True),
        ("Gaza Strip", "West Bank", False),
        ("Syria", "government-held Syria", True),
        ("Russian-occupied Ukraine", "Russian-occupied Donetsk Oblast", True),
        ("Donbas", "Mariupol", True),
        ("Ukraine", "Crimea", True),
        ("Israel", "Jerusalem", False),
        ("Gaza Strip + West Bank", "Rafah", True),
        ("Gaza Strip + West Bank", "Jenin + Gaza City", True),
        ("Gaza Strip", "Gaza City + Jenin", False),
        ("Palestine", "Gaza Strip + West Bank", True),
        ("Atlantis", "Atlantis", True),
        ("Atlantis", "Gaza Strip", False),
        ("Palestine", "Atlantis", False),
    ],
)
def test_containment_follows_the_table(outer: str, inner: str, expected: bool) -> None:
    assert SHIPPED.contains(outer, inner) is expected


@given(st.sampled_from(NAMES), st.data())
def test_containment_is_transitive(inner: str, data: st.DataObject) -> None:
    ancestors = sorted(SHIPPED.ancestors(inner)) or [inner]
    middle = data.draw(st.sampled_from(ancestors))
    outer = data.draw(st.sampled_from(sorted(SHIPPED.ancestors(middle)) or [middle]))
    assert SHIPPED.contains(middle, inner)
    assert SHIPPED.contains(outer, middle)
    assert SHIPPED.contains(outer, inner)


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_two_places_hold_each_other_only_when_they_are_one(first: str, second: str) -> None:
    assert not (first != second and SHIPPED.contains(first, second) and SHIPPED.contains(second, first))


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), st.sampled_from(NAMES))
def test_a_union_holds_each_of_its_parts_and_what_they_hold(parts: list[str], other: str) -> None:
    union = UNION.join(parts)
    assert all(SHIPPED.contains(union, part) for part in parts)
    assert SHIPPED.contains(union, union)
    assert SHIPPED.contains(union, other) == any(SHIPPED.contains(part, other) for part in parts)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Gaza", "Gaza Strip"),
        ("the Gaza Strip", "Gaza Strip"),
        ("Khan Yunis", "Khan Younis"),
        ("Sana'a", "Sanaa"),
        ("Kiev", "Kyiv"),
        ("U.S.", "United States"),
        ("Tripoli", "Tripoli"),
        ("قطاع غزة", "Gaza Strip"),
        ("Маріуполь", "Mariupol"),
        ("DR Congo", "Democratic Republic of the Congo"),
    ],
)
def test_a_place_is_found_by_its_other_names(written: str, name: str) -> None:
    place = SHIPPED.named(written)
    assert place is not None
    assert place.name == name


def test_a_name_that_fits_several_places_names_none_of_them() -> None:
    assert SHIPPED.named("Punjab") is None
    assert [place.name for place in SHIPPED.candidates("Punjab")] == ["Punjab (Pakistan)", "Punjab (India)"]


def test_an_unknown_name_names_no_place() -> None:
    assert SHIPPED.named("Atlantis") is None
    assert SHIPPED.named("") is None
    assert SHIPPED.ancestors("Atlantis") == frozenset()


def test_a_country_is_found_by_its_code() -> None:
    country = SHIPPED.country("PS")
    assert country is not None
    assert country.name == "Palestine"
    assert SHIPPED.country("QQ") is None


def test_groups_are_found_by_noun_and_adjective_and_imply_a_place() -> None:
    gazans = SHIPPED.group("Gazan")
    assert gazans is not None
    assert (gazans.name, gazans.place) == ("Palestinians", "Gaza Strip")
    assert SHIPPED.group_place("Palestinians") == "Palestine"
    assert SHIPPED.group_place("foreigners") is None
    assert SHIPPED.group_place("Atlanteans") is None
    assert SHIPPED.group("Atlantean") is None


def test_every_place_that_a_group_implies_is_in_the_table() -> None:
    assert {group.place for group in SHIPPED.groups if group.place} <= set(NAMES)


def test_no_word_names_two_groups() -> None:
    words: dict[str, Group] = {}
    for group in SHIPPED.groups:
        for word in group.words:
            assert words.setdefault(word, group) == group


def test_containment_ends_even_in_a_table_that_runs_in_a_circle() -> None:
    circle = places(("a", "b"), ("b", "a"))
    assert circle.contains("a", "b")
    assert circle.contains("b", "a")


def test_the_shipped_table_is_read_once() -> None:
    assert Places.shipped() is SHIPPED
