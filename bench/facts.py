"""What the workloads need to know of a database: a pupil to look up, and a place deep in the list of pupils."""

import asyncio
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.connecting import connect_engine
from schema.tables.learning import Stage
from schema.tables.people import Student
from schema.tables.places import School
from schema.tables.summed import TermResult


@dataclass(frozen=True, slots=True)
class Facts:
    """A secondary pupil with results of as many years as there are, and the key of the pupil at ``offset``."""

    school_code: str
    student_no: str
    offset: int
    after: int


def read_facts(url: str, *, offset: int) -> Facts:
    """Look the facts up; `offset` counts pupils from 0."""
    return asyncio.run(_read(url, offset))


async def _read(url: str, offset: int) -> Facts:
    engine = connect_engine(url, size=1)
    try:
        async with engine.connect() as connection:
            return await _facts(connection, offset)
    finally:
        await engine.dispose()


async def _facts(connection: AsyncConnection, offset: int) -> Facts:
    student, school, result = Student.__table__, School.__table__, TermResult.__table__
    pupil = (
        select(school.c.code, student.c.student_no)
        .join(school, school.c.id == student.c.school_id)
        .join(result, result.c.student_id == student.c.id)
        .where(result.c.stage.in_((Stage.LOWER_SECONDARY, Stage.UPPER_SECONDARY)))
        .group_by(student.c.id, student.c.student_no, school.c.code)
        .order_by(func.count(result.c.academic_year_id.distinct()).desc(), student.c.id)
        .limit(1)
    )
    school_code, student_no = (await connection.execute(pupil)).one()
    after = (await connection.execute(select(student.c.id).order_by(student.c.id).offset(offset).limit(1))).scalar_one()
    return Facts(school_code, student_no, offset, after)
