"""Identities of every role in the busy city, the edges of each: no school, all of them, a teacher without anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from schema.graph import Sight
from schema.policy import Identity, Narrowing, Reach, Role, Scope
from tests.oracle.rows import Rows

NARROWED = Narrowing(
    without=frozenset({"birthDate", "students.familyName", "homerooms", "graduateDestinations", "termResults.gpa"})
)
ONLY = Narrowing(
    only=frozenset({"students", "grades.score", "grades.student", "grades.code", "gradeCodes", "schoolEnrollments"})
)


@dataclass(frozen=True, slots=True)
class Who:
    """What an identity sees of the graph, and which rows."""

    sight: Sight
    scope: Scope

    @property
    def identity(self) -> Identity:
        """The same as a token of the service."""
        role, narrowing = self.sight.role, self.sight.narrowing
        return Identity(
            "token:1", "token 1", role, self.scope, "ทดสอบ", narrowing, datetime(2019, 3, 31, 12, tzinfo=UTC)
        )


SOMEBODY = Identity("account:1", "malee", Role.ADMIN, Scope(Reach.ALL), "interactive use")
"""Who asks where nobody is named."""


def _all(role: Role) -> Who:
    return Who(Sight(role, Reach.ALL), Scope(Reach.ALL))


def of_schools(role: Role, *schools: int, narrowing: Narrowing | None = None) -> Who:
    """A head or an integrator of schools, by their keys."""
    return Who(Sight(role, Reach.SCHOOLS, narrowing or Narrowing()), Scope(Reach.SCHOOLS, schools))


def of_teacher(key: int) -> Who:
    """A teacher, by the key."""
    return Who(Sight(Role.TEACHER, Reach.TEACHER), Scope(Reach.TEACHER, teacher=key))


def identities(rows: Rows) -> Mapping[str, Who]:
    """Identities by name, which begins with the role."""
    schools = {row["code"][-1]: row["id"] for row in rows["school"]}
    teachers = {row["staff_no"]: row["id"] for row in rows["teacher"]}
    wat, city, full, empty = (schools[last] for last in "1209")
    integrator = Role.INTEGRATOR
    return {
        "admin": _all(Role.ADMIN),
        "officer": _all(Role.OFFICER),
        "head of WAT": of_schools(Role.HEAD, wat),
        "head of CITY": of_schools(Role.HEAD, city),
        "head of Empty": of_schools(Role.HEAD, empty),
        "head of none": of_schools(Role.HEAD),
        "teacher of both": of_teacher(teachers["T002"]),
        "teacher of two schools": of_teacher(teachers["T001"]),
        "teacher of sections": of_teacher(teachers["T003"]),
        "teacher of a homeroom": of_teacher(teachers["T101"]),
        "teacher with a post alone": of_teacher(teachers["T102"]),
        "teacher without a post": of_teacher(teachers["T103"]),
        "teacher of nothing": of_teacher(teachers["T104"]),
        "teacher who is not there": of_teacher(999_999),
        "integrator of one": of_schools(integrator, full),
        "integrator of two": of_schools(integrator, wat, city),
        "integrator narrowed": of_schools(integrator, wat, full, narrowing=NARROWED),
        "integrator of a few columns": of_schools(integrator, city, full, narrowing=ONLY),
        "integrator of all": Who(Sight(integrator, Reach.ALL, NARROWED), Scope(Reach.ALL)),
    }
