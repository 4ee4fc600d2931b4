"""An operation asked again is answered by its statements alone: with the rows of now, of who asks, and its own errors."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest

from hub.database import Address, Database, Snapshot
from schema.compiler.compiler import Compiler
from schema.compiler.prepared import Prepared
from schema.compiler.reading import Dialect, Recorder, Value
from schema.graph import GraphContext, Schemas, Sight, build_schema
from schema.graph.documents import KEPT_OF_ROLE
from schema.policy import Identity, Role, Scope
from tests.engines import Client
from tests.oracle.identities import SOMEBODY, of_schools
from tests.schema.compiler.test_marks import Recording
from tests.small_city import SmallCity

SCHOOLS = "{ schools(orderBy: [{code: ASC}]) { nodes { code name } } }"


@dataclass
class Failing:
    """A Reader that fails at those of its reads that are told, from 0; ``reads`` counts."""

    reader: Snapshot
    at: frozenset[int] = frozenset()
    reads: int = 0

    @property
    def dialect(self) -> Dialect:
        return self.reader.dialect

    async def read(
        self, sql: str, parameters: Sequence[Value], *, alone: bool, scope: Scope | None = None
    ) -> bytes | None:
        self.reads += 1
        if self.reads - 1 in self.at:
            raise ConnectionError("the database is away")
        return await self.reader.read(sql, parameters, alone=alone, scope=scope)


@dataclass
class Told:
    """What became of one question."""

    response: Any
    prepared: int
    reads: int
    context: GraphContext


@dataclass
class Asking:
    database: Database
    prepared: list[str]
    schemas: Schemas = field(default_factory=Schemas)

    async def __call__(  # noqa: PLR0913 - a question, who asks it, and how
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        identity: Identity = SOMEBODY,
        name: str | None = None,
        recorder: Recorder | None = None,
        fails: frozenset[int] = frozenset(),
    ) -> Told:
        before = len(self.prepared)
        async with self.database.snapshot() as snapshot:
            reader = Failing(snapshot, fails)
            context = GraphContext(reader, identity.scope, identity=identity, recorder=recorder)
            schema = self.schemas.of(Sight.of(identity))
            result = await schema.execute(
                query, dict(variables) if variables is not None else None, context, operation_name=name
            )
        errors = [error.formatted for error in result.errors or ()]
        response = orjson.loads(orjson.dumps({"data": result.data, "errors": errors, "extensions": result.extensions}))
        return Told(response, len(self.prepared) - before, reader.reads, context)


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    return Schemas()


@pytest.fixture
async def asking(small_city: SmallCity, schemas: Schemas, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Asking]:
    """Asks the graph; ``prepared`` tells of each root field that the compiler had to prepare."""
    for schema in schemas._known.values():  # noqa: SLF001 - each test begins with nothing kept
        schema.repeats._repeats.clear()  # type: ignore[attr-defined]  # noqa: SLF001
    prepared: list[str] = []
    real = Compiler.prepare

    def prepare(self: Compiler, root: Any, info: Any, dialect: Dialect, *, marks: bool = False) -> Prepared:  # noqa: ANN401
        prepared.append(info.field_name)
        return real(self, root, info, dialect, marks=marks)

    monkeypatch.setattr(Compiler, "prepare", prepare)
    database = await Database.open(Address.parse(small_city.url), readers=2)
    yield Asking(database, prepared, schemas)
    await database.close()


async def test_an_operation_asked_again_is_not_prepared_again_and_answered_alike(asking: Asking) -> None:
    query = "query Named($n: Int) { first: schools(first: $n) { nodes { code } } students { totalCount } }"
    first = await asking(query, {"n": 1})
    again = await asking(query, {"n": 1})
    assert (first.prepared, again.prepared) == (2, 0)
    assert again.response == first.response
    assert list(again.response["data"]) == ["first", "students"]
    assert again.response["extensions"] == {"cost": first.context.cost}
    assert (again.context.cost, again.context.operation) == (first.context.cost, "Named")


async def test_an_operation_asked_again_reads_the_rows_of_now(asking: Asking, small_city: SmallCity) -> None:
    assert len((await asking(SCHOOLS)).response["data"]["schools"]["nodes"]) > 0
    async with Client.connect(small_city.url) as client:
        await client.run("UPDATE school SET name = 'Renamed'")
    again = await asking(SCHOOLS)
    assert again.prepared == 0
    assert {one["name"] for one in again.response["data"]["schools"]["nodes"]} == {"Renamed"}


async def test_who_asks_again_is_answered_by_their_own_rows(asking: Asking, small_city: SmallCity) -> None:
    # Both see by one schema, so that one is answered by what was prepared for the other.
    first, second = (of_schools(Role.INTEGRATOR, key).identity for key in sorted(small_city.schools.values())[:2])
    query = "{ schools { nodes { code } } me { name schools { nodes { code } } } students { totalCount } }"
    told = [await asking(query, identity=one) for one in (first, second, first, second)]
    assert [one.prepared for one in told] == [3, 0, 0, 0]
    codes = [[row["code"] for row in one.response["data"]["schools"]["nodes"]] for one in told]
    assert codes[0] != codes[1]
    assert codes[2:] == codes[:2]
    assert told[0].response["data"]["me"]["schools"] == told[0].response["data"]["schools"]
    assert told[1].response["data"]["me"]["schools"] == told[1].response["data"]["schools"]


async def test_other_variables_are_another_operation(asking: Asking) -> None:
    query = "query ($n: Int, $with: Boolean = true) { schools(first: $n) { nodes { code name @include(if: $with) } } }"
    given: list[dict[str, Any] | None] = [{"n": 1}, {"n": 2}, {"n": 1, "with": False}, {"n": None}, {}, None]
    told = [await asking(query, one) for one in (*given, *given)]
    assert [one.prepared for one in told] == [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert [one.response for one in told[6:]] == [one.response for one in told[:6]]
    assert [len(one.response["data"]["schools"]["nodes"]) for one in told[:2]] == [1, 2]
    assert "name" not in told[8].response["data"]["schools"]["nodes"][0]


@pytest.mark.parametrize("wrong", [True, 1.5, "1", [1], {"n": 1}])
async def test_a_variable_of_another_type_is_refused_though_the_right_one_was_answered(
    asking: Asking, wrong: object
) -> None:
    query = "query ($n: Int) { schools(first: $n) { nodes { code } } }"
    await asking(query, {"n": 1})
    told = await asking(query, {"n": wrong})
    assert told.reads == 0
    assert len(told.response["errors"]) == 1


async def test_another_operation_of_the_document_is_another(asking: Asking) -> None:
    query = "query One { schools { totalCount } } query Two { subjects { totalCount } }"
    told = [await asking(query, name=name) for name in ("One", "Two", "One", "Two")]
    assert [one.prepared for one in told] == [1, 1, 0, 0]
    assert [list(one.response["data"]) for one in told] == [["schools"], ["subjects"]] * 2


@pytest.mark.parametrize("at", [frozenset({0}), frozenset({1}), frozenset({0, 1})])
async def test_an_error_stands_where_it_would_stand_the_first_time_and_nothing_is_read_twice(
    asking: Asking, at: frozenset[int]
) -> None:
    # One may be missing, so it is null beside the other; the other may not.
    missing = '{ a: school(code: "3083000001") { code } b: school(code: "3083000002") { code } }'
    needed = '{ a: school(code: "3083000001") { code } b: schools { totalCount } }'
    for query in (missing, needed):
        first = await asking(query, fails=at)
        assert first.prepared == 2
        assert not (await asking(query)).response["errors"]
        again = await asking(query, fails=at)
        assert (again.prepared, again.reads) == (0, 2)
        assert again.response == first.response
        assert [error["path"] for error in again.response["errors"]] != []


async def test_what_is_read_of_pupils_is_told_each_time(asking: Asking) -> None:
    query = "{ students(first: 3) { nodes { givenName } } }"
    first, again = Recording(), Recording()
    told = [await asking(query, recorder=one) for one in (first, again)]
    assert [one.prepared for one in told] == [1, 0]
    assert told[0].response == told[1].response
    assert again.pupils == first.pupils != set()
    assert again.personal == first.personal != set()


async def test_nothing_is_read_where_it_cannot_be_taken_down(asking: Asking) -> None:
    query = "{ students(first: 3) { nodes { givenName } } }"
    await asking(query, recorder=Recording())
    again = await asking(query, recorder=Recording(refuses=True))
    assert (again.reads, again.response["data"]) == (0, None)
    assert len(again.response["errors"]) == 1


async def test_what_is_marked_for_a_recorder_is_not_shown_without_one(asking: Asking) -> None:
    query = "{ students(first: 3) { nodes { givenName } } }"
    with_one = await asking(query, recorder=Recording())
    without = await asking(query)
    assert without.prepared == 1
    assert without.response == with_one.response


@pytest.mark.parametrize(
    "query",
    [
        "{ __typename schools { totalCount } }",
        "{ schools { totalCount } __schema { queryType { name } } }",
        "{ __schema { queryType { name } } }",
    ],
)
async def test_what_asks_for_the_schema_is_answered_whole_each_time(asking: Asking, query: str) -> None:
    told = [await asking(query) for _ in range(3)]
    assert told[0].response == told[1].response == told[2].response
    assert not told[0].response["errors"]
    assert len({one.prepared for one in told}) == 1


async def test_a_document_that_goes_takes_what_was_prepared_of_it_along(small_city: SmallCity) -> None:
    schema = build_schema()
    database = await Database.open(Address.parse(small_city.url), readers=1)
    try:
        for number in range(KEPT_OF_ROLE.documents + 5):
            async with database.snapshot() as reader:
                query = f"{{ schools(first: {number + 1}) {{ nodes {{ code }} }} }}"
                assert not (await schema.execute(query, context_value=GraphContext(reader))).errors
    finally:
        await database.close()
    kept = schema.repeats._repeats  # type: ignore[attr-defined]  # noqa: SLF001 - what it holds
    known = {id(one.document) for one in schema.repeats.known.values()}  # type: ignore[attr-defined]
    assert 0 < len(kept) <= KEPT_OF_ROLE.documents
    assert {key[0] for key in kept} <= known


async def test_an_operation_of_long_statements_is_not_kept(asking: Asking) -> None:
    where = "where: {AND: [" + ", ".join(f"{{score: {{lt: {100 + n}}}}}" for n in range(20)) + "]}"
    many = " ".join(
        f"a{n}: grades({where}) {{ groups(by: [SUBJECT], first: 1) {{ nodes {{ count }} }} }}" for n in range(60)
    )
    told = [await asking(f"{{ schools(first: 1) {{ nodes {{ {many} }} }} }}") for _ in range(2)]
    assert [one.prepared for one in told] == [1, 1]
    assert told[0].response == told[1].response


async def test_memory_is_bounded_by_the_number_and_the_length_of_variables(small_city: SmallCity) -> None:
    schema = build_schema()
    database = await Database.open(Address.parse(small_city.url), readers=1)
    query = "query ($code: String) { schools(where: {code: {equals: $code}}) { totalCount } }"
    try:
        for code in (*(f"{number}" for number in range(100)), "1" * 5000):
            async with database.snapshot() as reader:
                result = await schema.execute(query, {"code": code}, context_value=GraphContext(reader))
                assert not result.errors
    finally:
        await database.close()
    kept = schema.repeats._repeats  # type: ignore[attr-defined]  # noqa: SLF001 - what it holds
    assert len(kept) == 64
    assert max(len(key[2]) for key in kept) < 100
