import pytest

from tests.engines import Client, Refusal

_WRITES = (
    "UPDATE {table} SET zeros = zeros + 1",
    "UPDATE {table} SET academic_year_id = 1",
    "DELETE FROM {table}",
    "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}",
)
_COLUMNS = {
    "term_result": "student_id, academic_year_id, term_id, stage, registered, pending, zeros, zeros_ever,"
    " credits_registered, credits_attempted, credits_earned, gpa_credits, gpa_points",
    "student_year": "student_id, academic_year_id, school_id, grade_level_id, zeros, zeros_ever,"
    " gpax_credits, gpax_points",
}


@pytest.mark.parametrize("write", _WRITES)
@pytest.mark.parametrize("table", _COLUMNS)
async def test_what_is_derived_is_not_written_by_hand(city_database: Client, table: str, write: str) -> None:
    before = await city_database.rows(f"SELECT * FROM {table} ORDER BY id")
    with pytest.raises(Refusal):
        await city_database.run(write.format(table=table, columns=_COLUMNS[table]))
    assert await city_database.rows(f"SELECT * FROM {table} ORDER BY id") == before
