"""Canonical bytes: RFC 8785 in our domain, whatever the content."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from db.canonical import LARGEST_INTEGER, canonical_bytes, content_id
from db.records import Definition

keys = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)
values = st.recursive(
    st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | st.text(),
    lambda inner: st.lists(inner, min_size=1) | st.dictionaries(keys, inner, min_size=1),
    max_leaves=10,
)


@given(st.dictionaries(keys, values))
def test_canonical_bytes_are_those_of_the_standard(content: dict[str, Any]) -> None:
    assert canonical_bytes(content) == rfc8785.dumps(content)


@given(st.dictionaries(keys, values), keys)
def test_what_is_absent_leaves_no_trace(content: dict[str, Any], name: str) -> None:
    without = {key: value for key, value in content.items() if key != name}
    absences: tuple[Any, ...] = (None, [], {})
    for absent in absences:
        assert content_id({**without, name: absent}) == content_id(without)


def test_days_and_instants_are_written_as_iso_8601() -> None:
    content = {"day": date(2023, 10, 7), "at": datetime(2023, 10, 7, 6, tzinfo=UTC)}
    assert canonical_bytes(content) == b'{"at":"2023-10-07T06:00:00+00:00","day":"2023-10-07"}'


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="no floats"):
        canonical_bytes({"share": 0.7})


def test_the_key_of_a_definition_is_the_same_on_every_machine() -> None:
    definition = Definition(outcome="killed", group="Palestinians", tally="cumulative", since=date(2023, 10, 7))
    assert definition.key.hex() == "ab89b01232e14aebf2ef480a481e14da2b427507f0b118da66cc32ee979559ce"
    assert definition.core_key == Definition(outcome="killed", group="Palestinians", tally="cumulative").core_key
