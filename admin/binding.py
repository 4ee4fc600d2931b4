"""Values as the drivers are given them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from schema.compiler.reading import Dialect


def bound(value: Any, dialect: Dialect) -> Any:  # noqa: ANN401 - whatever a column holds
    """A value as the driver is given it, by which the database holds the very bytes that SQLModel writes."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone; give the moment in UTC")
        return value if dialect is Dialect.POSTGRESQL else value.astimezone(UTC).isoformat(timespec="milliseconds")
    if dialect is Dialect.POSTGRESQL:
        return value
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
