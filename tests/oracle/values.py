"""How a column's value is shown."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Column

from schema.tables.moments import Moment


def show(column: Column[Any], value: Any) -> Any:  # noqa: ANN401 - a value of any column
    """A value as the graph shows it: moments in UTC with milliseconds and Z, booleans as such."""
    if value is None:
        return None
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value).astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return bool(value) if isinstance(column.type, Boolean) else value
