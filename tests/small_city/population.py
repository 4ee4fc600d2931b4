"""Writes the small city, table by table, through SQLModel."""

from collections.abc import Hashable, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeVar

from sqlmodel import Session

from schema.rules.grades import STANDARD_GRADE_CODES
from schema.tables.declaration import Row
from schema.tables.learning import Curriculum, GradeCode, GradeLevel, LearningArea, Section, SectionTeacher, Subject
from schema.tables.outcomes import DestinationStatus, GraduateDestination, Occupation, OccupationTarget
from schema.tables.people import (
    Homeroom,
    HomeroomMembership,
    HomeroomTeacher,
    IdentifierKind,
    Sex,
    Student,
    StudentIdentifier,
    StudentSensitive,
    Teacher,
    TeacherAssignment,
)
from schema.tables.places import AcademicYear, Municipality, School, Term
from schema.tables.records import Attendance, ExitReason, Grade, GradeEvent, SchoolEnrollment
from tests.small_city.city import SmallCity
from tests.small_city.facts import ENROLLMENTS, EXIT_REASONS, LEVELS, PUPILS, RESULTS, SCHOOLS, SUBJECTS, YEARS

_K = TypeVar("_K", bound=Hashable)


def populate(session: Session, url: str) -> SmallCity:
    """Write the city into an empty database; the caller commits."""
    return _Population(session).write(url)


class _Population:
    """The keys of what is written so far; each method writes what refers to what is there."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, rows: Iterable[Row]) -> list[int]:
        """One flush a table, so that keys are alike on both engines."""
        added = list(rows)
        self._session.add_all(added)
        self._session.flush()
        return [row.id for row in added if row.id is not None]

    def write(self, url: str) -> SmallCity:
        (municipality,) = self.add([Municipality(code="8301", name="Andaman City", name_th="เทศบาลนครอันดามัน")])
        self.schools = _named(
            [short for short, *_ in SCHOOLS],
            self.add(
                School(code=code, name=name, name_th=name_th, municipality_id=municipality)
                for _, code, name, name_th in SCHOOLS
            ),
        )
        self.years = _named(YEARS, self.add(_year(year) for year in YEARS))
        numbers = [(year, number) for year in YEARS for number in ((1, 2, 3) if year == YEARS[-1] else (1, 2))]
        self.terms = _named(numbers, self.add(_term(self.years[year], year, number) for year, number in numbers))
        self.levels = _named(
            [code for code, *_ in LEVELS],
            self.add(
                GradeLevel(code=code, name=name, name_th=code, ordinal=place, stage=stage, basis=basis)
                for place, (code, name, stage, basis) in enumerate(LEVELS, 1)
            ),
        )
        old, new = self.add(
            [
                Curriculum(
                    code="2551",
                    name="Basic Education Core Curriculum B.E. 2551",
                    name_th="หลักสูตรแกนกลาง 2551",
                    effective_from=date(2008, 5, 16),
                    effective_to=date(2017, 5, 15),
                ),
                Curriculum(
                    code="2560",
                    name="Basic Education Core Curriculum, revised B.E. 2560",
                    name_th="หลักสูตรแกนกลาง ปรับปรุง 2560",
                    effective_from=date(2017, 5, 16),
                ),
            ]
        )
        self.areas = self._areas(old, new)
        self.codes = _named(
            [code.label for code in STANDARD_GRADE_CODES],
            self.add(
                GradeCode(
                    label=code.label,
                    name=f"Grade {code.code}",
                    name_th=code.label,
                    ordinal=place,
                    points=code.points,
                    min_score=code.min_score,
                    counts_as_attempted=code.counts_attempted,
                    counts_as_earned=code.counts_earned,
                    counts_in_gpa=code.counts_gpa,
                    counts_for_graduation=code.counts_graduation,
                    is_pending=code.is_pending,
                )
                for place, code in enumerate(STANDARD_GRADE_CODES, 1)
            ),
        )
        self.exit_reasons = _named(
            [code for code, *_ in EXIT_REASONS],
            self.add(
                ExitReason(code=code, name=name, name_th=name_th, counts_as_dropout=counts)
                for code, name, name_th, counts in EXIT_REASONS
            ),
        )
        self.subjects = self._subjects(old, new)
        self.teachers = self._teachers()
        self.students = _named(
            [name for name, *_ in PUPILS],
            self.add(
                Student(
                    school_id=self.schools[school],
                    student_no=number,
                    given_name=given,
                    family_name=family,
                    sex=sex,
                    birth_date=birth,
                )
                for _, school, number, given, family, sex, birth in PUPILS
            ),
        )
        self._identities()
        self.homerooms = self._homerooms()
        self.add(
            SchoolEnrollment(
                student_id=self.students[pupil],
                school_id=self.schools[school],
                academic_year_id=self.years[year],
                grade_level_id=self.levels[level],
                entry_on=entry,
                exit_on=leave,
                exit_reason_id=self.exit_reasons[reason] if reason else None,
            )
            for pupil, school, year, level, entry, leave, reason in ENROLLMENTS
        )
        self.sections = self._sections()
        self.grades = self._grades()
        self._outcomes(municipality)
        return SmallCity(
            url=url,
            schools=self.schools,
            years=self.years,
            terms=self.terms,
            levels=self.levels,
            codes=self.codes,
            subjects=self.subjects,
            sections=self.sections,
            students=self.students,
            teachers=self.teachers,
            homerooms=self.homerooms,
            grades=self.grades,
            exit_reasons=self.exit_reasons,
        )

    def _areas(self, old: int, new: int) -> dict[str, int]:
        areas = (
            ("THA", "Thai", "ภาษาไทย", "ท", old),
            ("MAT", "Mathematics", "คณิตศาสตร์", "ค", old),
            ("SCI", "Science", "วิทยาศาสตร์", "ว", old),
            ("ART", "Arts", "ศิลปะ", "ศ", old),
            ("FOR", "Foreign languages", "ภาษาต่างประเทศ", "อ ญ จ", old),
            ("DEV", "Learner development", "กิจกรรมพัฒนาผู้เรียน", "ก", old),
            ("MAT", "Mathematics", "คณิตศาสตร์", "ค", new),
        )
        keys = self.add(
            LearningArea(code=code, name=name, name_th=name_th, letters=letters, curriculum_id=curriculum)
            for code, name, name_th, letters, curriculum in areas
        )
        return {**_named([code for code, *_ in areas[:-1]], keys[:-1]), "MAT of 2560": keys[-1]}

    def _subjects(self, old: int, new: int) -> dict[str, int]:
        keys = self.add(
            Subject(
                school_id=self.schools[school],
                code=code,
                name=name,
                name_th=name_th,
                credits=Decimal(weight),
                kind=kind,
                curriculum_id=old,
                learning_area_id=self.areas[area],
                grade_level_id=self.levels[level],
            )
            for code, school, name, name_th, weight, kind, area, level in SUBJECTS
        )
        self.add(
            [
                Subject(
                    school_id=self.schools["CITY"],
                    code="ค21101",
                    name="Mathematics 1, revised",
                    name_th="คณิตศาสตร์ 1",
                    credits=Decimal("1.5"),
                    kind="BASIC",
                    curriculum_id=new,
                    learning_area_id=self.areas["MAT of 2560"],
                    grade_level_id=self.levels["ม.1"],
                )
            ]
        )
        return _named([code for code, *_ in SUBJECTS], keys)

    def _teachers(self) -> dict[str, int]:
        people = (
            ("kru_wat", "T001", "ประไพ", "สอนดี", Sex.FEMALE, "WAT", "Teacher"),
            ("kru_city", "T002", "สมชาย", "เรียนเก่ง", Sex.MALE, "CITY", "Teacher"),
            ("kru_maths", "T003", "แก้ว", "คำนวณ", Sex.FEMALE, "CITY", "Senior teacher"),
        )
        keys = self.add(
            Teacher(staff_no=number, given_name=given, family_name=family, sex=sex)
            for _, number, given, family, sex, _, _ in people
        )
        teachers = _named([name for name, *_ in people], keys)
        self.add(
            TeacherAssignment(
                teacher_id=teachers[name],
                school_id=self.schools[school],
                academic_year_id=self.years[year],
                position=position,
            )
            for name, _, _, _, _, school, position in people
            for year in YEARS
        )
        return teachers

    def _teacher_at(self, school: str) -> int:
        return self.teachers["kru_wat" if school == "WAT" else "kru_city"]

    def _identities(self) -> None:
        national, g_code, passport = IdentifierKind.NATIONAL_ID, IdentifierKind.G_CODE, IdentifierKind.PASSPORT
        identifiers = (
            ("chujai", g_code, "G000000000001", date(2016, 5, 16), date(2017, 6, 1)),
            ("chujai", national, "1234567890121", date(2017, 6, 1), None),
            ("manee", national, "1101700230705", date(2018, 5, 16), None),
            ("thong", passport, "AA1234567", date(2017, 5, 16), None),
            ("somsri", g_code, "G000000000002", date(2018, 5, 16), None),
        )
        self.add(
            StudentIdentifier(student_id=self.students[pupil], kind=kind, value=value, valid_from=start, valid_to=end)
            for pupil, kind, value, start, end in identifiers
        )
        self.add([StudentSensitive(student_id=self.students["manee"], religion="พุทธ", health="แพ้ถั่ว")])

    def _homerooms(self) -> dict[tuple[str, int], int]:
        places = list(dict.fromkeys((f"{level}/1", year, school) for _, school, year, level, *_ in ENROLLMENTS))
        keys = self.add(
            Homeroom(
                school_id=self.schools[school],
                academic_year_id=self.years[year],
                grade_level_id=self.levels[name.removesuffix("/1")],
                name=name,
            )
            for name, year, school in places
        )
        rooms = dict(zip(places, keys, strict=True))
        self.add(
            HomeroomTeacher(homeroom_id=key, teacher_id=self._teacher_at(school))
            for (_, _, school), key in rooms.items()
        )
        self.add(
            HomeroomMembership(
                student_id=self.students[pupil],
                homeroom_id=rooms[f"{level}/1", year, school],
                academic_year_id=self.years[year],
                entry_on=entry,
                exit_on=leave,
            )
            for pupil, school, year, level, entry, leave, _ in ENROLLMENTS
        )
        # Where both schools have a room of that name, the city school's goes by the name.
        return {(name, year): key for (name, year, _), key in rooms.items()}

    def _sections(self) -> dict[tuple[int, int | None, str], int]:
        level_of = {code: level for code, *_, level in SUBJECTS}
        school_of = {code: school for code, school, *_ in SUBJECTS}
        names = list(dict.fromkeys((result.year, result.term, result.subject) for result in RESULTS))
        keys = self.add(
            Section(
                subject_id=self.subjects[code],
                academic_year_id=self.years[year],
                term_id=None if term is None else self.terms[year, term],
                number=1,
                homeroom_id=None if term == 3 else self.homerooms.get((f"{level_of[code]}/1", year)),
                planned_hours=60 if term else 200,
            )
            for year, term, code in names
        )
        self.add(
            SectionTeacher(
                section_id=key, teacher_id=self.teachers["kru_wat" if school_of[code] == "WAT" else "kru_city"]
            )
            for (_, _, code), key in zip(names, keys, strict=True)
        )
        self.add(
            SectionTeacher(section_id=key, teacher_id=self.teachers["kru_maths"])
            for (_, _, code), key in zip(names, keys, strict=True)
            if code.startswith("ค2")
        )
        return dict(zip(names, keys, strict=True))

    def _grades(self) -> dict[tuple[str, int, int | None, str], int]:
        weights = {code: Decimal(weight) for code, _, _, _, weight, *_ in SUBJECTS}
        least = {code.label: code.min_score for code in STANDARD_GRADE_CODES}
        names = [(result.pupil, result.year, result.term, result.subject) for result in RESULTS]
        keys = self.add(
            Grade(
                student_id=self.students[pupil],
                section_id=self.sections[year, term, code],
                subject_id=self.subjects[code],
                academic_year_id=self.years[year],
                credits=weights[code],
            )
            for pupil, year, term, code in names
        )
        grades = dict(zip(names, keys, strict=True))
        self.add(
            GradeEvent(
                grade_id=key,
                sequence=sequence,
                kind=kind,
                code_id=self.codes[label],
                score=least[label],
                at=datetime(result.year - 543, 10, sequence, 8, 30, tzinfo=UTC),
                teacher_id=self.teachers["kru_city"] if sequence > 1 else None,
                reason="สอบแก้ตัว" if sequence > 1 else None,
            )
            for key, result in zip(keys, RESULTS, strict=True)
            for sequence, (kind, label) in enumerate(result.events, 1)
        )
        self.add(
            Attendance(grade_id=key, held_hours=result.hours[0], attended_hours=result.hours[1])
            for key, result in zip(keys, RESULTS, strict=True)
            if result.hours
        )
        return grades

    def _outcomes(self, municipality: int) -> None:
        cook, guide = self.add(
            [
                Occupation(code="5120", name="Cooks", name_th="พ่อครัว"),
                Occupation(code="5113", name="Travel guides", name_th="มัคคุเทศก์"),
            ]
        )
        self.add(
            [
                OccupationTarget(occupation_id=cook, municipality_id=municipality, target_from=date(2017, 1, 1)),
                OccupationTarget(
                    occupation_id=guide,
                    municipality_id=municipality,
                    target_from=date(2016, 1, 1),
                    target_to=date(2018, 1, 1),
                ),
            ]
        )
        found = (
            ("kamol", DestinationStatus.FURTHER_STUDY, None, date(2018, 6, 30), "School"),
            ("thong", DestinationStatus.UNKNOWN, None, date(2018, 6, 30), "School"),
            ("thong", DestinationStatus.EMPLOYED, cook, date(2018, 12, 1), "Telephone"),
        )
        self.add(
            GraduateDestination(
                student_id=self.students[pupil],
                academic_year_id=self.years[2560],
                school_id=self.schools["CITY"],
                grade_level_id=self.levels["ม.3"],
                status=status,
                occupation_id=occupation,
                as_of=day,
                source=source,
            )
            for pupil, status, occupation, day, source in found
        )


def _named(names: Sequence[_K], keys: Sequence[int]) -> dict[_K, int]:
    return dict(zip(names, keys, strict=True))


def _year(be_year: int) -> AcademicYear:
    ce = be_year - 543
    return AcademicYear(
        be_year=be_year, starts_on=date(ce, 5, 16), ends_on=date(ce + 1, 5, 15), census_on=date(ce, 6, 10)
    )


def _term(year_id: int, be_year: int, number: int) -> Term:
    ce = be_year - 543
    starts, ends = {
        1: (date(ce, 5, 16), date(ce, 10, 10)),
        2: (date(ce, 11, 1), date(ce + 1, 3, 31)),
        3: (date(ce + 1, 4, 1), date(ce + 1, 5, 10)),
    }[number]
    return Term(academic_year_id=year_id, number=number, starts_on=starts, ends_on=ends)
