"""The hub's own graph over a database, asked over HTTP by tokens; the graph is made once a process."""

import json
from functools import cache
from typing import Any

import httpx
from graphql import GraphQLSchema
from starlette.applications import Starlette

from hub.app import compose
from hub.graph import Graph
from hub.settings import Settings
from hub.web.graphql import Graphs
from schema.policy import Identity, Narrowing, Role, Scope
from tests.hub.tokens import bearing

_SETTINGS = Settings(rate_limit=0)


@cache
def graph() -> Graph:
    """The graph behind the limits that the hub has unless told otherwise."""
    return Graph(_SETTINGS)


def schema_for(role: Role, scope: Scope, narrowing: Narrowing | None = None) -> GraphQLSchema:
    """What an identity sees of the graph."""
    identity = Identity("token:1", "token 1", role, scope, "testing", narrowing or Narrowing())
    return graph().of(identity)._schema  # noqa: SLF001 - Strawberry has no public way to it


def app_over(url: str) -> Starlette:
    """The application over the database at a URL."""
    settings = _SETTINGS.model_copy(update={"database_url": url})
    return compose(settings, Graphs(graph().of, graph().context))


class Hub:
    """A hub as one token asks it."""

    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        """``token`` is its secret."""
        self._client = client
        self._headers = bearing(token)

    async def bytes(self, query: str, **variables: Any) -> bytes:  # noqa: ANN401 - GraphQL's
        """The answer as it is sent, whose status is 200."""
        sent = {"query": query, "variables": variables}
        answer = await self._client.post("/graphql", json=sent, headers=self._headers)
        assert answer.status_code == 200, (query, answer.text[:500])
        return answer.content

    async def data(self, query: str, **variables: Any) -> Any:  # noqa: ANN401 - GraphQL's
        """The answer's data, of which there are all."""
        answer = json.loads(await self.bytes(query, **variables))
        assert "errors" not in answer, (query, answer["errors"])
        return answer["data"]
