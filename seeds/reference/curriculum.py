"""What schools teach under the curriculum of B.E. 2551: what everyone takes, what a programme adds, what may be chosen.

Hours and weights of primary and the credits of secondary follow the time structure of the core curriculum: 66 basic
credits in lower secondary, and at least 11 additional beside them.
"""

from dataclasses import dataclass

from schema.tables.learning import Stage, SubjectKind
from seeds.reference.levels import Level

HOURS_A_CREDIT = 40
"""Of a term in secondary, and of a year for a weight of 1 in primary."""


@dataclass(frozen=True, slots=True)
class Course:
    """Something taught at a level: ``term`` 0 is the whole year, ``track`` 0 everyone, ``hours`` as planned."""

    letter: str
    name: str
    name_th: str
    credits: float
    kind: SubjectKind
    term: int
    hours: int
    track: int = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the timetable for which pupils choose one of several courses."""

    term: int
    kind: SubjectKind
    credits: float
    hours: int


_THAI = ("ท", "Thai Language", "ภาษาไทย")
_MATHS = ("ค", "Mathematics", "คณิตศาสตร์")
_SCIENCE = ("ว", "Science", "วิทยาศาสตร์")
_SOCIAL = ("ส", "Social Studies", "สังคมศึกษา")
_HISTORY = ("ส", "History", "ประวัติศาสตร์")
_HEALTH = ("พ", "Health and Physical Education", "สุขศึกษาและพลศึกษา")
_ARTS = ("ศ", "Arts", "ศิลปะ")
_WORK = ("ง", "Occupations", "การงานอาชีพ")
_ENGLISH = ("อ", "English", "ภาษาอังกฤษ")

_Plan = tuple[tuple[tuple[str, str, str], float], ...]

_PRIMARY_BASIC: tuple[_Plan, _Plan] = (
    (
        (_THAI, 5), (_MATHS, 5), (_SCIENCE, 3), (_SOCIAL, 2), (_HISTORY, 1),
        (_HEALTH, 2), (_ARTS, 2), (_WORK, 1), (_ENGLISH, 5),
    ),
    (
        (_THAI, 4), (_MATHS, 4), (_SCIENCE, 3), (_SOCIAL, 2), (_HISTORY, 1),
        (_HEALTH, 2), (_ARTS, 2), (_WORK, 1), (_ENGLISH, 3),
    ),
)  # fmt: skip
"""The first three years and the last three."""

_PRIMARY_ADDITIONAL = (
    ("ท", "Reading and Writing", "อ่านออกเขียนได้"),
    ("ค", "Mathematical Thinking", "การคิดทางคณิตศาสตร์"),
    ("ว", "Computing", "วิทยาการคำนวณ"),
    ("ส", "Integrity Education", "การป้องกันการทุจริต"),
    ("อ", "English Conversation", "ภาษาอังกฤษฟังพูด"),
)
_PRIMARY_ACTIVITIES = (
    ("ก", "Guidance", "แนะแนว"),
    ("ก", "Scouts and Girl Guides", "ลูกเสือ-เนตรนารี"),
    ("ก", "Social and Public Service", "กิจกรรมเพื่อสังคมและสาธารณประโยชน์"),
)

_LOWER_BASIC: _Plan = (
    (_THAI, 1.5), (_MATHS, 1.5), (_SCIENCE, 1.5), (_SOCIAL, 1.5), (_HISTORY, 0.5),
    (_HEALTH, 1), (_ARTS, 1), (_WORK, 1), (_ENGLISH, 1.5),
)  # fmt: skip
_UPPER_BASIC: tuple[_Plan, _Plan] = (
    ((_THAI, 1), (_MATHS, 1), (_SCIENCE, 1.5), (_SOCIAL, 1), (_HISTORY, 0.5), (_HEALTH, 0.5), (_ENGLISH, 1)),
    ((_THAI, 1), (_MATHS, 1), (_SCIENCE, 1.5), (_SOCIAL, 1), (_ARTS, 0.5), (_WORK, 0.5), (_ENGLISH, 1)),
)
"""The first term and the second."""

_TRACKS: tuple[_Plan, ...] = (
    (
        (("ค", "Advanced Mathematics", "คณิตศาสตร์เพิ่มเติม"), 1.5),
        (("ว", "Physics", "ฟิสิกส์"), 1.5),
        (("ว", "Chemistry", "เคมี"), 1.5),
    ),
    (
        (("อ", "English Reading and Writing", "ภาษาอังกฤษอ่าน-เขียน"), 1.5),
        (("จ", "Chinese", "ภาษาจีน"), 1.5),
        (("ท", "Thai Literature", "วรรณคดีไทย"), 1),
    ),
    (
        (("ง", "Hospitality Work", "งานโรงแรมและบริการ"), 1.5),
        (("ง", "Food and Nutrition", "อาหารและโภชนาการ"), 1.5),
        (("อ", "English for Service", "ภาษาอังกฤษเพื่อการบริการ"), 1),
    ),
)
"""The programmes of upper secondary: science and mathematics, languages, occupations."""

ELECTIVES = (
    ("อ", "English for Communication", "ภาษาอังกฤษเพื่อการสื่อสาร"),
    ("จ", "Everyday Chinese", "ภาษาจีนในชีวิตประจำวัน"),
    ("ว", "Robotics", "หุ่นยนต์"),
    ("ศ", "Southern Dance", "นาฏศิลป์พื้นบ้าน"),
    ("ง", "Local Cooking", "อาหารพื้นเมือง"),
    ("พ", "Swimming", "ว่ายน้ำ"),
    ("ค", "Mental Arithmetic", "คณิตคิดเร็ว"),
    ("ท", "Creative Reading", "การอ่านสร้างสรรค์"),
    ("ส", "Our City", "ท้องถิ่นของเรา"),
    ("ญ", "Everyday Japanese", "ภาษาญี่ปุ่นในชีวิตประจำวัน"),
    ("ว", "Sea and Coast", "ทะเลและชายฝั่ง"),
    ("ศ", "Drawing", "วาดเส้น"),
    ("ง", "Batik", "ผ้าบาติก"),
    ("พ", "Football", "ฟุตบอล"),
    ("อ", "English Stories", "นิทานภาษาอังกฤษ"),
    ("ว", "Coding", "การเขียนโปรแกรม"),
    ("ศ", "Thai Music", "ดนตรีไทย"),
    ("ง", "Gardening", "การปลูกพืช"),
    ("พ", "Volleyball", "วอลเลย์บอล"),
    ("ค", "Mathematics Project", "โครงงานคณิตศาสตร์"),
    ("ท", "Public Speaking", "การพูดในที่ชุมชน"),
    ("ส", "Sufficiency Economy", "เศรษฐกิจพอเพียง"),
    ("จ", "Chinese Culture", "วัฒนธรรมจีน"),
    ("ศ", "Modern Music", "ดนตรีสากล"),
    ("ง", "Handicraft", "งานประดิษฐ์"),
    ("พ", "Table Tennis", "เทเบิลเทนนิส"),
    ("ว", "Science Project", "โครงงานวิทยาศาสตร์"),
    ("อ", "English for Guides", "ภาษาอังกฤษเพื่อการท่องเที่ยว"),
    ("ส", "Disaster Preparedness", "การเตรียมพร้อมรับภัยพิบัติ"),
    ("ง", "Small Business", "ธุรกิจขนาดย่อม"),
)
CLUBS = (
    ("ก", "Reading Club", "ชุมนุมรักการอ่าน"),
    ("ก", "Sports Club", "ชุมนุมกีฬา"),
    ("ก", "Music Club", "ชุมนุมดนตรี"),
    ("ก", "Art Club", "ชุมนุมศิลปะ"),
    ("ก", "English Club", "ชุมนุมภาษาอังกฤษ"),
    ("ก", "Science Club", "ชุมนุมวิทยาศาสตร์"),
    ("ก", "Computer Club", "ชุมนุมคอมพิวเตอร์"),
    ("ก", "Cooking Club", "ชุมนุมอาหาร"),
    ("ก", "Nature Club", "ชุมนุมรักษ์ธรรมชาติ"),
    ("ก", "Chess and Board Games Club", "ชุมนุมหมากกระดาน"),
    ("ก", "Dance Club", "ชุมนุมนาฏศิลป์"),
    ("ก", "Young Guides Club", "ชุมนุมมัคคุเทศก์น้อย"),
    ("ก", "Volunteers Club", "ชุมนุมจิตอาสา"),
    ("ก", "Photography Club", "ชุมนุมถ่ายภาพ"),
)


def list_courses(level: Level, tracks: int) -> list[Course]:
    """What a level's pupils take without choosing, in the order of codes; ``tracks`` programmes in upper secondary."""
    if level.stage is Stage.PRIMARY:
        plan = [_basic(entry, level.year, 0) for entry in _PRIMARY_BASIC[level.year > 3]]  # noqa: PLR2004 - two halves
        plan += [_additional(names, 1, level.year, 0) for names in _PRIMARY_ADDITIONAL]
        return plan + [_activity(names, level.year, 0) for names in _PRIMARY_ACTIVITIES]
    courses: list[Course] = []
    for term in (1, 2):
        number = 2 * (level.year - 1) + term
        if level.stage is Stage.LOWER_SECONDARY:
            courses += [_basic(entry, number, term) for entry in _LOWER_BASIC]
            courses.append(_additional(("ว", "Computing Science", "วิทยาการคำนวณ"), 1, number, term))
        elif level.stage is Stage.UPPER_SECONDARY:
            courses += [_basic(entry, number, term) for entry in _UPPER_BASIC[term - 1]]
            for track, entries in enumerate(_TRACKS[:tracks], 1):
                courses += [_additional(names, credit, number, term, track) for names, credit in entries]
    if courses:
        courses.append(_activity(("ก", "Guidance and Service", "แนะแนวและกิจกรรมเพื่อสังคม"), level.year, 2))
    return courses


def list_slots(level: Level) -> list[Slot]:
    """The choices of a level: three and a club in primary; one a term and a club in secondary; none in kindergarten."""
    additional, activity = SubjectKind.ADDITIONAL, SubjectKind.ACTIVITY
    match level.stage:
        case Stage.KINDERGARTEN:
            return []
        case Stage.PRIMARY:
            return [*(Slot(0, additional, 1, HOURS_A_CREDIT) for _ in range(3)), Slot(0, activity, 0, HOURS_A_CREDIT)]
        case _:
            club = Slot(1, activity, 0, HOURS_A_CREDIT // 2)
            return [*(Slot(term, additional, 1, HOURS_A_CREDIT) for term in (1, 2)), club]


def _basic(entry: tuple[tuple[str, str, str], float], number: int, term: int) -> Course:
    (letter, name, name_th), credit = entry
    hours = int(credit * HOURS_A_CREDIT)
    return Course(letter, f"{name} {number}", f"{name_th} {number}", credit, SubjectKind.BASIC, term, hours)


def _additional(names: tuple[str, str, str], credit: float, number: int, term: int, track: int = 0) -> Course:
    letter, name, name_th = names
    hours = int(credit * HOURS_A_CREDIT)
    return Course(letter, f"{name} {number}", f"{name_th} {number}", credit, SubjectKind.ADDITIONAL, term, hours, track)


def _activity(names: tuple[str, str, str], number: int, term: int) -> Course:
    letter, name, name_th = names
    hours = HOURS_A_CREDIT if term == 0 else HOURS_A_CREDIT // 2
    return Course(letter, f"{name} {number}", f"{name_th} {number}", 0, SubjectKind.ACTIVITY, term, hours)
