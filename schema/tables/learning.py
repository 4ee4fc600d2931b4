"""What is taught: levels, curricula, learning areas, subjects, sections, and the codes results are given in."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text

from schema.policy import ANALYSTS, EVERYBODY, RECORDS, REFERENCE, Access, Person, by_school, with_row
from schema.rules.rows import learning
from schema.rules.rows.dates import in_order
from schema.tables import columns as c
from schema.tables.choices import Choice
from schema.tables.declaration import About, Kind, Link, Row, Shortcut

LABEL_TH = "การเรียนการสอน"
"""What this subject is called in the console's menu."""


class Stage(Choice):
    """A stage of schooling, within which a cumulative grade average (GPAX) is counted."""

    KINDERGARTEN = "KINDERGARTEN", "อนุบาล"
    PRIMARY = "PRIMARY", "ประถมศึกษา"
    LOWER_SECONDARY = "LOWER_SECONDARY", "มัธยมศึกษาตอนต้น"
    UPPER_SECONDARY = "UPPER_SECONDARY", "มัธยมศึกษาตอนปลาย"


class GradingBasis(Choice):
    """How often a level is graded: by the year in primary, by the term in secondary."""

    UNGRADED = "UNGRADED", "ไม่ตัดสินผล"
    YEAR = "YEAR", "รายปี"
    TERM = "TERM", "รายภาค"


class SubjectKind(Choice):
    """A subject's part in the curriculum."""

    BASIC = "BASIC", "พื้นฐาน"
    ADDITIONAL = "ADDITIONAL", "เพิ่มเติม"
    ACTIVITY = "ACTIVITY", "กิจกรรมพัฒนาผู้เรียน"


class GradeLevel(Row, table=True):
    """A level of schooling, from kindergarten to the sixth year of secondary."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="ระดับชั้น",
        help_th="ระดับชั้น ตั้งแต่อนุบาลถึงมัธยมศึกษาปีที่ 6",
        plural="gradeLevels",
        natural_key=("code",),
        order=("ordinal",),
        argument="gradeLevelCode",
        one_roster="grades (of a user, class or course)",
        access=REFERENCE,
    )
    __table_args__ = (UniqueConstraint("code"), UniqueConstraint("ordinal"))

    code: str = c.text(
        "The level as it is written: อ.1-3, ป.1-6, ม.1-6.",
        "รหัสระดับชั้น",
        "ระดับชั้นตามที่ใช้เขียน ได้แก่ อ.1-3 ป.1-6 ม.1-6",
        max_length=10,
    )
    name: str = c.text("Name in English.", "ชื่ออังกฤษ", "ชื่อภาษาอังกฤษ")
    name_th: str = c.text("Name in Thai.", "ชื่อ", "ชื่อภาษาไทย", thai=True)
    ordinal: int = c.whole(
        "Place among the levels, youngest first.",
        "ลำดับ",
        "ลำดับในบรรดาระดับชั้นทั้งหมด เรียงจากชั้นเล็กที่สุด",
        minimum=1,
        maximum=99,
    )
    stage: str = c.choice(Stage, "The stage the level belongs to.", "ช่วงชั้น", "ช่วงชั้นของระดับชั้นนี้")
    basis: str = c.choice(
        GradingBasis, "How often the level is graded.", "รอบการตัดสินผล", "รอบเวลาในการตัดสินผลการเรียนของระดับชั้นนี้"
    )


class Curriculum(Row, table=True):
    """A curriculum with the dates it is in force."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="หลักสูตร",
        help_th="หลักสูตร พร้อมวันที่เริ่มใช้และวันที่สิ้นสุดการใช้",
        plural="curricula",
        natural_key=("code",),
        order=("code",),
        argument="curriculum",
        newest="effective_from",
        access=REFERENCE,
        rules=(in_order("effective_from", "effective_to", may_be_equal=True),),
    )
    __table_args__ = (UniqueConstraint("code"),)

    code: str = c.text("The curriculum's code.", "รหัสหลักสูตร", "รหัสของหลักสูตร", max_length=20)
    name: str = c.text("Name in English.", "ชื่ออังกฤษ", "ชื่อภาษาอังกฤษ")
    name_th: str = c.text("Name in Thai.", "ชื่อ", "ชื่อภาษาไทย", thai=True)
    effective_from: date = c.day("First day in force.", "วันเริ่มใช้", "วันแรกที่ใช้หลักสูตร")
    effective_to: date | None = c.day(
        "Last day in force; null while it is in force.",
        "วันสิ้นสุดการใช้",
        "วันสุดท้ายที่ใช้หลักสูตร เว้นว่างหากยังใช้อยู่",
        nullable=True,
    )


class LearningArea(Row, table=True):
    """One of the eight areas of learning of a curriculum, or learner development."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="กลุ่มสาระการเรียนรู้",
        help_th="กลุ่มสาระการเรียนรู้หนึ่งใน 8 กลุ่มของหลักสูตร หรือกิจกรรมพัฒนาผู้เรียน",
        plural="learningAreas",
        natural_key=("code", "curriculum_id"),
        order=("code",),
        one_roster="subjects (of a course)",
        access=REFERENCE,
        rules=(learning.AREA_LETTERS_APART,),
    )
    __table_args__ = (UniqueConstraint("code", "curriculum_id"),)

    code: str = c.text("The area's code.", "รหัสกลุ่มสาระ", "รหัสของกลุ่มสาระการเรียนรู้", max_length=10)
    name: str = c.text("Name in English.", "ชื่ออังกฤษ", "ชื่อภาษาอังกฤษ")
    name_th: str = c.text("Name in Thai.", "ชื่อ", "ชื่อภาษาไทย", thai=True)
    letters: str = c.text(
        "The letters its subject codes begin with.",
        "อักษรนำรหัสวิชา",
        "ตัวอักษรที่ขึ้นต้นรหัสวิชาของกลุ่มสาระการเรียนรู้นี้",
        max_length=40,
    )
    curriculum_id: int = c.reference(
        "curriculum", "The curriculum of the area.", "หลักสูตร", "หลักสูตรของกลุ่มสาระการเรียนรู้นี้", many="learningAreas"
    )


class GradeCode(Row, table=True):
    """A code in which a result is given, and what it counts for."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="รหัสผลการเรียน",
        help_th="รหัสที่ใช้ให้ผลการเรียน และการนำผลนั้นไปนับ",
        plural="gradeCodes",
        natural_key=("label",),
        order=("ordinal",),
        argument="label",
        one_roster="scoreScale",
        access=REFERENCE,
        rules=(learning.FLAGS_AGREE, learning.ONE_SCALE),
    )
    __table_args__ = (
        UniqueConstraint("label"),
        UniqueConstraint("ordinal"),
        CheckConstraint("NOT counts_in_gpa OR points IS NOT NULL", name="gpa_needs_points"),
    )

    label: str = c.text(
        "The code as it is written: 4 to 0, ร, มส, ผ, มผ.",
        "ผลการเรียน",
        "ผลการเรียนตามที่ใช้เขียน ได้แก่ 4 ถึง 0, ร, มส, ผ, มผ",
        max_length=10,
    )
    name: str = c.text("Meaning in English.", "ความหมายอังกฤษ", "ความหมายภาษาอังกฤษ")
    name_th: str = c.text("Meaning in Thai.", "ความหมาย", "ความหมายภาษาไทย", thai=True)
    ordinal: int = c.whole(
        "Place among the codes, best first.", "ลำดับ", "ลำดับในบรรดาผลการเรียนทั้งหมด เรียงจากผลที่ดีที่สุด", minimum=1, maximum=99
    )
    points: Decimal | None = c.fixed(
        "Grade points; null where none are given.",
        "ระดับผลการเรียน",
        "ระดับผลการเรียนเป็นตัวเลข เว้นว่างหากไม่ให้ระดับ",
        step="0.5",
        maximum="4",
        nullable=True,
    )
    min_score: Decimal | None = c.fixed(
        "Lowest score that earns the code, out of 100; null where a score does not decide.",
        "คะแนนขั้นต่ำ",
        "คะแนนต่ำสุดที่ได้ผลการเรียนนี้ จากคะแนนเต็ม 100 เว้นว่างหากไม่ได้ตัดสินด้วยคะแนน",
        step="0.01",
        maximum="100",
        nullable=True,
    )
    counts_as_attempted: bool = c.flag("Its credits count as attempted.", "นับเป็นหน่วยกิตที่เรียน", "นับหน่วยกิตเป็นหน่วยกิตที่เรียน")
    counts_as_earned: bool = c.flag("Its credits count as earned.", "นับเป็นหน่วยกิตที่ได้", "นับหน่วยกิตเป็นหน่วยกิตที่ได้")
    counts_in_gpa: bool = c.flag("It counts in the grade average.", "นับในผลการเรียนเฉลี่ย", "นำไปคิดผลการเรียนเฉลี่ย")
    counts_for_graduation: bool = c.flag("It counts towards graduation.", "นับในการจบหลักสูตร", "นำไปนับตามเกณฑ์การจบหลักสูตร")
    is_pending: bool = c.flag("A result is still to come: ร and มส.", "รอผลการเรียน", "ยังรอตัดสินผลการเรียน คือ ร และ มส")


class Subject(Row, table=True):
    """A subject as one school teaches it under one curriculum."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="รายวิชา",
        help_th="รายวิชาที่โรงเรียนหนึ่งเปิดสอนตามหลักสูตรหนึ่ง",
        plural="subjects",
        natural_key=("school_id", "code", "curriculum_id"),
        order=("code",),
        one_roster="course",
        access=Access(EVERYBODY, by_school()),
        rules=(learning.CODE_AGREES,),
    )
    __table_args__ = (UniqueConstraint("school_id", "code", "curriculum_id"),)

    school_id: int = c.reference(
        "school", "The school that teaches it.", "โรงเรียน", "โรงเรียนที่เปิดสอนรายวิชานี้", many="subjects"
    )
    code: str = c.text(
        "Subject code: area letter, stage, year, kind, running number, as ท21101.",
        "รหัสวิชา",
        "รหัสวิชา: อักษรกลุ่มสาระการเรียนรู้ ช่วงชั้น ปีที่เรียน ประเภทวิชา และลำดับรายวิชา เช่น ท21101",
        max_length=10,
    )
    name: str = c.text("Name in English.", "ชื่ออังกฤษ", "ชื่อภาษาอังกฤษ")
    name_th: str = c.text("Name in Thai.", "ชื่อ", "ชื่อภาษาไทย", thai=True)
    credits: Decimal = c.fixed(
        "Credits; in primary the weight the school sets in their place.",
        "หน่วยกิต",
        "หน่วยกิต ระดับประถมศึกษาใช้น้ำหนักที่สถานศึกษากำหนดแทน",
        step="0.5",
        maximum="40",
    )
    kind: str = c.choice(
        SubjectKind, "Basic, additional or activity.", "ประเภทวิชา", "รายวิชาพื้นฐาน รายวิชาเพิ่มเติม หรือกิจกรรมพัฒนาผู้เรียน"
    )
    curriculum_id: int = c.reference("curriculum", "The curriculum it belongs to.", "หลักสูตร", "หลักสูตรของรายวิชานี้")
    learning_area_id: int = c.reference(
        "learning_area", "Its learning area.", "กลุ่มสาระ", "กลุ่มสาระการเรียนรู้ของรายวิชานี้", many="subjects"
    )
    grade_level_id: int = c.reference(
        "grade_level", "The level it is taught at.", "ระดับชั้น", "ระดับชั้นที่เปิดสอนรายวิชานี้", many="subjects"
    )


class Section(Row, table=True):
    """A subject taught to a group, in one term or, where the level is graded by the year, over the whole year."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="กลุ่มเรียน",
        help_th="รายวิชาที่สอนนักเรียนกลุ่มหนึ่งในภาคเรียนเดียว หรือตลอดปีการศึกษาหากระดับชั้นนั้นตัดสินผลการเรียนรายปี",
        plural="sections",
        natural_key=("subject_id", "academic_year_id", "term_id", "number"),
        one_roster="class",
        shortcuts=(Shortcut("school", ("subject", "school"), "The school that teaches it.", "โรงเรียน"),),
        access=Access(
            RECORDS,
            replace(with_row("subject", "subject_id"), teacher="{row}.id IN (SELECT id FROM {met_section})"),
            summed=ANALYSTS,
        ),
    )
    __table_args__ = (
        UniqueConstraint("subject_id", "academic_year_id", "term_id", "number"),
        UniqueConstraint("id", "subject_id", "academic_year_id"),
        # To the constraint above, two whole years are as different as two nulls.
        Index(
            "uq_section_whole_year",
            "subject_id",
            "academic_year_id",
            "number",
            unique=True,
            sqlite_where=text("term_id IS NULL"),
            postgresql_where=text("term_id IS NULL"),
        ),
        ForeignKeyConstraint(["term_id", "academic_year_id"], ["term.id", "term.academic_year_id"]),
    )

    subject_id: int = c.reference(
        "subject", "The subject taught.", "รายวิชา", "รายวิชาที่สอน", many="sections", years=c.Years.CURRENT
    )
    academic_year_id: int = c.reference(
        "academic_year", "The year it is taught in.", "ปีการศึกษา", "ปีการศึกษาที่สอน", one="year", many="sections"
    )
    term_id: int | None = c.reference(
        "term",
        "The term it is taught in; null when it runs the whole year.",
        "ภาคเรียน",
        "ภาคเรียนที่สอน เว้นว่างหากสอนตลอดปีการศึกษา",
        many="sections",
        nullable=True,
    )
    number: int = c.whole(
        "Number of the group among those of the subject.",
        "กลุ่มที่",
        "หมายเลขกลุ่มในบรรดากลุ่มเรียนของรายวิชาเดียวกัน",
        minimum=1,
        maximum=999,
    )
    homeroom_id: int | None = c.reference(
        "homeroom",
        "The homeroom taught as one group, if it is one.",
        "ห้องเรียน",
        "ห้องเรียนที่เรียนเป็นกลุ่มเดียวกันทั้งห้อง หากมี",
        many="sections",
        nullable=True,
    )
    planned_hours: int = c.whole("Hours planned.", "ชั่วโมงเรียนตามแผน", "จำนวนชั่วโมงเรียนตามแผน", minimum=0, maximum=2000)


class SectionTeacher(Row, table=True):
    """A teacher of a section."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="ครูผู้สอนกลุ่มเรียน",
        help_th="ครูผู้สอนของกลุ่มเรียน",
        plural="sectionTeachers",
        one_roster="enrollment (role teacher)",
        links=(
            Link("teachers", "section_id", "teacher_id", "The section's teachers.", "ครูผู้สอน"),
            Link("sections", "teacher_id", "section_id", "The sections taught.", "กลุ่มเรียนที่สอน", years=c.Years.CURRENT),
        ),
        access=Access(RECORDS, with_row("section", "section_id"), Person.STAFF),
    )
    __table_args__ = (UniqueConstraint("section_id", "teacher_id"),)

    section_id: int = c.reference("section", "The section.", "กลุ่มเรียน", "กลุ่มเรียนที่สอน")
    teacher_id: int = c.reference("teacher", "The teacher.", "ครู", "ครูผู้สอนกลุ่มเรียนนี้")
