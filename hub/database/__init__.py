"""The database as the service reads and writes it: one interface over SQLite and PostgreSQL."""

from hub.database.address import Address
from hub.database.engine import Engine, PoolUsage
from hub.database.service import Database
from hub.database.snapshot import Snapshot, Statement
from hub.database.writing import Acting, WritingConnection, moment

__all__ = [
    "Acting",
    "Address",
    "Database",
    "Engine",
    "PoolUsage",
    "Snapshot",
    "Statement",
    "WritingConnection",
    "moment",
]
