"""Over HTTP: who is nobody, or no longer somebody, is answered 401 whatever is asked for, by every path of the graph."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from graphql import GraphQLSchema, parse, validate

from hub.database import Address, Database
from hub.identities.grant import Grant
from hub.identities.tokens import Tokens
from schema.policy import Reach, Role, Scope
from tests.hub.tiny import client_of
from tests.hub.tokens import bearing
from tests.hub.web.hubs import app_over, schema_for
from tests.policy.paths import paths_of, together
from tests.small_city import SmallCity


def whole() -> GraphQLSchema:
    return schema_for(Role.ADMIN, Scope(Reach.ALL))


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
    async with client_of(app_over(own_city.url)) as client:
        yield client, who


def test_the_paths_are_sound_and_come_to_every_type() -> None:
    paths = list(paths_of(whole()))
    assert len(paths) > 400
    assert [document for document in together(paths) if validate(whole(), parse(document))] == []


async def test_whoever_is_not_known_is_answered_nothing(
    hub: tuple[httpx.AsyncClient, dict[str, dict[str, str]]],
) -> None:
    client, who = hub
    documents = list(together(paths_of(whole())))
    for headers in who.values():
        for document in documents:
            answer = await client.post("/graphql", json={"query": document}, headers=headers)
            assert answer.status_code == 401, document
            (error,) = answer.json()["errors"]
            assert error["extensions"]["code"] == "UNAUTHENTICATED"
            assert "data" not in answer.json()
