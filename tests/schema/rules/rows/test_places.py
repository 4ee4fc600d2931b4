from datetime import date
from typing import Any

import pytest

from schema.rules.rows import Candidate, Refusal, RowRule
from schema.rules.rows.places import DAYS_OF_YEAR, MUNICIPAL_CODE, TERM_IN_YEAR

YEAR = {"be_year": 2561}


def check(rule: RowRule, values: dict[str, Any], *siblings: dict[str, Any]) -> list[Refusal]:
    return list(rule.check(Candidate(values, {"academic_year_id": YEAR}, siblings)))


def term(number: int, starts: date, ends: date) -> dict[str, Any]:
    return {"academic_year_id": 1, "number": number, "starts_on": starts, "ends_on": ends}


FIRST = term(1, date(2018, 5, 16), date(2018, 10, 11))
SECOND = term(2, date(2018, 11, 1), date(2019, 4, 1))


def test_a_municipal_schools_code_is_taken() -> None:
    assert check(MUNICIPAL_CODE, {"code": "3083000001"}) == []


def test_the_code_of_another_authoritys_school_is_refused_as_such() -> None:
    (refusal,) = check(MUNICIPAL_CODE, {"code": "1010720039"})
    assert refusal.code == "SCHOOL_OF_ANOTHER_AUTHORITY"
    assert "another authority" in refusal.message
    assert "สังกัดอื่น" in refusal.message_th


@pytest.mark.parametrize("code", ["308300000", "3099000001", "3083000\u0e5001", "30830000-1"])
def test_a_code_of_no_school_is_refused_with_an_example(code: str) -> None:
    (refusal,) = check(MUNICIPAL_CODE, {"code": code})
    assert (refusal.field, refusal.code) == ("code", "SCHOOL_CODE_REFUSED")
    assert "3083000001" in refusal.message
    assert "3083000001" in refusal.message_th


def test_a_year_has_the_days_that_its_number_gives_it() -> None:
    days = {"starts_on": date(2018, 5, 16), "ends_on": date(2019, 5, 15), "census_on": date(2018, 6, 10)}
    assert check(DAYS_OF_YEAR, {"be_year": 2561, **days}) == []
    assert [refusal.field for refusal in check(DAYS_OF_YEAR, {"be_year": 2562, **days})] == [*days]
    (refusal,) = check(DAYS_OF_YEAR, {"be_year": 2561, **days, "census_on": date(2018, 6, 11)})
    assert "2018-06-10" in refusal.message


def test_a_term_in_its_year_beside_others_is_taken() -> None:
    assert check(TERM_IN_YEAR, SECOND, FIRST) == []
    assert check(TERM_IN_YEAR, FIRST, SECOND) == []


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (term(2, date(2018, 10, 11), date(2019, 4, 1)), "Term 2 overlaps term 1"),
        (term(2, date(2018, 11, 1), date(2019, 5, 16)), "Term 2 lies outside 2018-05-16 to 2019-05-15"),
        (term(3, date(2018, 10, 12), date(2018, 10, 20)), "Term 2 starts after term 3"),
    ],
)
def test_a_term_at_odds_with_its_year_or_another_is_refused(given: dict[str, Any], reason: str) -> None:
    other = SECOND if given["number"] == 3 else FIRST
    (refusal,) = check(TERM_IN_YEAR, given, other)
    assert (refusal.field, refusal.code) == ("starts_on", "TERM_REFUSED")
    assert reason in refusal.message
    assert refusal.message_th != refusal.message


def test_a_term_is_not_refused_for_another_that_lies_outside_the_year() -> None:
    assert check(TERM_IN_YEAR, FIRST, term(2, date(2020, 1, 1), date(2020, 2, 1))) == []
