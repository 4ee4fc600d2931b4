"""Sections of every year: what is taught to which group, by whom."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush
from math import ceil
from random import Random

from schema.tables.learning import SubjectKind
from seeds import world
from seeds.moments import pick_day, write_moment
from seeds.people import Pupil, Room, Stay, Taught, Teacher
from seeds.reference.tables import AREA_OF_LETTER, AREAS
from seeds.rooms import Rooms
from seeds.shares import share_out
from seeds.staff import DEPUTY, HEAD, KINDERGARTEN, Office, Staff, hire_staff
from seeds.subjects import Offer, Subject, takes

AREA_CODES = tuple(code for code, *_ in AREAS)
_ACTIVITY = AREA_CODES.index("DEV")
_KINDERGARTEN_HOURS = 1000.0
_SECOND_HOMEROOM_TEACHER = 0.5


@dataclass(frozen=True, slots=True)
class Group:
    """Pupils to be taught a subject together in a year: a homeroom, or those who chose it."""

    subject: Subject
    year: int
    number: int
    room: Room | None
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its teacher, ready to be written."""

    key: int
    group: Group
    taught: Taught


@dataclass(frozen=True, slots=True)
class Teaching:
    """All teaching of a city: staff, homeroom teachers by the room's key, sections by school."""

    staff: Staff
    homeroom_teachers: dict[int, list[Teacher]]
    sections: dict[int, list[Section]]


def arrange_teaching(pupils: Sequence[Pupil], rooms: Rooms, offers: Sequence[Offer], office: Office) -> Teaching:
    """Form the groups, hire teachers for their hours, and give every group a teacher of its area."""
    random = office.random
    by_level: dict[tuple[int, int, int], list[Stay]] = defaultdict(list)
    for pupil in pupils:
        for stay in pupil.stays:
            by_level[stay.school, stay.year, stay.level].append(stay)
    groups: dict[tuple[int, int], list[Group]] = {}
    for (school, year), opened in rooms.items():
        groups[school, year] = [
            *_homeroom_groups(offers[school], opened, year),
            *_chosen_groups(offers[school], by_level, school, year, random),
        ]
    hours = {place: _sum_hours(formed, rooms[place]) for place, formed in groups.items()}
    staff = hire_staff(hours, office)
    homeroom_teachers: dict[int, list[Teacher]] = {}
    sections: dict[int, list[Section]] = defaultdict(list)
    for school in range(len(world.SCHOOLS)):
        marking = [random.gauss(0.0, world.SCHOOL_AREA_SPREAD) for _ in AREA_CODES]
        for year in range(len(world.YEARS)):
            place = school, year
            homeroom_teachers |= _give_rooms(rooms[place], staff[place], random)
            sections[school] += _teach(groups[place], staff[place], homeroom_teachers, marking, office)
    return Teaching(staff, homeroom_teachers, sections)


def _homeroom_groups(offer: Offer, opened: list[Room], year: int) -> Iterator[Group]:
    for subject in offer.courses:
        for room in opened:
            if takes(subject, room):
                yield Group(subject, year, room.number, room)


def _chosen_groups(
    offer: Offer, by_level: dict[tuple[int, int, int], list[Stay]], school: int, year: int, random: Random
) -> Iterator[Group]:
    """Everyone of a level chooses one subject for each slot; popular ones are taught in several groups."""
    for choice in offer.choices:
        stays = by_level[school, year, choice.level]
        random.shuffle(stays)
        offered = choice.offered[year]
        popularity = share_out(len(stays), [random.uniform(0.7, 1.3) for _ in range(offered)])
        start = 0
        for subject, size in zip(choice.subjects, popularity, strict=False):
            yield from _split(subject, year, stays[start : start + size])
            start += size


def _split(subject: Subject, year: int, stays: list[Stay]) -> Iterator[Group]:
    number = max(1, ceil(len(stays) / world.GROUP_SIZE))
    for place in range(number):
        members = stays[place * len(stays) // number : (place + 1) * len(stays) // number]
        yield Group(subject, year, place + 1, None, tuple(members))


def _sum_hours(groups: list[Group], opened: list[Room]) -> dict[str, float]:
    hours = dict.fromkeys(AREA_CODES[:_ACTIVITY], 0.0)
    small = sum(room.level in world.KINDERGARTEN for room in opened)
    if small:
        hours[KINDERGARTEN] = small * _KINDERGARTEN_HOURS
    for group in groups:
        if group.subject.course.kind is not SubjectKind.ACTIVITY:
            hours[AREA_OF_LETTER[group.subject.course.letter]] += group.subject.course.hours
    return hours


def _give_rooms(opened: list[Room], staff: list[Teacher], random: Random) -> dict[int, list[Teacher]]:
    """One or two teachers for each homeroom; kindergarten's for kindergarten."""
    small = [teacher for teacher in staff if teacher.role == KINDERGARTEN]
    others = [teacher for teacher in staff if teacher.role not in (KINDERGARTEN, HEAD, DEPUTY)]
    random.shuffle(others)
    given: dict[int, list[Teacher]] = {}
    for pool, rooms in (
        (small, [room for room in opened if room.level in world.KINDERGARTEN]),
        (others, [room for room in opened if room.level not in world.KINDERGARTEN]),
    ):
        for at, room in enumerate(rooms):
            given[room.key] = [pool[at % len(pool)]]
            spare = len(rooms) + at
            if spare < len(pool) and random.random() < _SECOND_HOMEROOM_TEACHER:
                given[room.key].append(pool[spare])
    return given


def _teach(
    groups: list[Group],
    staff: list[Teacher],
    homeroom_teachers: dict[int, list[Teacher]],
    marking: list[float],
    office: Office,
) -> Iterator[Section]:
    """A section for every group, in the order of level, term and code; each by the teacher with the least to do."""
    loads: dict[str, list[tuple[int, int]]] = {}
    for teacher in staff:
        if teacher.role not in (HEAD, DEPUTY, KINDERGARTEN):
            loads.setdefault(teacher.role, []).append((0, teacher.key))
    for load in loads.values():
        heapify(load)
    for group in sorted(groups, key=lambda group: (group.subject.level, group.subject.course.term)):
        course = group.subject.course
        is_activity = course.kind is SubjectKind.ACTIVITY
        if is_activity and group.room is not None:
            chosen = homeroom_teachers[group.room.key][0].key
        else:
            load = min(loads.values()) if is_activity else loads[AREA_OF_LETTER[course.letter]]
            hours, chosen = heappop(load)
            heappush(load, (hours + course.hours, chosen))
        yield _section(group, chosen, marking, office)


def _section(group: Group, teacher: int, marking: list[float], office: Office) -> Section:
    random = office.random
    course = group.subject.course
    area = AREA_OF_LETTER[course.letter]
    place = AREA_CODES.index(area)
    effect = world.AREA_DIFFICULTY.get(area, 0.0) + marking[place] + random.gauss(0.0, world.SECTION_SPREAD)
    taught = Taught(
        office.ids.next("section"),
        group.subject.key,
        course.credits,
        course.hours,
        -1 if course.kind is SubjectKind.ACTIVITY else place,
        effect,
        write_moment(_grading_day(group.year, course.term, random), random),
        teacher,
    )
    if group.room is not None:
        group.room.taught[course.term].append(taught)
    for stay in group.stays:
        stay.chosen.append((course.term, taught))
    return Section(taught.key, group, taught)


def _grading_day(year: int, term: int, random: Random) -> date:
    """First terms are graded in October, second terms and whole years around the first of April."""
    begins = world.common_year(year)
    if term == 1:
        return pick_day(date(begins, 10, 5), date(begins, 10, 16), random)
    return pick_day(date(begins + 1, 3, 25), date(begins + 1, 4, 5), random)
