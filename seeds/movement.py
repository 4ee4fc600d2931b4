"""How pupils move through the city's schools: four years of entries, promotions, moves and exits.

The census of each year is exact by construction: a school takes in as many pupils as its size asks for beyond those
who go on. Who drops out follows ability and level; how many, the year.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from math import exp
from random import Random

from seeds import world
from seeds.moments import pick_day
from seeds.people import Pupil, Stay, draw_pupil
from seeds.shares import share_out

LAST_LEVEL = world.UPPER[-1]
_COMPLETIONS = (world.LOWER[-1], LAST_LEVEL)
_DROPOUT_WEIGHT = {**dict.fromkeys(world.PRIMARY, 0.08), **dict.fromkeys(world.LOWER, 1.0)}
_UPPER_DROPOUT_WEIGHT = 1.3
_OVER_AGE = 16
"""Full years of age from which a pupil still in lower secondary may be struck off as over age."""


@dataclass(slots=True)
class _City:
    random: Random
    pupils: list[Pupil] = field(default_factory=list)
    next_number: dict[int, int] = field(default_factory=dict)
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    """Student numbers by (serial, school): who comes back gets the old one."""

    def newcomer(self, level: int, begins: date) -> Pupil:
        pupil = draw_pupil(len(self.pupils), level, begins, self.random)
        self.pupils.append(pupil)
        return pupil

    def enter(self, pupil: Pupil, year: int, school: int, level: int, entry: date) -> Stay:
        if (pupil.serial, school) not in self.numbers:
            number = self.next_number.get(school, 12001)
            self.next_number[school] = number + 1
            self.numbers[pupil.serial, school] = number
        pupil.number = self.numbers[pupil.serial, school]
        tracks = world.SCHOOLS[school].tracks
        if level in world.UPPER and not 1 <= pupil.track <= tracks:
            # New to upper secondary, or from a school with a programme that is not taught here.
            pupil.track = 1 + int(self.random.random() * tracks)
        stay = Stay(year, school, level, entry, track=pupil.track if level in world.UPPER else 0)
        pupil.stays.append(stay)
        return stay


def simulate_movement(random: Random) -> list[Pupil]:
    """All pupils of a city with their stays, in order of time."""
    city = _City(random)
    waiting: dict[tuple[int, int], list[Pupil]] = defaultdict(list)
    for year in range(len(world.YEARS)):
        present = _start_year(city, year, waiting)
        dropouts = _spend_year(city, year, present)
        waiting = _end_year(city, year, dropouts)
    return city.pupils


def level_sizes(school: int, year: int) -> dict[int, int]:
    """Pupils of each level of a school that the census of a year is to find."""
    profile = world.SCHOOLS[school]
    total = round(profile.pupils * world.PUPIL_GROWTH[year])
    small = round(profile.kindergarten * world.PUPIL_GROWTH[year])
    graded = [level for level in profile.levels if level not in world.KINDERGARTEN]
    weights = [world.UPPER_SHARE if level in world.UPPER else 1.0 for level in graded]
    sizes = dict(zip(graded, share_out(total - small, weights), strict=True))
    if small:
        sizes |= dict(zip(world.KINDERGARTEN, share_out(small, [1.0] * 3), strict=True))
    return dict(sorted(sizes.items()))


def _start_year(
    city: _City, year: int, waiting: dict[tuple[int, int], list[Pupil]]
) -> dict[int, list[tuple[Pupil, Stay]]]:
    """Those who go on, and as many newcomers as the census is to find; everyone by school."""
    begins = world.first_day(year)
    present: dict[int, list[tuple[Pupil, Stay]]] = {}
    for school in range(len(world.SCHOOLS)):
        sizes = level_sizes(school, year)
        here: list[tuple[Pupil, Stay]] = []
        going_on = {level: waiting.get((school, level), []) for level in sizes}
        for level in reversed(sizes):
            here += [(pupil, city.enter(pupil, year, school, level, begins)) for pupil in going_on[level]]
        gone = _leave_early(city, year, here)
        wanted = [max(0, sizes[level] - len(going_on[level])) for level in sizes]
        missing = sum(sizes.values()) - len(here) + gone
        for level, number in reversed(tuple(zip(sizes, share_out(missing, [n + 0.01 for n in wanted]), strict=True))):
            for _ in range(number):
                pupil = city.newcomer(level, begins)
                here.append((pupil, city.enter(pupil, year, school, level, begins)))
        present[school] = here
    return present


def _leave_early(city: _City, year: int, here: list[tuple[Pupil, Stay]]) -> int:
    """A few who should have gone on move away in the first weeks, before the census; how many."""
    leaving = [stay for _, stay in here if city.random.random() < world.LEFT_BEFORE_CENSUS]
    for stay in leaving:
        stay.exit = pick_day(stay.entry.replace(day=20), world.census_day(year).replace(day=9), city.random)
        stay.reason = "TRANSFERRED"
    return len(leaving)


def _spend_year(city: _City, year: int, present: dict[int, list[tuple[Pupil, Stay]]]) -> list[Pupil]:
    """What happens between the census and the year's end; those who dropped out and did not come back."""
    random = city.random
    headcounts = [sum(stay.exit is None for _, stay in present[school]) for school in present]
    quotas = share_out(round(world.DROPPED_OUT[year] * sum(headcounts)), _spread(headcounts, random))
    returns = share_out(round(world.CAME_BACK_WITHIN_YEAR * sum(headcounts)), _spread(headcounts, random))
    dropouts: list[Pupil] = []
    arrivals: list[tuple[date, int, Pupil, int, int]] = []
    for school, here in present.items():
        staying = [(pupil, stay) for pupil, stay in here if stay.exit is None]
        leavers = _pick_dropouts(staying, quotas[school] + returns[school], random)
        coming_back = {id(stay) for _, stay in random.sample(leavers, returns[school])}
        for pupil, stay in leavers:
            back = id(stay) in coming_back
            _drop_out(pupil, stay, year, random, early=back)
            if back:
                arrivals.append((_day_in_second_term(year, random), pupil.serial, pupil, school, stay.level))
            else:
                dropouts.append(pupil)
        for pupil, stay in staying:
            if stay.exit is None:
                _maybe_move(city, pupil, stay, year, arrivals)
        for _ in range(round(world.ARRIVED_LATE * headcounts[school])):
            level = random.choice(world.SCHOOLS[school].levels)
            newcomer = city.newcomer(level, world.first_day(year))
            arrivals.append((_day_of_moving(year, random), newcomer.serial, newcomer, school, level))
    for entry, _, pupil, school, level in sorted(arrivals, key=lambda arrival: arrival[:2]):
        city.enter(pupil, year, school, level, entry)
    return dropouts


def _spread(headcounts: list[int], random: Random) -> list[float]:
    return [count * random.uniform(0.7, 1.3) for count in headcounts]


def _pick_dropouts(here: list[tuple[Pupil, Stay]], number: int, random: Random) -> list[tuple[Pupil, Stay]]:
    """``number`` of those present, drawn without replacement by their risk."""
    keys: list[tuple[float, int]] = []
    for at, (pupil, stay) in enumerate(here):
        weight = 0.0 if stay.level in world.KINDERGARTEN else _DROPOUT_WEIGHT.get(stay.level, _UPPER_DROPOUT_WEIGHT)
        if weight:
            keys.append((random.random() ** (1 / (weight * exp(-0.9 * pupil.ability))), at))
    return [here[at] for _, at in sorted(keys, reverse=True)[:number]]


def _drop_out(pupil: Pupil, stay: Stay, year: int, random: Random, *, early: bool) -> None:
    begins = world.common_year(year)
    stay.exit = pick_day(date(begins, 6, 15), date(begins, 9, 20) if early else date(begins + 1, 3, 10), random)
    too_old = stay.level in world.LOWER and (stay.exit - pupil.born).days // 365 >= _OVER_AGE
    if too_old:
        stay.reason = "OVER_AGE"
    else:
        stay.reason = "RESIGNED" if random.random() < 0.55 else "UNTRACEABLE"  # noqa: PLR2004 - the more usual one


def _maybe_move(
    city: _City, pupil: Pupil, stay: Stay, year: int, arrivals: list[tuple[date, int, Pupil, int, int]]
) -> None:
    random = city.random
    chance = random.random()
    if chance < world.DIED:
        stay.exit, stay.reason = _day_in_term(year, random), "DIED"
    elif chance < world.DIED + world.MOVED_AWAY:
        stay.exit, stay.reason = _day_in_term(year, random), "TRANSFERRED"
    elif chance < world.DIED + world.MOVED_AWAY + world.MOVED_WITHIN_CITY:
        target = _another_school(stay.school, stay.level, random)
        if target is not None:
            stay.exit, stay.reason = _day_of_moving(year, random), "TRANSFERRED"
            arrivals.append((stay.exit, pupil.serial, pupil, target, stay.level))


def _another_school(school: int, level: int, random: Random) -> int | None:
    others = [at for at, profile in enumerate(world.SCHOOLS) if at != school and level in profile.levels]
    return random.choice(others) if others else None


def _day_in_term(year: int, random: Random) -> date:
    begins = world.common_year(year)
    return pick_day(date(begins, 6, 12), date(begins + 1, 3, 12), random)


def _day_of_moving(year: int, random: Random) -> date:
    """Early in the first term, between the terms, or early in the second: a term is graded where it ends."""
    begins = world.common_year(year)
    windows = ((date(begins, 6, 15), date(begins, 8, 25)), (date(begins, 10, 12), date(begins, 12, 25)))
    return pick_day(*random.choice(windows), random)


def _day_in_second_term(year: int, random: Random) -> date:
    begins = world.common_year(year)
    return pick_day(date(begins, 10, 25), date(begins, 12, 20), random)


def _end_year(city: _City, year: int, dropouts: list[Pupil]) -> dict[tuple[int, int], list[Pupil]]:
    """Close the year's stays; the pupils who go on, by the school and level they go on to."""
    random = city.random
    waiting: dict[tuple[int, int], list[Pupil]] = defaultdict(list)
    is_last = year == len(world.YEARS) - 1
    for pupil in city.pupils:
        stay = pupil.stays[-1]
        if stay.year != year or stay.exit is not None or is_last:
            continue
        stay.exit = world.first_day(year + 1)
        repeats = stay.level in (*world.PRIMARY, *world.LOWER) and random.random() < _repeat_chance(pupil.ability)
        if repeats:
            waiting[stay.school, stay.level].append(pupil)
            continue
        if stay.level in _COMPLETIONS:
            stay.exit, stay.reason = world.graduation_day(year), "GRADUATED"
        going_to = _next_school(stay, random)
        if going_to is not None:
            waiting[going_to, stay.level + 1].append(pupil)
        elif stay.reason is None:
            stay.exit, stay.reason = world.graduation_day(year), _reason_to_go(stay.level)
    for pupil in dropouts:
        if not is_last and random.random() < world.CAME_BACK_NEXT_YEAR:
            waiting[pupil.school, pupil.stays[-1].level].append(pupil)
    return waiting


def _reason_to_go(level: int) -> str:
    return "GRADUATED" if level == world.PRIMARY[-1] else "TRANSFERRED"


def _repeat_chance(ability: float) -> float:
    return world.REPEATED_LEVEL * exp(-0.8 * ability - 0.32)


def _next_school(stay: Stay, random: Random) -> int | None:
    """The school of the next year; None for those who leave the city's schools."""
    offers = stay.level + 1 in world.SCHOOLS[stay.school].levels
    if stay.level == LAST_LEVEL:
        return None
    stays = {world.PRIMARY[-1]: world.STAYED_AFTER_PRIMARY, world.LOWER[-1]: world.STAYED_AFTER_LOWER}
    if offers and random.random() < stays.get(stay.level, 1.0):
        return stay.school
    return _another_school(stay.school, stay.level + 1, random) if random.random() < world.JOINED_OTHER_SCHOOL else None
