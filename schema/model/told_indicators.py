"""The city's indicators as those have them who have figures alone."""

from dataclasses import replace
from typing import Final

from schema.model import thresholds
from schema.model.census import dropouts_in
from schema.model.changes import signed_fraction
from schema.model.entities import Entity, Shared
from schema.model.judging import judged
from schema.model.noisy import keys_of, member_key
from schema.model.told import SUPPRESSED, hides, nested, rated, retold, share_of, shown

_TOLD: Final = "told_indicator"

_COUNTED: Final = {
    "students": "",
    "averaged": " FILTER (WHERE pupil.gpax_credits > 0)",
    "low": f" FILTER (WHERE {thresholds.is_low_gpax('pupil.gpax_points', 'pupil.gpax_credits')})",
    "ever": f" FILTER (WHERE {thresholds.has_many_zeros('pupil.zeros_ever')})",
    "outstanding": f" FILTER (WHERE {thresholds.has_many_zeros('pupil.zeros')})",
}
"""The pupils of the census day that count in each figure."""

_LEFT: Final = {
    "students": "CAST(NULL AS BIGINT)",
    "averaged": "nullif(place.students - place.averaged, 0)",
    "low": "place.averaged - place.low",
    # Of those who ever had them, those who have them no more are a group too.
    "outstanding": "CASE WHEN place.ever < place.students THEN place.ever ELSE place.students END - place.outstanding",
    "ever": "place.students - place.ever",
    "dropouts": "place.students - place.dropouts",
}
"""Who is left beside those who count; null where that is nobody's matter."""

_NAMES: Final = (*_COUNTED, "dropouts")

_PUPILS: Final = (
    "SELECT student_year.academic_year_id, student_year.school_id, student_year.gpax_credits, student_year.gpax_points,"
    f" student_year.zeros_ever, student_year.zeros, {member_key('student_year.student_id')} AS member_key"
    " FROM student_year"
)

_LEAVERS: Final = (
    "SELECT DISTINCT school_enrollment.academic_year_id, school_enrollment.school_id, school_enrollment.student_id"
    + dropouts_in("academic_year")
)


def _counts() -> str:
    """Of each school and year the pupils who count in each figure, and their keys; dropouts in rows of their own."""
    census = ", ".join(
        f"count(*){kept} AS {name}, {keys_of('pupil.member_key', kept)} AS {name}_keys"
        for name, kept in _COUNTED.items()
    )
    none = ", ".join(f"0 AS {name}, 0 AS {name}_keys" for name in _COUNTED)
    group = "academic_year_id, {of}.school_id"
    return (
        f"SELECT pupil.{group.format(of='pupil')}, {census}, 0 AS dropouts, 0 AS dropouts_keys"
        f" FROM ({_PUPILS}) AS pupil GROUP BY pupil.{group.format(of='pupil')}"
        f" UNION ALL SELECT leaver.{group.format(of='leaver')}, {none}, count(*),"
        f" {keys_of(member_key('leaver.student_id'))}"
        f" FROM ({_LEAVERS}) AS leaver GROUP BY leaver.{group.format(of='leaver')}"
    )


def _places() -> str:
    """The same of each school of a year, and of each year."""
    sums = ", ".join(
        f"CAST(sum(part.{name}) AS BIGINT) AS {name}, {keys_of(f'part.{name}_keys')} AS {name}_keys" for name in _NAMES
    )
    year = "CAST(part.academic_year_id AS TEXT)"
    return (
        f"SELECT {year} || ':' || part.school_id AS whose, {year} AS of_year, {sums} FROM told_count AS part"
        " GROUP BY part.academic_year_id, part.school_id"
        f" UNION ALL SELECT {year}, CAST(NULL AS TEXT), {sums} FROM told_count AS part GROUP BY part.academic_year_id"
    )


def _cells() -> str:
    return " UNION ALL ".join(
        f"SELECT '{name}' AS figure, place.whose, '' AS part, '{name}:' || place.of_year AS by_school,"
        f" place.{name} AS pupils, place.{name}_keys AS member_keys, {_LEFT[name]} AS rest FROM told_place AS place"
        for name in _NAMES
    )


SHARED: Final = (
    Shared("told_count", _counts(), needs=("leavers",)),
    Shared("told_place", _places(), needs=("told_count",)),
    *judged(_TOLD, _cells(), _NAMES, ("by_school",), ("told_place",), rounds=2),
    Shared(
        "told_year",
        f"SELECT asked_year.id, asked_year.be_year, {', '.join(f'told.{name}' for name in _NAMES)} FROM asked_year"
        f" LEFT JOIN {_TOLD} AS told ON told.whose = CAST(asked_year.id AS TEXT)",
        needs=("asked_year", _TOLD),
    ),
)

IN_PLACE: Final = (
    Shared(
        "census",
        f"SELECT place.academic_year_id, place.school_id, {', '.join(f'told.{name}' for name in _NAMES)}"
        " FROM told_count AS place JOIN asked_year ON asked_year.id = place.academic_year_id"
        f" JOIN {_TOLD} AS told ON told.whose = CAST(place.academic_year_id AS TEXT) || ':' || place.school_id"
        " WHERE place.students > 0",
        needs=("asked_year", "told_count", _TOLD),
    ),
)
"""What stands for the CTEs that are counted exactly; where they are not read, there is nothing exact to be read."""

_SINCE: Final = "coalesce({{since}}, {year} - 1)"
_BE_YEAR_OF_SCHOOL: Final = (
    "(SELECT academic_year.be_year FROM academic_year WHERE academic_year.id = {row}.academic_year_id)"
)


def _then(figure: str, be_year: str, school: str) -> str:
    """A figure of the year compared with."""
    year = f"SELECT academic_year.id FROM academic_year WHERE academic_year.be_year = {_SINCE.format(year=be_year)}"
    return f"(SELECT told.{figure} FROM {_TOLD} AS told WHERE told.whose = CAST(({year}) AS TEXT){school})"


def _change(figure: str, be_year: str, school: str) -> str:
    """The change between years of what is told of both."""
    return signed_fraction(shown(figure), _then(figure, be_year, school))


def _values(be_year: str, school: str) -> dict[str, str]:
    zeros = {
        **{name: shown(name) for name in ("ever", "outstanding")},
        "denominator": shown("students"),
        **{f"{name}Rate": share_of(shown(name), shown("students")) for name in ("ever", "outstanding")},
        **{f"{name}Change": _change(name, be_year, school) for name in ("ever", "outstanding")},
        SUPPRESSED: hides("students", "ever", "outstanding"),
    }
    return {
        "studentCount": shown("students"),
        SUPPRESSED: hides("students"),
        **nested("lowGpax", {**rated("low", "averaged"), "change": _change("low", be_year, school)}),
        **nested("dropout", {**rated("dropouts", "students"), "change": _change("dropouts", be_year, school)}),
        **nested("overThreeZeros", zeros),
    }


def _means() -> dict[str, str]:
    """Means over the schools with pupils, whose number is told of nobody."""
    schools = "(SELECT count(*) FROM all_census WHERE all_census.be_year = {year})"
    now, since = schools.format(year="{row}.be_year"), schools.format(year=_SINCE.format(year="{row}.be_year"))
    found = {}
    for name in ("ever", "outstanding"):
        mean = f"overThreeZeros.schoolMean{name.title()}"
        found[mean] = f"CAST(({shown(name)} * 200 / nullif({now}, 0) + 1) / 2 AS DOUBLE PRECISION) / 100"
        then = _then(name, "{row}.be_year", "")
        found[f"{mean}Change"] = signed_fraction(f"{shown(name)} * {since}", f"{then} * {now}")
    return found


def of_year(entity: Entity) -> Entity:
    """The city's figures of a year."""
    told = retold(entity, {**_values("{row}.be_year", ""), **_means()}, (_TOLD, "all_census"), "told_year")
    return replace(entity, told=told)


def of_school(entity: Entity) -> Entity:
    """A school's figures of a year."""
    values = _values(_BE_YEAR_OF_SCHOOL, " || ':' || {row}.school_id")
    return replace(entity, told=retold(entity, values, (_TOLD,)))
