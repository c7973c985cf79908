from collections.abc import Callable

import pytest

from db.records import RecordedFigure
from reports.comparison import Surroundings
from reports.origin import origin, relays

Make = Callable[..., RecordedFigure]


@pytest.fixture
def three(recorded: Make) -> list[RecordedFigure]:
    """2,808 as three recorded reports give it: a paper's, a data set's and OCHA's."""
    return [
        recorded(
            2_808,
            "at_least",
            by="Al Jazeera",
            publisher="The Astana Times",
            on="2023-10-17",
            basis_of_day="publication",
            event=None,
            group="Palestinians",
            cause="air strikes",
            actor="Israel",
        ),
        recorded(
            2_808,
            by="Government Media Office",
            publisher="Tech for Palestine",
            on="2023-10-16",
            group="Palestinians",
            place="Gaza Strip",
            since="2023-10-07",
        ),
        recorded(
            2_808,
            by="Gaza Ministry of Health",
            publisher="OCHA",
            on="2023-10-16",
            published="2023-10-17",
            place="Gaza Strip",
        ),
    ]


def test_the_earliest_appearance_is_found_and_no_issuer_is_corrected(
    three: list[RecordedFigure], surroundings: Surroundings
) -> None:
    trace = origin(three[0], three, surroundings=surroundings)
    assert trace.earliest.figure is three[1]
    assert trace.issuers == ("Government Media Office", "Gaza Ministry of Health", "Al Jazeera")
    assert [one.probably for one in trace.appearances] == [True, True, False]
    assert trace.appearances[0].because.startswith(
        "Tech for Palestine gives '2,808' from Government Media Office; probably the same count: "
    )
    assert "no statement of who took it from whom" in trace.note
    assert "chance" not in trace.note


def test_another_number_another_count_and_a_held_figure_are_no_appearance(
    recorded: Make, surroundings: Surroundings
) -> None:
    asked = recorded(50, on="2024-01-02")
    others = [recorded(51), recorded(50, outcome="injured"), recorded(50, age="child"), recorded(50, state="held")]
    trace = origin(asked, others, surroundings=surroundings)
    assert [one.figure for one in trace.appearances] == [asked]
    assert trace.earliest.because == "Health Ministry gives '50'"
    assert trace.note.endswith("may recur by chance.")


def test_a_hidden_issuer_is_told_by_its_words(recorded: Make, surroundings: Surroundings) -> None:
    hidden = recorded(1_234, by=None, issuer_words="local officials", publisher="The Example Gazette")
    trace = origin(hidden, [], surroundings=surroundings)
    assert (trace.issuers, trace.earliest.because) == ((), "The Example Gazette gives '1,234' from local officials")
    assert relays(hidden, [recorded(1_234)], surroundings=surroundings) == ()


def test_relays_are_later_figures_of_the_same_authority_with_their_variant(
    recorded: Make, surroundings: Surroundings
) -> None:
    asked = recorded(2_808, on="2023-10-16")
    later = {"publisher": "The Example Gazette", "basis_of_day": "publication"}
    same, hedged, rounded = (
        recorded(2_808, on="2023-10-17", **later),
        recorded(2_808, "at_least", on="2023-10-18", **later),
        recorded(2_800, "approximately", on="2023-10-19", **later),
    )
    not_relays = [
        recorded(2_808, on="2023-10-10", **later),
        recorded(2_808, by="Another Ministry", on="2023-10-18"),
        recorded(2_900, on="2023-10-18", **later),
        recorded(2_808, outcome="injured", on="2023-10-18", **later),
    ]
    found = relays(asked, [rounded, *not_relays, hedged, same, asked], surroundings=surroundings)
    assert [(relay.figure, relay.variant) for relay in found] == [
        (same, None),
        (hedged, "hedge_added"),
        (rounded, "rounded"),
    ]
