"""What the small city holds, as plain tables; keys are the names of `tests.small_city`."""

from dataclasses import dataclass
from datetime import date

from schema.tables.learning import GradingBasis, Stage, SubjectKind
from schema.tables.people import Sex
from schema.tables.records import GradeEventKind

YEARS = (2559, 2560, 2561)

SCHOOLS = (
    ("WAT", "3083000001", "Wat Andaman", "โรงเรียนวัดอันดามัน"),
    ("CITY", "3083000002", "Andaman City", "โรงเรียนเมืองอันดามัน"),
)


@dataclass(frozen=True, slots=True)
class Result:
    """A registration and its events: pairs of kind and code, the first INITIAL."""

    pupil: str
    year: int
    term: int | None
    subject: str
    events: tuple[tuple[GradeEventKind, str], ...] = ()
    hours: tuple[int, int] | None = None


LEVELS = (
    *((f"อ.{n}", f"Kindergarten {n}", Stage.KINDERGARTEN, GradingBasis.UNGRADED) for n in (1, 2, 3)),
    *((f"ป.{n}", f"Primary {n}", Stage.PRIMARY, GradingBasis.YEAR) for n in (1, 2, 3, 4, 5, 6)),
    *((f"ม.{n}", f"Secondary {n}", Stage.LOWER_SECONDARY, GradingBasis.TERM) for n in (1, 2, 3)),
    *((f"ม.{n}", f"Secondary {n}", Stage.UPPER_SECONDARY, GradingBasis.TERM) for n in (4, 5, 6)),
)

EXIT_REASONS = (
    ("TRANSFER", "Moved to another school", "ย้าย", False),
    ("RESIGNED", "Resigned", "ลาออก", True),
    ("UNTRACEABLE", "Not traceable", "ติดตามไม่ได้", True),
    ("GRADUATED", "Graduated", "จบการศึกษา", False),
)

# code, school, name, Thai name, credits, kind, area, level
SUBJECTS = (
    ("ท11101", "WAT", "Thai 1", "ภาษาไทย 1", "6", SubjectKind.BASIC, "THA", "ป.1"),
    ("ค11101", "WAT", "Mathematics 1", "คณิตศาสตร์ 1", "6", SubjectKind.BASIC, "MAT", "ป.1"),
    ("ท12101", "WAT", "Thai 2", "ภาษาไทย 2", "6", SubjectKind.BASIC, "THA", "ป.2"),
    ("ท13101", "WAT", "Thai 3", "ภาษาไทย 3", "6", SubjectKind.BASIC, "THA", "ป.3"),
    ("ท16101", "WAT", "Thai 6", "ภาษาไทย 6", "5", SubjectKind.BASIC, "THA", "ป.6"),
    ("ค16101", "CITY", "Mathematics 6", "คณิตศาสตร์ 6", "5", SubjectKind.BASIC, "MAT", "ป.6"),
    ("ท21101", "CITY", "Thai 1", "ภาษาไทย 1", "1.5", SubjectKind.BASIC, "THA", "ม.1"),
    ("ค21101", "CITY", "Mathematics 1", "คณิตศาสตร์ 1", "1.5", SubjectKind.BASIC, "MAT", "ม.1"),
    ("ว21101", "CITY", "Science 1", "วิทยาศาสตร์ 1", "1.5", SubjectKind.BASIC, "SCI", "ม.1"),
    ("อ21101", "CITY", "English 1", "ภาษาอังกฤษ 1", "1.5", SubjectKind.BASIC, "FOR", "ม.1"),
    ("ศ21201", "CITY", "Drawing", "วาดเส้น", "0.5", SubjectKind.ADDITIONAL, "ART", "ม.1"),
    ("ก21901", "CITY", "Scouts", "ลูกเสือ", "0", SubjectKind.ACTIVITY, "DEV", "ม.1"),
    ("ค22101", "CITY", "Mathematics 3", "คณิตศาสตร์ 3", "1.5", SubjectKind.BASIC, "MAT", "ม.2"),
    ("ค23101", "CITY", "Mathematics 5", "คณิตศาสตร์ 5", "1.5", SubjectKind.BASIC, "MAT", "ม.3"),
    ("ค31101", "CITY", "Mathematics 7", "คณิตศาสตร์ 7", "1", SubjectKind.BASIC, "MAT", "ม.4"),
)

PUPILS = (
    # name, school now, number, given name, family name, sex, birth date
    ("manee", "WAT", "1", "มานี", "รักเผ่าไทย", Sex.FEMALE, date(2012, 7, 1)),
    ("piti", "WAT", "2", "ปิติ", "พิทักษ์ถิ่น", Sex.MALE, date(2009, 6, 2)),
    ("chujai", "CITY", "1", "ชูใจ", "เลิศล้ำ", Sex.FEMALE, date(2003, 5, 20)),
    ("wira", "CITY", "2", "วีระ", "ประสงค์สุข", Sex.MALE, date(2004, 8, 9)),
    ("somsri", "CITY", "3", "สมศรี", "ใจดี", Sex.FEMALE, date(2005, 9, 30)),
    ("aree", "CITY", "4", "อารี", "โอภาส", Sex.FEMALE, date(2005, 6, 15)),
    ("kamol", "CITY", "5", "กมล", "แก้วใส", Sex.MALE, date(2002, 10, 1)),
    ("eka", "CITY", "6", "เอก", "กล้าหาญ", Sex.MALE, date(2005, 12, 31)),
    ("fa", "CITY", "7", "อก", "กล้าหาญ", Sex.FEMALE, date(2006, 2, 28)),
    ("thong", "CITY", "8", 'ทอง "Tom" O\'Neill\\', "ไทย\nแท้", Sex.MALE, date(2002, 1, 1)),
)

# pupil, school, year, level, entry, exit, reason
ENROLLMENTS: tuple[tuple[str, str, int, str, date, date | None, str | None], ...] = (
    ("manee", "WAT", 2561, "อ.3", date(2018, 5, 16), None, None),
    ("piti", "WAT", 2559, "ป.1", date(2016, 5, 16), date(2017, 5, 16), None),
    ("piti", "WAT", 2560, "ป.2", date(2017, 5, 16), date(2018, 5, 16), None),
    ("piti", "WAT", 2561, "ป.3", date(2018, 5, 16), None, None),
    ("chujai", "CITY", 2559, "ม.1", date(2016, 5, 16), date(2017, 5, 16), None),
    ("chujai", "CITY", 2560, "ม.2", date(2017, 5, 16), date(2018, 5, 16), None),
    ("chujai", "CITY", 2561, "ม.3", date(2018, 5, 16), None, None),
    ("wira", "CITY", 2560, "ม.1", date(2017, 5, 16), date(2017, 8, 31), "RESIGNED"),
    ("somsri", "CITY", 2561, "ม.1", date(2018, 5, 16), None, None),
    ("aree", "WAT", 2560, "ป.6", date(2017, 5, 16), date(2017, 11, 1), "TRANSFER"),
    ("aree", "CITY", 2560, "ป.6", date(2017, 11, 1), date(2018, 5, 16), None),
    ("aree", "CITY", 2561, "ม.1", date(2018, 5, 16), None, None),
    ("kamol", "CITY", 2560, "ม.3", date(2017, 5, 16), date(2018, 3, 31), "GRADUATED"),
    ("kamol", "CITY", 2561, "ม.4", date(2018, 5, 16), None, None),
    ("eka", "CITY", 2561, "ม.1", date(2018, 6, 11), None, None),
    ("fa", "CITY", 2561, "ม.1", date(2018, 5, 16), None, None),
    ("thong", "CITY", 2560, "ม.3", date(2017, 5, 16), date(2018, 3, 31), "GRADUATED"),
)

_INITIAL, _RESIT, _RESOLVE = GradeEventKind.INITIAL, GradeEventKind.RESIT, GradeEventKind.RESOLVE

RESULTS = (
    Result("piti", 2559, None, "ท11101", ((_INITIAL, "4"),), (200, 200)),
    Result("piti", 2559, None, "ค11101", ((_INITIAL, "3"),)),
    Result("piti", 2560, None, "ท12101", ((_INITIAL, "3.5"),)),
    Result("piti", 2561, None, "ท13101", ((_INITIAL, "4"),)),
    Result("chujai", 2559, 1, "ท21101", ((_INITIAL, "1.5"),), (60, 48)),
    Result("chujai", 2559, 1, "ค21101", ((_INITIAL, "0"), (_RESIT, "1"))),
    Result("chujai", 2559, 2, "ว21101", ((_INITIAL, "1"),)),
    Result("chujai", 2560, 1, "ค22101", ((_INITIAL, "1.5"),)),
    Result("chujai", 2561, 1, "ค23101", ((_INITIAL, "2"),)),
    Result("wira", 2560, 1, "ท21101", ((_INITIAL, "0"), (_RESIT, "0"), (_RESIT, "1"))),
    Result("wira", 2560, 1, "ค21101", ((_INITIAL, "0"), (_RESIT, "1"))),
    Result("wira", 2560, 1, "ว21101", ((_INITIAL, "0"),)),
    Result("wira", 2560, 1, "อ21101", ((_INITIAL, "0"),), (60, 47)),
    Result("wira", 2560, 1, "ศ21201", ((_INITIAL, "0"),)),
    Result("somsri", 2561, 1, "ท21101", ((_INITIAL, "4"),), (60, 60)),
    Result("somsri", 2561, 1, "ค21101", ((_INITIAL, "ร"),)),
    Result("somsri", 2561, 1, "ว21101", ((_INITIAL, "มส"),), (60, 40)),
    Result("somsri", 2561, 2, "อ21101"),
    Result("somsri", 2561, 1, "ก21901", ((_INITIAL, "ผ"),)),
    Result("aree", 2560, None, "ท16101", ((_INITIAL, "2.5"),)),
    Result("aree", 2560, None, "ค16101", ((_INITIAL, "2"),)),
    Result("aree", 2561, 1, "ค21101", ((_INITIAL, "3"),)),
    Result("kamol", 2560, 1, "ค23101", ((_INITIAL, "1"),)),
    Result("kamol", 2561, 1, "ค31101", ((_INITIAL, "4"),)),
    Result("eka", 2561, 3, "ค21101", ((_INITIAL, "2"),)),
    Result("thong", 2560, 1, "ค23101", ((_INITIAL, "ร"), (_RESOLVE, "2"))),
)
