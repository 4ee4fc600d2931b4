"""The city's indicators, by one grouped statement a figure."""

from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.dataloader.rows import fetch
from bench.dataloader.types import Rate, SchoolIndicators, YearIndicators, Zeros
from schema.tables import learning, people, places, records, summed

_LOW_GPAX_NUMERATOR: Final = 3
_LOW_GPAX_DENOMINATOR: Final = 2
_MOST_ZEROS: Final = 3

_YEAR = places.AcademicYear.__table__
_SCHOOL = places.School.__table__
_CENSUS = summed.StudentYear.__table__
_ENROLLMENT = records.SchoolEnrollment.__table__
_REASON = records.ExitReason.__table__
_SECTION = learning.Section.__table__
_POST = people.TeacherAssignment.__table__


async def indicators(engine: AsyncEngine, years: list[int]) -> list[YearIndicators]:
    """The figures of years (B.E.), in order."""
    asked = await fetch(engine, select(_YEAR.c.id, _YEAR.c.be_year).where(_YEAR.c.be_year.in_(years)))
    keys = [row.id for row in asked]
    census = await _census(engine, keys)
    teachers = await _distinct(engine, keys, _POST.c.academic_year_id, _POST.c.teacher_id)
    subjects = await _distinct(engine, keys, _SECTION.c.academic_year_id, _SECTION.c.subject_id)
    dropouts = await _dropouts(engine, keys)
    return [
        _of_year(
            row.be_year,
            [figures for figures in census if figures.academic_year_id == row.id],
            teachers.get(row.id, 0),
            subjects.get(row.id, 0),
            dropouts.get(row.id, 0),
        )
        for row in sorted(asked, key=lambda row: row.be_year)
    ]


def _of_year(year: int, schools: list[Any], teachers: int, subjects: int, dropouts: int) -> YearIndicators:
    students = sum(school.students for school in schools)
    return YearIndicators(
        year=year,
        student_count=students,
        teacher_count=teachers,
        subject_count=subjects,
        low_gpax=Rate(
            count=sum(school.low for school in schools), denominator=sum(school.averaged for school in schools)
        ),
        over_three_zeros=Zeros(
            ever=sum(school.ever for school in schools), outstanding=sum(school.outstanding for school in schools)
        ),
        dropout=Rate(count=dropouts, denominator=students),
        schools=[
            SchoolIndicators(school_key=school.school_id, low_gpax=Rate(count=school.low, denominator=school.averaged))
            for school in schools
        ],
    )


async def _census(engine: AsyncEngine, keys: list[int]) -> list[Any]:
    c = _CENSUS.c
    counted = c.gpax_credits > 0
    low = counted & (c.gpax_points * _LOW_GPAX_DENOMINATOR < c.gpax_credits * _LOW_GPAX_NUMERATOR)
    statement = (
        select(
            c.academic_year_id,
            c.school_id,
            func.count().label("students"),
            _count(counted).label("averaged"),
            _count(low).label("low"),
            _count(c.zeros_ever > _MOST_ZEROS).label("ever"),
            _count(c.zeros > _MOST_ZEROS).label("outstanding"),
        )
        .join(_SCHOOL, _SCHOOL.c.id == c.school_id)
        .where(c.academic_year_id.in_(keys))
        .group_by(c.academic_year_id, c.school_id, _SCHOOL.c.code)
        .order_by(_SCHOOL.c.code)
    )
    return list(await fetch(engine, statement))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


async def _distinct(
    engine: AsyncEngine, keys: list[int], year: ColumnElement[int], what: ColumnElement[int]
) -> dict[int, int]:
    statement = select(year, func.count(what.distinct())).where(year.in_(keys)).group_by(year)
    return {key: count for key, count in await fetch(engine, statement)}  # noqa: C416 - rows are no tuples to dict


async def _dropouts(engine: AsyncEngine, keys: list[int]) -> dict[int, int]:
    later = _ENROLLMENT.alias("later")
    back = (
        select(later.c.id)
        .where(
            later.c.student_id == _ENROLLMENT.c.student_id,
            later.c.entry_on.between(_ENROLLMENT.c.exit_on, _YEAR.c.ends_on),
            later.c.id != _ENROLLMENT.c.id,
        )
        .exists()
    )
    leaver = (
        select(_ENROLLMENT.c.academic_year_id, _ENROLLMENT.c.school_id, _ENROLLMENT.c.student_id)
        .join(_REASON, _REASON.c.id == _ENROLLMENT.c.exit_reason_id)
        .join(_YEAR, _YEAR.c.id == _ENROLLMENT.c.academic_year_id)
        .where(_REASON.c.counts_as_dropout, _ENROLLMENT.c.academic_year_id.in_(keys), ~back)
        .distinct()
        .subquery("leaver")
    )
    statement = select(leaver.c.academic_year_id, func.count()).group_by(leaver.c.academic_year_id)
    return {key: count for key, count in await fetch(engine, statement)}  # noqa: C416
