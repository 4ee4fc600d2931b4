from contextlib import suppress

import pytest

from tests.engines import Client, Refusal


@pytest.mark.parametrize("value", ["0.3", "0.25", "1.00000001"])
async def test_credits_that_are_no_halves_never_enter_the_sums(city_database: Client, value: str) -> None:
    with suppress(*Refusal):  # PostgreSQL may round to the column's one decimal instead.
        await city_database.run(f"UPDATE grade SET credits = {value}")
    assert await city_database.value("SELECT count(*) FROM grade WHERE credits * 2 <> round(credits * 2)") == 0


@pytest.mark.parametrize("score", ["0.29", "57.01", "99.99"])
async def test_a_score_in_hundredths_is_taken_though_no_double_holds_it(city_database: Client, score: str) -> None:
    await city_database.run(f"UPDATE grade SET score = {score}")
    assert str(await city_database.value("SELECT max(score) FROM grade")) == score


@pytest.mark.parametrize(
    ("write", "check"),
    [
        ("UPDATE grade SET credits = 40.5", "credits_range"),
        ("UPDATE grade SET score = -1", "score_range"),
        ("UPDATE school SET name = ''", "name_length"),
        ("UPDATE student SET sex = 'male'", "sex_known"),
        ("UPDATE academic_year SET census_on = '1999-01-01'", "census_inside"),
        ("UPDATE grade_code SET points = NULL WHERE counts_in_gpa", "gpa_needs_points"),
    ],
)
async def test_both_engines_refuse_the_same_values(city_database: Client, write: str, check: str) -> None:
    with pytest.raises(Refusal, match=check):
        await city_database.run(write)
