"""Predicates as plain values: what a `where` asks of a row, in the database's terms but in no dialect.

A comparison with a null column is false, and NOT of it is true: SQL's third truth value never shows. Inside AND and OR
unknown and false come to the same, so that only NOT must turn it into a definite answer.
"""

from dataclasses import dataclass
from typing import TypeAlias

from schema.compiler.parameters import Parameter
from schema.compiler.rows import Join, Rows


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of its parts hold; with none, true."""

    parts: "tuple[Predicate, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of its parts holds; with none, false."""

    parts: "tuple[Predicate, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Predicate"


@dataclass(frozen=True, slots=True)
class Compared:
    """A value of the row ``row`` compared with a parameter; without one the operator says it all."""

    sql: str
    row: str
    operator: str
    parameter: Parameter | None
    needs: tuple[str, ...] = ()
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """There is a row at the end of ``joins`` for which ``inner`` holds; the first starts at the row asked of.

    ``few``: there are few such rows, whatever the row asked of.
    """

    joins: tuple[Join, ...]
    inner: "Predicate"
    few: bool


@dataclass(frozen=True, slots=True)
class Some:
    """Among the rows is one for which ``inner`` holds; ``likely``: for most parents there is, and it is soon found."""

    rows: Rows
    inner: "Predicate"
    likely: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """The number of the rows for which ``inner`` holds, compared with a parameter."""

    rows: Rows
    operator: str
    parameter: Parameter
    inner: "Predicate | None"


Predicate: TypeAlias = AllOf | AnyOf | Not | Compared | Related | Some | Counted
