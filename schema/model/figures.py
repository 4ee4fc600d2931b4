"""Values that are computed, not stored: declared SQL expressions over a row."""

from schema.model.entities import Argument, Scalar, Value
from schema.tables.learning import Stage


def average(points: str, credits_: str) -> str:
    """Credits times points over credits, cut off at two decimals; NULL over no credits.

    ``points`` come in quarters and ``credits_`` in halves, so the division is of whole numbers: exact on both engines.
    """
    quarters, halves = f"CAST({points} * 4 AS BIGINT)", f"CAST({credits_} * 2 AS BIGINT)"
    return f"CAST({quarters} * 50 / nullif({halves}, 0) AS DOUBLE PRECISION) / 100"


def rate(count: str, denominator: str) -> str:
    """A fraction with four decimals, half up; NULL over nothing. Whole numbers, so that both engines round alike."""
    return f"CAST(({count} * 20000 / nullif({denominator}, 0) + 1) / 2 AS DOUBLE PRECISION) / 10000"


_OWN_STAGE = (
    "(SELECT grade_level.stage FROM school_enrollment"
    " JOIN grade_level ON grade_level.id = school_enrollment.grade_level_id"
    " WHERE school_enrollment.student_id = {row}.id"
    " ORDER BY school_enrollment.entry_on DESC, school_enrollment.id DESC LIMIT 1)"
)

COMPUTED: dict[str, tuple[Value, ...]] = {
    "Student": (
        Value(
            name="nationalId",
            description="The current national id; null where there is none. Thai: เลขประจำตัวประชาชน.",
            nullable=True,
            scalar=Scalar.STRING,
            sql="(SELECT student_identifier.value FROM student_identifier"
            " WHERE student_identifier.student_id = {row}.id AND student_identifier.kind = 'NATIONAL_ID'"
            " AND student_identifier.valid_to IS NULL)",
        ),
        Value(
            name="gpax",
            description="Cumulative grade average of a stage (credits times points over credits, all terms), cut off at"
            " two decimals; null over no counting credits. Thai: ผลการเรียนเฉลี่ยสะสม.",
            nullable=True,
            scalar=Scalar.FLOAT,
            sql=f"(SELECT {average('sum(term_result.gpa_points)', 'sum(term_result.gpa_credits)')} FROM term_result"
            f" WHERE term_result.student_id = {{row}}.id AND term_result.stage = coalesce({{stage}}, {_OWN_STAGE}))",
            scale=100,
            arguments=(
                Argument(
                    "stage",
                    Scalar.ENUM,
                    "The stage; without it, the pupil's own, of the latest enrollment.",
                    choices=Stage,
                ),
            ),
        ),
    ),
    "TermResult": (
        Value(
            name="gpa",
            description="Grade average (credits times points over credits), cut off at two decimals; null over no"
            " counting credits. Thai: ผลการเรียนเฉลี่ย.",
            nullable=True,
            scalar=Scalar.FLOAT,
            sql=average("{row}.gpa_points", "{row}.gpa_credits"),
            scale=100,
        ),
    ),
}
