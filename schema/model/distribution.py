"""`Subject.distribution` and `Section.distribution`: how many results were given in each code."""

from schema.model import told_distribution
from schema.model.entities import Embedded, Entity, Listing, Scalar, ToOne, Value
from schema.model.figures import rate
from schema.model.told import suppressed
from schema.policy import RESULTS
from schema.tables.columns import Years

_RESULTS = "counted.results"


def _distribution(what: str, condition: str, years: Years | None) -> Embedded:
    """The distribution of the grades for which ``condition`` holds, a template over ``{row}``."""
    dated = f" Without `year`: {years.value}." if years else ""
    return Embedded(
        "distribution",
        f"How the results of {what} that you may read are spread over the codes.{dated}",
        nullable=False,
        type_name="GradeDistribution",
        type_description="Registrations, and how many of them have each result now.",
        values=(
            _count("registered", "Registrations.", "{row}.registered"),
            _count("graded", "Registrations with a result, pending ones (ร, มส) included.", "{row}.graded"),
            _count("withoutResult", "Registrations without any result.", "{row}.registered - {row}.graded"),
            suppressed("one of these figures is"),
            Listing(
                "codes",
                "Every code of the reference table, in its order; with 0 where no result is given in it.",
                nullable=False,
                target="GradeCodeCount",
                # Not a left join: SQLite would count again for each code.
                tables="(SELECT given.code_id, CAST(sum(given.results) AS BIGINT) AS results"
                " FROM (SELECT grade.code_id, count(*) AS results FROM grade"
                f" WHERE {condition} AND grade.code_id IS NOT NULL GROUP BY grade.code_id"
                " UNION ALL SELECT grade_code.id, 0 FROM grade_code) AS given GROUP BY given.code_id) AS counted"
                " JOIN grade_code ON grade_code.id = counted.code_id",
                order=("{row}.ordinal",),
            ),
        ),
        # The key goes along: what is listed inside is over this row.
        rows="SELECT {row}.id AS id, count(*) AS registered, count(grade.code_id) AS graded"
        f" FROM grade WHERE {condition}",
        years=years,
    )


def _count(name: str, description: str, sql: str) -> Value:
    return Value(name, description, nullable=True, scalar=Scalar.INT, sql=sql)


_SUBJECT = "grade.subject_id = {row}.id AND grade.academic_year_id IN {year_keys}"
_SECTION = "grade.section_id = {row}.id"

OF_SUBJECT = _distribution("the subject", _SUBJECT, Years.ALL)
OF_SECTION = _distribution("the section", _SECTION, None)

TOLD_OF_SUBJECT = told_distribution.of_grades(OF_SUBJECT, _SUBJECT)
TOLD_OF_SECTION = told_distribution.of_grades(OF_SECTION, _SECTION)
"""The same for who has figures alone."""

_CODE = Entity(
    name="GradeCodeCount",
    table="grade_code",
    description="How many results are given in one code.",
    is_node=False,
    plural="gradeCodes",
    access=RESULTS,
    members=(
        ToOne("code", "The code. Thai: ผลการเรียน.", nullable=False, target="GradeCode", steps=()),
        _count("count", "Results given in the code, as they stand now.", _RESULTS),
        Value(
            "share",
            "count over all registrations with a result (a fraction, four decimals, half up); null over none.",
            nullable=True,
            scalar=Scalar.FLOAT,
            sql=rate(_RESULTS, "CAST(sum(counted.results) OVER () AS BIGINT)"),
        ),
        suppressed("one of these figures is"),
    ),
)

VIEWS = (told_distribution.of_code(_CODE),)
