"""The workloads: what is asked of the GraphQL servers, and the same as the floor's statement with its parameters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bench.facts import Facts
from schema.compiler.reading import Dialect

YEARS: Final = (2558, 2559, 2560, 2561)
"""The demo city's years."""
PUPILS: Final = (1, 10, 100)
"""Of each school in W1, W2 and W3."""
DEEP: Final = 5_000
"""How many pupils come before W5's page."""
GROWING: Final = ("W1", "W4", "W5", "W8")
"""The workloads that more cities must not slow down."""

_MANY_PUPILS: Final = 100
"""From here on the floor's other statement is the faster on PostgreSQL."""

_NESTED = """
query Nested($schools: Int!, $pupils: Int!, $year: Int!, $grades: Int!) {
  schools(first: $schools) { nodes { code name
    students(first: $pupils, year: $year) { nodes { studentNo
      grades(year: $year, first: $grades) { nodes { score code { label } subject { code name } } } } } } }
}"""

_PUPIL = """
query Pupil($school: String!, $number: String!, $grades: Int!) {
  studentBy(schoolCode: $school, studentNo: $number) { studentNo givenName familyName gpax
    termResults { nodes { year { beYear } term { number } stage registered zeros creditsEarned gpa } }
    grades(first: $grades) { nodes { score attempt code { label points } subject { code name credits }
      term { number year { beYear } } events { nodes { sequence kind at score code { label } } } } } }
}"""

_PAGE = """
query Page($pupils: Int!, $after: String, $year: Int!) {
  students(first: $pupils, after: $after) { nodes { studentNo givenName familyName
    school { code name } homeroom(year: $year) { name } } }
}"""

_CURSOR = """
query Cursor($offset: Int!) { students(first: 1, offset: $offset) { pageInfo { endCursor } } }"""

_INDICATORS = """
query Indicators($years: [Int!]!) {
  indicators(years: $years) { year studentCount teacherCount subjectCount lowGpax { count denominator rate }
    overThreeZeros { ever outstanding } dropout { count rate } schools { school { name } lowGpax { count } } }
}"""

_GROUPS = """
query Groups($groups: Int!) {
  grades { groups(by: [SCHOOL, LEARNING_AREA, YEAR], first: $groups) { nodes {
    key { school { name } learningArea { nameTh } year { beYear } }
    avg { code { points } } zeros: count(where: {code: {points: {equals: 0}}}) } } }
}"""

_RANKED = """
query Ranked($pupils: Int!, $level: String!, $year: Int!, $area: String!) {
  students(first: $pupils, orderBy: [{gpax: ASC}], where: {
    enrollments: {year: $year, some: {gradeLevel: {code: {equals: $level}}}}
    grades: {some: {code: {points: {equals: 0}}, subject: {learningArea: {code: {equals: $area}}}}}
  }) { totalCount nodes { studentNo givenName gpax } }
}"""

_WORST = """
query Worst($subjects: Int!) {
  schools { nodes { code name grades(where: {code: {points: {equals: 0}}}) {
    groups(by: [SUBJECT], orderBy: [{count: DESC}], first: $subjects) { nodes {
      key { subject { code name } } count } } } } }
}"""

_ZERO: Final = 0
_GROUPS_AT_MOST: Final = 1_000
_SCHOOLS_AT_MOST: Final = 50
_RANKED_AT_MOST: Final = 50
_WORST_AT_MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Workload:
    """One read.

    ``statements`` names the floor's statement on each engine, ``parameters`` what it binds. ``after`` is the offset of
    a row: its cursor, which each GraphQL server has its own way to write, is the variable of that name.
    ``peer``: whether the DataLoader server answers it as well. ``varies``: whether its variables are other each time.
    """

    name: str
    title: str
    query: str
    variables: Mapping[str, object]
    statements: Mapping[Dialect, str]
    parameters: tuple[int | str, ...]
    after: int | None = None
    peer: bool = True
    varies: bool = False

    cursor_query = _CURSOR


def _on_both(statement: str) -> Mapping[Dialect, str]:
    return dict.fromkeys(Dialect, statement)


def _nested(name: str, pupils: int, year: int) -> Workload:
    statements = _on_both("nested")
    if pupils >= _MANY_PUPILS:
        statements = {**statements, Dialect.POSTGRESQL: "gathered"}
    plural = "pupil" if pupils == 1 else "pupils"
    return Workload(
        name,
        f"7 schools x {pupils} {plural} x a year's grades x subject",
        _NESTED,
        {"schools": 7, "pupils": pupils, "year": year, "grades": 50},
        statements,
        (7, pupils, year, 50),
    )


def workloads(
    facts: Facts,
    *,
    years: tuple[int, int, int, int],
    pupils: tuple[int, int, int],
    ranked: tuple[str, int, str] = ("ม.3", 2561, "MAT"),
) -> Iterator[Workload]:
    """All workloads, W1 to W9, and W1v.

    ``pupils`` are those of each school in W1, W2 and W3, and the last also W5's page; ``ranked`` is the level of
    W8's pupils, the year of it, and the learning area.
    """
    latest = years[-1]
    for number, size in enumerate(pupils, 1):
        yield _nested(f"W{number}", size, latest)
    yield Workload(
        "W4",
        "one pupil, four years: results, averages, history",
        _PUPIL,
        {"school": facts.school_code, "number": facts.student_no, "grades": 200},
        _on_both("pupil"),
        (facts.school_code, facts.student_no, 200),
    )
    yield Workload(
        "W5",
        f"{pupils[-1]} pupils behind a cursor, with school and homeroom",
        _PAGE,
        {"pupils": pupils[-1], "year": latest},
        _on_both("page"),
        (pupils[-1], facts.after, latest),
        after=facts.offset,
    )
    yield Workload(
        "W6",
        "the city's indicators of four years, by school",
        _INDICATORS,
        {"years": list(years)},
        _on_both("indicators"),
        years,
    )
    yield Workload(
        "W7",
        "mean points and zeros of all grades, by school x learning area x year",
        _GROUPS,
        {"groups": _GROUPS_AT_MOST},
        _on_both("groups"),
        (_ZERO, _GROUPS_AT_MOST),
        peer=False,
    )
    level, year, area = ranked
    yield Workload(
        "W8",
        f"{_RANKED_AT_MOST} pupils of {level} in {year} with a zero in {area}, lowest GPAX first, of how many",
        _RANKED,
        {"pupils": _RANKED_AT_MOST, "level": level, "year": year, "area": area},
        _on_both("ranked"),
        (_RANKED_AT_MOST, level, year, area, _ZERO),
        peer=False,
    )
    yield Workload(
        "W9",
        f"of each school the {_WORST_AT_MOST} subjects with most zeros",
        _WORST,
        {"subjects": _WORST_AT_MOST},
        _on_both("worst"),
        (_ZERO, _WORST_AT_MOST, _SCHOOLS_AT_MOST),
        peer=False,
    )
    yield replace(_nested("W1v", pupils[0], latest), title="W1 with other variables each time", varies=True)


def growing(facts: Facts) -> Iterator[Workload]:
    """Those asked of one city and of many; W8 of one school, for of all cities it has more pupils to find and order."""
    for workload in workloads(facts, years=YEARS, pupils=PUPILS):
        if workload.name in GROWING:
            yield _of_school(workload, facts.school_code) if workload.query == _RANKED else workload


def _of_school(ranked: Workload, code: str) -> Workload:
    return replace(
        ranked,
        title=f"{ranked.title}, enrolled in one school",
        query=_RANKED.replace("$area: String!", "$area: String!, $school: String!").replace(
            "some: {gradeLevel", "some: {school: {code: {equals: $school}}, gradeLevel"
        ),
        variables={**ranked.variables, "school": code},
    )
