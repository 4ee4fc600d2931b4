"""Which writes change what is derived: a table, the columns that matter, and whose rows follow from them.

The one list from which both engines' triggers are made.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from schema.derived.definition import Definition
from schema.derived.student_year import STUDENT_YEAR
from schema.derived.term_result import TERM_RESULT

BOTH: Final = (TERM_RESULT, STUDENT_YEAR)
"""In the order of making: the second adds up the first."""


class Effect(Enum):
    """What a write can do to what is derived."""

    ROWS = auto()
    """Rows may come and go."""
    VALUES = auto()
    """Rows stay; their values may change."""


@dataclass(frozen=True, slots=True)
class Record:
    """A table of pupils' records: a write concerns the pupil that `student_id` names."""

    table: str
    columns: tuple[str, ...]
    definitions: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A table that records refer to: a write concerns the pupils with grades that refer to it, or else everyone.

    `grade_column` is the column of `grade` that refers to it. `used` is a condition on a row `{row}`: it is referred to
    already, as only a row can be that SQLite's REPLACE has just overwritten.
    """

    table: str
    columns: tuple[str, ...]
    definitions: tuple[Definition, ...]
    used: str
    effect: Effect = Effect.ROWS
    grade_column: str | None = None


RECORDS: Final = (
    Record(
        "grade",
        ("student_id", "academic_year_id", "section_id", "subject_id", "credits", "code_id", "first_code_id"),
        BOTH,
    ),
    Record(
        "school_enrollment",
        ("student_id", "academic_year_id", "school_id", "grade_level_id", "entry_on", "exit_on"),
        (STUDENT_YEAR,),
    ),
)

REFERENCES: Final = (
    Reference(
        "section",
        ("term_id",),
        BOTH,
        used="EXISTS (SELECT 1 FROM grade WHERE section_id = {row}.id)",
        grade_column="section_id",
    ),
    Reference(
        "subject",
        ("grade_level_id",),
        BOTH,
        used="EXISTS (SELECT 1 FROM grade WHERE subject_id = {row}.id)",
        grade_column="subject_id",
    ),
    Reference(
        "grade_level",
        ("stage",),
        BOTH,
        used="EXISTS (SELECT 1 FROM subject WHERE grade_level_id = {row}.id)"
        " OR EXISTS (SELECT 1 FROM school_enrollment WHERE grade_level_id = {row}.id)",
    ),
    Reference(
        "grade_code",
        ("points", "counts_as_attempted", "counts_as_earned", "counts_in_gpa", "is_pending"),
        BOTH,
        used="EXISTS (SELECT 1 FROM grade WHERE {row}.id IN (code_id, first_code_id))",
        effect=Effect.VALUES,
    ),
    Reference(
        "academic_year",
        ("be_year", "census_on"),
        (STUDENT_YEAR,),
        used="EXISTS (SELECT 1 FROM school_enrollment WHERE academic_year_id = {row}.id)",
    ),
)


def merge(definitions: tuple[Definition, ...], scope: str, effect: Effect = Effect.ROWS) -> tuple[str, ...]:
    """The statements that make the rows of a scope what they must be."""
    return tuple(
        statement
        for definition in definitions
        for statement in (definition.merge(scope) if effect is Effect.ROWS else definition.correct(scope))
    )
