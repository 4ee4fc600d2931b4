from decimal import Decimal
from typing import Any

from schema.rules.gpa import CreditedGrade, calculate_gpa
from schema.rules.grades import find_grade_code
from tests.engines import Client
from tests.small_city import SmallCity

_SUMS = (
    "SELECT registered, pending, zeros, zeros_ever, credits_registered, credits_attempted, credits_earned,"
    " gpa_credits, gpa_points FROM term_result WHERE student_id = $1 AND academic_year_id = $2"
    " AND coalesce(term_id, 0) = $3"
)


async def _sums(city: SmallCity, pupil: str, year: int, term: int | None) -> list[tuple[Any, ...]]:
    async with Client.connect(city.url) as client:
        key = 0 if term is None else city.terms[year, term]
        return await client.rows(_SUMS, city.students[pupil], city.years[year], key)


async def test_a_year_graded_at_once_has_one_result_without_a_term(small_city: SmallCity) -> None:
    assert await _sums(small_city, "piti", 2559, None) == [(2, 0, 0, 0, 12, 12, 12, 12, 42)]


async def test_a_zero_resat_stays_a_zero_once_given(small_city: SmallCity) -> None:
    assert await _sums(small_city, "chujai", 2559, 1) == [(2, 0, 0, 1, 3, 3, 3, 3, Decimal("3.75"))]


async def test_a_zero_counts_in_the_average_and_earns_nothing(small_city: SmallCity) -> None:
    assert await _sums(small_city, "wira", 2560, 1) == [
        (5, 0, 3, 5, Decimal("6.5"), Decimal("6.5"), 3, Decimal("6.5"), 3)
    ]


async def test_what_is_pending_and_what_is_no_credit_is_registered_only(small_city: SmallCity) -> None:
    half = Decimal("1.5")
    assert await _sums(small_city, "somsri", 2561, 1) == [(4, 2, 0, 0, Decimal("4.5"), half, half, half, 6)]
    assert await _sums(small_city, "somsri", 2561, 2) == [(1, 1, 0, 0, half, 0, 0, 0, 0)]


async def test_the_sums_give_the_average_that_the_rules_give(small_city: SmallCity) -> None:
    rules = calculate_gpa(
        [
            CreditedGrade.of(Decimal("1.5"), find_grade_code("1.5")),
            CreditedGrade.of(Decimal("1.5"), find_grade_code("1")),
        ]
    )
    ((*_, credits_, points),) = await _sums(small_city, "chujai", 2559, 1)
    assert rules is not None
    assert (
        Decimal(points) / Decimal(credits_)
        == Decimal("1.25")
        == Decimal(rules.value.numerator) / rules.value.denominator
    )
