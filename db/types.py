"""Column types that keep the same value on SQLite and PostgreSQL."""

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import DATE, BigInteger, Dialect, Integer, LargeBinary, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeEngine

# SQLite makes an INTEGER PRIMARY KEY an alias of the row id only under that very name.
Key = BigInteger().with_variant(Integer(), "sqlite")
Number = BigInteger().with_variant(Integer(), "sqlite")
Digest = LargeBinary()
Words = Text()


class JsonText(TypeDecorator[Any]):
    """A list or mapping as JSON text, on both databases (a STRICT table of SQLite knows no JSON type)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002 - the interface
        """The text that the database keeps."""
        return json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - the interface
        """The list or mapping that the text holds."""
        return json.loads(value) if value is not None else None


class Day(TypeDecorator[date]):
    """A calendar day: DATE on PostgreSQL, ISO 8601 text (which sorts) on SQLite."""

    impl = DATE
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text where the database has no date type."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DATE())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        """A day as the database keeps it."""
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """A day as Python keeps it."""
        return date.fromisoformat(value) if value is not None and dialect.name == "sqlite" else value


class Instant(TypeDecorator[datetime]):
    """An instant in UTC: TIMESTAMPTZ on PostgreSQL, ISO 8601 text to the microsecond on SQLite."""

    impl = TIMESTAMP
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text where the database drops offsets."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else TIMESTAMP(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """An instant as the database keeps it; a naive one is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its offset from UTC")
        return instant_text(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """An instant as Python keeps it, in UTC."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if dialect.name == "sqlite" else value.astimezone(UTC)


def instant_text(value: datetime) -> str:
    """ISO 8601 in UTC with microseconds always written, so that text order is time order."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")
