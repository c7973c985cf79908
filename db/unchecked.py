"""
Shapes made from what was checked when it was recorded, without checking it again, and values as drivers give them.

Checking a figure takes longer than reading it: a question to thousands of figures would be spent on it.
"""

from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from db.records import Period

_Shape = TypeVar("_Shape", bound=BaseModel)
_set = object.__setattr__


def unchecked(kind: type[_Shape], values: dict[str, Any]) -> _Shape:
    """A shape with these values, every field of it given."""
    made = object.__new__(kind)
    _set(made, "__dict__", values)
    # One set for all (a set of names for each takes more memory than the figure); pydantic copies it to change it.
    _set(made, "__pydantic_fields_set__", _names_of(kind))
    _set(made, "__pydantic_extra__", None)
    _set(made, "__pydantic_private__", None)
    return made


@cache
def _names_of(kind: type[BaseModel]) -> set[str]:
    return set(kind.model_fields)


@cache
def day_of_row(value: date | str | None) -> date | None:
    """A day: SQLite keeps ISO 8601 text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


@cache
def period_of_row(from_day: date | str | None, to_day: date | str | None) -> Period | None:
    """The days of a period; None where it names none."""
    if from_day is None or to_day is None:
        return None
    return Period.model_validate({"from_day": from_day, "to_day": to_day})


@cache
def instant_of_row(value: datetime | str) -> datetime:
    """An instant in UTC: SQLite keeps ISO 8601 text."""
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)
