"""Who may read what: roles, what is declared of a table, and an identity's scope, as plain values.

Each table declares its :class:`Access` beside its columns; a table without one is read by nobody. What follows from
the declarations is applied in two places: a role's schema has no type, field, argument or filter for what the role may
not read (`schema.graph.roles`), and each table that a statement names stands for those of its rows that the identity
may read (`schema.compiler.scoping`). PostgreSQL repeats the rows' rules by itself (`schema.derived.row_security`).
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an identity is to the hub; each has a schema of its own."""

    ADMIN = "admin"
    """Everything, and the console."""
    OFFICER = "officer"
    """All schools; no national ids."""
    HEAD = "head"
    """The own school; no national ids."""
    TEACHER = "teacher"
    """The own sections and homerooms, of this year and of past ones."""
    ANALYST = "analyst"
    """Figures alone, small groups hidden."""
    INTEGRATOR = "integrator"
    """A program: the schools, tables and columns that its token names."""


class Reach(StrEnum):
    """By what the rows are told that an identity may read."""

    ALL = "all"
    SCHOOLS = "schools"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows an identity may read: those of ``schools`` or of ``teacher`` (surrogate keys), as ``reach`` says."""

    reach: Reach
    schools: tuple[int, ...] = ()
    teacher: int | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a token leaves of its role's columns: ``only`` these types and fields (all if empty), ``without`` those.

    A name is a type's plural (`students`), a field (`birthDate`) or a type's field (`students.birthDate`).
    """

    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks: an account or a token, as the service knows it for one request.

    ``key`` names it in logs (`account:7`, `token:12`) and ``name`` to people; ``purpose`` is what its reads are for.
    """

    key: str
    name: str
    role: Role
    scope: Scope
    purpose: str
    narrowing: Narrowing = Narrowing()
