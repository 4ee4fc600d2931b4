"""What the derived tables must hold, computed in plain Python from all the rows there are: slow and obvious."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from tests.engines import Client, as_rows

_Row: TypeAlias = dict[str, Any]

_TERM_RESULT = (
    "SELECT student_id, academic_year_id, term_id, stage, registered, pending, zeros, zeros_ever, credits_registered,"
    " credits_attempted, credits_earned, gpa_credits, gpa_points FROM term_result"
)
_STUDENT_YEAR = (
    "SELECT student_id, academic_year_id, school_id, grade_level_id, zeros, zeros_ever, gpax_credits, gpax_points"
    " FROM student_year"
)


@dataclass(frozen=True)
class Derived:
    """The rows of both tables, keys and clocks left out, in a fixed order."""

    term_results: list[tuple[Any, ...]]
    student_years: list[tuple[Any, ...]]


async def read_stored(client: Client) -> Derived:
    """What the database keeps."""
    return Derived(_sorted(await client.rows(_TERM_RESULT)), _sorted(await client.rows(_STUDENT_YEAR)))


async def recompute(client: Client) -> Derived:
    """What it should keep."""
    grades = await _table(
        client, "grade", "student_id, academic_year_id, section_id, subject_id, credits, code_id, first_code_id"
    )
    sections = _by_id(await _table(client, "section", "id, term_id"))
    subjects = _by_id(await _table(client, "subject", "id, grade_level_id"))
    levels = _by_id(await _table(client, "grade_level", "id, stage"))
    years = _by_id(await _table(client, "academic_year", "id, be_year, census_on"))
    codes = _by_id(
        await _table(
            client, "grade_code", "id, points, counts_as_attempted, counts_as_earned, counts_in_gpa, is_pending"
        )
    )
    enrollments = await _table(
        client, "school_enrollment", "student_id, academic_year_id, school_id, grade_level_id, entry_on, exit_on"
    )

    groups: dict[tuple[Any, ...], list[_Row]] = defaultdict(list)
    for grade in grades:
        stage = levels[subjects[grade["subject_id"]]["grade_level_id"]]["stage"]
        term = sections[grade["section_id"]]["term_id"]
        groups[grade["student_id"], grade["academic_year_id"], term, stage].append(grade)
    results = {key: _sum_up(members, codes) for key, members in groups.items()}

    student_years = []
    for enrollment in enrollments:
        year, level = years[enrollment["academic_year_id"]], enrollment["grade_level_id"]
        census, leave = year["census_on"], enrollment["exit_on"]
        if enrollment["entry_on"] > census or (leave is not None and leave <= census):
            continue
        own = {key: sums for key, sums in results.items() if key[0] == enrollment["student_id"]}
        of_year = [sums for key, sums in own.items() if key[1] == year["id"]]
        of_stage = [
            sums
            for key, sums in own.items()
            if key[3] == levels[level]["stage"] and years[key[1]]["be_year"] <= year["be_year"]
        ]
        student_years.append(
            (
                enrollment["student_id"],
                year["id"],
                enrollment["school_id"],
                level,
                sum(sums["zeros"] for sums in of_year),
                sum(sums["zeros_ever"] for sums in of_year),
                sum(sums["gpa_credits"] for sums in of_stage),
                sum(sums["gpa_points"] for sums in of_stage),
            )
        )
    term_results = [(*key, *sums.values()) for key, sums in results.items()]
    return Derived(_sorted(as_rows(term_results)), _sorted(as_rows(student_years)))


def _sum_up(grades: list[_Row], codes: dict[int, _Row]) -> _Row:
    sums: _Row = dict.fromkeys(("registered", "pending", "zeros", "zeros_ever"), 0)
    sums |= dict.fromkeys(
        ("credits_registered", "credits_attempted", "credits_earned", "gpa_credits", "gpa_points"), Decimal(0)
    )
    for grade in grades:
        credits_ = Decimal(grade["credits"])
        sums["registered"] += 1
        sums["credits_registered"] += credits_
        first = codes.get(grade["first_code_id"])
        if first and first["counts_in_gpa"] and first["points"] == 0:
            sums["zeros_ever"] += 1
        code = codes.get(grade["code_id"])
        if code is None:
            sums["pending"] += 1
            continue
        if code["is_pending"]:
            sums["pending"] += 1
        if code["counts_as_attempted"]:
            sums["credits_attempted"] += credits_
        if code["counts_as_earned"]:
            sums["credits_earned"] += credits_
        if code["counts_in_gpa"]:
            sums["gpa_credits"] += credits_
            sums["gpa_points"] += credits_ * Decimal(code["points"])
            if code["points"] == 0:
                sums["zeros"] += 1
    return sums


async def _table(client: Client, table: str, columns: str) -> list[_Row]:
    return [
        dict(zip(columns.split(", "), row, strict=True)) for row in await client.rows(f"SELECT {columns} FROM {table}")
    ]


def _by_id(rows: Iterable[_Row]) -> dict[int, _Row]:
    return {row["id"]: row for row in rows}


def _sorted(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=lambda row: tuple((value is not None, value) for value in row))
