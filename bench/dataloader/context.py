"""What a request is answered with: its loaders, each made when it is first asked for."""

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from functools import cache, cached_property
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine
from strawberry.dataloader import DataLoader

from bench.dataloader import figures
from bench.dataloader.rows import AnyRow, AnySelect, fetch, grouped, windowed, year_key
from bench.dataloader.types import (
    AcademicYear,
    Grade,
    GradeCode,
    GradeEvent,
    Homeroom,
    School,
    Student,
    Subject,
    Term,
    TermResult,
    YearIndicators,
)
from schema.tables import learning, people, places, records, summed

_T = TypeVar("_T")

_SCHOOL = places.School.__table__
_YEAR = places.AcademicYear.__table__
_TERM = places.Term.__table__
_CODE = learning.GradeCode.__table__
_LEVEL = learning.GradeLevel.__table__
_SUBJECT = learning.Subject.__table__
_SECTION = learning.Section.__table__
_STUDENT = people.Student.__table__
_HOMEROOM = people.Homeroom.__table__
_MEMBERSHIP = people.HomeroomMembership.__table__
_ENROLLMENT = records.SchoolEnrollment.__table__
_GRADE = records.Grade.__table__
_EVENT = records.GradeEvent.__table__
_RESULT = summed.TermResult.__table__

_STUDENT_COLUMNS = (
    _STUDENT.c.id,
    _STUDENT.c.school_id,
    _STUDENT.c.student_no,
    _STUDENT.c.given_name,
    _STUDENT.c.family_name,
)


class Context:
    """One request's; what it has loaded once it does not load again."""

    def __init__(self, engine: AsyncEngine) -> None:
        """From the pool to read through."""
        self._engine = engine
        # A loader for each set of arguments: two aliases of one field may ask for different pages.
        self.students = cache(self._students)
        self.grades = cache(self._grades)
        self.events = cache(self._events)
        self.term_results = cache(self._term_results)
        self.homerooms = cache(self._homerooms)

    # To one

    @cached_property
    def schools(self) -> DataLoader[int, School]:
        """Schools by key."""
        return self._one(select(_SCHOOL.c.id, _SCHOOL.c.code, _SCHOOL.c.name), _school)

    @cached_property
    def years(self) -> DataLoader[int, AcademicYear]:
        """School years by key."""
        return self._one(select(_YEAR.c.id, _YEAR.c.be_year), lambda row: AcademicYear(be_year=row.be_year))

    @cached_property
    def terms(self) -> DataLoader[int, Term]:
        """Terms by key."""
        return self._one(
            select(_TERM.c.id, _TERM.c.number, _TERM.c.academic_year_id),
            lambda row: Term(number=row.number, year_key=row.academic_year_id),
        )

    @cached_property
    def codes(self) -> DataLoader[int, GradeCode]:
        """Grade codes by key."""
        return self._one(
            select(_CODE.c.id, _CODE.c.label, _CODE.c.points),
            lambda row: GradeCode(label=row.label, points=_float(row.points)),
        )

    @cached_property
    def subjects(self) -> DataLoader[int, Subject]:
        """Subjects by key."""
        return self._one(
            select(_SUBJECT.c.id, _SUBJECT.c.code, _SUBJECT.c.name, _SUBJECT.c.credits),
            lambda row: Subject(code=row.code, name=row.name, credits=float(row.credits)),
        )

    @cached_property
    def section_terms(self) -> DataLoader[int, int | None]:
        """The key of a section's term."""
        return self._one(select(_SECTION.c.id, _SECTION.c.term_id), lambda row: row.term_id)

    @cached_property
    def gpax(self) -> DataLoader[int, float | None]:
        """The cumulative average of a pupil's own stage."""

        async def load(keys: list[int]) -> list[float | None]:
            latest = (
                select(_ENROLLMENT.c.student_id, _LEVEL.c.stage)
                .join(_LEVEL, _LEVEL.c.id == _ENROLLMENT.c.grade_level_id)
                .where(_ENROLLMENT.c.student_id.in_(keys))
            )
            order = (_ENROLLMENT.c.entry_on.desc(), _ENROLLMENT.c.id.desc())
            own = windowed(latest, _ENROLLMENT.c.student_id, order, 1).subquery("own")
            statement = (
                select(_RESULT.c.student_id, func.sum(_RESULT.c.gpa_points), func.sum(_RESULT.c.gpa_credits))
                .join(own, (own.c.student_id == _RESULT.c.student_id) & (own.c.stage == _RESULT.c.stage))
                .group_by(_RESULT.c.student_id)
            )
            found = {key: _average(points, credits_) for key, points, credits_ in await fetch(self._engine, statement)}
            return [found.get(key) for key in keys]

        return DataLoader(load)

    def _homerooms(self, year: int) -> DataLoader[int, Homeroom | None]:
        """A pupil's latest homeroom of a year."""

        async def load(keys: list[int]) -> list[Homeroom | None]:
            member = (
                select(_MEMBERSHIP.c.student_id, _HOMEROOM.c.name)
                .join(_HOMEROOM, _HOMEROOM.c.id == _MEMBERSHIP.c.homeroom_id)
                .where(_MEMBERSHIP.c.student_id.in_(keys), _MEMBERSHIP.c.academic_year_id == year_key(year))
            )
            order = (_MEMBERSHIP.c.entry_on.desc(), _MEMBERSHIP.c.id.desc())
            rows = await fetch(self._engine, windowed(member, _MEMBERSHIP.c.student_id, order, 1))
            found = {row.student_id: Homeroom(name=row.name) for row in rows}
            return [found.get(key) for key in keys]

        return DataLoader(load)

    # To many

    def _students(self, year: int, first: int) -> DataLoader[int, list[Student]]:
        """The pupils of schools in a year, each once."""
        enrolled = (
            select(_ENROLLMENT.c.school_id, _ENROLLMENT.c.student_id)
            .where(_ENROLLMENT.c.academic_year_id == year_key(year))
            .distinct()
        )

        def statement(keys: list[int]) -> AnySelect:
            pupils = enrolled.where(_ENROLLMENT.c.school_id.in_(keys)).subquery("enrolled")
            page = windowed(select(pupils), pupils.c.school_id, (pupils.c.student_id,), first).subquery("page")
            of = page.c.school_id.label("parent")
            return select(of, *_STUDENT_COLUMNS).join(page, page.c.student_id == _STUDENT.c.id).order_by(page.c.place)

        return self._many(statement, lambda row: (row.parent, _student(row)))

    def _grades(self, year: int | None, first: int) -> DataLoader[int, list[Grade]]:
        """The grades of pupils, of a year or of all."""
        wanted = select(
            _GRADE.c.student_id,
            _GRADE.c.id,
            _GRADE.c.score,
            _GRADE.c.attempt,
            _GRADE.c.code_id,
            _GRADE.c.subject_id,
            _GRADE.c.section_id,
        )
        if year is not None:
            wanted = wanted.where(_GRADE.c.academic_year_id == year_key(year))

        def statement(keys: list[int]) -> AnySelect:
            order = (_GRADE.c.academic_year_id, _GRADE.c.id)
            return windowed(wanted.where(_GRADE.c.student_id.in_(keys)), _GRADE.c.student_id, order, first)

        def make(row: AnyRow) -> tuple[int, Grade]:
            student, key, score, attempt, code, subject, section, _ = row
            return student, Grade(
                key=key,
                score=_float(score),
                attempt=attempt,
                code_key=code,
                subject_key=subject,
                section_key=section,
            )

        return self._many(statement, make)

    def _events(self, first: int) -> DataLoader[int, list[GradeEvent]]:
        """The history of grades."""
        wanted = select(
            _EVENT.c.grade_id, _EVENT.c.sequence, _EVENT.c.kind, _EVENT.c.at, _EVENT.c.score, _EVENT.c.code_id
        )

        def statement(keys: list[int]) -> AnySelect:
            return windowed(wanted.where(_EVENT.c.grade_id.in_(keys)), _EVENT.c.grade_id, (_EVENT.c.sequence,), first)

        def make(row: AnyRow) -> tuple[int, GradeEvent]:
            at = row.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            return row.grade_id, GradeEvent(
                sequence=row.sequence, kind=row.kind, at=at, score=_float(row.score), code_key=row.code_id
            )

        return self._many(statement, make)

    def _term_results(self, first: int) -> DataLoader[int, list[TermResult]]:
        """The results of pupils' terms."""

        def statement(keys: list[int]) -> AnySelect:
            order = (_RESULT.c.academic_year_id, _RESULT.c.term_id.nulls_first(), _RESULT.c.stage)
            return windowed(
                select(*_RESULT.c).where(_RESULT.c.student_id.in_(keys)), _RESULT.c.student_id, order, first
            )

        def make(row: AnyRow) -> tuple[int, TermResult]:
            return row.student_id, TermResult(
                stage=row.stage,
                registered=row.registered,
                zeros=row.zeros,
                credits_earned=float(row.credits_earned),
                gpa=_average(row.gpa_points, row.gpa_credits),
                year_key=row.academic_year_id,
                term_key=row.term_id,
            )

        return self._many(statement, make)

    # Roots

    async def first_schools(self, first: int) -> list[School]:
        """Schools in the order of their codes."""
        statement = select(_SCHOOL.c.id, _SCHOOL.c.code, _SCHOOL.c.name).order_by(_SCHOOL.c.code).limit(first)
        return [_school(row) for row in await fetch(self._engine, statement)]

    async def page_of_students(self, first: int, after: int | None, offset: int) -> list[Student]:
        """Pupils in the order of their keys."""
        statement = select(*_STUDENT_COLUMNS).order_by(_STUDENT.c.id).limit(first)
        statement = statement.offset(offset) if after is None else statement.where(_STUDENT.c.id > after)
        return [_student(row) for row in await fetch(self._engine, statement)]

    async def find_student(self, school_code: str, student_no: str) -> Student | None:
        """A pupil by school and number."""
        statement = (
            select(*_STUDENT_COLUMNS)
            .join(_SCHOOL, _SCHOOL.c.id == _STUDENT.c.school_id)
            .where(_SCHOOL.c.code == school_code, _STUDENT.c.student_no == student_no)
        )
        return next((_student(row) for row in await fetch(self._engine, statement)), None)

    async def indicators(self, years: list[int]) -> list[YearIndicators]:
        """The city's indicators of years."""
        return await figures.indicators(self._engine, years)

    # What all loaders share

    def _one(self, statement: AnySelect, make: Callable[[AnyRow], _T]) -> DataLoader[int, _T]:
        key = statement.selected_columns.id

        async def load(keys: list[int]) -> list[_T]:
            rows = await fetch(self._engine, statement.where(key.in_(keys)))
            found = {row.id: make(row) for row in rows}
            return [found[key] for key in keys]

        return DataLoader(load)

    def _many(
        self, statement: Callable[[list[int]], AnySelect], make: Callable[[AnyRow], tuple[int, _T]]
    ) -> DataLoader[int, list[_T]]:
        async def load(keys: list[int]) -> list[list[_T]]:
            return grouped(keys, await fetch(self._engine, statement(keys)), make)

        return DataLoader(load)


def _school(row: AnyRow) -> School:
    return School(key=row.id, code=row.code, name=row.name)


def _student(row: AnyRow) -> Student:
    return Student(
        key=row.id,
        school_key=row.school_id,
        student_no=row.student_no,
        given_name=row.given_name,
        family_name=row.family_name,
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _average(points: Decimal, credits_: Decimal) -> float | None:
    if not credits_:
        return None
    return float((points / credits_).quantize(Decimal("0.01"), ROUND_DOWN))
