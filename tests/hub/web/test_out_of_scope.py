"""Over HTTP: rows out of scope change no answer, by any path of the graph, and are named in none.

Who may not read some rows is asked everything of two databases, one with those rows and one without: the answers are
the same, byte for byte. An administrator's are not, so the questions do come to the rows.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

import pytest
from graphql import FieldsOnCorrectTypeRule, GraphQLSchema, parse, validate

from hub.database import Address, Database
from hub.identities.grant import Grant
from hub.identities.tokens import Tokens
from schema.policy import Narrowing, Reach, Role, Scope
from tests.conftest import Templates
from tests.engines import in_session
from tests.hub.tiny import client_of
from tests.hub.web.hubs import Hub, app_over, schema_for
from tests.oracle.declared import exposed, node_types
from tests.oracle.policy import sights
from tests.oracle.rows import Rows, load
from tests.policy.paths import paths_of
from tests.policy.questions import SHOWN_BY_REFERENCE, Asking, Hidden, Question
from tests.policy.strangers import MARK, add_to_another_class, add_to_another_school
from tests.small_city import SmallCity

MADE: Final = datetime.now(UTC).replace(microsecond=0)
WAT, CITY = "3083000001", "3083000002"
STRANGERS: Final = {"school": add_to_another_school, "class": add_to_another_class}


@dataclass(frozen=True)
class Asker:
    """Somebody with a token, and the strangers of whom nothing may be known."""

    grant: Grant
    strangers: str
    narrowing: Narrowing = field(default_factory=Narrowing)

    def scope(self, city: SmallCity) -> Scope:
        """The rows that may be read, by their keys."""
        if self.grant.role is Role.ADMIN:
            return Scope(Reach.ALL)
        if self.grant.teacher:
            return Scope(Reach.TEACHER, teacher=city.teachers["kru_maths"])
        return Scope(
            Reach.SCHOOLS, tuple(city.schools["WAT" if code == WAT else "CITY"] for code in self.grant.schools)
        )

    def schema(self, city: SmallCity) -> GraphQLSchema:
        """What is seen of the graph."""
        return schema_for(self.grant.role, self.scope(city), self.narrowing)


_ONLY = Narrowing(only=frozenset({"students", "grades", "schoolEnrollments.student", "homerooms", "schools.code"}))
_WITHOUT = Narrowing(
    without=frozenset({"birthDate", "students.familyName", "gpax", "grades", "sections", "subjects", "teachers"})
)
ASKERS: Final = {
    "head of another school": Asker(Grant(Role.HEAD, (CITY,)), "school"),
    "integrator of another school": Asker(Grant(Role.INTEGRATOR, (WAT,)), "class"),
    "teacher of another class": Asker(Grant(Role.TEACHER, teacher="T003"), "class"),
    "token of some columns only": Asker(Grant(Role.INTEGRATOR, (CITY,)), "school", _ONLY),
    "token without some columns": Asker(Grant(Role.INTEGRATOR, (CITY,)), "school", _WITHOUT),
}
ADMIN: Final = "administrator"
EVERYBODY: Final = {**ASKERS, ADMIN: Asker(Grant(Role.ADMIN), "school")}


@dataclass(frozen=True)
class Two:
    """The hub without the strangers and with them, there an administrator's too, and what is hidden from the asker."""

    without: Hub
    within: Hub
    admin: Hub
    schema: GraphQLSchema
    hidden: Hidden

    def questions(self) -> Iterator[Question]:
        """All that this asker can ask."""
        return Asking(self.schema).all(self.hidden)


@dataclass(frozen=True)
class Cities:
    """The small city on one engine, as it is (by the name "") and with strangers; its tokens and rows by that name."""

    cities: Mapping[str, SmallCity]
    tokens: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, Rows]


@pytest.fixture(scope="module")
def cities(templates: Templates) -> Iterator[Cities]:
    whole = templates.city()
    made = {name: whole.at(templates.engine.create(whole.url)) for name in ("", *STRANGERS)}
    for name, add in STRANGERS.items():
        in_session(made[name].url, partial(add, city=whole))
    with asyncio.Runner() as runner:
        tokens = {name: runner.run(_tokens(city.url)) for name, city in made.items()}
        rows = {name: runner.run(load(city.url)) for name, city in made.items()}
    yield Cities(made, tokens, rows)
    for city in made.values():
        templates.engine.drop(city.url)


async def _tokens(url: str) -> dict[str, str]:
    database = await Database.open(Address.parse(url), readers=1)
    tokens = Tokens(database, lambda: MADE)
    made = {
        name: (await tokens.create(asker.grant, "testing", narrowing=asker.narrowing)).secret
        for name, asker in EVERYBODY.items()
    }
    await database.close()
    return made


@pytest.fixture
async def two(request: pytest.FixtureRequest, cities: Cities) -> AsyncIterator[Two]:
    asker = EVERYBODY[request.param]
    async with AsyncExitStack() as stack:
        asked: dict[str, Hub] = {}
        admins: dict[str, Hub] = {}
        for kind in ("", asker.strangers):
            client = await stack.enter_async_context(client_of(app_over(cities.cities[kind].url)))
            asked[kind] = Hub(client, cities.tokens[kind][request.param])
            admins[kind] = Hub(client, cities.tokens[kind][ADMIN])
        schema = asker.schema(cities.cities[""])
        hidden = Hidden(_hidden_ids(cities, asker), await _values(admins, schema))
        yield Two(asked[""], asked[asker.strangers], admins[asker.strangers], schema, hidden)


def _hidden_ids(cities: Cities, asker: Asker) -> dict[str, list[str]]:
    """The global ids that are out of scope, the strangers' first; of an administrator the strangers' alone."""
    whole = cities.rows[asker.strangers]
    is_admin = asker.grant.role is Role.ADMIN
    seen = cities.rows[""] if is_admin else sights(whole, asker.scope(cities.cities[""])).rows
    found = {}
    for name in node_types():
        table = exposed()[name].__table__.name
        keys = {row["id"] for row in whole[table]} - {row["id"] for row in seen[table]}
        if keys:
            found[name] = [f"{name}:{key}" for key in sorted(keys, reverse=True)]
    return found


async def _values(admins: Mapping[str, Hub], schema: GraphQLSchema) -> dict[str, dict[str, Any]]:
    """By type the values of a row that is there with the strangers alone; administrators of both databases say it."""
    found, asking = {}, Asking(schema)
    before, after = admins.values()
    for kind, name in asking.lists.items():
        query = f"{{ {name}(first: 1000) {{ nodes {{ {' '.join(asking.leaves(kind))} }} }} }}"
        known = (await before.data(query))[name]["nodes"]
        strange = [node for node in (await after.data(query))[name]["nodes"] if node not in known]
        if strange:
            found[kind] = strange[-1]
    return found


every = pytest.mark.parametrize("two", [*ASKERS], indirect=True)


@every
async def test_no_answer_depends_on_rows_out_of_scope_or_names_one(two: Two) -> None:
    never = [
        MARK,
        *(f'"{one}"' for kind, ids in two.hidden.ids.items() for one in ids if kind not in SHOWN_BY_REFERENCE),
    ]
    for question in two.questions():
        query = f"{{ {question.text} }}"
        within = await two.within.bytes(query)
        assert within == await two.without.bytes(query), query
        told = within.decode()
        assert '"errors"' not in told, (query, told[:500])
        assert [one for one in never if one in told] == [], query
        if question.nothing:
            (rows,) = json.loads(within)["data"].values()
            assert {*rows["aggregate"].values()} == {0}, query


@pytest.mark.parametrize("two", [ADMIN], indirect=True)
async def test_the_questions_come_to_the_rows_by_every_kind_of_path(two: Two) -> None:
    # Who may read the strangers' rows is answered otherwise where they are, by each kind of question.
    strange = {*two.hidden.ids} - SHOWN_BY_REFERENCE
    assert len(strange) > 7
    told: set[tuple[str, str]] = set()
    for question in two.questions():
        if question.kind in ("rows", "sums", "groups", "orders", "filters") and question.of not in strange:
            continue
        answers = [await hub.bytes(f"{{ {question.text} }}") for hub in (two.within, two.without)]
        if answers[0] != answers[1]:
            told.add((question.kind, question.of))
    for kind in ("rows", "sums", "groups", "orders", "filters"):
        assert {of for which, of in told if which == kind} >= strange, kind
    assert {of for which, of in told if which == "nested"} > {"School", "Student", "Grade", "AcademicYear", "GradeCode"}
    assert {of for which, of in told if which == "figures"} == {"indicators", "destinations"}


@every
async def test_an_id_or_a_key_of_a_row_out_of_scope_is_answered_as_that_of_none(two: Two) -> None:
    by_id = "query ($a: ID!) { node(id: $a) { id __typename } }"
    by_ids = "query ($a: [ID!]!) { nodes(ids: $a) { id __typename } }"
    nodes = {made.name for made in two.schema.get_possible_types(two.schema.type_map["Node"])}  # type: ignore[arg-type]
    assert nodes & {*two.hidden.ids}
    for kind in nodes & {*two.hidden.ids}:
        ids = two.hidden.ids[kind]
        unknown = await two.within.bytes(by_id, a=f"{kind}:999999")
        assert b'"node":null' in unknown
        assert {await two.within.bytes(by_id, a=one) for one in ids} == {unknown}
        nobody = [f"{kind}:{999_999 + place}" for place in range(len(ids))]
        assert await two.within.bytes(by_ids, a=ids) == await two.within.bytes(by_ids, a=nobody)
    for query, keys in await _by_keys(two):
        answers = {await two.within.bytes(query, **key) for key in keys}
        assert len(answers) == 1
        assert b'":null}' in answers.pop()


async def _by_keys(two: Two) -> list[tuple[str, list[dict[str, str]]]]:
    """Lookups by what names a row out of scope, and last by what names none."""
    found = []
    pupils = "{ students(first: 1000) { nodes { id studentNo school { code } } } }"
    keys = [
        {"a": pupil["school"]["code"], "b": pupil["studentNo"]}
        for pupil in (await two.admin.data(pupils))["students"]["nodes"]
        if pupil["id"] in two.hidden.ids["Student"]
    ]
    assert keys
    found.append(
        (
            "query ($a: String!, $b: String!) { studentBy(schoolCode: $a, studentNo: $b) { id } }",
            [*keys, {"a": WAT, "b": "0"}],
        )
    )
    ids = [{"a": one} for one in (*two.hidden.ids["Student"], "Student:999999")]
    found.append(("query ($a: ID!) { student(id: $a) { id } }", ids))
    return found


@every
async def test_a_cursor_of_a_row_out_of_scope_says_only_where_to_begin(two: Two) -> None:
    for kind, name in Asking(two.schema).lists.items():
        if kind not in two.hidden.ids or kind in SHOWN_BY_REFERENCE:
            continue
        rows = f"{{ {name}(first: 1000) {{ edges {{ cursor node {{ id }} }} }} }}"
        strange = [
            edge["cursor"]
            for edge in (await two.admin.data(rows))[name]["edges"]
            if edge["node"]["id"] in two.hidden.ids[kind]
        ]
        assert strange
        for place, cursor in (("after", strange[0]), ("before", strange[-1])):
            size = "first" if place == "after" else "last"
            query = f'{{ {name}({size}: 2, {place}: "{cursor}") {{ totalCount pageInfo {{ hasNextPage hasPreviousPage }} edges {{ cursor }} }} }}'
            within = await two.within.bytes(query)
            assert within == await two.without.bytes(query), query
            assert cursor.encode() not in within


@pytest.mark.parametrize("two", ["token of some columns only", "token without some columns"], indirect=True)
async def test_a_path_to_what_a_token_leaves_out_is_refused_and_tells_nothing(two: Two) -> None:
    documents = (f"{{ {path} }}" for path in paths_of(schema_for(Role.ADMIN, Scope(Reach.ALL))))
    refused = {
        errors[0].message: document
        for document in documents
        if (errors := validate(two.schema, parse(document), [FieldsOnCorrectTypeRule]))
    }
    assert len(refused) > 15
    for document in refused.values():
        answer = json.loads(await two.within.bytes(document))
        assert "data" not in answer
        assert {error["extensions"]["code"] for error in answer["errors"]} == {"BAD_USER_INPUT"}
        assert MARK not in str(answer)
