"""Two texts are nearly the same where their words agree and no number stands in the place of another."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.resemblance import LEAST_SHINGLES, SKETCH, Shingled, likeness

WORDS = [
    f"{first}{second}" for first in ("bar", "len", "mor", "sun", "tal") for second in ("do", "ke", "mi", "ra", "vu")
]


def prose(words: int, seed: int = 1) -> list[str]:
    chosen = random.Random(seed)  # noqa: S311 - no secret
    return [chosen.choice(WORDS) for _ in range(words)]


def article(toll: str = "41", day: str = "Monday", *, seed: int = 1) -> str:
    """Three hundred words with a few numbers among them."""
    words = prose(300, seed)
    told = f"at least {toll} people were killed and 106 injured on {day} in the town of 12,500"
    return " ".join([*words[:80], told, *words[80:190], "it was the third storm since 2019", *words[190:]])


def alike(one: str, other: str) -> bool:
    return likeness(Shingled(one), Shingled(other)) is not None


def test_a_text_is_wholly_like_itself_whatever_its_letter_case_and_punctuation() -> None:
    found = likeness(Shingled(article()), Shingled(article("41").upper().replace(" ", ", ")))
    assert found is not None
    assert (found.resemblance, found.containment, found.is_whole) == (1_000_000, 1_000_000, True)


def test_another_headline_and_a_few_other_words_make_no_other_text() -> None:
    printed = article().split()
    for place in (20, 90, 200, 280):
        printed[place] = "elsewhere"
    found = likeness(Shingled(article()), Shingled("A headline of this paper alone. " + " ".join(printed)))
    assert found is not None
    assert found.is_whole
    assert found.resemblance < 1_000_000


def test_an_article_that_was_cut_stands_in_the_longer_one() -> None:
    whole = article().split()
    found = likeness(Shingled(" ".join(whole)), Shingled(" ".join(whole[:150])))
    assert found is not None
    assert not found.is_whole
    assert found.containment == 1_000_000


def test_a_short_piece_of_a_long_article_is_no_copy_of_it() -> None:
    whole = article().split()
    assert not alike(" ".join(whole), " ".join(whole[:110]))


@pytest.mark.parametrize(
    ("toll", "day"), [("42", "Monday"), ("forty", "Monday"), ("41", "Tuesday"), ("4100", "Monday")]
)
def test_one_other_number_number_word_or_day_makes_another_edition(toll: str, day: str) -> None:
    assert not alike(article(), article(toll, day))


def test_a_number_word_in_the_place_of_another_makes_another_edition() -> None:
    assert not alike(article("three"), article("four"))


def test_other_digits_of_any_script_make_another_edition() -> None:
    assert not alike(article("٤١"), article("٤٢"))
    assert alike(article("٤١"), article("٤١"))


def test_marks_within_a_number_make_no_other_number() -> None:
    assert alike(article("1,377"), article("1 377".replace(" ", "\u00a0")))


def test_what_an_outlet_adds_at_the_end_leaves_it_nearly_the_same() -> None:
    assert alike(article(), article() + " Reporting by two writers; 3 others gave help on Tuesday.")


def test_a_text_that_lacks_most_of_the_other_s_numbers_is_another() -> None:
    numbers = " ".join(f"{number} word{number}" for number in range(40, 60))
    assert not alike(article() + numbers, article() + " ".join(f"{n + 100} sign{n}" for n in range(40, 60)))


def test_bulletins_of_one_office_that_share_their_words_are_no_copies() -> None:
    words = article().split()

    def bulletin(day: int) -> str:
        return " ".join(str(100 * place + day) if place % 12 == 0 else word for place, word in enumerate(words))

    assert not any(alike(bulletin(one), bulletin(other)) for one in range(5) for other in range(one))


def test_short_texts_are_like_no_other() -> None:
    short = " ".join(f"word{place}" for place in range(LEAST_SHINGLES + 3))
    assert not alike(short, short)
    assert Shingled(short).sketch == []
    assert alike(f"{short} more", f"{short} more")


texts = st.lists(st.sampled_from([*WORDS[:8], "12", "13", "three", "Monday"]), max_size=120).map(" ".join)


@given(texts, texts)
def test_likeness_is_the_same_from_both_sides(one: str, other: str) -> None:
    assert likeness(Shingled(one), Shingled(other)) == likeness(Shingled(other), Shingled(one))


@given(texts)
def test_a_sketch_is_the_smallest_hashes_and_the_same_each_time(text: str) -> None:
    sketch = Shingled(text).sketch
    assert sketch == sorted(set(sketch))
    assert len(sketch) <= SKETCH
    assert sketch == Shingled(text.upper()).sketch


@given(st.text(max_size=2_000))
def test_any_text_can_be_compared(text: str) -> None:
    whole = Shingled(text)
    found = likeness(whole, Shingled(text))
    assert (found is not None) is whole.is_comparable
