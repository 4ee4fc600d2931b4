"""What the destinations of graduates are counted from, once a statement.

A graduate counts once a year of graduation, as last found (the latest ``as_of``). Each count below is of the graduates
of a year alone or with a school, a level or an occupation.
"""

from typing import Final

from schema.model.entities import Shared
from schema.rules.destinations import EMPLOYED
from schema.tables.outcomes import DestinationStatus

STATUSES: Final = tuple((status.value, status.value.lower()) for status in DestinationStatus)
"""Each status, and the column that counts it."""

EMPLOYED_COLUMNS: Final = tuple(column for value, column in STATUSES if value in EMPLOYED)
"""The columns that count those at work."""

AT_WORK: Final = ", ".join(f"'{value}'" for value, _ in STATUSES if value in EMPLOYED)
KNOWN_JOB: Final = f"cohort.status IN ({AT_WORK}) AND cohort.occupation_id IS NOT NULL"

_COUNTS = ", ".join((
    "count(cohort.status) AS graduates",
    *(f"count(*) FILTER (WHERE cohort.status = '{value}') AS {column}" for value, column in STATUSES),
    "count(*) FILTER (WHERE cohort.status <> 'UNKNOWN') AS known",
    f"count(*) FILTER (WHERE cohort.status IN ({AT_WORK}, 'UNEMPLOYED')) AS seeking",
    f"count(*) FILTER (WHERE {KNOWN_JOB}) AS jobs",
    f"count(*) FILTER (WHERE {KNOWN_JOB} AND cohort.is_target) AS matched",
))  # fmt: skip

_SCHOOL_KEY = "cohort.academic_year_id || ':' || cohort.school_id"
"""A school of a year, as one value: what belongs to it is found by it."""


def _counted(name: str, group: str, key: str) -> Shared:
    """The counts of each ``group``, of a year (``key`` its key) or of a school of a year."""
    sql = f"SELECT {key} AS whose, cohort.{group}, {_COUNTS} FROM cohort GROUP BY {key}, cohort.{group}"
    return Shared(name, sql, needs=("cohort",))


def _jobs(name: str, key: str) -> Shared:
    """How many work in each occupation, how many of them in a local target, and in how many occupations in all."""
    return Shared(
        name,
        f"SELECT {key} AS whose, cohort.occupation_id, count(*) AS jobs,"
        " count(*) FILTER (WHERE cohort.is_target) AS matched,"
        f" CAST(sum(count(*)) OVER (PARTITION BY {key}) AS BIGINT) AS all_jobs"
        f" FROM cohort WHERE {KNOWN_JOB} GROUP BY {key}, cohort.occupation_id",
        needs=("cohort",),
    )


SHARED = (
    Shared(
        "graduated_year",
        "SELECT academic_year.id, academic_year.be_year FROM academic_year"
        " WHERE {years} IS NULL AND EXISTS (SELECT 1 FROM graduate_destination"
        " WHERE graduate_destination.academic_year_id = academic_year.id)"
        " OR academic_year.be_year IN (SELECT value FROM {years_listed} AS years)",
    ),
    Shared(
        "cohort",
        "SELECT graduate_destination.student_id, graduate_destination.academic_year_id, graduate_destination.school_id,"
        " graduate_destination.grade_level_id, graduate_destination.status, graduate_destination.occupation_id,"
        " EXISTS (SELECT 1 FROM occupation_target"
        " WHERE occupation_target.occupation_id = graduate_destination.occupation_id"
        " AND occupation_target.municipality_id = school.municipality_id"
        " AND occupation_target.target_from <= graduate_destination.as_of"
        " AND (occupation_target.target_to IS NULL OR occupation_target.target_to > graduate_destination.as_of))"
        " AS is_target"
        " FROM graduate_destination JOIN school ON school.id = graduate_destination.school_id"
        " WHERE graduate_destination.academic_year_id IN (SELECT graduated_year.id FROM graduated_year)"
        " AND NOT EXISTS (SELECT 1 FROM graduate_destination AS later"
        " WHERE later.student_id = graduate_destination.student_id"
        " AND later.academic_year_id = graduate_destination.academic_year_id"
        " AND later.as_of > graduate_destination.as_of)",
        needs=("graduated_year",),
    ),
    Shared(
        "cohort_year",
        f"SELECT graduated_year.id, graduated_year.be_year, {_COUNTS} FROM graduated_year"
        " LEFT JOIN cohort ON cohort.academic_year_id = graduated_year.id"
        " GROUP BY graduated_year.id, graduated_year.be_year",
        needs=("graduated_year", "cohort"),
    ),
    Shared(
        "cohort_school",
        f"SELECT {_SCHOOL_KEY} AS id, cohort.academic_year_id AS whose, cohort.school_id, {_COUNTS} FROM cohort"
        " GROUP BY cohort.academic_year_id, cohort.school_id",
        needs=("cohort",),
    ),
    _counted("cohort_level", "grade_level_id", "cohort.academic_year_id"),
    _counted("cohort_school_level", "grade_level_id", _SCHOOL_KEY),
    _jobs("cohort_occupation", "cohort.academic_year_id"),
    _jobs("cohort_school_occupation", _SCHOOL_KEY),
)
