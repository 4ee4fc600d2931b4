"""The city's indicators: figures of a school year, for the city and for each school.

They are counted when asked for, never stored as headlines.
"""

from schema.model import told_indicators
from schema.model.changes import CITY, SCHOOL, Place, change, change_of_mean
from schema.model.entities import Embedded, Entity, Member, Scalar, Source, Step, ToMany, ToOne, Value
from schema.model.figures import rate
from schema.model.told import suppressed
from schema.policy import FIGURES

_OF_YEAR = "{row}.id"
_OF_SCHOOL = "{row}.academic_year_id"

KNOWN = "NOT EXISTS (SELECT value FROM {years_listed} AS years WHERE value NOT IN (SELECT be_year FROM asked_year))"
"""Holds when every year asked for is in the hub's calendar."""


def _figure(name: str, description: str, sql: str, needs: tuple[str, ...], scalar: Scalar = Scalar.INT) -> Value:
    return Value(name, description, nullable=True, scalar=scalar, sql=sql, needs=needs)


def _rate(  # noqa: PLR0913, PLR0917 - a rate has two figures, and what it is a rate of
    name: str, description: str, count: str, denominator: str, needs: tuple[str, ...], changed: Value
) -> Embedded:
    return Embedded(
        name,
        description,
        nullable=False,
        type_name="Rate",
        type_description="A count, what it is counted over, and the one over the other (a fraction, four decimals).",
        values=(
            _figure("count", "How many.", count, needs),
            _figure("denominator", "Of how many.", denominator, needs),
            _figure("rate", "count / denominator; null over nothing.", rate(count, denominator), needs, Scalar.FLOAT),
            changed,
            suppressed("one of these figures is"),
        ),
    )


def _summed(table: str, column: str) -> str:
    """A year's sum over the schools."""
    found = f"SELECT sum({table}.{column}) FROM {table} WHERE {table}.academic_year_id = {_OF_YEAR}"
    return f"CAST(coalesce(({found}), 0) AS BIGINT)"


def _looked_up(table: str, column: str) -> str:
    """A school's figure of the year."""
    return (
        f"coalesce((SELECT {table}.{column} FROM {table} WHERE {table}.academic_year_id = {_OF_SCHOOL}"
        f" AND {table}.school_id = {{row}}.school_id), 0)"
    )


def _census(column: str, *, of_school: bool) -> str:
    return f"{{row}}.{column}" if of_school else _summed("census", column)


def _place(*, of_school: bool) -> Place:
    return SCHOOL if of_school else CITY


def _figures(*, of_school: bool) -> tuple[Member, ...]:
    """The figures that the city and each school have in common."""
    get = _looked_up if of_school else _summed
    teachers = (
        get("posts", "teachers")
        if of_school
        else "(SELECT count(DISTINCT teacher_assignment.teacher_id) FROM teacher_assignment"
        f" WHERE teacher_assignment.academic_year_id = {_OF_YEAR})"
    )
    students = _census("students", of_school=of_school)
    place = _place(of_school=of_school)
    return (
        _figure("studentCount", "Pupils with an enrollment active on the census day, 10 June.", students, ("census",)),
        suppressed("`studentCount` is"),
        _figure("teacherCount", "Teachers with an assignment in the year.", teachers, ("posts",) if of_school else ()),
        _figure(
            "subjectCount",
            "Subjects, each counted for its school, with a section in the year.",
            get("taught", "subjects"),
            ("taught",),
        ),
        _rate(
            "lowGpax",
            "Census pupils whose exact GPAX, counted over their stage up to the year's end with results as they stand"
            " now, is under 1.5; over census pupils with at least one counting credit in the stage.",
            _census("low", of_school=of_school),
            _census("averaged", of_school=of_school),
            ("census",),
            change("change", "`count`", place, "low"),
        ),
        _rate(
            "dropout",
            "Pupils who left in the year as untraceable, resigned or over-age without completion and did not come back"
            " by its end; over the headcount of 10 June. Transfers, deaths and graduations are none.",
            get("dropouts", "students"),
            students,
            ("dropouts", "census"),
            change("change", "`count`", place, "dropouts"),
        ),
    )


def _zeros(*, of_school: bool) -> tuple[Value, ...]:
    ever, outstanding = (_census(column, of_school=of_school) for column in ("ever", "outstanding"))
    students = _census("students", of_school=of_school)
    place = _place(of_school=of_school)
    need = ("census",)
    return (
        _figure("ever", "Pupils first awarded more than three zeros in the year.", ever, need),
        _figure("outstanding", "Pupils with more than three results of the year still zero now.", outstanding, need),
        _figure("denominator", "Pupils on the census day.", students, need),
        _figure("everRate", "ever / denominator.", rate(ever, students), need, Scalar.FLOAT),
        _figure("outstandingRate", "outstanding / denominator.", rate(outstanding, students), need, Scalar.FLOAT),
        change("everChange", "`ever`", place, "ever"),
        change("outstandingChange", "`outstanding`", place, "outstanding"),
        suppressed("one of these figures is"),
    )


def _mean(column: str) -> str:
    schools = f"(SELECT count(*) FROM census WHERE census.academic_year_id = {_OF_YEAR})"
    return f"CAST(({_summed('census', column)} * 200 / nullif({schools}, 0) + 1) / 2 AS DOUBLE PRECISION) / 100"


def _zeros_of_year() -> tuple[Value, ...]:
    text = "Mean of `{}` over the schools with pupils on the census day, to two decimals."
    return (
        *_zeros(of_school=False),
        _figure("schoolMeanEver", text.format("ever"), _mean("ever"), ("census",), Scalar.FLOAT),
        _figure("schoolMeanOutstanding", text.format("outstanding"), _mean("outstanding"), ("census",), Scalar.FLOAT),
        change_of_mean("schoolMeanEverChange", "the schools' exact mean of `ever`", "ever"),
        change_of_mean("schoolMeanOutstandingChange", "the schools' exact mean of `outstanding`", "outstanding"),
    )


_ZEROS = (
    "Census pupils with strictly more than three zero results in the one year: `ever`, as first awarded, and"
    " `outstanding`, as they stand now."
)

_OF_EACH_SCHOOL = Source(
    table="census",
    order=("{link}.code", "{link}.id"),
    link="school",
    on="{row}.school_id = {link}.id",
    parent="{row}.academic_year_id",
    needs=("census",),
)

_YEAR = Entity(
    name="YearIndicators",
    table="asked_year",
    description="The city's figures of one school year; each says how it is counted.",
    is_node=False,
    plural="indicators",
    access=FIGURES,
    members=(
        Value(
            "year",
            "The school year (B.E.). Thai: ปีการศึกษา.",
            nullable=False,
            scalar=Scalar.INT,
            sql="{row}.be_year",
        ),
        *_figures(of_school=False),
        Embedded(
            "overThreeZeros",
            _ZEROS,
            nullable=False,
            type_name="YearZeros",
            type_description=_ZEROS,
            values=_zeros_of_year(),
        ),
        ToMany(
            "schools",
            "The same for each school.",
            nullable=False,
            target="SchoolIndicators",
            source=_OF_EACH_SCHOOL,
            plain=True,
        ),
    ),
)

_SCHOOL = Entity(
    name="SchoolIndicators",
    table="census",
    description="A school's figures of one school year; each says how it is counted.",
    is_node=False,
    plural="indicators",
    access=FIGURES,
    members=(
        ToOne(
            "school",
            "The school.",
            nullable=False,
            target="School",
            steps=(Step("school", "school", "{row}.school_id", outer=False),),
        ),
        *_figures(of_school=True),
        Embedded(
            "overThreeZeros",
            _ZEROS,
            nullable=False,
            type_name="SchoolZeros",
            type_description=_ZEROS,
            values=_zeros(of_school=True),
        ),
    ),
)

VIEWS = (told_indicators.of_year(_YEAR), told_indicators.of_school(_SCHOOL))

ROOT = ToMany(
    "indicators",
    "The city's indicators, a list of years in order.",
    nullable=False,
    target="YearIndicators",
    source=Source("asked_year", ("{row}.be_year",), needs=("asked_year",)),
    plain=True,
)
