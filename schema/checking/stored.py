"""Values as a driver gives them, as the Python values that rules read."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column


def value_of_stored(column: Column[Any], stored: Any) -> Any:  # noqa: ANN401 - a driver's value, and a column's
    """The value of a column that a driver gave: SQLite has text for days and moments, and numbers for the rest."""
    if stored is None:
        return None
    kind = column.type.python_type
    if kind is Decimal and not isinstance(stored, Decimal):
        return Decimal(repr(stored)) if isinstance(stored, float) else Decimal(stored)
    if kind is bool:
        return bool(stored)
    if kind is datetime and isinstance(stored, str):
        return datetime.fromisoformat(stored)
    if kind is date and isinstance(stored, str):
        return date.fromisoformat(stored)
    return stored
