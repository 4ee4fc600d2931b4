"""A row is not moved to where its editor may not write: another key, another authority, a row that is not there."""

from typing import Any

import httpx
import pytest

from tests.engines import Client
from tests.hub.editor.visiting import TABLES


@pytest.mark.parametrize(
    ("table", "moved", "field"),
    [
        ("subject", {"id": 2}, "id"),
        ("subject", {"school_id": 99_999}, "school_id"),
        ("subject", {"school_id": None}, "school_id"),
        ("subject", {"learning_area_id": 99_999}, "learning_area_id"),
        ("school", {"code": "1010720039"}, "code"),
        ("school", {"municipality_id": 99_999}, "municipality_id"),
        ("term", {"academic_year_id": 99_999}, "academic_year_id"),
    ],
)
async def test_a_row_stays_where_it_is(
    admin: httpx.AsyncClient, city_database: Client, table: str, moved: dict[str, Any], field: str
) -> None:
    everything = f"SELECT * FROM {table} ORDER BY id"
    before = await city_database.rows(everything)
    row = (await admin.get(f"{TABLES}/{table}/1/")).json()
    refused = await admin.patch(f"{TABLES}/{table}/1/", json={**moved, "updated_at": row["updated_at"]})
    assert refused.status_code == 422, refused.text
    assert field in [one["field"] for one in refused.json()["detail"]]
    assert await city_database.rows(everything) == before


@pytest.mark.parametrize("table", ["student", "section", "grade", "teacher_assignment", "homeroom"])
async def test_a_record_is_moved_nowhere(admin: httpx.AsyncClient, city_database: Client, table: str) -> None:
    everything = f"SELECT * FROM {table} ORDER BY id"
    before = await city_database.rows(everything)
    refused = await admin.patch(f"{TABLES}/{table}/1/", json={"school_id": 2, "updated_at": "2026-01-01T00:00:00Z"})
    assert refused.status_code == 405
    assert await city_database.rows(everything) == before
