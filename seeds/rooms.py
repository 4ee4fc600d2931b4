"""Homerooms of every year, and who sits in them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from math import ceil
from random import Random

from seeds import world
from seeds.moments import pick_day
from seeds.people import Pupil, Room, Stay
from seeds.reference.levels import LEVELS
from seeds.rows import Ids

Rooms = dict[tuple[int, int], list[Room]]
"""By school and year, in the order of level and number."""


def arrange_rooms(pupils: Sequence[Pupil], ids: Ids, random: Random) -> Rooms:
    """Open rooms for every school, year and level, seat the pupils, and let a few change rooms during the year."""
    groups: dict[tuple[int, int, int], list[tuple[Pupil, Stay]]] = defaultdict(list)
    for pupil in pupils:
        for stay in pupil.stays:
            groups[stay.school, stay.year, stay.level].append((pupil, stay))
    rooms: Rooms = {}
    seats: dict[int, int] = {}
    for school, year, level in sorted(groups):
        opened = _seat(groups[school, year, level], (school, year, level), seats, ids, random)
        rooms.setdefault((school, year), []).extend(opened)
        _change_rooms(groups[school, year, level], opened, random)
    return rooms


def _seat(
    group: list[tuple[Pupil, Stay]], where: tuple[int, int, int], seats: dict[int, int], ids: Ids, random: Random
) -> list[Room]:
    """Rooms for one level of a school in a year. ``seats`` remembers each pupil's last room number."""
    school, year, level = where
    begins = world.first_day(year)
    opened: list[Room] = []
    for track in sorted({stay.track for _, stay in group}):
        members = [(pupil, stay) for pupil, stay in group if stay.track == track]
        at_start = [(pupil, stay) for pupil, stay in members if stay.entry == begins]
        number = max(1, ceil(len(at_start) / world.ROOM_SIZE[LEVELS[level].stage]))
        # Classmates stay together: by last year's room, newcomers anywhere.
        at_start.sort(key=lambda pair: (seats.get(pair[0].serial) or random.uniform(0.5, number + 0.5), pair[0].serial))
        new = [
            Room(ids.next("homeroom"), school, year, level, len(opened) + place + 1, track) for place in range(number)
        ]
        opened += new
        for place, (pupil, stay) in enumerate(at_start):
            _sit(pupil, stay, new[place * number // len(at_start)], seats)
        for pupil, stay in members:
            if stay.entry != begins:
                _sit(pupil, stay, min(new, key=lambda room: room.size), seats)
    return opened


def _sit(pupil: Pupil, stay: Stay, room: Room, seats: dict[int, int]) -> None:
    stay.rooms.append((room, stay.entry, stay.exit))
    room.size += 1
    seats[pupil.serial] = room.number


def _change_rooms(group: list[tuple[Pupil, Stay]], opened: list[Room], random: Random) -> None:
    for _, stay in group:
        room, entry, leaves = stay.rooms[0]
        others = [other for other in opened if other is not room and other.track == stay.track]
        if not others or random.random() >= world.CHANGED_ROOM:
            continue
        begins = world.common_year(stay.year)
        day = pick_day(date(begins, 6, 20), date(begins, 12, 20), random)
        if entry < day and (leaves is None or day < leaves):
            other = random.choice(others)
            stay.rooms = [(room, entry, day), (other, day, leaves)]
