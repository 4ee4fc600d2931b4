from datetime import date
from typing import Any

import pytest

from schema.rules.rows import Candidate, Refusal, RowRule
from schema.rules.rows.outcomes import ISCO_CODE, ONE_TARGET_AT_A_TIME


def check(rule: RowRule, values: dict[str, Any], *siblings: dict[str, Any]) -> list[Refusal]:
    return list(rule.check(Candidate(values, {}, siblings)))


def target(starts: date, ends: date | None = None) -> dict[str, Any]:
    return {"target_from": starts, "target_to": ends}


@pytest.mark.parametrize(("code", "count"), [("1", 0), ("1411", 0), ("๑๔", 1), ("14a", 1), ("14110", 1)])
def test_an_occupations_code_has_one_to_four_digits(code: str, count: int) -> None:
    assert len(check(ISCO_CODE, {"code": code})) == count


def test_an_occupation_is_a_target_once_at_a_time() -> None:
    earlier = target(date(2018, 5, 16), date(2020, 5, 16))
    assert check(ONE_TARGET_AT_A_TIME, target(date(2020, 5, 16)), earlier) == []
    assert check(ONE_TARGET_AT_A_TIME, target(date(2016, 5, 16), date(2018, 5, 16)), earlier) == []
    (refusal,) = check(ONE_TARGET_AT_A_TIME, target(date(2019, 5, 16)), earlier)
    assert (refusal.field, refusal.code) == ("target_from", "TARGET_TWICE")
    assert check(ONE_TARGET_AT_A_TIME, target(date(2019, 1, 1), date(2019, 2, 1)), target(date(2018, 1, 1))) != []
