"""Places and groups as texts name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.places import Place
from sources.places import Places

PLACES = Places.shipped()


def named(text: str) -> list[tuple[str, ...]]:
    return [mention.names for mention in PLACES.mentions(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Twelve died in Gaza City in the Gaza Strip.", ["Gaza City", "Gaza Strip"]),
        ("in Sana’a and Saada", ["Sanaa", "Saada"]),
        ("South Sudan's Jonglei", ["South Sudan", "Jonglei"]),
        ("the Democratic Republic of Congo", ["Democratic Republic of the Congo"]),
        ("in the U.S. and in the US", ["United States", "United States"]),
        ("in St. Petersburg", ["Saint Petersburg"]),
        ("at Deir al-Balah and Khan Yunis", ["Deir al-Balah", "Khan Younis"]),
        ("KHARTOUM was shelled", ["Khartoum"]),
        ("في قطاع غزة وغزة", ["Gaza Strip", "Gaza Strip"]),
        ("in Russian-occupied Donetsk region", ["Russian-occupied Donetsk Oblast"]),
    ],
)
def test_the_longest_known_name_is_the_place(text: str, names: list[str]) -> None:
    assert named(text) == [(name,) for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "they ate turkey with us",
        "a SWAT team came",
        "he will jordan",
        "polish the table",
        "",
        "2,808 on Oct. 7th",
        "the",
    ],
)
def test_common_words_are_no_places(text: str) -> None:
    assert named(text) == []


def test_groups_carry_the_place_that_they_imply() -> None:
    mention, other = PLACES.mentions("Gazans and foreign nationals")
    assert (mention.kind, mention.names, mention.places) == ("group", ("Palestinians",), ("Gaza Strip",))
    assert (other.kind, other.names, other.places) == ("group", ("foreigners",), ())


def test_offsets_are_code_points_and_leave_the_possessive_out() -> None:
    text = "🇵🇸 In Lebanon’s south"
    (mention,) = PLACES.mentions(text)
    assert text[mention.start : mention.end] == "Lebanon"


def test_a_name_that_fits_several_places_is_decided_by_the_others() -> None:
    assert named("Tripoli, where Lebanon has its second port") == [("Tripoli (Lebanon)",), ("Lebanon",)]
    assert named("Tripoli and Benghazi") == [("Tripoli",), ("Benghazi",)]
    assert named("Thirty Palestinians in Gaza; a fire in Punjab, Pakistan")[2] == ("Punjab (Pakistan)",)


def test_a_name_that_nothing_decides_stays_open() -> None:
    assert named("Floods in Punjab") == [("Punjab (India)", "Punjab (Pakistan)")]
    assert named("Punjab, between India and Pakistan")[0] == ("Punjab (India)", "Punjab (Pakistan)")


def test_the_table_answers_here_too() -> None:
    place = PLACES.named("Gaza")
    group = PLACES.group("Thai")
    assert place is not None
    assert group is not None
    assert (place.name, group.name) == ("Gaza Strip", "Thais")
    assert PLACES.contains("Palestine", "Gaza City")
    assert group in PLACES.groups


@given(st.text(max_size=300))
def test_mentions_lie_in_order_within_the_text(text: str) -> None:
    end = 0
    for mention in PLACES.mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@given(st.sampled_from([place for place in PLACES.table.places if place.name[0].isupper()]))
def test_every_place_is_found_by_its_own_name(place: Place) -> None:
    names = {name for mention in PLACES.mentions(f"in {place.name}.") for name in mention.names}
    assert place.name in names or "(" in place.name or "," in place.name
