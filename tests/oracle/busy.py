"""Rows beyond the small city: pupils who left and came back, who are linked twice, who tie in what decides.

They are drawn by a fixed seed, so that both engines hold the same.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlmodel import Session, select

from schema.tables.declaration import Row
from schema.tables.learning import GradeCode, GradeLevel, Section, Subject
from schema.tables.people import Homeroom, HomeroomMembership, HomeroomTeacher, Sex, Student, TeacherAssignment
from schema.tables.places import AcademicYear, Municipality, School
from schema.tables.records import Attendance, ExitReason, Grade, GradeEvent, GradeEventKind, SchoolEnrollment

_PUPILS = 30
_NAMES = ("กา", "เก", "ก", "Zoë", "zoe", 'a"b', "a\\b", "a\tb", "สมชาย", "\U0001f600", "%_", "{row}", "a,b", "'")


def crowd(session: Session) -> None:
    """Add the rows; the caller commits."""
    _Crowd(session).add()


class _Crowd:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.random = Random(2561)  # noqa: S311 - a repeatable crowd, no secret
        self.years = session.exec(select(AcademicYear).order_by("be_year")).all()
        self.levels = session.exec(select(GradeLevel).order_by("ordinal")).all()
        self.reasons = session.exec(select(ExitReason).order_by("code")).all()
        self.codes = session.exec(select(GradeCode).order_by("ordinal")).all()
        self.sections = session.exec(select(Section).order_by("id")).all()
        self.credits = {subject.id: subject.credits for subject in session.exec(select(Subject)).all()}

    def add(self) -> None:
        municipality = self.session.exec(select(Municipality)).one()
        empty, full = (
            School(code=code, name=name, name_th="โรงเรียน", municipality_id=key(municipality))
            for code, name in (("3083000009", "Empty"), ("3083000000", "Full"))
        )
        self._write([empty, full])
        self.schools = self.session.exec(select(School).where(School.code != empty.code).order_by("id")).all()
        rooms = [
            Homeroom(school_id=key(full), academic_year_id=key(year), grade_level_id=key(self.levels[9]), name=name)
            for year in self.years
            for name in ("ม.1/1", "ม.1/2")
        ]
        self._write(rooms)
        self._write(
            [HomeroomTeacher(homeroom_id=key(room), teacher_id=teacher) for room in rooms for teacher in (1, 2)]
        )
        self._write(
            [
                TeacherAssignment(teacher_id=1, school_id=key(full), academic_year_id=key(year), position="Visitor")
                for year in self.years[1:]
            ]
        )
        self.rooms = self.session.exec(select(Homeroom).order_by("id")).all()
        for number in range(_PUPILS):
            self._pupil(number)

    def _write(self, rows: Sequence[Row]) -> None:
        self.session.add_all(rows)
        self.session.flush()

    def _pupil(self, number: int) -> None:
        choose = self.random.choice
        pupil = Student(
            school_id=key(choose(self.schools)),
            student_no=f"B{number}",
            given_name=choose(_NAMES),
            family_name=choose(_NAMES),
            sex=choose(tuple(Sex)),
            birth_date=date(2004, 1, 1) + timedelta(days=self.random.randrange(1000)),
        )
        self._write([pupil])
        for year in self.years:
            self._year(pupil, year)

    def _year(self, pupil: Student, year: AcademicYear) -> None:
        stays = self.random.choice((0, 1, 1, 1, 2, 3))
        days = [year.starts_on, *(date(year.starts_on.year, month, 1) for month in (6, 7, 9, 11, 12))]
        moves = sorted(self.random.sample(days, stays * 2))
        school, level = self.random.choice(self.schools), self.random.choice(self.levels)
        for entry, leave in zip(moves[::2], moves[1::2], strict=True):
            if self.random.random() < 0.4:
                school = self.random.choice(self.schools)
            self._write(
                [
                    SchoolEnrollment(
                        student_id=key(pupil),
                        school_id=key(school),
                        academic_year_id=key(year),
                        grade_level_id=key(level),
                        entry_on=entry,
                        exit_on=leave,
                        exit_reason_id=self.random.choice((None, *(reason.id for reason in self.reasons))),
                    )
                ]
            )
        if stays:
            self._memberships(pupil, year, moves[0])
            self._grades(pupil, year)

    def _memberships(self, pupil: Student, year: AcademicYear, entry: date) -> None:
        rooms = [key(room) for room in self.rooms if room.academic_year_id == year.id]
        # The same room twice, and two rooms on one day.
        pairs = {(self.random.choice(rooms), entry + timedelta(days=self.random.choice((0, 0, 30)))) for _ in range(3)}
        self._write(
            [
                HomeroomMembership(student_id=key(pupil), homeroom_id=room, academic_year_id=key(year), entry_on=day)
                for room, day in sorted(pairs)
            ]
        )

    def _grades(self, pupil: Student, year: AcademicYear) -> None:
        sections = [section for section in self.sections if section.academic_year_id == year.id]
        for section in self.random.sample(sections, self.random.randrange(min(7, len(sections)))):
            grade = Grade(
                student_id=key(pupil),
                section_id=key(section),
                subject_id=section.subject_id,
                academic_year_id=key(year),
                credits=self.credits[section.subject_id] or Decimal(0),
            )
            self._write([grade])
            self._events(grade, year)
            if self.random.random() < 0.5:
                self._write([Attendance(grade_id=key(grade), held_hours=60, attended_hours=self.random.randrange(61))])

    def _events(self, grade: Grade, year: AcademicYear) -> None:
        zero = next(code for code in self.codes if code.label == "0")
        for sequence in range(1, self.random.randrange(1, 4)):
            # Many zeros, so that some pupils have more than three.
            code = zero if self.random.random() < 0.5 else self.random.choice(self.codes)
            kind = GradeEventKind.INITIAL if sequence == 1 else self.random.choice(tuple(GradeEventKind)[1:])
            score = Decimal(self.random.randrange(10_001)) / 100 if self.random.random() < 0.5 else None
            event = GradeEvent(
                grade_id=key(grade),
                sequence=sequence,
                kind=kind,
                code_id=key(code),
                score=score,
                at=datetime(year.starts_on.year, 10, sequence, 1, 2, 3, 4000, tzinfo=UTC),
            )
            self._write([event])


def key(row: Row) -> int:
    """The key of a row that was written."""
    assert row.id is not None
    return row.id
