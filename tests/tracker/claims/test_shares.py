"""Claimed shares, beside recorded ones and beside counts of one authority and day."""

from datetime import date
from typing import Any

import pytest

from db.records import Definition, Share

KILLED = Definition(outcome="killed", place="Sudan", tally="cumulative", since=date(2024, 1, 1))
CHILDREN = KILLED.changed(age="child")
DAY = date(2024, 1, 20)


def claim(words: str) -> str:
    return f"By 20 January 2024, 1,377 people had been killed in Sudan, {words} of them children."


@pytest.fixture
def counted(record: Any) -> Any:
    record.figure(1_377, DAY)
    record.figure(551, DAY, definition=CHILDREN)
    return record


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("40 per cent", "supported"),
        ("40.0 per cent", "supported"),
        ("41 per cent", "contradicted"),
        ("about 41 per cent", "supported"),
        ("about 43 per cent", "consistent"),
        ("more than 30 per cent", "consistent"),
        ("more than 50 per cent", "contradicted"),
        ("fewer than 50 per cent", "consistent"),
        ("60 per cent", "contradicted"),
    ],
)
def test_two_counts_of_one_authority_and_day_are_divided(counted: Any, words: str, verdict: str) -> None:
    total, share = counted.check_all(claim(words))
    assert total.verdict == "supported"
    assert share.verdict == verdict, share.because
    assert share.because == (
        "Invented Health Bureau gave 551 of 1,377 as of 20 January 2024, which is 40.0 per cent (the division is ours)."
    )


def test_counts_of_two_authorities_are_never_divided(record: Any) -> None:
    from db.records import Chain

    record.figure(1_377, DAY)
    office = "Invented Press Office"
    chain = Chain(attribution=(office,), written=((office,),), issuer=office, authority=office)
    record.figure(551, DAY, definition=CHILDREN, chain=chain)
    _, share = record.check_all(claim("40 per cent"))
    assert (share.verdict, share.evidence) == ("not_recorded", ())
    assert "no two counts to divide are recorded by 20 January 2024" in share.because


def test_counts_of_two_days_are_never_divided(record: Any) -> None:
    record.figure(1_377, DAY)
    record.figure(551, date(2024, 1, 10), definition=CHILDREN)
    _, share = record.check_all(claim("40 per cent"))
    assert share.verdict == "not_recorded"


def test_a_recorded_share_bears_a_claim_out(record: Any) -> None:
    record.figure(0, DAY, count=None, share=Share(best=420_000, text="42 per cent"), definition=CHILDREN)
    _, share = record.check_all(claim("42 per cent"))
    assert (share.verdict, share.independent_authorities) == ("supported", 1)
    assert share.because == "Invented Health Bureau gave 42 per cent in a document of 20 January 2024."
    _, other = record.check_all(claim("50 per cent"))
    assert other.verdict == "contradicted"


def test_a_share_that_counts_divide_to_and_another_authority_excludes_is_disputed(counted: Any) -> None:
    from db.records import Chain

    office = "Invented Press Office"
    chain = Chain(attribution=(office,), written=((office,),), issuer=office, authority=office)
    share = Share(best=600_000, text="60 per cent")
    counted.figure(0, DAY, count=None, share=share, definition=CHILDREN, chain=chain)
    _, found = counted.check_all(claim("40 per cent"))
    assert found.verdict == "disputed"
    _, named = counted.check_all(claim("60 per cent"), source=office)
    assert named.verdict == "supported"
