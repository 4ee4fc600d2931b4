"""What both engines' triggers say alike, and how it is recorded that a table was written past them."""

from typing import Final

from schema.history import Face, Operation, Recorded

KEYS_STAY: Final = "the key of a row of {table} stays what it is: others know the row by it"
SETTINGS: Final = ("hub.actor_key", "hub.actor_name", "hub.face")
"""PostgreSQL's settings that say who writes, within a transaction."""


def load(table: Recorded, revision: str | None = None) -> str:
    """The statement that records that a table was written past the triggers, with the number of its rows now."""
    told = f',"revision":"{revision}"' if revision else ""
    return (
        "INSERT INTO change_log (table_name, operation, after, actor_key, face)"
        f" SELECT '{table.name}', '{Operation.LOAD}', '{{\"rows\":' || count(*) || '{told}}}',"
        f" 'command line', '{Face.CLI}' FROM {table.name}"
    )
