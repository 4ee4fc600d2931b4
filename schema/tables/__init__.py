"""The tables of the hub, each declared once; importing this package declares them all."""

from schema.tables import learning, noise, outcomes, people, places, records, scope_change, summed
from schema.tables.declaration import Row, tables

metadata = Row.metadata

__all__ = [
    "Row",
    "learning",
    "metadata",
    "noise",
    "outcomes",
    "people",
    "places",
    "records",
    "scope_change",
    "summed",
    "tables",
]
