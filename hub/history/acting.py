"""Who writes, where a command writes by SQLAlchemy; `hub.database` tells it of what the service writes."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from hub.database.writing import Acting
from schema.derived.recording import SETTINGS
from schema.history import ActingIdentity


@contextmanager
def acting_as(connection: Connection, acting: Acting) -> Iterator[None]:
    """Let what is changed inside the block, and inside the caller's transaction, be in the history as of `acting`."""
    _tell(connection, acting)
    yield
    _tell(connection, None)


def _tell(connection: Connection, acting: Acting | None) -> None:
    if connection.dialect.name == "sqlite":
        table = ActingIdentity.__table__
        connection.execute(table.delete())
        if acting is not None:
            values = {"id": 1, "actor_key": acting.key, "actor_name": acting.name, "face": acting.face.value}
            connection.execute(table.insert(), values)
        return
    told = ("", "", "") if acting is None else (acting.key, acting.name, acting.face.value)
    for name, value in zip(SETTINGS, told, strict=True):
        connection.execute(text("SELECT set_config(:name, :value, true)"), {"name": name, "value": value})
