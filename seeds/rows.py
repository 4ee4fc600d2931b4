"""Rows on their way into a database: plain tuples, in the column order declared here.

A value is an int, a float, a text or None: dates and moments are ISO texts and booleans are 0 or 1, which both
engines read. So one stream of rows serves both.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import count

Value = int | float | str | None
Row = tuple[Value, ...]
Batch = dict[str, list[Row]]
"""Rows by table."""

COLUMNS: dict[str, tuple[str, ...]] = {
    table: ("id", "updated_at", *columns.split())
    for table, columns in {
        "municipality": "code name name_th",
        "school": "code name name_th municipality_id fraction_policy",
        "academic_year": "be_year starts_on ends_on census_on",
        "term": "academic_year_id number starts_on ends_on",
        "grade_level": "code name name_th ordinal stage basis",
        "curriculum": "code name name_th effective_from effective_to",
        "learning_area": "code name name_th letters curriculum_id",
        "grade_code": "label name name_th ordinal points min_score counts_as_attempted counts_as_earned counts_in_gpa"
        " counts_for_graduation is_pending",
        "exit_reason": "code name name_th counts_as_dropout",
        "occupation": "code name name_th",
        "occupation_target": "occupation_id municipality_id target_from target_to",
        "subject": "school_id code name name_th credits kind curriculum_id learning_area_id grade_level_id",
        "teacher": "staff_no given_name family_name sex",
        "teacher_assignment": "teacher_id school_id academic_year_id position",
        "homeroom": "school_id academic_year_id grade_level_id name",
        "homeroom_teacher": "homeroom_id teacher_id",
        "section": "subject_id academic_year_id term_id number homeroom_id planned_hours",
        "section_teacher": "section_id teacher_id",
        "student": "school_id student_no given_name family_name sex birth_date",
        "student_identifier": "student_id kind value valid_from valid_to",
        "student_sensitive": "student_id religion ethnicity health disability",
        "school_enrollment": "student_id school_id academic_year_id grade_level_id entry_on exit_on exit_reason_id",
        "homeroom_membership": "student_id homeroom_id academic_year_id entry_on exit_on",
        "grade": "student_id section_id subject_id academic_year_id credits score code_id first_code_id attempt",
        "grade_event": "grade_id sequence kind code_id score at teacher_id reason",
        "attendance": "grade_id held_hours attended_hours",
        "graduate_destination": "student_id academic_year_id school_id grade_level_id status occupation_id as_of"
        " source",
    }.items()
}
"""Every table that the seeds fill; the derived tables fill themselves."""


class Ids:
    """The next surrogate key of each table: 1, 2, 3 ... in the order rows are made."""

    def __init__(self) -> None:
        self._counters: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))

    def next(self, table: str) -> int:
        """One more key."""
        return next(self._counters[table])

    def counter(self, table: str) -> Iterator[int]:
        """The keys of a table as an iterator, for loops that make very many."""
        return self._counters[table]
