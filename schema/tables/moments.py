"""Moments: one type, one text on SQLite, whoever writes them.

PostgreSQL stores ``timestamptz(3)``. SQLite has no such type: the text is ISO 8601 in UTC, always
``YYYY-MM-DDTHH:MM:SS.mmm+00:00``, so that texts compare as the moments do.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, String, TypeDecorator
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.type_api import TypeEngine

SQLITE_NOW = "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"
"""The present as SQLite must write it."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, to the millisecond; ValueError when it carries no time zone."""

    impl = String(29)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What it is in Python."""
        return datetime

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """What it is in the database."""
        if dialect.name == "postgresql":
            # Not dialect.type_descriptor(...): asyncpg's own type forgets the precision.
            return TIMESTAMP(timezone=True, precision=3)
        return dialect.type_descriptor(String(29))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401 - per driver
        """What the driver is given."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"{value.isoformat()} has no time zone; give the moment in UTC"
            raise ValueError(msg)
        return value if dialect.name == "postgresql" else value.astimezone(UTC).isoformat(timespec="milliseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        """What the driver gave, as a moment."""
        if value is None or isinstance(value, datetime):
            return value
        return datetime.fromisoformat(value)


class now(FunctionElement[datetime]):  # noqa: N801 - reads as the SQL function it stands for
    """The present moment, as a column's default in the database."""

    inherit_cache = True
    type = Moment()


@compiles(now, "sqlite")
def _sqlite_now(element: now, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ARG001, ANN401
    return f"({SQLITE_NOW})"


@compiles(now, "postgresql")
def _postgresql_now(element: now, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ARG001, ANN401
    return "now()"
