"""Pupils of whom somebody may know nothing, in the small city; whatever is told of them bears a mark.

A database with strangers and one without them must answer alike whoever may not read their rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlmodel import Session, select

from schema.tables.declaration import Row
from schema.tables.learning import Section, SectionTeacher, Subject
from schema.tables.outcomes import DestinationStatus, GraduateDestination, Occupation
from schema.tables.people import (
    Homeroom,
    HomeroomMembership,
    HomeroomTeacher,
    IdentifierKind,
    Sex,
    Student,
    StudentIdentifier,
    Teacher,
    TeacherAssignment,
)
from schema.tables.records import Attendance, Grade, GradeEvent, SchoolEnrollment
from tests.small_city import SmallCity

MARK: Final = "Qqxz"
"""Stands in every text of a stranger, and in no other."""

YEARS: Final = (2560, 2561)
_PUPILS: Final = 3


@dataclass(frozen=True)
class Place:
    """A school and a level (its code), with a homeroom for each year (B.E.) and the sections of the pupils there."""

    school: int
    level: str
    rooms: Mapping[int, int]
    sections: Sequence[Section]


def add_to_another_school(session: Session, city: SmallCity) -> None:
    """Strangers at the school `WAT`, with a teacher, a homeroom and a subject; the pupil `manee` is renamed."""
    school = city.schools["WAT"]
    teacher = Teacher(staff_no=f"{MARK}1", given_name=MARK, family_name=MARK, sex=Sex.MALE)
    known = session.get(Subject, city.subjects["ท13101"])
    assert known is not None
    subject = Subject(**known.model_dump(exclude={"id", "code", "name", "name_th", "credits", "updated_at"}))
    subject.code, subject.name, subject.name_th, subject.credits = "ท13201", MARK, MARK, Decimal("7.5")
    _write(session, teacher, subject)
    rooms, sections = {}, []
    for year in YEARS:
        room = Homeroom(
            school_id=school, academic_year_id=city.years[year], grade_level_id=city.levels["ป.3"], name=f"{MARK}/1"
        )
        section = Section(subject_id=_key(subject), academic_year_id=city.years[year], number=77, planned_hours=977)
        post = TeacherAssignment(
            teacher_id=_key(teacher), school_id=school, academic_year_id=city.years[year], position=MARK
        )
        _write(session, room, section, post)
        _write(session, HomeroomTeacher(homeroom_id=_key(room), teacher_id=_key(teacher)))
        _write(session, SectionTeacher(section_id=_key(section), teacher_id=_key(teacher)))
        rooms[year] = _key(room)
        sections.append(section)
    _enroll(session, city, Place(school, "ป.3", rooms, sections))
    _rename(session, city.students["manee"])


def add_to_another_class(session: Session, city: SmallCity) -> None:
    """Strangers at the school `CITY`, in rooms and sections that are there: none of mathematics; `fa` is renamed.

    The pupil `chujai` has another grade than before in Thai, which a teacher of mathematics is not told.
    """
    rooms = {2560: city.homerooms["ม.2/1", 2560], 2561: city.homerooms["ม.1/1", 2561]}
    keys = [key for (year, _, code), key in city.sections.items() if year in YEARS and code in ("ว21101", "อ21101")]
    sections = [section for key in keys if (section := session.get(Section, key))]
    _enroll(session, city, Place(city.schools["CITY"], "ม.1", rooms, sections))
    _rename(session, city.students["fa"])
    changed = city.grades["chujai", 2559, 1, "ท21101"]
    _write(session, _event(city, changed, 2, "CORRECTION", "4"))


def _enroll(session: Session, city: SmallCity, place: Place) -> None:
    reason, occupation = city.exit_reasons["UNTRACEABLE"], session.exec(select(Occupation)).all()[0]
    for number in range(_PUPILS):
        pupil = Student(
            school_id=place.school,
            student_no=f"{MARK}{number}",
            given_name=f"{MARK} {number}",
            family_name=MARK,
            sex=Sex.FEMALE,
            birth_date=date(1999, 12, 1 + number),
        )
        _write(session, pupil)
        of_pupil: dict[str, Any] = {"student_id": _key(pupil)}
        _write(
            session,
            StudentIdentifier(
                **of_pupil, kind=IdentifierKind.PASSPORT, value=f"{MARK}{number}", valid_from=date(2018, 5, 16)
            ),
        )
        for year, room in place.rooms.items():
            of_year: dict[str, Any] = {**of_pupil, "academic_year_id": city.years[year]}
            at: dict[str, Any] = {"school_id": place.school, "grade_level_id": city.levels[place.level]}
            entry, leave = date(year - 543, 5, 17), date(year - 543, 9, 9)
            stay = SchoolEnrollment(**of_year, **at, entry_on=entry, exit_on=leave, exit_reason_id=reason)
            _write(session, stay, HomeroomMembership(**of_year, homeroom_id=room, entry_on=entry, exit_on=leave))
            found = GraduateDestination(
                **of_year,
                **at,
                status=DestinationStatus.EMPLOYED,
                occupation_id=_key(occupation),
                as_of=date(2018, 7, 7),
                source=MARK,
            )
            _write(session, found)
        for section in place.sections:
            grade = Grade(
                **of_pupil,
                section_id=_key(section),
                subject_id=section.subject_id,
                academic_year_id=section.academic_year_id,
                credits=Decimal("7.5"),
            )
            _write(session, grade)
            _write(session, _event(city, _key(grade), 1, "INITIAL", "0"))
            _write(session, Attendance(grade_id=_key(grade), held_hours=977, attended_hours=3))


def _event(city: SmallCity, grade: int, sequence: int, kind: str, label: str) -> GradeEvent:
    return GradeEvent(
        grade_id=grade,
        sequence=sequence,
        kind=kind,
        code_id=city.codes[label],
        score=Decimal("17.5"),
        at=datetime(2018, 12, 24, tzinfo=UTC),
        reason=MARK,
    )


def _rename(session: Session, key: int) -> None:
    known = session.get(Student, key)
    assert known is not None
    known.family_name, known.birth_date, known.sex = MARK, date(1998, 8, 8), Sex.MALE
    session.add(known)
    session.flush()


def _write(session: Session, *rows: Row) -> None:
    session.add_all(rows)
    session.flush()


def _key(row: Row) -> int:
    assert row.id is not None
    return row.id
