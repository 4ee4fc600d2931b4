"""`me`: each identity is told of itself, and of no other."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import orjson
import pytest

from hub.database import Address, Database
from schema.graph import GraphContext, Schemas, Sight
from schema.policy import Identity, Narrowing, Reach, Role, Scope
from tests.oracle.identities import ONLY, SOMEBODY, of_schools
from tests.oracle.rows import load
from tests.policy.test_matrix import schemas
from tests.small_city import SmallCity

_ME = "name role purpose expiresAt only without"


class Asking:
    def __init__(self, database: Database, schemas: Schemas) -> None:
        self.database = database
        self.schemas = schemas

    async def as_(self, identity: Identity, query: str) -> Any:  # noqa: ANN401 - an execution result
        async with self.database.snapshot() as reader:
            context = GraphContext(reader, scope=identity.scope, identity=identity)
            return await self.schemas.of(Sight.of(identity)).execute(query, context_value=context)


@pytest.fixture
async def asking(small_city: SmallCity) -> AsyncIterator[Asking]:
    database = await Database.open(Address.parse(small_city.url), readers=1)
    yield Asking(database, schemas())
    await database.close()


async def told(asking: Asking, identity: Identity, fields: str) -> dict[str, Any]:
    answer = await asking.as_(identity, f"{{ me {{ {fields} }} }}")
    assert not answer.errors, answer.errors
    found: dict[str, Any] = asking_json(answer.data)["me"]
    return found


def asking_json(data: Any) -> Any:  # noqa: ANN401 - an answer
    return orjson.loads(orjson.dumps(data))


async def test_an_account_is_told_its_name_role_and_purpose(asking: Asking) -> None:
    assert await told(asking, SOMEBODY, _ME) == {
        "name": "malee",
        "role": "ADMIN",
        "purpose": "interactive use",
        "expiresAt": None,
        "only": [],
        "without": [],
    }


async def test_a_token_is_told_when_it_ends_and_what_it_is_narrowed_to(asking: Asking, small_city: SmallCity) -> None:
    who = of_schools(Role.INTEGRATOR, small_city.schools["WAT"], narrowing=ONLY)
    assert await told(asking, who.identity, _ME) == {
        "name": "token 1",
        "role": "INTEGRATOR",
        "purpose": "ทดสอบ",
        "expiresAt": "2019-03-31T12:00:00.000Z",
        "only": sorted(ONLY.only),
        "without": [],
    }


@pytest.mark.parametrize(
    ("who", "schools"),
    [
        ("admin", ["3083000001", "3083000002"]),
        ("head", ["3083000001"]),
        ("head", []),
        ("integrator", ["3083000001", "3083000002"]),
    ],
)
async def test_the_schools_are_those_in_scope(
    asking: Asking, small_city: SmallCity, who: str, schools: list[str]
) -> None:
    rows = await load(small_city.url)
    keys = {row["code"]: row["id"] for row in rows["school"]}
    scope = Scope(Reach.ALL) if who == "admin" else Scope(Reach.SCHOOLS, tuple(keys[code] for code in schools))
    identity = replace(SOMEBODY, role=Role(who), scope=scope)
    found = await told(asking, identity, "schools { totalCount nodes { code students(year: 2561) { totalCount } } }")
    assert [school["code"] for school in found["schools"]["nodes"]] == schools
    assert found["schools"]["totalCount"] == len(schools)


async def test_a_teacher_is_told_who_it_is_and_nobody_else_is_a_teacher(asking: Asking, small_city: SmallCity) -> None:
    rows = await load(small_city.url)
    for row in rows["teacher"]:
        identity = replace(SOMEBODY, role=Role.TEACHER, scope=Scope(Reach.TEACHER, teacher=row["id"]))
        has_post = any(post["teacher_id"] == row["id"] for post in rows["teacher_assignment"])
        expected = {"staffNo": row["staff_no"]} if has_post else None
        assert (await told(asking, identity, "teacher { staffNo }"))["teacher"] == expected
    for role in (Role.ADMIN, Role.OFFICER):
        assert await told(asking, replace(SOMEBODY, role=role), "teacher { staffNo }") == {"teacher": None}


@pytest.mark.parametrize(
    ("narrowing", "hidden"),
    [
        (Narrowing(only=frozenset({"students"})), "{ me { schools { totalCount } } }"),
        (Narrowing(only=frozenset({"students"})), "{ me { teacher { staffNo } } }"),
        (Narrowing(without=frozenset({"schools.name"})), "{ me { schools { nodes { name } } } }"),
        (Narrowing(without=frozenset({"schools"})), "{ me { schools { totalCount } } }"),
        (Narrowing(without=frozenset({"purpose"})), "{ me { purpose } }"),
        (Narrowing(without=frozenset({"me"})), "{ me { role } }"),
    ],
)
async def test_what_a_token_leaves_out_is_left_out_of_it_too(asking: Asking, narrowing: Narrowing, hidden: str) -> None:
    identity = replace(SOMEBODY, role=Role.INTEGRATOR, narrowing=narrowing)
    answer = await asking.as_(identity, hidden)
    assert answer.data is None
    assert "Cannot query field" in answer.errors[0].message


async def test_an_analyst_has_no_teacher(asking: Asking) -> None:
    answer = await asking.as_(replace(SOMEBODY, role=Role.ANALYST), "{ me { teacher { staffNo } } }")
    assert "Cannot query field 'teacher'" in answer.errors[0].message


async def test_a_token_narrowed_to_some_types_may_still_ask_when_it_ends(asking: Asking) -> None:
    identity = replace(SOMEBODY, role=Role.INTEGRATOR, narrowing=Narrowing(only=frozenset({"students"})))
    assert await told(asking, identity, "only") == {"only": ["students"]}


async def test_two_identities_share_a_plan_and_are_told_apart(asking: Asking) -> None:
    other = replace(SOMEBODY, name="somchai", purpose="O'Neill \" \\ ก")
    assert (await told(asking, SOMEBODY, "name purpose"))["name"] == "malee"
    assert await told(asking, other, "name purpose") == {"name": "somchai", "purpose": "O'Neill \" \\ ก"}


async def test_it_stands_beside_other_root_fields_and_twice(asking: Asking) -> None:
    query = "{ a: me { x: schools(first: 1) { nodes { code } } } schools(first: 2) { nodes { code } } b: me { role __typename } }"
    answer = asking_json((await asking.as_(SOMEBODY, query)).data)
    assert answer["a"]["x"]["nodes"] == answer["schools"]["nodes"][:1]
    assert answer["b"] == {"role": "ADMIN", "__typename": "Me"}


async def test_without_an_identity_nobody_is_told_of(asking: Asking) -> None:
    async with asking.database.snapshot() as reader:
        schema = asking.schemas.of(Sight(Role.ADMIN, Reach.ALL))
        answer = await schema.execute("{ me { name } }", context_value=GraphContext(reader))
    assert answer.data is None
    assert answer.errors
