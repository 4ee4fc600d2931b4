"""The plan cache: a plan is made once for each shape of a request."""

from collections.abc import AsyncIterator

import pytest

from schema.compiler import compiler, statement
from schema.graph.schema import build_schema
from tests.schema.asking import Asker, open_asker
from tests.small_city import SmallCity


@pytest.fixture
async def ask(small_city: SmallCity) -> AsyncIterator[Asker]:
    asker = await open_asker(small_city.url)
    yield asker
    await asker.database.close()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements written since the test began."""
    statements: list[str] = []
    write = statement.write

    def record(*arguments: object, **options: object) -> object:
        made = write(*arguments, **options)  # type: ignore[arg-type]
        statements.append(made.sql)
        return made

    monkeypatch.setattr(compiler, "write", record)
    return statements


async def test_other_values_take_the_same_plan(ask: Asker, written: list[str]) -> None:
    query = "query One($n: Int, $year: Int) { schools(first: $n) { nodes { students(year: $year) { totalCount } } } }"
    for n, year in ((1, 2559), (2, 2560), (1, 2561)):
        await ask.data(query, n=n, year=year)
    assert len(written) == 1
    assert "2560" not in written[0]


async def test_what_is_null_or_left_out_takes_another_plan(ask: Asker, written: list[str]) -> None:
    query = "query Two($year: Int) { schools { nodes { students(year: $year) { totalCount } } } }"
    shapes: tuple[dict[str, object], ...] = ({"year": 2559}, {"year": None}, {}, {"year": 2561}, {})
    counts = [await ask.data(query, **variables) for variables in shapes]
    assert len(written) == 3
    assert counts[1] == counts[2] == counts[3] == counts[4] != counts[0]


async def test_the_least_used_plan_goes_when_there_are_too_many(ask: Asker, written: list[str]) -> None:
    ask.schema = build_schema(plans=2)
    first, second, third = (f"{{ schools(first: {n}) {{ totalCount nodes {{ code }} }} }}" for n in (1, 2, 3))
    for query in (first, second, first, third, first, second):
        ask.schema.repeats._repeats.clear()  # type: ignore[attr-defined]  # noqa: SLF001 - or nothing is planned again
        await ask.data(query)
    # The second went when the third came; the first had been used since.
    assert len(written) == 4
