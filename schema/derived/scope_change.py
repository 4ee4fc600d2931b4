"""`scope_change`: counts the writes that can change which rows a teacher may read.

What a reading connection keeps of a teacher's sets of keys was read at some number, and holds in every snapshot that
still has that number. The tables and columns are those that :data:`schema.policy.SETS` read.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from schema.derived.trigger import Installation, postgresql_function, postgresql_trigger, sqlite_trigger
from schema.policy import SETS

NUMBER: Final = "SELECT sum(number) FROM {schema}scope_change"
"""A query, on either engine: the number of this snapshot; ``{schema}`` ends in a dot, if it is there."""

_READ: Final = re.compile(r"\{all\}(\w+)")
_ADD: Final = "UPDATE scope_change SET number = number + 1"

# A row that another writer holds is passed over for the next, and where all are held one is added: nobody waits for
# another's transaction to end, nor do two for each other.
_COUNT: Final = f"""\
{_ADD} WHERE id = (SELECT id FROM scope_change ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1);
IF NOT FOUND THEN
  INSERT INTO scope_change (number) VALUES (1);
END IF;
RETURN NULL;"""


def read_by_sets() -> Mapping[str, tuple[str, ...]]:
    """The columns that the sets read, by table."""
    text = " ".join(SETS.values())
    names = dict.fromkeys(_READ.findall(text))
    return {name: tuple(dict.fromkeys(re.findall(rf"\b{name}\.(\w+)", text))) for name in names}


def on_sqlite() -> Installation:
    """One row counts, for one writes at a time. Installing counts too: a loader writes while no trigger is there."""
    row = Installation(("INSERT OR IGNORE INTO scope_change (id, number) VALUES (1, 0)", _ADD), ())
    return Installation.joined((*_on_sqlite(), row))


def _on_sqlite() -> Iterator[Installation]:
    for table, columns in read_by_sets().items():
        for event in ("INSERT", "DELETE", f"UPDATE OF {', '.join(columns)}"):
            name = f"scope_{table}_{event.partition(' ')[0].lower()}"
            yield sqlite_trigger(name, f"AFTER {event} ON {table}", [_ADD])


def on_postgresql() -> Installation:
    """A statement counts once. Installing counts too: a loader writes while no trigger is there."""
    triggers = (
        postgresql_trigger(
            f"scope_{table}",
            f"AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF {', '.join(columns)} ON {table}",
            "scope_change",
        )
        for table, columns in read_by_sets().items()
    )
    row = Installation(("INSERT INTO scope_change (number) VALUES (1)",), ())
    return Installation.joined((postgresql_function("scope_change", _COUNT), *triggers, row))
