"""Keeping rows that were read until the transaction ends."""

from hub.database import Database
from schema.compiler.reading import Dialect


def kept(database: Database, select: str) -> str:
    """A SELECT that keeps its rows; on SQLite the SELECT itself, for there one transaction writes at a time."""
    return f"{select} FOR UPDATE" if database.dialect is Dialect.POSTGRESQL else select
