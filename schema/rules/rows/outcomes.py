"""Rules of occupations and of the times in which they are a local target."""

import re
from collections.abc import Iterator
from datetime import date

from schema.rules.rows.candidate import Candidate, Refusal, RowRule


def _check_code(row: Candidate) -> Iterator[Refusal]:
    code = row.values["code"]
    if not re.fullmatch("[0-9]{1,4}", code):
        yield Refusal(
            "code",
            "OCCUPATION_CODE_REFUSED",
            f"{code!r} is not a code of ISCO-08. Give 1 to 4 digits, as 1411.",
            f"{code!r} ไม่ใช่รหัสอาชีพตาม ISCO-08 กรุณากรอกเลขอารบิก 1 ถึง 4 หลัก เช่น 1411",
        )


def _check_time(row: Candidate) -> Iterator[Refusal]:
    starts: date = row.values["target_from"]
    ends: date = row.values["target_to"] or date.max
    for other in row.siblings:
        if starts < (other["target_to"] or date.max) and other["target_from"] < ends:
            yield Refusal(
                "target_from",
                "TARGET_TWICE",
                f"It is a target already from {other['target_from']}. End that time first, or give a later day.",
                f"อาชีพนี้เป็นเป้าหมายอยู่แล้วตั้งแต่ {other['target_from']} กรุณากำหนดวันสิ้นสุดของช่วงนั้นก่อน หรือกรอกวันหลังจากนั้น",
            )


ISCO_CODE = RowRule(_check_code, ("code",))
"""An occupation's code has the shape of ISCO-08's."""

ONE_TARGET_AT_A_TIME = RowRule(
    _check_time,
    ("occupation_id", "municipality_id", "target_from", "target_to"),
    siblings=("occupation_id", "municipality_id"),
)
"""An occupation is a target of an authority once at a time."""
