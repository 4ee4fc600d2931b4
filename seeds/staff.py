"""The teachers of every school and year: exactly as many as the case says in the last."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from seeds import world
from seeds.people import Teacher, draw_name
from seeds.rows import Ids
from seeds.shares import share_out

Staff = dict[tuple[int, int], list[Teacher]]
"""By school and year."""

Hours = Mapping[tuple[int, int], Mapping[str, float]]
"""Hours to teach by school and year, then by role: the code of a learning area, or kindergarten."""

HEAD, DEPUTY, KINDERGARTEN = "HEAD", "DEPUTY", "KINDERGARTEN"
_POSITIONS = {HEAD: "ผู้อำนวยการสถานศึกษา", DEPUTY: "รองผู้อำนวยการสถานศึกษา"}
_RANKS = {"ครูผู้ช่วย": 12, "ครู": 38, "ครูชำนาญการ": 36, "ครูชำนาญการพิเศษ": 14}
"""Ranks of teachers with their frequencies."""
_TEACHERS_A_DEPUTY = 60


@dataclass(slots=True)
class Office:
    """Where a city's teachers are hired: their keys, their luck, and who is on the move."""

    province: str
    ids: Ids
    random: Random
    hired: int = 0
    moving: list[tuple[int, Teacher]] = field(default_factory=list)
    """Teachers who leave a school (its index) for another of the city's."""

    def hire(self, role: str) -> Teacher:
        """A new teacher for a role."""
        self.hired += 1
        sex, given, family = draw_name(self.random)
        position = _POSITIONS.get(role) or self.random.choices(list(_RANKS), list(_RANKS.values()))[0]
        key = self.ids.next("teacher")
        return Teacher(key, f"{self.province}{self.hired:05}", sex, given, family, role, position)


def hire_staff(hours: Hours, office: Office) -> Staff:
    """Teachers for four years, as the hours to teach ask; each year some leave, a few change schools, others come."""
    staff: Staff = {}
    for year in range(len(world.YEARS)):
        for school, profile in enumerate(world.SCHOOLS):
            before = staff.get((school, year - 1), [])
            size = round(profile.teachers * world.TEACHER_GROWTH[year])
            kept = _let_go(before, school, office)
            staff[school, year] = _complete(kept, _plan(size, hours[school, year]), school, office)
    return staff


def _plan(size: int, hours: Mapping[str, float]) -> Counter[str]:
    """How many of each role a school of ``size`` teachers needs; every area at least one."""
    plan = Counter({HEAD: 1, DEPUTY: size // _TEACHERS_A_DEPUTY})
    left = size - plan.total() - len(hours)
    plan.update(dict(zip(hours, (1 + more for more in share_out(left, list(hours.values()))), strict=True)))
    return plan


def _let_go(before: list[Teacher], school: int, office: Office) -> list[Teacher]:
    kept: list[Teacher] = []
    for teacher in before:
        chance = office.random.random()
        if chance < world.CHANGED_SCHOOL and teacher.role not in _POSITIONS:
            office.moving.append((school, teacher))
        elif chance >= world.CHANGED_SCHOOL + world.TURNOVER:
            kept.append(teacher)
    return kept


def _complete(kept: list[Teacher], plan: Counter[str], school: int, office: Office) -> list[Teacher]:
    """Fill the posts that are most wanting, by teachers of other schools first, until the plan's number is reached."""
    present = kept[: plan.total()]
    while len(present) < plan.total():
        missing = plan - Counter(teacher.role for teacher in present)
        role = max(missing, key=lambda role: (missing[role] / plan[role], role))
        movers = [pair for pair in office.moving if pair[0] != school and pair[1].role == role]
        if movers:
            office.moving.remove(movers[0])
            present.append(movers[0][1])
        else:
            present.append(office.hire(role))
    return present
