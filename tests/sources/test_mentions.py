"""Finding names in text: longest first, and how strictly letters are compared."""

import pytest

from sources.mentions import Finder, Name, Rule, rule_for


def found(text: str, *names: tuple[str, Rule]) -> list[str]:
    finder = Finder.of(Name(written, written, rule) for written, rule in names)
    return [text[one.start : one.end] for one in finder.find(text)]


def test_a_name_without_a_word_is_never_found() -> None:
    assert found("the text ...", ("the", "any_case"), ("...", "any_case")) == []


def test_the_longest_name_wins_and_a_shorter_one_stands_in_for_a_broken_one() -> None:
    names: list[tuple[str, Rule]] = [("Red", "any_case"), ("Red Lake Daily News", "any_case")]
    assert found("Red Lake Daily News", *names) == ["Red Lake Daily News"]
    assert found("Red Lake Daily", *names) == ["Red"]
    assert found("Red Lake", ("Red", "any_case"), ("RED LAKE", "as_written")) == ["Red"]


def test_words_apart_are_not_one_name() -> None:
    for gap in (". ", ", ", "; ", ": ", "     ", " (", "...", "—to—"):
        assert found(f"Red{gap}Lake", ("Red Lake", "any_case")) == []
    for gap in (" ", "-", "\n", "\u00a0", " – ", "‑"):
        assert found(f"Red{gap}Lake", ("Red Lake", "any_case")) == [f"Red{gap}Lake"]


def test_a_title_keeps_its_full_stop() -> None:
    assert found("said Gen. Red Lake today", ("Gen Red Lake", "any_case")) == ["Gen. Red Lake"]


def test_articles_within_a_name_do_not_matter() -> None:
    assert found("Office of the Red", ("Office of Red", "any_case")) == ["Office of the Red"]
    assert found("Office of the", ("Office of Red", "any_case")) == []


@pytest.mark.parametrize(
    ("text", "expected"), [("ABC said", ["ABC"]), ("abc said", []), ("Abc", []), ("A.B.C. said", ["A.B.C."])]
)
def test_an_acronym_counts_only_in_capitals(text: str, expected: list[str]) -> None:
    assert found(text, ("ABC", rule_for("ABC"))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in the Lake today", ["Lake"]),
        ("The Lake said", ["Lake"]),
        ("in Lake today", []),
        ("in the lake", []),
        ("the Lake District", []),
        ("the Red Lake", []),
        ("the Lake's report", ["Lake"]),
    ],
)
def test_a_common_word_counts_only_with_its_article_and_alone(text: str, expected: list[str]) -> None:
    assert found(text, ("The Lake", "common_word")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the river office said", ["river office"]),
        ("River Office", ["River Office"]),
        ("Said the river office", ["river office"]),
        ("Redland river office", []),
        ("Redland's river office", []),
        ("a self-run river office", []),
        ("river office of Redland", []),
        ("river office in the North", []),
        ("river office in charge", ["river office"]),
        ("river office in", ["river office"]),
    ],
)
def test_a_bare_office_counts_only_where_no_word_says_whose_it_is(text: str, expected: list[str]) -> None:
    assert found(text, ("river office", "bare")) == expected


@pytest.mark.parametrize(("text", "expected"), [("in Nile", ["Nile"]), ("in nile", []), ("NILE", [])])
def test_a_capitalised_name_counts_neither_in_small_letters_nor_as_an_acronym(text: str, expected: list[str]) -> None:
    assert found(text, ("Nile", "capitalised")) == expected


def test_a_longer_name_may_stand_in_capitals() -> None:
    assert found("IN THE NILE VALLEY", ("Nile Valley", "capitalised")) == ["NILE VALLEY"]


def test_arabic_names_are_found_behind_particles() -> None:
    for text in ("والهلال", "للهلال", "بالهلال", "الهلال"):
        assert found(text, ("الهلال", "any_case")) == [text]
    assert found("يالهلال", ("الهلال", "any_case")) == []


def test_names_that_read_alike_are_all_given() -> None:
    finder = Finder.of([Name("Red Lake", "one"), Name("red lake", "two")])
    (one,) = finder.find("Red Lake")
    assert one.names == ("one", "two")
