import pytest

from schema.derived import difference_queries
from schema.tables import metadata, tables
from schema.tables.declaration import Kind
from seeds.city import generate
from seeds.rows import COLUMNS
from tests.engines import Client
from tests.seeds.recount import check_case, recount
from tests.seeds.rows import Made, Stored, digest_made, digest_stored

COUNTED = (
    "academic_year", "exit_reason", "grade", "grade_code", "grade_level", "school_enrollment", "section", "subject",
    "teacher_assignment",
)  # fmt: skip


def test_the_loaded_city_is_the_case_when_its_rows_are_counted_anew(full_city_url: str) -> None:
    check_case(recount(Stored(full_city_url)))


@pytest.mark.parametrize("seed", [1, 20_190_515])
def test_the_case_holds_for_any_seed(seed: int) -> None:
    check_case(recount(Made(seed, COUNTED)))


def test_both_engines_hold_exactly_the_rows_that_are_made(full_city_url: str) -> None:
    assert digest_stored(full_city_url) == digest_made(2561)


async def test_the_derived_tables_agree_with_a_recomputation(full_city_url: str) -> None:
    async with Client.connect(full_city_url) as client:
        for table, query in difference_queries().items():
            assert await client.value(query) == 0, table
            assert await client.value(f"SELECT count(*) FROM {table}") > 30_000


@pytest.mark.usefixtures("tiny_world")
def test_another_seed_is_another_city() -> None:
    assert digest_made(1)["student"] != digest_made(2)["student"]


@pytest.mark.usefixtures("tiny_world")
def test_the_first_city_is_the_same_whatever_the_scale() -> None:
    one = [portion.batch for portion in generate(5, 1)]
    two = [portion.batch for portion in generate(5, 2)]
    assert one == two[: len(one)]


def test_every_record_and_reference_table_is_filled(small_city_rows: Made) -> None:
    written = {str(model.__tablename__) for model in tables() if model.about.kind is not Kind.DERIVED}
    assert set(COLUMNS) == written
    assert all(small_city_rows.rows[table] for table in written)


def test_every_column_of_those_tables_is_written() -> None:
    for table, columns in COLUMNS.items():
        assert list(columns) == [column.name for column in metadata.tables[table].columns]
