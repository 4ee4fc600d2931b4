"""Records: enrollments, results with their history, attendance."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text

from schema.policy import (
    OF_GRADE,
    RECORDS,
    REFERENCE,
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
from schema.tables.declaration import About, Kind, Link, Row, Shortcut

LABEL_TH = "ทะเบียนและผลการเรียน"
"""What this subject is called in the console's menu."""


class GradeEventKind(Choice):
    """What happened to a result."""

    INITIAL = "INITIAL", "ผลครั้งแรก"
    RESIT = "RESIT", "สอบแก้ตัว"
    RESOLVE = "RESOLVE", "แก้ผลรอตัดสิน"
    REPEAT = "REPEAT", "เรียนซ้ำ"
    CORRECTION = "CORRECTION", "แก้ไขข้อผิดพลาด"


class ExitReason(Row, table=True):
    """Why a pupil left a school."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="สาเหตุการออก",
        help_th="สาเหตุที่นักเรียนออกจากโรงเรียน",
        plural="exitReasons",
        natural_key=("code",),
        order=("code",),
        argument="exitReasonCode",
        access=REFERENCE,
    )
    __table_args__ = (UniqueConstraint("code"),)

    code: str = c.text("The reason's code.", "รหัสสาเหตุ", "รหัสของสาเหตุการออก", max_length=30)
    name: str = c.text("Name in English.", "ชื่ออังกฤษ", "ชื่อภาษาอังกฤษ")
    name_th: str = c.text("Name in Thai.", "ชื่อ", "ชื่อภาษาไทย", thai=True)
    counts_as_dropout: bool = c.flag(
        "Leaving for it is dropping out.", "นับเป็นการออกกลางคัน", "การออกด้วยสาเหตุนี้นับเป็นการออกกลางคัน"
    )


class SchoolEnrollment(Row, table=True):
    """A pupil's time at a school in a year, at a level."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="การเข้าเรียน",
        help_th="ช่วงเวลาที่นักเรียนเรียนในโรงเรียนหนึ่ง ในปีการศึกษาและระดับชั้นหนึ่ง",
        plural="schoolEnrollments",
        natural_key=("student_id", "school_id", "entry_on"),
        one_roster="enrollment (role student, of a school)",
        links=(
            Link(
                "students",
                "school_id",
                "student_id",
                "Every pupil enrolled there on any day of the year.",
                "นักเรียน",
                years=c.Years.CURRENT,
            ),
            Link("schools", "student_id", "school_id", "The schools of the year.", "โรงเรียน", years=c.Years.CURRENT),
        ),
        access=Access(
            RECORDS,
            replace(of_pupil(taught=True), schools=by_school().schools),
            Person.PUPIL,
            "{row}.student_id",
            counted=Counting(("year", "school", "gradeLevel", "exitReason")),
        ),
    )
    __table_args__ = (
        UniqueConstraint("student_id", "school_id", "entry_on"),
        CheckConstraint("exit_on IS NULL OR entry_on <= exit_on", name="dates_in_order"),
        CheckConstraint("exit_reason_id IS NULL OR exit_on IS NOT NULL", name="reason_needs_exit"),
        # The pupils of a level in a year, the question that most lists begin with.
        Index("ix_school_enrollment_level", "academic_year_id", "grade_level_id", "student_id", "school_id"),
        Index(
            "uq_school_enrollment_active",
            "student_id",
            unique=True,
            sqlite_where=text("exit_on IS NULL"),
            postgresql_where=text("exit_on IS NULL"),
        ),
    )

    student_id: int = c.reference(
        "student", "The pupil.", "นักเรียน", "นักเรียนที่เข้าเรียน", many="enrollments", years=c.Years.ALL
    )
    school_id: int = c.reference(
        "school", "The school.", "โรงเรียน", "โรงเรียนที่เข้าเรียน", many="enrollments", years=c.Years.CURRENT
    )
    academic_year_id: int = c.reference(
        "academic_year", "The year.", "ปีการศึกษา", "ปีการศึกษาที่เข้าเรียน", one="year", many="enrollments"
    )
    grade_level_id: int = c.reference("grade_level", "The level attended.", "ระดับชั้น", "ระดับชั้นที่เรียน")
    entry_on: date = c.day("First day enrolled.", "วันเข้าเรียน", "วันแรกที่เข้าเรียน")
    exit_on: date | None = c.day(
        "Day from which no longer enrolled; null while enrolled.",
        "วันออก",
        "วันแรกที่ไม่ได้เรียนแล้ว เว้นว่างหากยังเรียนอยู่",
        nullable=True,
    )
    exit_reason_id: int | None = c.reference(
        "exit_reason",
        "Why the pupil left; null when the enrollment ended with the year.",
        "สาเหตุการออก",
        "สาเหตุที่นักเรียนออก เว้นว่างหากการเข้าเรียนสิ้นสุดพร้อมปีการศึกษา",
        many="enrollments",
        nullable=True,
    )


class Grade(Row, table=True):
    """A pupil's registration in a section, and its current result."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="ผลการเรียน",
        help_th="การลงทะเบียนเรียนของนักเรียนในกลุ่มเรียน และผลการเรียนปัจจุบัน",
        plural="grades",
        natural_key=("student_id", "section_id"),
        one_roster="result",
        shortcuts=(
            Shortcut(
                "term", ("section", "term"), "The term it is given for; null for a result of the whole year.", "ภาคเรียน"
            ),
            Shortcut(
                "school",
                ("subject", "school"),
                "The school that teaches the subject.",
                "โรงเรียน",
                many="grades",
                years=c.Years.ALL,
            ),
            Shortcut("learning_area", ("subject", "learning_area"), "The subject's learning area.", "กลุ่มสาระ"),
            Shortcut("grade_level", ("subject", "grade_level"), "The level the subject is taught at.", "ระดับชั้น"),
        ),
        access=Access(
            RECORDS,
            Rows(
                "(EXISTS (SELECT 1 FROM subject AS its WHERE its.id = {row}.subject_id)"
                f" OR {of_pupil(taught=False).schools})",
                # The pupil first: an index that has the pupil but not the section need not be left then.
                "({row}.student_id IN (SELECT id FROM {own_pupil})"
                " OR {row}.section_id IN (SELECT id FROM {own_section}))",
            ),
            Person.PUPIL,
            "{row}.student_id",
            counted=Counting(
                ("year", "term", "school", "gradeLevel", "learningArea", "subject", "code", "firstCode"),
                {"score": 100, "code.points": 4},
            ),
        ),
    )
    __table_args__ = (
        UniqueConstraint("student_id", "section_id"),
        ForeignKeyConstraint(
            ["section_id", "subject_id", "academic_year_id"],
            ["section.id", "section.subject_id", "section.academic_year_id"],
        ),
        # All that results are counted, pupils looked for and a teacher's rows told by: they are read from it alone.
        Index("ix_grade_results", "subject_id", "code_id", "academic_year_id", "student_id", "section_id"),
    )

    student_id: int = c.reference(
        "student", "The pupil.", "นักเรียน", "นักเรียนที่ลงทะเบียนเรียน", many="grades", years=c.Years.ALL
    )
    section_id: int = c.reference("section", "The section registered in.", "กลุ่มเรียน", "กลุ่มเรียนที่ลงทะเบียน", many="grades")
    subject_id: int = c.reference(
        "subject", "The section's subject.", "รายวิชา", "รายวิชาของกลุ่มเรียน", many="grades", years=c.Years.ALL
    )
    academic_year_id: int = c.reference(
        "academic_year", "The section's year.", "ปีการศึกษา", "ปีการศึกษาของกลุ่มเรียน", one="year"
    )
    credits: Decimal = c.fixed(
        "Credits (in primary, the weight) at the time of registration.",
        "หน่วยกิต",
        "หน่วยกิต (ระดับประถมศึกษาคือน้ำหนัก) ณ เวลาที่ลงทะเบียน",
        step="0.5",
        maximum="40",
    )
    score: Decimal | None = c.fixed(
        "Score out of 100; null where none was given.",
        "คะแนน",
        "คะแนนที่ได้ จากคะแนนเต็ม 100 เว้นว่างหากไม่ได้ให้คะแนน",
        step="0.01",
        maximum="100",
        nullable=True,
    )
    code_id: int | None = c.reference(
        "grade_code",
        "The current result; null until one is given.",
        "ผลการเรียน",
        "ผลการเรียนปัจจุบัน เว้นว่างจนกว่าจะให้ผล",
        one="code",
        many="grades",
        nullable=True,
    )
    first_code_id: int | None = c.reference(
        "grade_code",
        "The first result awarded, which stays whatever follows; a pending one awards none.",
        "ผลการเรียนครั้งแรก",
        "ผลการเรียนที่ตัดสินครั้งแรก ซึ่งคงไว้แม้มีผลภายหลัง ผลที่ยังรอตัดสินไม่นับเป็นผลครั้งแรก",
        one="first_code",
        nullable=True,
    )
    attempt: int = c.whole(
        "Which attempt gave the current result: 1 the first, then resits and repeats.",
        "ครั้งที่",
        "ครั้งที่ได้ผลการเรียนปัจจุบัน: 1 คือครั้งแรก จากนั้นคือการสอบแก้ตัวและการเรียนซ้ำ",
        minimum=0,
        maximum=99,
        default=0,
    )


class GradeEvent(Row, table=True):
    """What happened to a result, who, when and why; append-only: a grade's current result derives from its events."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="ประวัติผลการเรียน",
        help_th="เหตุการณ์ของผลการเรียน ใครทำ เมื่อใด และเพราะเหตุใด เพิ่มได้เท่านั้น ผลการเรียนปัจจุบันได้จากเหตุการณ์เหล่านี้",
        plural="gradeEvents",
        natural_key=("grade_id", "sequence"),
        order=("sequence",),
        access=Access(RECORDS, with_row("grade", "grade_id"), Person.PUPIL, OF_GRADE),
    )
    __table_args__ = (UniqueConstraint("grade_id", "sequence"),)

    grade_id: int = c.reference("grade", "The registration.", "ผลการเรียน", "การลงทะเบียนเรียนของเหตุการณ์นี้", many="events")
    sequence: int = c.whole(
        "Place among the registration's events, from 1.",
        "ลำดับ",
        "ลำดับในบรรดาเหตุการณ์ของการลงทะเบียนเรียนเดียวกัน เริ่มจาก 1",
        minimum=1,
        maximum=999,
    )
    kind: str = c.choice(GradeEventKind, "What happened.", "เหตุการณ์", "เหตุการณ์ที่เกิดขึ้น")
    code_id: int = c.reference("grade_code", "The result given.", "ผลการเรียน", "ผลการเรียนที่ให้", one="code")
    score: Decimal | None = c.fixed(
        "The score given, out of 100, if any.",
        "คะแนน",
        "คะแนนที่ให้ จากคะแนนเต็ม 100 หากมี",
        step="0.01",
        maximum="100",
        nullable=True,
    )
    at: datetime = c.moment("When it was given.", "เมื่อ", "วันและเวลาที่ให้ผล")
    teacher_id: int | None = c.reference(
        "teacher", "Who gave it; null when not known.", "ผู้บันทึก", "ครูผู้ให้ผล เว้นว่างหากไม่ทราบ", nullable=True
    )
    reason: str | None = c.text(
        "Why, where the first result was changed.", "เหตุผล", "เหตุผล ในกรณีที่เปลี่ยนผลการเรียนครั้งแรก", nullable=True
    )


class Attendance(Row, table=True):
    """Hours of a registration: held, and attended by the pupil."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="เวลาเรียน",
        help_th="ชั่วโมงเรียนของการลงทะเบียนเรียน: ที่จัดสอน และที่นักเรียนเข้าเรียน",
        plural="attendances",
        natural_key=("grade_id",),
        access=Access(RECORDS, with_row("grade", "grade_id"), Person.PUPIL, OF_GRADE),
    )
    __table_args__ = (
        UniqueConstraint("grade_id"),
        CheckConstraint("attended_hours <= held_hours", name="attended_within_held"),
    )

    grade_id: int = c.reference(
        "grade", "The registration.", "ผลการเรียน", "การลงทะเบียนเรียนของชั่วโมงเหล่านี้", many="attendance"
    )
    held_hours: int = c.whole("Hours held.", "ชั่วโมงที่สอน", "จำนวนชั่วโมงที่จัดสอน", minimum=0, maximum=2000)
    attended_hours: int = c.whole(
        "Hours attended.", "ชั่วโมงที่เข้าเรียน", "จำนวนชั่วโมงที่นักเรียนเข้าเรียน", minimum=0, maximum=2000
    )
