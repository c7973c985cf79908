"""What a claim's own words say: up to which day, whether strictly, a toll or an incident."""

from datetime import date

import pytest

from db.records import Period
from sources.catalogue import Catalogue
from sources.claims import ClaimedFigure, claimed_figures

ON = date(2024, 5, 15)


def read(text: str, made_on: date | None = None) -> ClaimedFigure:
    (only,) = claimed_figures(text, made_on=made_on, catalogue=Catalogue.shipped())
    return only


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("2,808 people had been killed in Gaza by 17 October 2023.", date(2023, 10, 17)),
        ("The death toll in Gaza reached 34,844 on 8 May 2024.", date(2024, 5, 8)),
        ("Gaza death toll: 34,844 (8 May 2024)", date(2024, 5, 8)),
        ("60,000 Russian soldiers had been killed by February 2023.", date(2023, 2, 28)),
        ("60,000 Russian soldiers had been killed by the end of February 2024.", date(2024, 2, 29)),
        ("60,000 Russian soldiers had been killed by the end of 2023.", date(2023, 12, 31)),
        ("34,844 people have been killed in Gaza since 7 October 2023.", None),
        ("34,844 people have been killed in Gaza.", None),
        ("On 7 October 2023, 1,200 people were killed in Israel.", None),
        ("Between 1 May 2024 and 8 May 2024, 500 people were killed in Gaza.", date(2024, 5, 8)),
    ],
)
def test_the_day_up_to_which_a_claim_counts(text: str, until: date | None) -> None:
    assert read(text).until == until


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("As of last week, 34,000 people had been killed in Gaza.", date(2024, 5, 12)),
        ("As of last month, 34,000 people had been killed in Gaza.", date(2024, 4, 30)),
        ("As of last year, 22,000 people had been killed in Gaza.", date(2023, 12, 31)),
        ("By 8 May, 34,844 people had been killed in Gaza.", date(2024, 5, 8)),
    ],
)
def test_relative_days_are_told_from_the_day_the_claim_was_made(text: str, until: date) -> None:
    assert read(text, ON).until == until


def test_how_a_relative_day_was_read_is_noted() -> None:
    (note,) = read("As of last week, 34,000 people had been killed in Gaza.", ON).notes
    assert "2024-05-12" in note
    assert read("As of last week, 34,000 people had been killed in Gaza.", ON).figure.definition.tally == "cumulative"
    assert read("As of last week, 34,000 people had been killed in Gaza.").until is None


@pytest.mark.parametrize(
    ("text", "strict"),
    [
        ("Exactly 1,400 people were killed in Gaza.", True),
        ("Only 1,400 people were killed in Gaza.", True),
        ("Precisely twelve people were killed in Gaza.", True),
        ("1,400 people were killed in Gaza.", False),
        ("At least 1,400 people were killed in Gaza.", False),
    ],
)
def test_exactly_and_only_are_strict(text: str, strict: bool) -> None:
    assert read(text).is_strict is strict


def test_a_toll_up_to_a_day_is_cumulative_and_one_without_a_day_says_not_over_what_time() -> None:
    assert read("9,770 people were killed in Gaza by 5 November 2023.").figure.definition.tally == "cumulative"
    assert read("9,770 people were killed in Gaza.").figure.definition.tally == "unstated"
    assert read("On 7 October 2023, 1,200 people were killed in Israel.").figure.definition.tally == "incident"


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("34,844 people have been killed in Gaza since October 7.", None),
        ("34,844 people have been killed in Gaza since October 7, 2023.", date(2023, 10, 7)),
        ("1,200 people were killed in Israel on October 7.", None),
        ("12 people were killed in Israel on May 13.", date(2024, 5, 13)),
        ("12 people were killed in Israel on Monday.", date(2024, 5, 13)),
    ],
)
def test_a_day_without_a_year_is_no_baseline_and_no_day_long_ago(text: str, since: date | None) -> None:
    assert read(text, ON).figure.definition.since == since


def test_a_number_between_two_days_is_a_count_of_those_days() -> None:
    figure = read("Between 1 May 2024 and 8 May 2024, 500 people were killed in Gaza.").figure
    assert (figure.definition.tally, figure.definition.hours) == ("period", 192)
    assert figure.period == Period(from_day=date(2024, 5, 1), to_day=date(2024, 5, 8))


def test_each_number_carries_its_own_sentence() -> None:
    text = "By 5 November 2023, 9,770 people had been killed in Gaza. By then 25,408 people had been injured."
    first, second = claimed_figures(text, made_on=None, catalogue=Catalogue.shipped())
    assert first.text.startswith("By 5 November 2023")
    assert second.text.startswith("By then")
