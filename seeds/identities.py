"""Identifiers of pupils, and what the law calls sensitive about them."""

from datetime import timedelta
from random import Random

from schema.rules.identifiers import calculate_check_digit
from schema.tables.people import IdentifierKind
from seeds import world
from seeds.moments import pick_day, write_moment
from seeds.people import Pupil
from seeds.rows import Batch, Ids

NOBODYS_DIGIT = "9"
"""The first digit of a national id tells how its bearer was registered, 0 to 8: no one bears a 9."""

_BILLION = 10**9
_STRIDE = 618_033_989
"""Coprime to a billion: serial numbers become unlike their neighbours, and stay unique."""

_RELIGIONS = {"พุทธ": 78, "อิสลาม": 18, "คริสต์": 3, None: 1}
_ETHNICITIES = {"ไทย": 93, "จีน": 2, "เมียนมา": 3, "อูรักลาโวยจ": 1, None: 1}
_HEALTH = ("หอบหืด", "แพ้อาหารทะเล", "แพ้ยาเพนิซิลลิน", "โรคหัวใจ", "ลมชัก", "โลหิตจาง")
_DISABILITIES = ("บกพร่องทางการเห็น", "บกพร่องทางการได้ยิน", "บกพร่องทางการเรียนรู้", "ออทิสติก", "บกพร่องทางร่างกาย")
_HAS_CONDITION = 0.05
_HAS_DISABILITY = 0.015


class Identities:
    """Writes the identifiers and the sensitive data of one city's pupils."""

    def __init__(self, province: str, ids: Ids, random: Random) -> None:
        self._province = province
        self._ids = ids
        self._random = random

    def write(self, pupil: Pupil, key: int, batch: Batch) -> None:
        """Add the rows of one pupil; ``key`` is the pupil's row."""
        chance = self._random.random()
        since = pupil.stays[0].entry
        if chance < world.G_CODE:
            self._write_g_code(pupil, key, batch)
        elif chance < world.G_CODE + world.PASSPORT:
            number = f"ZZ{self._province}{pupil.serial:05}"
            self._add(batch, key, (IdentifierKind.PASSPORT, number), (since.isoformat(), None))
        else:
            self._add(batch, key, self._national_id(pupil), (pupil.born.isoformat(), None))
        draw = self._random.choices
        batch["student_sensitive"].append(
            (
                self._ids.next("student_sensitive"),
                write_moment(since, self._random),
                key,
                draw(tuple(_RELIGIONS), tuple(_RELIGIONS.values()))[0],
                draw(tuple(_ETHNICITIES), tuple(_ETHNICITIES.values()))[0],
                self._random.choice(_HEALTH) if self._random.random() < _HAS_CONDITION else None,
                self._random.choice(_DISABILITIES) if self._random.random() < _HAS_DISABILITY else None,
            )
        )

    def _write_g_code(self, pupil: Pupil, key: int, batch: Batch) -> None:
        """A child without papers; some get a national id later, and stay the same pupil."""
        since = pupil.stays[0].entry
        value = f"G{self._province}{self._scatter(pupil.serial):010}"
        last = pupil.stays[-1].exit or world.graduation_day(len(world.YEARS) - 1)
        settled = None
        if self._random.random() < world.G_CODE_SETTLED and (last - since).days > 60:  # noqa: PLR2004 - papers take time
            settled = pick_day(since + timedelta(days=30), last, self._random).isoformat()
        self._add(batch, key, (IdentifierKind.G_CODE, value), (since.isoformat(), settled))
        if settled is not None:
            self._add(batch, key, self._national_id(pupil), (settled, None))

    def _add(
        self, batch: Batch, key: int, identifier: tuple[IdentifierKind, str], valid: tuple[str, str | None]
    ) -> None:
        kind, value = identifier
        # Entered when it last changed, and not before there was a hub.
        day = max(valid[1] or valid[0], world.first_day(0).isoformat())
        moment = f"{day}T03:{key % 60:02}:{key // 60 % 60:02}.000+00:00"
        row = self._ids.next("student_identifier"), moment, key, kind.value, value, *valid
        batch["student_identifier"].append(row)

    def _national_id(self, pupil: Pupil) -> tuple[IdentifierKind, str]:
        twelve = f"{NOBODYS_DIGIT}{self._province}{self._scatter(pupil.serial):09}"
        return IdentifierKind.NATIONAL_ID, f"{twelve}{calculate_check_digit(twelve)}"

    def _scatter(self, serial: int) -> int:
        return (serial * _STRIDE + 271_828_182) % _BILLION
