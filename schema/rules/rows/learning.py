"""Rules of learning areas, subjects and grade codes."""

from collections.abc import Iterator

from schema.rules.rows.candidate import Candidate, Refusal, RowRule
from schema.rules.stages import Stage
from schema.rules.subject_codes import (
    AREA_LETTERS,
    ActivityCode,
    Area,
    SubjectCode,
    SubjectCodePolicy,
    SubjectCodeRefused,
    parse_activity_code,
    parse_subject_code,
)

_ACTIVITY = "ACTIVITY"


def _check_letters(row: Candidate) -> Iterator[Refusal]:
    letters = row.values["letters"].split(" ")
    if any(len(letter) != 1 or not letter.isalpha() for letter in letters) or len(set(letters)) < len(letters):
        yield Refusal(
            "letters",
            "LETTERS_REFUSED",
            "These are not single letters, each once, with a blank between them. Write them as อ ญ จ.",
            "ต้องเป็นอักษรทีละตัว ไม่ซ้ำกัน คั่นด้วยช่องว่างหนึ่งช่อง กรุณากรอก เช่น อ ญ จ",
        )


def _check_subject(row: Candidate) -> Iterator[Refusal]:
    text, kind = row.values["code"], row.values["kind"]
    level, area = row.references["grade_level_id"], row.references["learning_area_id"]
    if area["curriculum_id"] != row.values["curriculum_id"]:
        yield Refusal(
            "learning_area_id",
            "AREA_OF_ANOTHER_CURRICULUM",
            "This learning area is not of the subject's curriculum. Choose the area of that curriculum.",
            "กลุ่มสาระนี้อยู่ในหลักสูตรอื่น ไม่ใช่หลักสูตรของรายวิชา กรุณาเลือกกลุ่มสาระของหลักสูตรเดียวกัน",
        )
    try:
        code = _parse(text, kind, area["letters"].split())
    except SubjectCodeRefused as error:
        yield Refusal.of("code", error)
        return
    if (code.level or level["code"]) != level["code"] or code.stage.name != level["stage"]:
        yield _of_another_level(text, code, level["code"])
    if isinstance(code, SubjectCode) and code.kind.value != kind:
        yield _of_another_kind(text, code, kind)


def _parse(text: str, kind: str, letters: list[str]) -> SubjectCode | ActivityCode:
    if kind == _ACTIVITY:
        return parse_activity_code(text, letters)
    # A letter beyond the standard ones is that of a further language.
    areas = {letter: AREA_LETTERS.get(letter, Area.FOREIGN_LANGUAGES) for letter in letters}
    return parse_subject_code(text, SubjectCodePolicy(areas))


def _of_another_level(text: str, code: SubjectCode | ActivityCode, level: str) -> Refusal:
    of = code.level or _STAGES[code.stage][0]
    of_th = code.level or _STAGES[code.stage][1]
    return Refusal(
        "code",
        "CODE_OF_ANOTHER_LEVEL",
        f"{text} is a code of {of} by its first two digits, but the grade level is {level}. Correct the code, or "
        "choose its level.",
        f"{text} เป็นรหัสของ {of_th} ตามสองหลักแรก แต่ระดับชั้นคือ {level} กรุณาแก้รหัสหรือเลือกระดับชั้นให้ตรงกัน",
    )


def _of_another_kind(text: str, code: SubjectCode, kind: str) -> Refusal:
    digit = text[3]
    own, own_th = _KINDS[code.kind.value]
    other, other_th = _KINDS.get(kind, (kind, kind))
    return Refusal(
        "code",
        "CODE_OF_ANOTHER_KIND",
        f"{text} is {own} subject's code by its third digit, {digit}, but the kind is {other} subject. Correct the "
        "code, or choose its kind.",
        f"{text} เป็นรหัสวิชา{own_th}ตามหลักที่สาม ({digit}) แต่ประเภทคือวิชา{other_th} กรุณาแก้รหัสหรือเลือกประเภทให้ตรงกัน",
    )


_STAGES = {
    Stage.PRIMARY: ("primary", "ประถมศึกษา"),
    Stage.LOWER_SECONDARY: ("lower secondary", "มัธยมศึกษาตอนต้น"),
    Stage.UPPER_SECONDARY: ("upper secondary", "มัธยมศึกษาตอนปลาย"),
}
_KINDS = {"BASIC": ("a basic", "พื้นฐาน"), "ADDITIONAL": ("an additional", "เพิ่มเติม")}


def _check_flags(row: Candidate) -> Iterator[Refusal]:
    values = row.values
    if values["counts_in_gpa"] and values["points"] is None:
        yield Refusal(
            "points",
            "POINTS_MISSING",
            "A code that counts in the grade average has points. Give them, or let it not count.",
            "รหัสที่นับในผลการเรียนเฉลี่ยต้องมีระดับผลการเรียน กรุณากรอก หรือไม่นับรหัสนี้",
        )
    if values["counts_as_earned"] and not values["counts_as_attempted"]:
        yield Refusal(
            "counts_as_attempted",
            "EARNED_WITHOUT_ATTEMPT",
            "Credits that count as earned count as attempted too. Say yes to both, or no to earned.",
            "หน่วยกิตที่นับว่าได้ต้องนับว่าเรียนด้วย กรุณาเลือกใช่ทั้งสองช่อง หรือเลือกไม่ใช่ที่หน่วยกิตที่ได้",
        )
    if values["is_pending"] and (values["points"] is not None or values["min_score"] is not None):
        yield Refusal(
            "is_pending",
            "PENDING_WITH_RESULT",
            "A result still to come has neither points nor a lowest score. Leave both empty, or say no here.",
            "ผลที่ยังรอการตัดสินต้องไม่มีระดับผลการเรียนและคะแนนขั้นต่ำ กรุณาเว้นว่างทั้งสองช่อง หรือเลือกไม่ใช่ที่รอผลการเรียน",
        )


def _check_scale(row: Candidate) -> Iterator[Refusal]:
    least, points = row.values["min_score"], row.values["points"]
    if least is None:
        return
    for other in row.siblings:
        if other["min_score"] is None:
            continue
        label = other["label"]
        if other["min_score"] == least:
            yield Refusal(
                "min_score",
                "SCORE_TAKEN",
                f"{label} has the lowest score {least} already, so this score would earn two codes. Give another.",
                f"รหัส {label} ใช้คะแนนขั้นต่ำ {least} แล้ว คะแนนเดียวกันจะได้สองรหัส กรุณากรอกคะแนนอื่น",
            )
        elif (
            points is not None
            and other["points"] is not None
            and points != other["points"]
            and (points > other["points"]) != (least > other["min_score"])
        ):
            yield Refusal(
                "points",
                "POINTS_AGAINST_SCORE",
                f"A higher score would earn fewer points: compare {label}. Change the points or the lowest score.",
                f"คะแนนที่สูงกว่ากลับได้ระดับผลการเรียนต่ำกว่า เมื่อเทียบกับรหัส {label} กรุณาแก้ระดับผลการเรียนหรือคะแนนขั้นต่ำ",
            )


AREA_LETTERS_APART = RowRule(_check_letters, ("letters",))
"""A learning area's letters are single letters with blanks between them."""

CODE_AGREES = RowRule(
    _check_subject,
    ("code", "kind", "curriculum_id", "grade_level_id", "learning_area_id"),
    references={"grade_level_id": ("code", "stage"), "learning_area_id": ("letters", "curriculum_id")},
)
"""A subject's code agrees with its level, its kind and its learning area; an activity's has a shape of its own."""

FLAGS_AGREE = RowRule(
    _check_flags, ("points", "min_score", "counts_as_attempted", "counts_as_earned", "counts_in_gpa", "is_pending")
)
"""What a grade code counts for does not contradict itself."""

ONE_SCALE = RowRule(_check_scale, ("points", "min_score"), siblings=())
"""A score earns one grade code, and a better score no fewer points."""
