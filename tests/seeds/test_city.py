import pytest

from schema.derived import difference_queries
from schema.tables import metadata, tables
from schema.tables.columns import info_of
from schema.tables.declaration import Kind
from seeds.city import generate
from seeds.rows import COLUMNS
from tests.engines import Client
from tests.seeds.recount import YearFigures, check_case, recount
from tests.seeds.rows import Made, find_differences

COUNTED = (
    "academic_year", "exit_reason", "grade", "grade_code", "grade_level", "school_enrollment", "section", "subject",
    "teacher_assignment",
)  # fmt: skip


async def test_the_full_city_is_the_case_on_each_engine(
    full_city_url: str, full_city_figures: dict[int, YearFigures]
) -> None:
    check_case(full_city_figures)
    assert find_differences(full_city_url, seed=2561) == []
    async with Client.connect(full_city_url) as client:
        for table, query in difference_queries(client.dialect).items():
            assert await client.value(query) == 0, table
        for table in ("term_result", "student_year"):
            assert await client.value(f"SELECT count(*) FROM {table}") > 30_000


@pytest.mark.parametrize("seed", [1, 20_190_515])
def test_the_case_holds_for_any_seed(seed: int) -> None:
    check_case(recount(Made(seed, COUNTED)))


@pytest.mark.usefixtures("tiny_world")
def test_the_same_seed_is_the_same_city_and_another_seed_another() -> None:
    again, same, other = (Made(seed).rows for seed in (1, 1, 2))
    assert again == same
    assert again["student"] != other["student"]


@pytest.mark.usefixtures("tiny_world")
def test_the_first_city_is_the_same_whatever_the_scale() -> None:
    one = [portion.batch for portion in generate(5, 1)]
    two = [portion.batch for portion in generate(5, 2)]
    assert one == two[: len(one)]


def test_every_record_and_reference_table_is_filled(small_city_rows: Made) -> None:
    written = {str(model.__tablename__) for model in tables() if model.about.kind is not Kind.DERIVED}
    assert set(COLUMNS) == written
    assert all(small_city_rows.rows[table] for table in written)


def test_every_column_of_those_tables_is_written_but_those_the_database_keeps() -> None:
    for table, columns in COLUMNS.items():
        assert list(columns) == [c.name for c in metadata.tables[table].columns if not info_of(c).sorts]
