"""Cohort follow-up: what became of the graduates of a year, in the city, in each school, level and occupation.

The definitions are those of `schema.rules.destinations`.
"""

from schema.model.cohort import STATUSES
from schema.model.entities import Embedded, Entity, Member, Scalar, Source, Step, ToMany, ToOne, Value
from schema.model.names import camel
from schema.model.told import hides, share_of, suppressed
from schema.policy import FIGURES

KNOWN = "NOT EXISTS (SELECT value FROM {years_listed} AS years WHERE value NOT IN (SELECT be_year FROM graduated_year))"
"""Holds when every year asked for is in the hub's calendar."""

_UNKNOWN = "unknown"

_KNOWN_OF = "{row}.known"

_TOLD = {
    "further_study": "Study on, and do not work.",
    "employed": "Work, and do not study.",
    "study_and_work": "Study on and work.",
    "unemployed": "Seek work.",
    "inactive": "Neither study, nor work, nor seek work.",
    "unknown": "Could not be traced, or gave no answer.",
}


def _figure(name: str, description: str, sql: str, scalar: Scalar = Scalar.INT) -> Value:
    return Value(name, description, nullable=True, scalar=scalar, sql=sql)


def _rate(name: str, description: str, count: str, denominator: str) -> Value:
    told = f"{description} (a fraction, four decimals, half up); null over none."
    return _figure(name, told, share_of(count, denominator), Scalar.FLOAT)


def _share(name: str, description: str, count: str, denominator: str) -> Embedded:
    return Embedded(
        name,
        description,
        nullable=False,
        type_name="Share",
        type_description="A count, what it is counted over, and the one over the other.",
        values=(
            _figure("count", "How many.", count),
            _figure("denominator", "Of how many.", denominator),
            _rate("rate", "count / denominator", count, denominator),
            suppressed("one of these figures is", f"{count} IS NULL OR {denominator} IS NULL"),
        ),
    )


def _path(column: str) -> Embedded:
    """One status, of all and of those known."""
    count = f"{{row}}.{column}"
    no_share = _figure("shareOfKnown", "", "CAST(NULL AS DOUBLE PRECISION)", Scalar.FLOAT)
    of_known = no_share if column == _UNKNOWN else _rate("shareOfKnown", "count / known", count, _KNOWN_OF)
    return Embedded(
        camel(column),
        f"Graduates who: {_TOLD[column][0].lower()}{_TOLD[column][1:]}",
        nullable=False,
        type_name="DestinationShare",
        type_description="Graduates with one status, of all and of those whose destination is known.",
        values=(
            _figure("count", "How many, each as last found.", count),
            _rate("shareOfAll", "count / graduates", count, "{row}.graduates"),
            of_known,
            suppressed("`count` is", f"{count} IS NULL"),
        ),
    )


_FIGURES: tuple[Member, ...] = (
    _figure(
        "graduates",
        "Graduates with a destination on record, each counted once by where they were last found. Thai: ผู้สำเร็จการศึกษา.",
        "{row}.graduates",
    ),
    suppressed("`graduates` or `known` is", hides("graduates", "known")),
    _figure("known", "Graduates whose destination is known: all but `unknown`.", _KNOWN_OF),
    _rate("responseRate", "known / graduates", _KNOWN_OF, "{row}.graduates"),
    *(_path(column) for _, column in STATUSES),
    _share(
        "unemployment",
        "Unemployed over employed and unemployed; employed is who works, study beside it or not.",
        "{row}.unemployed",
        "{row}.seeking",
    ),
    _share(
        "jobMatch",
        "Employed in a local target occupation over employed with a known occupation. A target is one that the"
        " blueprint of the school's municipality names on the day for which the destination was found.",
        "{row}.matched",
        "{row}.jobs",
    ),
)


def _of_each(table: str, link: str, order: tuple[str, ...]) -> Source:
    """The rows of a count that belong to a year or to a school of a year."""
    return Source(
        table=table,
        order=order,
        link=link,
        on=f"{{row}}.{link}_id = {{link}}.id",
        parent="{row}.whose",
        needs=(table,),
    )


def _one(table: str, name: str, target: str, description: str) -> ToOne:
    step = Step(name, table, f"{{row}}.{table}_id", outer=False)
    return ToOne(name, description, nullable=False, target=target, steps=(step,))


def _parts(of: str) -> tuple[ToMany, ...]:
    """The figures of each level, and of each occupation."""
    return (
        ToMany(
            "levels",
            "The same for each level completed: ม.3 and ม.6.",
            nullable=False,
            target="LevelDestinations",
            source=_of_each(f"{of}_level", "grade_level", ("{link}.ordinal",)),
            plain=True,
        ),
        ToMany(
            "occupations",
            "The known occupations of those employed, the most frequent first, then by code.",
            nullable=False,
            target="OccupationDestinations",
            source=_of_each(f"{of}_occupation", "occupation", ("-coalesce({row}.jobs, 0)", "{link}.code")),
            plain=True,
        ),
    )


_YEAR = Entity(
    name="YearDestinations",
    table="cohort_year",
    description="What became of the city's graduates of one school year; each figure says how it is counted.",
    is_node=False,
    plural="destinations",
    access=FIGURES,
    members=(
        Value(
            "year",
            "The school year of graduation (B.E.). Thai: ปีที่จบ.",
            nullable=False,
            scalar=Scalar.INT,
            sql="{row}.be_year",
        ),
        *_FIGURES,
        ToMany(
            "schools",
            "The same for each school that had graduates.",
            nullable=False,
            target="SchoolDestinations",
            source=_of_each("cohort_school", "school", ("{link}.code",)),
            plain=True,
        ),
        *_parts("cohort"),
    ),
)

_SCHOOL = Entity(
    name="SchoolDestinations",
    table="cohort_school",
    description="What became of a school's graduates of one school year; each figure says how it is counted.",
    is_node=False,
    plural="destinations",
    access=FIGURES,
    members=(
        _one("school", "school", "School", "The school graduated from. Thai: โรงเรียน."),
        *_FIGURES,
        *_parts("cohort_school"),
    ),
)

_LEVEL = Entity(
    name="LevelDestinations",
    table="cohort_level",
    description="What became of those who completed one level; each figure says how it is counted.",
    is_node=False,
    plural="destinations",
    access=FIGURES,
    members=(
        _one("grade_level", "gradeLevel", "GradeLevel", "The level completed. Thai: ระดับชั้นที่จบ."),
        *_FIGURES,
    ),
)

_OCCUPATION = Entity(
    name="OccupationDestinations",
    table="cohort_occupation",
    description="Graduates employed in one occupation.",
    is_node=False,
    plural="destinations",
    access=FIGURES,
    members=(
        _one("occupation", "occupation", "Occupation", "The occupation. Thai: อาชีพ."),
        _figure("count", "Graduates employed in it, each as last found.", "{row}.jobs"),
        _rate("share", "count / all employed with a known occupation", "{row}.jobs", "{row}.all_jobs"),
        _figure(
            "matchCount",
            "How many of them count in `jobMatch`: it was a target of their school's municipality on the day.",
            "{row}.matched",
        ),
        suppressed("`count` or `matchCount` is", hides("jobs", "matched")),
    ),
)

VIEWS = (_YEAR, _SCHOOL, _LEVEL, _OCCUPATION)

ROOT = ToMany(
    "destinations",
    "What became of the graduates, a list of years of graduation in order.",
    nullable=False,
    target="YearDestinations",
    source=Source("cohort_year", ("{row}.be_year",), needs=("cohort_year",)),
    plain=True,
)
