"""The graph's types: each level resolved for itself, through the request's loaders."""

from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

import strawberry
from strawberry import Private

if TYPE_CHECKING:
    from bench.dataloader.context import Context

_T = TypeVar("_T")
Info: TypeAlias = "strawberry.Info[Context, None]"


@strawberry.type
class PageInfo:
    """Where a page ends."""

    end_cursor: str | None


@strawberry.type
class Page(Generic[_T]):
    """A page of a to-many relation."""

    nodes: list[_T]

    @strawberry.field
    def page_info(self) -> PageInfo:
        """Where the page ends."""
        last = self.nodes[-1] if self.nodes else None
        return PageInfo(end_cursor=None if last is None else str(getattr(last, "key", None)))


@strawberry.type
class AcademicYear:
    """A school year."""

    be_year: int


@strawberry.type
class Term:
    """A term."""

    number: int
    year_key: Private[int]

    @strawberry.field
    async def year(self, info: Info) -> AcademicYear:
        """The year."""
        return await info.context.years.load(self.year_key)


@strawberry.type
class GradeCode:
    """A code of results."""

    label: str
    points: float | None


@strawberry.type
class Subject:
    """A subject."""

    code: str
    name: str
    credits: float


@strawberry.type
class GradeEvent:
    """What happened to a result."""

    sequence: int
    kind: str
    at: str
    score: float | None
    code_key: Private[int]

    @strawberry.field
    async def code(self, info: Info) -> GradeCode:
        """The result given."""
        return await info.context.codes.load(self.code_key)


@strawberry.type
class Grade:
    """A registration and its result."""

    key: Private[int]
    score: float | None
    attempt: int
    code_key: Private[int | None]
    subject_key: Private[int]
    section_key: Private[int]

    @strawberry.field
    async def code(self, info: Info) -> GradeCode | None:
        """The result."""
        return None if self.code_key is None else await info.context.codes.load(self.code_key)

    @strawberry.field
    async def subject(self, info: Info) -> Subject:
        """The subject."""
        return await info.context.subjects.load(self.subject_key)

    @strawberry.field
    async def term(self, info: Info) -> Term | None:
        """The term, by way of the section."""
        key = await info.context.section_terms.load(self.section_key)
        return None if key is None else await info.context.terms.load(key)

    @strawberry.field
    async def events(self, info: Info, first: int = 50) -> Page[GradeEvent]:
        """The history."""
        return Page(nodes=await info.context.events(first).load(self.key))


@strawberry.type
class TermResult:
    """The results of a term, summed."""

    stage: str
    registered: int
    zeros: int
    credits_earned: float
    gpa: float | None
    year_key: Private[int]
    term_key: Private[int | None]

    @strawberry.field
    async def year(self, info: Info) -> AcademicYear:
        """The year."""
        return await info.context.years.load(self.year_key)

    @strawberry.field
    async def term(self, info: Info) -> Term | None:
        """The term."""
        return None if self.term_key is None else await info.context.terms.load(self.term_key)


@strawberry.type
class Homeroom:
    """A homeroom."""

    name: str


@strawberry.type
class Student:
    """A pupil."""

    key: Private[int]
    school_key: Private[int]
    student_no: str
    given_name: str
    family_name: str

    @strawberry.field
    async def school(self, info: Info) -> "School":
        """The school."""
        return await info.context.schools.load(self.school_key)

    @strawberry.field
    async def homeroom(self, info: Info, year: int) -> Homeroom | None:
        """The homeroom of a year."""
        return await info.context.homerooms(year).load(self.key)

    @strawberry.field
    async def grades(self, info: Info, year: int | None = None, first: int = 50) -> Page[Grade]:
        """The results."""
        return Page(nodes=await info.context.grades(year, first).load(self.key))

    @strawberry.field
    async def term_results(self, info: Info, first: int = 50) -> Page[TermResult]:
        """The results of each term."""
        return Page(nodes=await info.context.term_results(first).load(self.key))

    @strawberry.field
    async def gpax(self, info: Info) -> float | None:
        """The cumulative average of the stage."""
        return await info.context.gpax.load(self.key)


@strawberry.type
class School:
    """A school."""

    key: Private[int]
    code: str
    name: str

    @strawberry.field
    async def students(self, info: Info, year: int, first: int = 50) -> Page[Student]:
        """The pupils of a year."""
        return Page(nodes=await info.context.students(year, first).load(self.key))


@strawberry.type
class Rate:
    """A count over another."""

    count: int
    denominator: int

    @strawberry.field
    def rate(self) -> float | None:
        """The one over the other, four decimals, half up."""
        return (self.count * 20000 // self.denominator + 1) // 2 / 10000 if self.denominator else None


@strawberry.type
class Zeros:
    """Pupils with more than three zeros."""

    ever: int
    outstanding: int


@strawberry.type
class SchoolIndicators:
    """A school's figures of a year."""

    school_key: Private[int]
    low_gpax: Rate

    @strawberry.field
    async def school(self, info: Info) -> School:
        """The school."""
        return await info.context.schools.load(self.school_key)


@strawberry.type
class YearIndicators:
    """The city's figures of a year."""

    year: int
    student_count: int
    teacher_count: int
    subject_count: int
    low_gpax: Rate
    over_three_zeros: Zeros
    dropout: Rate
    schools: list[SchoolIndicators]


@strawberry.type
class Query:
    """What can be asked."""

    @strawberry.field
    async def schools(self, info: Info, first: int = 50) -> Page[School]:
        """Schools by code."""
        return Page(nodes=await info.context.first_schools(first))

    @strawberry.field
    async def students(self, info: Info, first: int = 50, after: str | None = None, offset: int = 0) -> Page[Student]:
        """Pupils by key."""
        return Page(nodes=await info.context.page_of_students(first, None if after is None else int(after), offset))

    @strawberry.field
    async def student_by(self, info: Info, school_code: str, student_no: str) -> Student | None:
        """A pupil by school and number."""
        return await info.context.find_student(school_code, student_no)

    @strawberry.field
    async def indicators(self, info: Info, years: list[int]) -> list[YearIndicators]:
        """The city's indicators."""
        return await info.context.indicators(years)
