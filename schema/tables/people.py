"""People: students, teachers, their identifiers, and where they belong."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text

from schema.policy import (
    ADMINS,
    ANALYSTS,
    NO_ROWS,
    RECORDS,
    Access,
    Counting,
    Person,
    Rows,
    by_school,
    of_pupil,
    with_row,
)
from schema.tables import columns as c
from schema.tables.choices import Choice
from schema.tables.declaration import About, Kind, Link, Row

LABEL_TH = "บุคคล"
"""What this subject is called in the console's menu."""


class Sex(Choice):
    """Sex as registered."""

    FEMALE = "FEMALE", "หญิง"
    MALE = "MALE", "ชาย"


class IdentifierKind(Choice):
    """What an identifier is."""

    NATIONAL_ID = "NATIONAL_ID", "เลขประจำตัวประชาชน"
    G_CODE = "G_CODE", "รหัส G"
    PASSPORT = "PASSPORT", "หนังสือเดินทาง"


class Student(Row, table=True):
    """A pupil. Stays the same row whatever identifiers or schools change."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="นักเรียน",
        plural="students",
        natural_key=("school_id", "student_no"),
        one_roster="user (role student)",
        access=Access(
            RECORDS,
            Rows(
                "({row}.school_id IN ({schools}) OR EXISTS (SELECT 1 FROM school_enrollment AS stay"
                " WHERE stay.student_id = {row}.id))",
                "{row}.id IN (SELECT id FROM {met_pupil})",
            ),
            Person.PUPIL,
            "{row}.id",
            fields={"nationalId": ADMINS},
            counted=Counting(("school", "sex")),
        ),
    )
    __table_args__ = (UniqueConstraint("school_id", "student_no"),)

    school_id: int = c.reference("school", "The school attended now, or attended last.", "โรงเรียน")
    student_no: str = c.text("Student number, unique within the school.", "เลขประจำตัวนักเรียน", max_length=20)
    given_name: str = c.text("Given name.", "ชื่อ", thai=True)
    family_name: str = c.text("Family name.", "นามสกุล", thai=True)
    sex: str = c.choice(Sex, "Sex as registered.", "เพศ")
    birth_date: date = c.day("Date of birth.", "วันเกิด")


class StudentIdentifier(Row, table=True):
    """An identifier a pupil bears or bore: a national id, a G-code for a child without papers, a passport."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="เลขประจำตัว",
        plural="studentIdentifiers",
        natural_key=("kind", "value"),
        one_roster="userIds (of a user)",
        access=Access(ADMINS, replace(of_pupil(taught=False), teacher=NO_ROWS), Person.PUPIL, "{row}.student_id"),
    )
    __table_args__ = (
        UniqueConstraint("kind", "value"),
        CheckConstraint("valid_to IS NULL OR valid_from < valid_to", name="dates_in_order"),
        CheckConstraint("kind <> 'NATIONAL_ID' OR length(value) = 13", name="national_id_length"),
        CheckConstraint("kind <> 'G_CODE' OR (length(value) = 13 AND substr(value, 1, 1) = 'G')", name="g_code_shape"),
        Index(
            "uq_student_identifier_current",
            "student_id",
            "kind",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
    )

    student_id: int = c.reference("student", "The pupil.", "นักเรียน", many="identifiers")
    kind: str = c.choice(IdentifierKind, "What the identifier is.", "ประเภท")
    value: str = c.text("The identifier.", "เลขประจำตัว", max_length=20)
    valid_from: date = c.day("First day it was known to hold.", "ใช้ตั้งแต่")
    valid_to: date | None = c.day("Day from which it no longer holds; null while it does.", "ใช้ถึง", nullable=True)


class StudentSensitive(Row, table=True):
    """What the law calls sensitive, kept apart from the pupil's record."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="ข้อมูลอ่อนไหวของนักเรียน",
        plural="studentSensitives",
        exposed=False,
        access=Access(ADMINS, Rows(NO_ROWS, NO_ROWS), Person.PUPIL, "{row}.student_id"),
    )
    __table_args__ = (UniqueConstraint("student_id"),)

    student_id: int = c.reference("student", "The pupil.", "นักเรียน")
    religion: str | None = c.text("Religion.", "ศาสนา", nullable=True)
    ethnicity: str | None = c.text("Ethnicity.", "เชื้อชาติ", nullable=True)
    health: str | None = c.text("Health.", "สุขภาพ", max_length=2000, nullable=True)
    disability: str | None = c.text("Disability.", "ความพิการ", nullable=True)


class Teacher(Row, table=True):
    """A teacher."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="ครู",
        plural="teachers",
        natural_key=("staff_no",),
        one_roster="user (role teacher)",
        access=Access(
            RECORDS,
            Rows(
                "EXISTS (SELECT 1 FROM teacher_assignment AS post WHERE post.teacher_id = {row}.id)",
                "EXISTS (SELECT 1 FROM teacher_assignment AS post WHERE post.teacher_id = {row}.id)",
            ),
            Person.STAFF,
        ),
    )
    __table_args__ = (UniqueConstraint("staff_no"),)

    staff_no: str = c.text("Staff number, unique in the hub.", "เลขประจำตัวครู", max_length=20)
    given_name: str = c.text("Given name.", "ชื่อ", thai=True)
    family_name: str = c.text("Family name.", "นามสกุล", thai=True)
    sex: str = c.choice(Sex, "Sex as registered.", "เพศ")


class TeacherAssignment(Row, table=True):
    """A teacher's post at a school in a year."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="การบรรจุครู",
        plural="teacherAssignments",
        natural_key=("teacher_id", "school_id", "academic_year_id"),
        one_roster="enrollment (role teacher, of a school)",
        links=(
            Link("teachers", "school_id", "teacher_id", "The teachers of the year.", "ครู", years=c.Years.CURRENT),
            Link("schools", "teacher_id", "school_id", "The schools of the year.", "โรงเรียน", years=c.Years.CURRENT),
        ),
        access=Access(RECORDS, by_school(), Person.STAFF, summed=ANALYSTS),
    )
    __table_args__ = (UniqueConstraint("teacher_id", "school_id", "academic_year_id"),)

    teacher_id: int = c.reference("teacher", "The teacher.", "ครู", many="assignments", years=c.Years.ALL)
    school_id: int = c.reference("school", "The school.", "โรงเรียน")
    academic_year_id: int = c.reference("academic_year", "The year.", "ปีการศึกษา", one="year")
    position: str = c.text("Position held.", "ตำแหน่ง", max_length=100, thai=True)


class Homeroom(Row, table=True):
    """A homeroom of one school year, such as ม.1/2."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="ห้องเรียน",
        plural="homerooms",
        natural_key=("school_id", "academic_year_id", "name"),
        one_roster="class (classType homeroom)",
        access=Access(RECORDS, replace(by_school(), teacher="{row}.id IN (SELECT id FROM {met_homeroom})")),
    )
    __table_args__ = (
        UniqueConstraint("school_id", "academic_year_id", "name"),
        UniqueConstraint("id", "academic_year_id"),
    )

    school_id: int = c.reference("school", "The school.", "โรงเรียน", many="homerooms", years=c.Years.CURRENT)
    academic_year_id: int = c.reference("academic_year", "The year.", "ปีการศึกษา", one="year", many="homerooms")
    grade_level_id: int = c.reference("grade_level", "The level.", "ระดับชั้น")
    name: str = c.text("Name: level and room, as ม.1/2.", "ชื่อห้อง", max_length=20, thai=True)


class HomeroomTeacher(Row, table=True):
    """A teacher in charge of a homeroom."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="ครูประจำชั้น",
        plural="homeroomTeachers",
        links=(
            Link("teachers", "homeroom_id", "teacher_id", "The homeroom's teachers.", "ครูประจำชั้น"),
            Link(
                "homerooms",
                "teacher_id",
                "homeroom_id",
                "The homerooms in charge of.",
                "ห้องประจำชั้น",
                years=c.Years.CURRENT,
            ),
        ),
        access=Access(RECORDS, with_row("homeroom", "homeroom_id"), Person.STAFF),
    )
    __table_args__ = (UniqueConstraint("homeroom_id", "teacher_id"),)

    homeroom_id: int = c.reference("homeroom", "The homeroom.", "ห้องเรียน")
    teacher_id: int = c.reference("teacher", "The teacher.", "ครู")


class HomeroomMembership(Row, table=True):
    """A pupil's time in a homeroom."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="นักเรียนประจำห้อง",
        plural="homeroomMemberships",
        natural_key=("student_id", "homeroom_id", "entry_on"),
        one_roster="enrollment (role student, of a homeroom)",
        links=(
            Link(
                "students",
                "homeroom_id",
                "student_id",
                "The homeroom's pupils, past members of the year included.",
                "นักเรียน",
            ),
            Link(
                "homeroom",
                "student_id",
                "homeroom_id",
                "The homeroom of the year, the latest if there were more.",
                "ห้องเรียน",
                years=c.Years.CURRENT,
                many=False,
            ),
        ),
        access=Access(
            RECORDS,
            replace(of_pupil(taught=True), schools=with_row("homeroom", "homeroom_id").schools),
            Person.PUPIL,
            "{row}.student_id",
        ),
    )
    __table_args__ = (
        UniqueConstraint("student_id", "homeroom_id", "entry_on"),
        ForeignKeyConstraint(["homeroom_id", "academic_year_id"], ["homeroom.id", "homeroom.academic_year_id"]),
        CheckConstraint("exit_on IS NULL OR entry_on <= exit_on", name="dates_in_order"),
    )

    student_id: int = c.reference("student", "The pupil.", "นักเรียน", many="homeroomMemberships", years=c.Years.ALL)
    homeroom_id: int = c.reference("homeroom", "The homeroom.", "ห้องเรียน", many="memberships")
    academic_year_id: int = c.reference("academic_year", "The homeroom's year.", "ปีการศึกษา", one="year")
    entry_on: date = c.day("First day in the homeroom.", "วันเข้า")
    exit_on: date | None = c.day("Day from which no longer in it; null while in it.", "วันออก", nullable=True)
