"""Asking the graph as the service does: parsed, validated, compiled, read; the answer as the client would parse it."""

import json
from decimal import Decimal
from functools import cache
from typing import Any

import orjson
import strawberry

from hub.database import Address, Database, Statement
from schema.graph import GraphContext, build_schema


@cache
def whole_schema() -> strawberry.Schema:
    """The schema, made once a process."""
    return build_schema()


class Asker:
    """Asks one database; `statements` holds the SQL of the last question."""

    def __init__(self, database: Database, schema: strawberry.Schema) -> None:
        self.database = database
        self.schema = schema
        self.statements: list[Statement] = []

    async def response(self, query: str, /, **variables: object) -> dict[str, Any]:
        """The whole response, numbers as int or Decimal."""
        async with self.database.snapshot(record=True) as reader:
            result = await self.schema.execute(query, variables, context_value=GraphContext(reader))
            self.statements = reader.statements
        errors = [error.formatted for error in result.errors or ()]
        answer: dict[str, Any] = json.loads(orjson.dumps({"data": result.data, "errors": errors}), parse_float=Decimal)
        return answer

    async def data(self, query: str, /, **variables: object) -> Any:  # noqa: ANN401 - whatever was asked
        """The data, of a question that must be answered without an error."""
        response = await self.response(query, **variables)
        assert response["errors"] == []
        return response["data"]

    async def error(self, query: str, /, **variables: object) -> dict[str, Any]:
        """The one error of a question that must not be answered."""
        response = await self.response(query, **variables)
        assert len(response["errors"]) == 1, response
        error: dict[str, Any] = response["errors"][0]
        return error


async def open_asker(url: str) -> Asker:
    """An asker of the database at a URL; close its `database`."""
    return Asker(await Database.open(Address.parse(url), readers=2), whole_schema())
