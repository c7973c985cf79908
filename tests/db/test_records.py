"""Shapes refuse what contradicts itself, and hold what a document may have printed."""

from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from db.records import Count, Definition, Document, Evidence, Figure, Snapshot, Source


@pytest.mark.parametrize("number", [-1, 1.5, "12", True, 2**53])
def test_a_count_is_a_whole_number_of_people(number: Any) -> None:
    with pytest.raises(ValidationError):
        Count(best=number, text="x")


@pytest.mark.parametrize(
    ("bounds", "value", "is_ordered"),
    [
        ({"low": 1, "best": 2, "high": 3}, 2, True),
        ({"low": 100, "high": 300}, 100, True),
        ({"high": 500}, 500, True),
        ({"low": 300, "high": 100}, 300, False),
        ({"best": 300, "high": 100}, 300, False),
    ],
)
def test_a_count_has_one_value_and_an_order(bounds: dict[str, int], value: int, is_ordered: bool) -> None:
    count = Count(**bounds, text="x")
    assert (count.value, count.is_ordered) == (value, is_ordered)


@pytest.mark.parametrize(
    ("facets", "message"),
    [
        ({"outcome": "slain"}, "killed"),
        ({"outcome": "killed", "since": "2023-10-07"}, "cumulative or incident"),
        ({"outcome": "killed", "tally": "cumulative", "hours": 24}, "period, added or rate"),
        ({"outcome": "killed", "weather": "rain"}, "Extra inputs"),
    ],
)
def test_a_definition_uses_the_words_of_the_record(facets: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Definition(**facets)


def test_includes_enter_the_key_by_their_code_only() -> None:
    by_words = [Definition(outcome="killed", includes=[{"code": "foreigners", "text": words}]) for words in ("a", "b")]
    assert by_words[0].key == by_words[1].key != Definition(outcome="killed").key


def test_a_document_needs_something_to_be_known_by() -> None:
    with pytest.raises(ValidationError, match="address or the SHA-256"):
        Document(publisher="The Invented Courier")
    by_bytes = Document(bytes_sha256="ab" * 32, publisher="The Invented Courier")
    assert by_bytes.id != Document(bytes_sha256="ab" * 32).id
    by_address = Document(address="https://courier.example/1")
    assert by_address.id == Document(address="https://courier.example/1", publisher="The Invented Courier").id


def test_an_instant_needs_its_offset() -> None:
    with pytest.raises(ValidationError, match="offset from UTC"):
        Snapshot(
            sha256="ab" * 32,
            size=1,
            retrieved_at=datetime(2024, 1, 1),
            warc_file="f",
            warc_offset=0,
            warc_length=1,
        )


def test_an_as_of_day_stands_with_its_basis(make_figure: Any) -> None:
    with pytest.raises(ValidationError, match="stand together"):
        make_figure(as_of_basis=None)


def test_a_figure_without_words_is_refused() -> None:
    with pytest.raises(ValidationError):
        Evidence(quote="")
    assert Figure.model_fields["origin"].is_required()


def test_a_country_is_written_by_its_code() -> None:
    with pytest.raises(ValidationError):
        Source(name="A ministry", country="Palestine")
