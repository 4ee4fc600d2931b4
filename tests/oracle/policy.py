"""Who may read which rows, written again as loops over plain lists; what is told of no table is read by nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schema.policy import Reach, Scope
from tests.oracle.rows import Rows, Values

REFERENCE: Final = (
    "municipality",
    "academic_year",
    "term",
    "grade_level",
    "curriculum",
    "learning_area",
    "grade_code",
    "exit_reason",
    "occupation",
    "occupation_target",
)
"""Read whole by everybody."""


@dataclass(frozen=True, slots=True)
class Sights:
    """All rows, those of each table that may be read, and the pupils whose own figures may be: None for all of them."""

    whole: Rows
    rows: Rows
    own_pupils: frozenset[int] | None = None

    def is_own(self, student_id: int) -> bool:
        """Whether the pupil's own figures may be read, which are of all that is told of the pupil."""
        return self.own_pupils is None or student_id in self.own_pupils


def sights(rows: Rows, scope: Scope | None) -> Sights:
    """What a scope may read of all rows; without a scope everything."""
    if scope is None or scope.reach is Reach.ALL:
        return Sights(rows, rows)
    if scope.reach is Reach.SCHOOLS:
        seen, own = _of_schools(rows, frozenset(scope.schools))
    else:
        assert scope.teacher is not None
        seen, own = _of_teacher(rows, scope.teacher)
    seen |= {table: rows[table] for table in REFERENCE}
    return Sights(rows, {table: seen.get(table, []) for table in rows}, own)


def _of_schools(rows: Rows, schools: frozenset[int]) -> tuple[dict[str, list[Values]], frozenset[int]]:
    def at(table: str) -> list[Values]:
        return _where(rows, table, "school_id", schools)

    subjects, rooms, stays = at("subject"), at("homeroom"), at("school_enrollment")
    now, stayed = _keys(at("student")), {stay["student_id"] for stay in stays}
    posts = at("teacher_assignment")
    sections = _where(rows, "section", "subject_id", _keys(subjects))
    graded = [grade for grade in rows["grade"] if grade["subject_id"] in _keys(subjects) or grade["student_id"] in now]
    return {
        "school": _where(rows, "school", "id", schools),
        "subject": subjects,
        "section": sections,
        "section_teacher": _where(rows, "section_teacher", "section_id", _keys(sections)),
        "homeroom": rooms,
        "homeroom_teacher": _where(rows, "homeroom_teacher", "homeroom_id", _keys(rooms)),
        "homeroom_membership": _where(rows, "homeroom_membership", "homeroom_id", _keys(rooms)),
        "school_enrollment": stays,
        "student": _where(rows, "student", "id", now | stayed),
        "student_identifier": _where(rows, "student_identifier", "student_id", now),
        "term_result": _where(rows, "term_result", "student_id", now),
        "student_year": at("student_year"),
        "graduate_destination": at("graduate_destination"),
        "teacher_assignment": posts,
        "teacher": _where(rows, "teacher", "id", {post["teacher_id"] for post in posts}),
        **_of_grades(rows, graded),
    }, frozenset(now)


def _of_teacher(rows: Rows, teacher: int) -> tuple[dict[str, list[Values]], frozenset[int]]:
    sections = {row["section_id"] for row in rows["section_teacher"] if row["teacher_id"] == teacher}
    rooms = {row["homeroom_id"] for row in rows["homeroom_teacher"] if row["teacher_id"] == teacher}
    schools = {row["school_id"] for row in rows["teacher_assignment"] if row["teacher_id"] == teacher}
    own = {row["student_id"] for row in rows["homeroom_membership"] if row["homeroom_id"] in rooms}
    met = own | {grade["student_id"] for grade in rows["grade"] if grade["section_id"] in sections}
    graded = [grade for grade in rows["grade"] if grade["section_id"] in sections or grade["student_id"] in own]
    met_sections = sections | {grade["section_id"] for grade in rows["grade"] if grade["student_id"] in own}
    met_rooms = rooms | {row["homeroom_id"] for row in rows["homeroom_membership"] if row["student_id"] in met}
    posts = _where(rows, "teacher_assignment", "school_id", schools)
    return {
        "school": _where(rows, "school", "id", schools),
        "subject": _where(rows, "subject", "school_id", schools),
        "section": _where(rows, "section", "id", met_sections),
        "section_teacher": _where(rows, "section_teacher", "section_id", met_sections),
        "homeroom": _where(rows, "homeroom", "id", met_rooms),
        "homeroom_teacher": _where(rows, "homeroom_teacher", "homeroom_id", met_rooms),
        "homeroom_membership": _where(rows, "homeroom_membership", "student_id", met),
        "school_enrollment": _where(rows, "school_enrollment", "student_id", met),
        "student": _where(rows, "student", "id", met),
        "term_result": _where(rows, "term_result", "student_id", own),
        "student_year": _where(rows, "student_year", "student_id", own),
        "teacher_assignment": posts,
        "teacher": _where(rows, "teacher", "id", {post["teacher_id"] for post in posts}),
        **_of_grades(rows, graded),
    }, frozenset(own)


def _of_grades(rows: Rows, grades: list[Values]) -> Mapping[str, list[Values]]:
    """Grades with what is told of them."""
    return {
        "grade": grades,
        "grade_event": _where(rows, "grade_event", "grade_id", _keys(grades)),
        "attendance": _where(rows, "attendance", "grade_id", _keys(grades)),
    }


def _where(rows: Rows, table: str, column: str, keys: set[int] | frozenset[int]) -> list[Values]:
    return [row for row in rows[table] if row[column] in keys]


def _keys(rows: list[Values]) -> set[int]:
    return {row["id"] for row in rows}
