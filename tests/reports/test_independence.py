"""Authorities that are not independent of each other count as one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from db.records import RecordedFigure
from reports.independence import independent

Make = Callable[..., RecordedFigure]


def printed(one: RecordedFigure, text: str | None) -> RecordedFigure:
    return replace(one, same_text=text)


def own(recorded: Make, number: int, publisher: str, text: str | None, **given: Any) -> RecordedFigure:
    """A figure that a publisher gives in its own voice, in a document with this text."""
    return printed(recorded(number, by=publisher, **given), text)


def test_one_text_in_two_outlets_is_one_voice(recorded: Make) -> None:
    assert independent([own(recorded, 40, "A wire", "1"), own(recorded, 40, "A gazette", "1")]) == 1


def test_two_texts_are_two_voices_though_they_give_one_number(recorded: Make) -> None:
    assert independent([own(recorded, 40, "A wire", "1"), own(recorded, 40, "A gazette", "2")]) == 2
    assert independent([own(recorded, 40, "A wire", None), own(recorded, 40, "A gazette", None)]) == 2


def test_what_an_outlet_adds_to_the_text_stays_its_own(recorded: Make) -> None:
    assert independent([own(recorded, 40, "A wire", "1"), own(recorded, 55, "A gazette", "1")]) == 2
    assert independent([own(recorded, 40, "A wire", "1"), own(recorded, 40, "A gazette", "1", outcome="injured")]) == 2


def test_what_a_copy_relays_goes_by_its_chain(recorded: Make) -> None:
    relayed = [
        printed(recorded(40, by=source, publisher=outlet), "1")
        for source, outlet in (("Health Ministry", "A wire"), ("Army", "A gazette"))
    ]
    assert independent(relayed) == 2


def test_copies_join_what_chains_join_and_hidden_issuers_count_zero(recorded: Make) -> None:
    compiled = own(recorded, 41, "A tally", None, compiled_from=("A wire",))
    pair = [own(recorded, 40, "A wire", "1"), own(recorded, 40, "A gazette", "1")]
    assert independent([*pair, compiled]) == 1
    assert independent([recorded(40, by=None)]) == 0
    assert independent([]) == 0
