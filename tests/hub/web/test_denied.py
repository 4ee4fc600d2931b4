"""Over HTTP: who is nobody, or no longer somebody, is answered 401 whatever is asked for, by every path of the graph."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import httpx
import pytest
from graphql import (
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    parse,
    validate,
)

from hub.app import compose
from hub.database import Address, Database
from hub.graph import Graph
from hub.identities.grant import Grant
from hub.identities.tokens import Tokens
from hub.settings import Settings
from hub.web.graphql import Graphs
from schema.policy import Role
from tests.hub.tiny import client_of
from tests.hub.tokens import bearing
from tests.policy.test_matrix import whole
from tests.small_city import SmallCity

_ASKED: Final = (
    "totalCount",
    "edges { cursor }",
    "pageInfo { endCursor }",
    "aggregate { count }",
    "groups(by: [%s]) { totalCount }",
)
_AT_ONCE: Final = 25


def _paths(schema: GraphQLSchema) -> Iterator[str]:
    """A selection for every field of every type that can be come to, by the shortest way, and each kind of question."""
    assert schema.query_type is not None
    found: dict[str, str] = {schema.query_type.name: "%s"}
    waiting = [schema.query_type]
    while waiting:
        owner = waiting.pop(0)
        for name, field in owner.fields.items():
            if any(map(is_required_argument, field.args.values())):
                continue
            target = get_named_type(field.type)
            if is_leaf_type(target):
                yield found[owner.name].replace("%s", name)
            elif isinstance(target, GraphQLObjectType) and target.name not in found:
                found[target.name] = found[owner.name].replace("%s", f"{name} {{ %s }}")
                waiting.append(target)
    for name, field in schema.query_type.fields.items():
        kind, _, connection = get_named_type(field.type).name.partition("Connection")
        if connection == "" and f"{kind}GroupBy" in schema.type_map and name not in ("node", "nodes"):
            by = next(iter(schema.type_map[f"{kind}GroupBy"].values))  # type: ignore[attr-defined]
            if not any(map(is_required_argument, field.args.values())):
                yield from (f"{name} {{ {asked.replace('%s', by)} }}" for asked in _ASKED)
                yield f"{name}(where: {{NOT: []}}, orderBy: []) {{ totalCount }}"
    yield 'node(id: "Student:1") { id }'
    yield 'nodes(ids: ["Student:1"]) { id }'


def _together(paths: list[str]) -> Iterator[str]:
    """Documents of many paths each, every one under a name of its own."""
    for start in range(0, len(paths), _AT_ONCE):
        yield (
            "{ "
            + " ".join(f"path{number}: {path}" for number, path in enumerate(paths[start : start + _AT_ONCE]))
            + " }"
        )


PATHS: Final = list(_paths(whole()))
DOCUMENTS: Final = tuple(_together(PATHS))


@pytest.fixture
async def hub(own_city: SmallCity) -> AsyncIterator[tuple[httpx.AsyncClient, dict[str, dict[str, str]]]]:
    database = await Database.open(Address.parse(own_city.url), readers=1)
    grant = Grant(Role.ADMIN)
    past = datetime.now(UTC) - timedelta(days=200)
    expired = await Tokens(database, lambda: past).create(grant, "testing", days=100)
    revoked = await Tokens(database).create(grant, "testing")
    await Tokens(database).revoke(revoked.id)
    await database.close()
    who = {
        "nobody": {},
        "expired": bearing(expired.secret),
        "revoked": bearing(revoked.secret),
        "made up": bearing(expired.secret[:-8] + "AAAAAAAA"),
    }
    settings = Settings(database_url=own_city.url, rate_limit=0)
    graph = Graph(settings)
    async with client_of(compose(settings, Graphs(graph.of, graph.context))) as client:
        yield client, who


def test_the_paths_are_sound_and_come_to_every_type() -> None:
    assert len(PATHS) > 400
    assert [document for document in DOCUMENTS if validate(whole(), parse(document))] == []


async def test_whoever_is_not_known_is_answered_nothing(
    hub: tuple[httpx.AsyncClient, dict[str, dict[str, str]]],
) -> None:
    client, who = hub
    for headers in who.values():
        for document in DOCUMENTS:
            answer = await client.post("/graphql", json={"query": document}, headers=headers)
            assert answer.status_code == 401, document
            (error,) = answer.json()["errors"]
            assert error["extensions"]["code"] == "UNAUTHENTICATED"
            assert "data" not in answer.json()
