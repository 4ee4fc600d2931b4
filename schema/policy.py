"""Who may read what: roles, what is declared of a table, and an identity's scope, as plain values.

Each table declares its :class:`Access` beside its columns; a table without one is read by nobody. What follows from
the declarations is applied in two places: a role's schema has no type, field, argument or filter for what the role may
not read (`schema.graph.roles`), and each table that a statement names stands for those of its rows that the identity
may read (`schema.compiler.scoping`). PostgreSQL repeats the rows' rules by itself (`schema.derived.row_security`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What an identity is to the hub; each has a schema of its own."""

    __hash__ = str.__hash__  # every operation looks its schema up; an enumeration's own hash is Python code

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

    __hash__ = str.__hash__  # as of roles

    ALL = "all"
    SCHOOLS = "schools"
    TEACHER = "teacher"


EVERYBODY: Final = frozenset(Role)
ADMINS: Final = frozenset({Role.ADMIN})
ANALYSTS: Final = frozenset({Role.ANALYST})
RECORDS: Final = EVERYBODY - ANALYSTS
"""Who reads rows of records; an analyst reads their figures alone."""


class Person(StrEnum):
    """Whom rows are about."""

    PUPIL = "pupil"
    STAFF = "staff"


SETS: Final[Mapping[str, str]] = {
    "own_section": "SELECT section_teacher.section_id AS id FROM {all}section_teacher AS section_teacher"
    " WHERE section_teacher.teacher_id = {teacher}",
    "own_homeroom": "SELECT homeroom_teacher.homeroom_id AS id FROM {all}homeroom_teacher AS homeroom_teacher"
    " WHERE homeroom_teacher.teacher_id = {teacher}",
    "own_school": "SELECT teacher_assignment.school_id AS id FROM {all}teacher_assignment AS teacher_assignment"
    " WHERE teacher_assignment.teacher_id = {teacher}",
    "own_pupil": "SELECT homeroom_membership.student_id AS id FROM {all}homeroom_membership AS homeroom_membership"
    " WHERE homeroom_membership.homeroom_id IN (SELECT id FROM {own_homeroom})",
    "met_pupil": "SELECT id FROM {own_pupil} UNION ALL SELECT grade.student_id FROM {all}grade AS grade"
    " WHERE grade.section_id IN (SELECT id FROM {own_section})",
    "met_section": "SELECT id FROM {own_section} UNION ALL SELECT grade.section_id FROM {all}grade AS grade"
    " WHERE grade.student_id IN (SELECT id FROM {own_pupil})",
    "met_homeroom": "SELECT id FROM {own_homeroom} UNION ALL SELECT homeroom_membership.homeroom_id"
    " FROM {all}homeroom_membership AS homeroom_membership"
    " WHERE homeroom_membership.student_id IN (SELECT id FROM {met_pupil})",
}
"""What is a teacher's, as sets of keys: templates over ``{teacher}``, ``{all}`` before a table whose rows all count,
and each other's names. ``own_pupil`` are the pupils of the own homerooms, ``met_`` what is seen by way of pupils."""

SCHOOL_SETS: Final[Mapping[str, str]] = {
    "own_pupil": "SELECT student.id AS id FROM {all}student AS student WHERE student.school_id IN ({schools})"
}
"""The same for schools, over ``{schools}``: ``own_pupil`` are the pupils now at them. Of an own pupil all grades and
results are read, so that what is summed up of them is whole."""


def sets_of(reach: Reach) -> Mapping[str, str]:
    """The sets of a reach, by name."""
    return {Reach.ALL: {}, Reach.SCHOOLS: SCHOOL_SETS, Reach.TEACHER: SETS}[reach]


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows of a table are read by schools, and by a teacher: conditions over ``{row}``; None: all of them.

    ``{schools}`` is a query of the keys of the schools, ``{own_section}`` and its like are :func:`sets_of` the reach.
    A table's own name stands for those of its rows that may be read.
    """

    schools: str | None = None
    teacher: str | None = None

    def of(self, reach: Reach) -> str | None:
        """The condition for a reach; None: all rows."""
        if reach is Reach.ALL:
            return None
        return self.schools if reach is Reach.SCHOOLS else self.teacher


NO_ROWS: Final = "1 = 0"
ALL_ROWS: Final = Rows()
OF_GRADE: Final = "(SELECT grade.student_id FROM grade WHERE grade.id = {row}.grade_id)"
"""The pupil of a row that refers to a grade."""


def by_school(column: str = "school_id") -> Rows:
    """Rows of a school's own: those of the schools, and of the schools at which a teacher has a post."""
    return Rows(f"{{row}}.{column} IN ({{schools}})", f"{{row}}.{column} IN (SELECT id FROM {{own_school}})")


def with_row(table: str, column: str) -> Rows:
    """Rows that are read with the row of ``table`` that they refer to."""
    condition = f"EXISTS (SELECT 1 FROM {table} AS its WHERE its.id = {{row}}.{column})"
    return Rows(condition, condition)


def of_pupil(*, schools: str | None = None, taught: bool) -> Rows:
    """Rows about a pupil: of the schools that the pupil is at now, unless told otherwise, and of a teacher's homerooms.

    ``taught``: the pupils of the sections that the teacher teaches are among them.
    """
    now = "EXISTS (SELECT 1 FROM student AS its WHERE its.id = {row}.student_id AND its.school_id IN ({schools}))"
    pupils = "{met_pupil}" if taught else "{own_pupil}"
    return Rows(schools or now, f"{{row}}.student_id IN (SELECT id FROM {pupils})")


@dataclass(frozen=True, slots=True)
class Counting:
    """What is told of rows that are about pupils to those who may not read them: figures of groups that are not small.

    ``dimensions`` are the members, by their names in the graph, that the rows are grouped and filtered by: relations to
    reference data, and enumerations. ``measures`` are the numbers from 0 of which there are means, by their paths, each
    with its largest value, which says how much one pupil may count for.
    """

    dimensions: tuple[str, ...]
    measures: Mapping[str, int] = field(default_factory=dict)
    roles: frozenset[Role] = ANALYSTS


@dataclass(frozen=True, slots=True)
class Access:
    """Who reads a table: the roles, which rows of it, and whom they are about (None: nobody).

    ``pupil`` is the key of the pupil that a row is about, a template over ``{row}``; ``fields`` are those, by their
    names in the graph, that fewer roles read. Who may not read the rows may still have figures of them, as ``counted``
    says; None: none. ``summed`` are the roles for whom the hub itself counts the rows, whose figures alone they have.
    """

    readers: frozenset[Role]
    rows: Rows = ALL_ROWS
    about: Person | None = None
    pupil: str | None = None
    fields: Mapping[str, frozenset[Role]] = field(default_factory=dict)
    counted: Counting | None = None
    summed: frozenset[Role] = frozenset()

    def counts(self, role: Role) -> bool:
        """Whether a role has figures of the table alone."""
        return self.counted is not None and role in self.counted.roles

    @property
    def finders(self) -> frozenset[Role]:
        """The roles whose statements find the rows: who reads them, or has figures of them."""
        return self.readers | self.summed | (self.counted.roles if self.counted else frozenset())

    def reads(self, role: Role, name: str | None = None) -> bool:
        """Whether a role reads a field; without one, whether it reads the table at all."""
        return role in self.readers and (name is None or role in self.fields.get(name, EVERYBODY))


REFERENCE: Final = Access(EVERYBODY)
"""What every identity may read all of."""

FIGURES: Final = Access(EVERYBODY - {Role.TEACHER})
"""Figures of schools: counted of the rows that an identity may read; to an analyst as told of groups, not small."""

RESULTS: Final = REFERENCE
"""How results are distributed: counted and told alike."""


REACHES: Final[Mapping[Role, Reach]] = {
    Role.ADMIN: Reach.ALL,
    Role.OFFICER: Reach.ALL,
    Role.HEAD: Reach.SCHOOLS,
    Role.TEACHER: Reach.TEACHER,
    Role.ANALYST: Reach.ALL,
    Role.INTEGRATOR: Reach.SCHOOLS,
}
"""The reach of each role; an integrator may also be given every school."""


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
    A token ends at ``expires_at``; an account does not.
    """

    key: str
    name: str
    role: Role
    scope: Scope
    purpose: str
    narrowing: Narrowing = field(default_factory=Narrowing)
    expires_at: datetime | None = None
