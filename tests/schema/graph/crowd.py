"""A crowd of pupils for the small city, so that there are groups of every size; and the city's rows as plain lists."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from sqlmodel import Session

from schema.rules import noise
from schema.tables.declaration import Row
from schema.tables.people import Student
from schema.tables.records import Grade, GradeEvent, SchoolEnrollment
from tests.oracle.small_groups import Noise, Registered
from tests.schema.asking import Asker
from tests.small_city import SmallCity

_PUPILS = 170
_SHARES = {"4": 12, "3.5": 2, "3": 8, "2": 4, "1": 1, "0": 1, "ร": 1}

GROUPED: dict[str, dict[str, tuple[str, str | None]]] = {
    "students": {"SCHOOL": ("school", "code"), "SEX": ("sex", None)},
    "schoolEnrollments": {
        "YEAR": ("year", "beYear"),
        "SCHOOL": ("school", "code"),
        "GRADE_LEVEL": ("gradeLevel", "code"),
        "EXIT_REASON": ("exitReason", "code"),
    },
    "grades": {
        "YEAR": ("year", "beYear"),
        "SCHOOL": ("school", "code"),
        "GRADE_LEVEL": ("gradeLevel", "code"),
        "LEARNING_AREA": ("learningArea", "id"),
        "SUBJECT": ("subject", "id"),
        "CODE": ("code", "label"),
    },
    "termResults": {"YEAR": ("year", "beYear"), "STAGE": ("stage", None)},
}
"""What rows are grouped by: the member, and what names the row it leads to (None: it is a value)."""

MEASURED: dict[str, dict[str, int]] = {"grades": {"score": 100, "code.points": 4}, "termResults": {"gpa": 4}}


def add_crowd(session: Session, city: SmallCity, seed: int = 7) -> None:
    """Pupils of both schools, the one much the larger, with results in three subjects, some rare."""
    random = Random(seed)  # noqa: S311 - repeatable, no secret
    pupils = [
        Student(
            school_id=city.schools[random.choices(("CITY", "WAT"), (8, 1))[0]],
            student_no=f"C{number:04}",
            given_name="ใคร",
            family_name="ก็ได้",
            sex=random.choices(("FEMALE", "MALE"), (4, 1))[0],
            birth_date=date(2005, 1, 1),
        )
        for number in range(_PUPILS)
    ]
    session.add_all(pupils)
    session.flush()
    years = [random.choices((2560, 2561), (1, 3))[0] for _ in pupils]
    session.add_all(
        SchoolEnrollment(
            student_id=_key(pupil),
            school_id=pupil.school_id,
            academic_year_id=city.years[year],
            grade_level_id=city.levels[random.choices(("ม.1", "ม.2", "ม.3"), (6, 3, 1))[0]],
            entry_on=date(year - 543, 5, 16),
            exit_on=date(year - 542, 3, 31),
        )
        for pupil, year in zip(pupils, years, strict=True)
    )
    sections = [(key, section) for key, section in city.sections.items() if key[0] == 2561][:5]
    registered = []
    for pupil in pupils:
        for (year, _, code), section in random.sample(sections, random.randint(0, 3)):
            registered.append(
                Grade(
                    student_id=_key(pupil),
                    section_id=section,
                    subject_id=city.subjects[code],
                    academic_year_id=city.years[year],
                    credits=Decimal("1.5"),
                )
            )
    session.add_all(registered)
    session.flush()
    session.add_all(
        GradeEvent(
            grade_id=_key(grade),
            sequence=1,
            kind="INITIAL",
            code_id=city.codes[random.choices(list(_SHARES), list(_SHARES.values()))[0]],
            score=Decimal(random.randint(0, 200)) / 2 if random.random() < 0.9 else None,
            at=datetime(2018, 10, 1, tzinfo=UTC),
        )
        for grade in registered
        if random.random() < 0.9
    )
    session.flush()


def _key(row: Row) -> int:
    assert row.id is not None
    return row.id


class SecretNoise:
    """The noise of a database, by its own secrets."""

    def __init__(self, secrets: Sequence[int]) -> None:
        self.secrets = secrets

    def __call__(self, pupils: frozenset[int], /) -> int:
        return noise.of_count(pupils, self.secrets)

    def drift(self, pupils: frozenset[int], rows: int, hundredths: int) -> int:
        """The noise of a mean, in parts of a pupil."""
        return noise.of_mean(pupils, rows, hundredths, self.secrets)

    def key(self, pupils: frozenset[int]) -> int:
        """What orders groups of one size."""
        return noise.key_of(pupils, self.secrets)


async def noise_of(read: Callable[[str], Any]) -> Noise:
    """The noise of a database."""
    return SecretNoise([value for (value,) in await read("SELECT value FROM noise_secret ORDER BY id")])


async def rows_of(whole: Asker, plural: str) -> list[Registered]:
    """All rows, as who may read them reads them."""
    grouped = GROUPED[plural].values()
    members = " ".join(name if inner is None else f"{name} {{ {inner} }}" for name, inner in grouped)
    numbers = MEASURED.get(plural, {})
    measures = " ".join(f"m{n}: {path.replace('.', ' { ')}{' }' * path.count('.')}" for n, path in enumerate(numbers))
    pupil = "id" if plural == "students" else "student { id }"
    query = f"{{ {plural}(first: 1000) {{ totalCount nodes {{ {pupil} {members} {measures} }} }} }}"
    answer = (await whole.data(query))[plural]
    assert len(answer["nodes"]) == answer["totalCount"]
    found = []
    for node in answer["nodes"]:
        identity = node["id"] if plural == "students" else node["student"]["id"]
        values = {
            dimension: node[name] if inner is None or node[name] is None else node[name][inner]
            for dimension, (name, inner) in GROUPED[plural].items()
        }
        measured = {}
        for place, path in enumerate(numbers):
            value = node[f"m{place}"]
            for step in path.split(".")[1:]:
                value = None if value is None else value[step]
            measured[path] = None if value is None else Fraction(value)
        found.append(Registered(int(identity.partition(":")[2]), values, measured))
    return found
