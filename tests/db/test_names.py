"""How names are folded for comparison."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.names import folded, tokens


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The Gaza Strip", "gaza strip"),
        ("Gaza’s Ministry of Defence", "Gaza Ministry of Defense"),
        ("Sana'a", "Sanaa"),
        ("Médecins Sans Frontières", "medecins sans frontieres"),
        ("U.N.", "UN"),
        ("Al-Jazeera", "Al Jazeera"),
        ("Foreign & Commonwealth", "foreign and commonwealth"),
        ("World Health Organisation", "World Health Organization"),
        ("Ｒｅｕｔｅｒｓ", "Reuters"),
        ("Куп'янськ", "Купʼянськ"),
        ("غَزّة", "غزة"),
        ("إسرائيل", "اسرائيل"),
        ("Cafe\u0301", "Café"),
        ("Łódź", "Lodz"),
    ],
)
def test_spellings_of_one_name_are_equal(first: str, second: str) -> None:
    assert folded(first) == folded(second) != ()


@pytest.mark.parametrize(("first", "second"), [("North Kivu", "South Kivu"), ("Niger", "Nigeria"), ("غزة", "عزة")])
def test_different_names_stay_different(first: str, second: str) -> None:
    assert folded(first) != folded(second)


@pytest.mark.parametrize("name", ["", "the", " - ", "...", "’"])
def test_a_name_without_a_word_folds_to_nothing(name: str) -> None:
    assert folded(name) == ()


def test_a_possessive_lies_outside_the_token() -> None:
    (token,) = tokens("Gaza’s")
    assert (token.start, token.end, token.written_end, token.folded) == (0, 4, 6, "gaza")


@given(st.text(max_size=200))
def test_tokens_lie_in_order_within_the_text(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= token.written_end <= len(text)
        end = token.written_end


@given(st.text(max_size=60))
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    once = " ".join(folded(name))
    assert folded(once) == folded(" ".join(folded(once)))
