"""The subjects of a school: exactly as many as its size asks for in each year."""

from collections import Counter
from dataclasses import dataclass
from itertools import cycle, islice

from schema.tables.learning import SubjectKind
from seeds import world
from seeds.people import Room
from seeds.reference.curriculum import CLUBS, ELECTIVES, Course, Slot, list_courses, list_slots
from seeds.reference.levels import LEVELS
from seeds.rows import Ids
from seeds.shares import share_out

_KIND_DIGIT = {SubjectKind.BASIC: 1, SubjectKind.ADDITIONAL: 2, SubjectKind.ACTIVITY: 9}


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of a school at a level (its index)."""

    key: int
    code: str
    level: int
    course: Course


@dataclass(frozen=True, slots=True)
class Choice:
    """A slot of a level with the subjects offered for it; ``offered`` counts, by year, how many of them are taught."""

    level: int
    slot: Slot
    subjects: tuple[Subject, ...]
    offered: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """All that a school teaches: what everyone of a level (or a programme) takes, and the choices."""

    courses: tuple[Subject, ...]
    choices: tuple[Choice, ...]


def offer_subjects(school: int, ids: Ids) -> Offer:
    """The subjects of one school. Choices widen from year to year until the school teaches all it is to teach."""
    profile = world.SCHOOLS[school]
    levels = [LEVELS[level] for level in profile.levels if level not in world.KINDERGARTEN]
    courses = [(level, course) for level in levels for course in list_courses(level, profile.tracks)]
    slots = [(level, slot) for level in levels for slot in list_slots(level)]
    weights = [world.UPPER_SHARE if level.index in world.UPPER else 1.0 for level, _ in slots]
    wanted = [round(profile.subjects * growth) for growth in world.SUBJECT_GROWTH]
    widths = [[1 + more for more in share_out(total - len(courses) - len(slots), weights)] for total in wanted]
    numbers: Counter[tuple[str, SubjectKind]] = Counter()

    def make(level: int, course: Course) -> Subject:
        start = course.letter + LEVELS[level].code_prefix
        numbers[start, course.kind] += 1
        code = f"{start}{_KIND_DIGIT[course.kind]}{numbers[start, course.kind]:02}"
        return Subject(ids.next("subject"), code, level, course)

    made = tuple(make(level.index, course) for level, course in courses)
    sources = {SubjectKind.ADDITIONAL: _from(ELECTIVES, school * 5), SubjectKind.ACTIVITY: _from(CLUBS, school * 3)}
    choices: list[Choice] = []
    for at, (level, slot) in enumerate(slots):
        names = islice(sources[slot.kind], max(width[at] for width in widths))
        subjects = tuple(make(level.index, _elective(one, slot, level.year)) for one in names)
        choices.append(Choice(level.index, slot, subjects, tuple(width[at] for width in widths)))
    return Offer(made, tuple(choices))


def takes(subject: Subject, room: Room) -> bool:
    """Whether a homeroom's pupils take the subject without choosing."""
    return subject.level == room.level and subject.course.track in (0, room.track)


def _from(names: tuple[tuple[str, str, str], ...], start: int) -> "cycle[tuple[str, str, str]]":
    turned = start % len(names)
    return cycle(names[turned:] + names[:turned])


def _elective(names: tuple[str, str, str], slot: Slot, year: int) -> Course:
    letter, name, name_th = names
    number = year if slot.term == 0 else 2 * (year - 1) + slot.term
    return Course(letter, f"{name} {number}", f"{name_th} {number}", slot.credits, slot.kind, slot.term, slot.hours)
