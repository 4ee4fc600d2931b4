"""What the indicators are counted from, once a statement: pupils on the census day, dropouts, subjects, posts.

The figures of each school and year come from what the database keeps summed for each pupil (``student_year``).
"""

from schema.model import thresholds
from schema.model.entities import Shared


def _census(years: str) -> str:
    """The pupils of each school on the census day of ``years``, and those over each threshold."""
    # IN, not a join: so the index gives the rows in the order of their groups.
    return (
        "SELECT student_year.academic_year_id, student_year.school_id, count(*) AS students,"
        " count(*) FILTER (WHERE gpax_credits > 0) AS averaged,"
        f" count(*) FILTER (WHERE {thresholds.is_low_gpax('gpax_points', 'gpax_credits')}) AS low,"
        f" count(*) FILTER (WHERE {thresholds.has_many_zeros('zeros_ever')}) AS ever,"
        f" count(*) FILTER (WHERE {thresholds.has_many_zeros('zeros')}) AS outstanding"
        f" FROM student_year WHERE student_year.academic_year_id IN (SELECT {years}.id FROM {years})"
        " GROUP BY student_year.academic_year_id, student_year.school_id"
    )


def dropouts_in(years: str) -> str:
    """What stands after a SELECT of the enrollments that ended in dropping out in ``years``; it needs ``leavers``."""
    # CASE: PostgreSQL expects many leavers, where there are few, and would hash all enrollments to look for a few.
    return (
        f" FROM leavers AS school_enrollment JOIN {years} ON {years}.id = school_enrollment.academic_year_id"
        f" WHERE CASE WHEN {thresholds.has_come_back(f'{years}.ends_on')} THEN 1 END IS NULL"
    )


def _dropouts(years: str) -> str:
    """The pupils who dropped out of each school in ``years``."""
    return (
        "SELECT school_enrollment.academic_year_id, school_enrollment.school_id,"
        f" count(DISTINCT school_enrollment.student_id) AS students{dropouts_in(years)}"
        " GROUP BY school_enrollment.academic_year_id, school_enrollment.school_id"
    )


def _of_all_years(counted: str) -> str:
    """The same of every year, which it names."""
    return (
        f"SELECT counted.*, academic_year.be_year FROM ({counted}) AS counted"
        " JOIN academic_year ON academic_year.id = counted.academic_year_id"
    )


SHARED = (
    Shared(
        "asked_year",
        "SELECT academic_year.id, academic_year.be_year, academic_year.ends_on FROM academic_year"
        " WHERE {years} IS NULL AND EXISTS (SELECT 1 FROM student_year"
        " WHERE student_year.academic_year_id = academic_year.id)"
        " OR academic_year.be_year IN (SELECT value FROM {years_listed} AS years)",
    ),
    Shared("census", _census("asked_year"), needs=("asked_year",)),
    # All that is read of them: by what is counted of them, and by whether they came back.
    Shared(
        "leavers",
        "SELECT school_enrollment.id, school_enrollment.student_id, school_enrollment.school_id,"
        " school_enrollment.academic_year_id, school_enrollment.exit_on"
        f" FROM school_enrollment WHERE {thresholds.HAS_LEFT}",
    ),
    Shared("dropouts", _dropouts("asked_year"), needs=("asked_year", "leavers")),
    Shared("all_census", _of_all_years(_census("academic_year"))),
    Shared("all_dropouts", _of_all_years(_dropouts("academic_year")), needs=("leavers",)),
    Shared(
        "taught",
        "SELECT asked_year.id AS academic_year_id, subject.school_id, count(*) AS subjects"
        " FROM asked_year JOIN subject ON EXISTS (SELECT 1 FROM section"
        " WHERE section.subject_id = subject.id AND section.academic_year_id = asked_year.id)"
        " GROUP BY asked_year.id, subject.school_id",
        needs=("asked_year",),
    ),
    Shared(
        "posts",
        "SELECT teacher_assignment.academic_year_id, teacher_assignment.school_id, count(*) AS teachers"
        " FROM asked_year JOIN teacher_assignment ON teacher_assignment.academic_year_id = asked_year.id"
        " GROUP BY teacher_assignment.academic_year_id, teacher_assignment.school_id",
        needs=("asked_year",),
    ),
)
