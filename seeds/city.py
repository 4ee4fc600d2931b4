"""One city after another, as batches of rows: planned whole, then written pupil by pupil."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from seeds import world
from seeds.identities import Identities
from seeds.moments import write_day, write_moment
from seeds.movement import simulate_movement
from seeds.outcomes import Outcomes
from seeds.people import Pupil, Teacher
from seeds.reference.levels import LEVELS
from seeds.reference.lists import read_occupations
from seeds.reference.tables import AREA_OF_LETTER, ENTERED, References, write_references
from seeds.results import Results
from seeds.rooms import Rooms, arrange_rooms
from seeds.rows import COLUMNS, Batch, Ids, Value
from seeds.staff import Office
from seeds.subjects import Offer, offer_subjects
from seeds.teaching import Teaching, arrange_teaching

PUPILS_A_BATCH = 200
"""About 15,000 grades: enough to write in one go, little enough to hold."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Some rows, and how much of the whole is done with them: ``done`` of ``total`` thousandths of cities."""

    done: int
    total: int
    batch: Batch


def generate(seed: int, scale: int) -> Iterator[Portion]:
    """The rows of ``scale`` cities, the same for the same seed; the first city is the same whatever the scale."""
    ids = Ids()
    batch = _new_batch()
    references = write_references(ids, batch)
    for place in range(scale):
        for share, rows in _generate_city(place, seed, references, ids, batch):
            yield Portion(1000 * place + round(1000 * share), 1000 * scale, rows)
        batch = _new_batch()


def _new_batch() -> Batch:
    return {table: [] for table in COLUMNS}


def _generate_city(
    place: int, seed: int, references: References, ids: Ids, batch: Batch
) -> Iterator[tuple[float, Batch]]:
    province = world.PROVINCES[place]

    def stream(purpose: str) -> Random:
        return Random(f"{seed}/{province}/{purpose}")

    schools = _write_places(place, references, ids, batch)
    offers = [offer_subjects(school, ids) for school in range(len(schools))]
    pupils = simulate_movement(stream("movement"))
    rooms = arrange_rooms(pupils, ids, stream("rooms"))
    teaching = arrange_teaching(pupils, rooms, offers, Office(province, ids, stream("teaching")))
    for at, school in enumerate(schools):
        _write_subjects(offers[at], school, references, batch)
    writer = _Writer(references, schools, ids, batch, stream("moments"))
    writer.write_staff(teaching.staff)
    for at in range(len(schools)):
        writer.write_school(at, rooms, teaching)
    yield 0.05, batch
    pupils.sort(key=lambda pupil: (pupil.school, pupil.number))
    identities = Identities(province, ids, stream("identities"))
    results = Results(references, ids, stream("results"))
    outcomes = Outcomes(references, schools, ids, stream("outcomes"))
    for start in range(0, len(pupils), PUPILS_A_BATCH):
        writer.batch = batch = _new_batch()
        for pupil in pupils[start : start + PUPILS_A_BATCH]:
            key = writer.write_pupil(pupil)
            identities.write(pupil, key, batch)
            results.write(pupil, key, batch)
            outcomes.write(pupil, key, batch)
        yield 0.05 + 0.95 * min(1.0, (start + PUPILS_A_BATCH) / len(pupils)), batch


def _write_places(place: int, references: References, ids: Ids, batch: Batch) -> tuple[int, ...]:
    """The municipality with its targets, and its schools; the schools' keys."""
    province = world.PROVINCES[place]
    name, name_th = world.CITY_NAMES
    suffix = f" {place + 1}" if place else ""
    municipality = ids.next("municipality")
    batch["municipality"].append(
        (municipality, ENTERED, f"{province}01", f"{name}{suffix} City", f"เทศบาลนคร{name_th}{suffix}")
    )
    for occupation in read_occupations():
        if occupation.target_from is not None:
            batch["occupation_target"].append(
                (
                    ids.next("occupation_target"),
                    f"{occupation.target_to or occupation.target_from}T04:00:00.000+00:00",
                    references.occupations[occupation.code],
                    municipality,
                    occupation.target_from,
                    occupation.target_to,
                )
            )
    keys: list[int] = []
    for number, profile in enumerate(world.SCHOOLS, 1):
        keys.append(ids.next("school"))
        names = f"{profile.word} Municipal School{suffix}", f"โรงเรียนเทศบาล{profile.word_th}{suffix}"
        batch["school"].append((keys[-1], ENTERED, f"30{province}{number:06}", *names, municipality, "CUT_OFF"))
    return tuple(keys)


def _write_subjects(offer: Offer, school: int, references: References, batch: Batch) -> None:
    everything = [*offer.courses, *(subject for choice in offer.choices for subject in choice.subjects)]
    for subject in everything:
        course = subject.course
        values: tuple[Value, ...] = (
            subject.code,
            course.name,
            course.name_th,
            course.credits,
            course.kind.value,
            references.curriculum,
            references.areas[AREA_OF_LETTER[course.letter]],
            references.levels[subject.level],
        )
        batch["subject"].append((subject.key, ENTERED, school, *values))


@dataclass(slots=True)
class _Writer:
    """Turns a planned city into rows."""

    references: References
    schools: tuple[int, ...]
    ids: Ids
    batch: Batch
    random: Random

    def write_staff(self, staff: dict[tuple[int, int], list[Teacher]]) -> None:
        """Teachers in the order of their keys, and their posts by school and year."""
        since: dict[int, tuple[int, Teacher]] = {}
        for (school, year), teachers in sorted(staff.items()):
            at = write_moment(world.first_day(year) - timedelta(days=7), self.random)
            for teacher in sorted(teachers, key=lambda teacher: teacher.key):
                first = min(year, since.get(teacher.key, (year, teacher))[0])
                since[teacher.key] = first, teacher
                key = self.ids.next("teacher_assignment")
                self.batch["teacher_assignment"].append(
                    (key, at, teacher.key, self.schools[school], self.references.years[year], teacher.position)
                )
        for key, (year, teacher) in sorted(since.items()):
            at = write_moment(world.first_day(year) - timedelta(days=8), self.random)
            self.batch["teacher"].append(
                (key, at, teacher.staff_no, teacher.given_name, teacher.family_name, teacher.sex.value)
            )

    def write_school(self, school: int, rooms: Rooms, teaching: Teaching) -> None:
        """Homerooms and sections of one school with their teachers, four years."""
        years = range(len(world.YEARS))
        opened = [write_moment(world.first_day(year) - timedelta(days=3), self.random) for year in years]
        for year in years:
            for room in rooms[school, year]:
                level = LEVELS[room.level]
                place = self.schools[school], self.references.years[year], self.references.levels[room.level]
                self.batch["homeroom"].append((room.key, opened[year], *place, f"{level.code}/{room.number}"))
                for teacher in teaching.homeroom_teachers[room.key]:
                    key = self.ids.next("homeroom_teacher")
                    self.batch["homeroom_teacher"].append((key, opened[year], room.key, teacher.key))
        for section in teaching.sections[school]:
            group, course = section.group, section.group.subject.course
            values: tuple[Value, ...] = (
                group.subject.key,
                self.references.years[group.year],
                self.references.terms[group.year][course.term - 1] if course.term else None,
                group.number,
                group.room.key if group.room else None,
                course.hours,
            )
            self.batch["section"].append((section.key, opened[group.year], *values))
            key = self.ids.next("section_teacher")
            self.batch["section_teacher"].append((key, opened[group.year], section.key, section.taught.teacher))

    def write_pupil(self, pupil: Pupil) -> int:
        """The pupil's own row, stays and homerooms; the row's key."""
        batch, references, random = self.batch, self.references, self.random
        key = self.ids.next("student")
        entered = write_moment(pupil.stays[-1].entry, random)
        names = pupil.given_name, pupil.family_name, pupil.sex.value, pupil.born.isoformat()
        batch["student"].append((key, entered, self.schools[pupil.school], f"{pupil.number:05}", *names))
        for stay in pupil.stays:
            moment = write_moment(stay.exit or stay.entry, random)
            year = references.years[stay.year]
            batch["school_enrollment"].append(
                (
                    self.ids.next("school_enrollment"),
                    moment,
                    key,
                    self.schools[stay.school],
                    year,
                    references.levels[stay.level],
                    stay.entry.isoformat(),
                    write_day(stay.exit),
                    references.reasons[stay.reason] if stay.reason else None,
                )
            )
            for room, since, until in stay.rooms:
                membership = self.ids.next("homeroom_membership")
                batch["homeroom_membership"].append(
                    (membership, moment, key, room.key, year, since.isoformat(), write_day(until))
                )
        return key
