"""Which columns of a table the console has. Piccolo, which is slow to import, is not asked."""

from typing import Any

from sqlalchemy import Column

from schema.tables.columns import info_of
from schema.tables.declaration import Row


def shown_columns(model: type[Row]) -> tuple[Column[Any], ...]:
    """The columns that the console has of a table: the key first, what is exposed, and when it last changed."""
    columns = model.__table__.columns
    exposed = [column for column in columns if info_of(column).exposed and column.name != "updated_at"]
    return (columns["id"], *exposed, columns["updated_at"])
