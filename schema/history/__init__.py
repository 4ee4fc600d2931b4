"""What changed: every committed change of every table that people write, by whom, when and through what.

The triggers that write it are `schema.derived`'s. :class:`Change` is declared as all tables are, so that the graph has
it for administrators; the others are of the database alone.
"""

from schema.history.recorded import Recorded, RecordedColumn, ValueKind, recorded_tables
from schema.history.tables import ActingIdentity, Change, ChangeSeal, Face, Operation, OverwrittenRow

__all__ = [
    "ActingIdentity",
    "Change",
    "ChangeSeal",
    "Face",
    "Operation",
    "OverwrittenRow",
    "Recorded",
    "RecordedColumn",
    "ValueKind",
    "recorded_tables",
]
