"""Where graduates of ม.3 and ม.6 were found to be, half a year later."""

from datetime import date
from random import Random

from schema.tables.outcomes import DestinationStatus
from seeds import world
from seeds.moments import pick_day, write_moment
from seeds.people import Pupil
from seeds.reference.tables import References
from seeds.rows import Batch, Ids

_STUDY, _WORK, _BOTH = DestinationStatus.FURTHER_STUDY, DestinationStatus.EMPLOYED, DestinationStatus.STUDY_AND_WORK
_IDLE, _INACTIVE = DestinationStatus.UNEMPLOYED, DestinationStatus.INACTIVE

_AFTER_LOWER = {_STUDY: 93, _BOTH: 2, _WORK: 3, _IDLE: 1, _INACTIVE: 1}
_AFTER_UPPER = {_STUDY: 62, _BOTH: 7, _WORK: 21, _IDLE: 7, _INACTIVE: 3}
_SOURCES = ("แบบติดตามผู้สำเร็จการศึกษา", "สอบถามทางโทรศัพท์", "แจ้งโดยครูประจำชั้น")
_NO_ANSWER = "ติดต่อไม่ได้"
_JOBS = {
    "4224": 14, "5120": 12, "5223": 14, "5131": 9, "5142": 7, "5113": 5, "7411": 6, "7231": 7, "8350": 5, "3434": 2,
    "41": 6, "83": 5, "91": 3, "93": 3, "6222": 2,
}  # fmt: skip
"""Occupations of school leavers in a city by the sea, with their frequencies."""


class Outcomes:
    """Writes the destinations of one city's graduates; those of the last year are not asked yet."""

    def __init__(self, references: References, schools: tuple[int, ...], ids: Ids, random: Random) -> None:
        self._references = references
        self._schools = schools
        self._ids = ids
        self._random = random

    def write(self, pupil: Pupil, key: int, batch: Batch) -> None:
        """Add a row for each stage the pupil completed; ``key`` is the pupil's row."""
        for place, stay in enumerate(pupil.stays):
            if stay.reason != "GRADUATED" or stay.level not in (world.LOWER[-1], world.UPPER[-1]):
                continue
            status, occupation, source = self._draw(stay.level, goes_on=place + 1 < len(pupil.stays))
            autumn = world.common_year(stay.year) + 1
            as_of = pick_day(date(autumn, 11, 1), date(autumn, 12, 15), self._random)
            batch["graduate_destination"].append(
                (
                    self._ids.next("graduate_destination"),
                    write_moment(as_of, self._random),
                    key,
                    self._references.years[stay.year],
                    self._schools[stay.school],
                    self._references.levels[stay.level],
                    status.value,
                    occupation,
                    as_of.isoformat(),
                    source,
                )
            )

    def _draw(self, level: int, *, goes_on: bool) -> tuple[DestinationStatus, int | None, str]:
        random = self._random
        if random.random() >= world.RESPONDED:
            return DestinationStatus.UNKNOWN, None, _NO_ANSWER
        source = random.choice(_SOURCES)
        if goes_on:
            return _STUDY, None, source
        odds = _AFTER_LOWER if level == world.LOWER[-1] else _AFTER_UPPER
        status = random.choices(tuple(odds), tuple(odds.values()))[0]
        occupation = None
        if status in (_WORK, _BOTH) and random.random() < world.OCCUPATION_KNOWN:
            occupation = self._references.occupations[random.choices(tuple(_JOBS), tuple(_JOBS.values()))[0]]
        return status, occupation, source
