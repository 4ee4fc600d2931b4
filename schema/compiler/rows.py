"""Rows, and expressions over them, as plain values: what plans and predicates are both made of."""

from dataclasses import dataclass

from schema.compiler.parameters import Parameter
from schema.model.entities import Source
from schema.tables.columns import Years


@dataclass(frozen=True, slots=True)
class Year:
    """A school year: the one given, or the hub's current one (``parameter`` None)."""

    parameter: Parameter | None

    @classmethod
    def default(cls, years: Years | None) -> "Year | None":
        """The year of a relation that is asked for none: the current one, or None for all of them."""
        return cls(None) if years is Years.CURRENT else None


@dataclass(frozen=True, slots=True)
class Join:
    """A join within a level, to the row whose id is ``key``, a template over the row ``origin``."""

    alias: str
    table: str
    key: str
    origin: str
    outer: bool
    year: Year | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of ``source`` that belong to the row ``parent``; ``prefix`` makes the tables' names their own."""

    source: Source
    prefix: str
    parent: str
    year: Year | None


@dataclass(frozen=True, slots=True)
class Term:
    """An expression over the row ``row``: its template, the shared CTEs it needs, the year it is dated by."""

    sql: str
    row: str
    needs: tuple[str, ...] = ()
    year: Year | None = None

    @property
    def is_column(self) -> bool:
        """Whether it is no more than a column, so that an index may have its order."""
        return self.sql.removeprefix("{row}.").isidentifier()
