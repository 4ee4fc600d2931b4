"""The rows of the reference tables that all cities share, and where records find them."""

from dataclasses import dataclass
from datetime import date, timedelta

from schema.rules.exits import STANDARD_EXIT_REASONS
from schema.rules.grades import STANDARD_GRADE_CODES
from seeds import world
from seeds.reference.levels import LEVELS
from seeds.reference.lists import read_occupations
from seeds.rows import Batch, Ids, Value

ENTERED = "2015-05-01T02:00:00.000+00:00"
"""When the hub was set up, before its first school year: the moment of every reference row."""

AREAS = (
    ("THA", "Thai Language", "ภาษาไทย", "ท"),
    ("MAT", "Mathematics", "คณิตศาสตร์", "ค"),
    ("SCI", "Science and Technology", "วิทยาศาสตร์และเทคโนโลยี", "ว"),
    ("SOC", "Social Studies, Religion and Culture", "สังคมศึกษา ศาสนา และวัฒนธรรม", "ส"),
    ("HPE", "Health and Physical Education", "สุขศึกษาและพลศึกษา", "พ"),
    ("ART", "Arts", "ศิลปะ", "ศ"),
    ("OCC", "Occupations", "การงานอาชีพ", "ง"),
    ("FOR", "Foreign Languages", "ภาษาต่างประเทศ", "อญจฝย"),
    ("DEV", "Learner Development Activities", "กิจกรรมพัฒนาผู้เรียน", "ก"),
)
"""Code, names and the letters of subject codes. Foreign languages: English, Japanese, Chinese, French, German."""

AREA_OF_LETTER = {letter: code for code, _, _, letters in AREAS for letter in letters}

_CODE_NAMES = {
    "4": ("Excellent", "ดีเยี่ยม"),
    "3.5": ("Very good", "ดีมาก"),
    "3": ("Good", "ดี"),
    "2.5": ("Fairly good", "ค่อนข้างดี"),
    "2": ("Fair", "ปานกลาง"),
    "1.5": ("Fairly poor", "พอใช้"),
    "1": ("Passed at the minimum", "ผ่านเกณฑ์ขั้นต่ำ"),
    "0": ("Failed", "ต่ำกว่าเกณฑ์"),
    "R": ("Result pending", "รอการตัดสิน"),
    "MS": ("No right to sit the final examination", "ไม่มีสิทธิ์เข้ารับการวัดผลปลายภาค"),
    "P": ("Activity passed", "ผ่าน"),
    "F": ("Activity failed", "ไม่ผ่าน"),
}

_REASON_NAMES = {
    "GRADUATED": "Completed the stage",
    "TRANSFERRED": "Moved to another school",
    "DIED": "Died",
    "UNTRACEABLE": "Untraceable",
    "RESIGNED": "Resigned",
    "OVER_AGE": "Over age without completion",
}


@dataclass(frozen=True, slots=True)
class References:
    """Keys of reference rows: years and levels by index, the rest by code (grade codes by their label)."""

    years: tuple[int, ...]
    terms: tuple[tuple[int, int, int], ...]
    levels: tuple[int, ...]
    curriculum: int
    areas: dict[str, int]
    codes: dict[str, int]
    reasons: dict[str, int]
    occupations: dict[str, int]


def write_references(ids: Ids, batch: Batch) -> References:
    """Add the shared reference rows to a batch and say where they are."""

    def add(table: str, *values: Value) -> int:
        key = ids.next(table)
        batch.setdefault(table, []).append((key, ENTERED, *values))
        return key

    def add_year(year: int) -> tuple[int, tuple[int, int, int]]:
        begins, ends = world.first_day(year), world.first_day(year + 1) - timedelta(days=1)
        key = add("academic_year", world.YEARS[year], *map(date.isoformat, (begins, ends, world.census_day(year))))
        spring = begins.year + 1
        terms = (
            (begins, date(begins.year, 10, 10)),
            (date(begins.year, 11, 1), date(spring, 3, 31)),
            (date(spring, 4, 5), date(spring, 5, 10)),
        )
        first, second, summer = (
            add("term", key, number, starts.isoformat(), stops.isoformat())
            for number, (starts, stops) in enumerate(terms, 1)
        )
        return key, (first, second, summer)

    years = [add_year(year) for year in range(len(world.YEARS))]
    levels = tuple(
        add("grade_level", level.code, level.name, level.name_th, level.index + 1, level.stage, level.basis)
        for level in LEVELS
    )
    curriculum = add(
        "curriculum",
        "2551",
        "Basic Education Core Curriculum B.E. 2551",
        "หลักสูตรแกนกลางการศึกษาขั้นพื้นฐาน พุทธศักราช 2551",
        "2009-05-16",
        None,
    )
    areas = {
        code: add("learning_area", code, name, name_th, " ".join(letters), curriculum)
        for code, name, name_th, letters in AREAS
    }
    codes = {
        code.label: add(
            "grade_code",
            code.label,
            *_CODE_NAMES[code.code],
            ordinal,
            None if code.points is None else float(code.points),
            None if code.min_score is None else float(code.min_score),
            int(code.counts_attempted),
            int(code.counts_earned),
            int(code.counts_gpa),
            int(code.counts_graduation),
            int(code.is_pending),
        )
        for ordinal, code in enumerate(STANDARD_GRADE_CODES, 1)
    }
    reasons = {
        reason.code: add(
            "exit_reason", reason.code, _REASON_NAMES[reason.code], reason.label, int(reason.counts_dropout)
        )
        for reason in STANDARD_EXIT_REASONS
    }
    occupations = {
        occupation.code: add("occupation", occupation.code, occupation.name, occupation.name_th)
        for occupation in read_occupations()
    }
    keys, terms = zip(*years, strict=True)
    return References(keys, terms, levels, curriculum, areas, codes, reasons, occupations)
