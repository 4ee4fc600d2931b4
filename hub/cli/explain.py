"""`hub explain`: the SQL of each root field of a query, and the engine's plan."""

import asyncio
import json
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from hub.errors import BadInputError

if TYPE_CHECKING:
    from hub.explanation import Explained

NAME: Final = "explain"


class QueryRefusedError(BadInputError):
    """The graph does not answer the query."""


def run(
    query: Annotated[str, typer.Argument(help="A GraphQL document of one operation; - reads it from standard input.")],
    *,
    variables: Annotated[str, typer.Option(help="The variables, a JSON object.")] = "{}",
) -> None:
    """Ask a query of the database and print the SQL of each root field, with the engine's query plan."""
    text = typer.get_text_stream("stdin").read() if query == "-" else query
    if not text.strip():
        raise typer.BadParameter('write a query, such as "{ schools { totalCount } }"', param_hint="QUERY")
    for explained in asyncio.run(_explain(text, _read(variables))):
        typer.echo(f"-- {explained.field or 'a root field'}\n{explained.sql}\n\n-- plan\n{explained.plan}\n")


def _read(variables: str) -> dict[str, Any]:
    try:
        value = json.loads(variables)
    except json.JSONDecodeError as error:
        raise typer.BadParameter(f"no JSON: {error}", param_hint="--variables") from error
    if not isinstance(value, dict):
        raise typer.BadParameter('write a JSON object, such as {"year": 2561}', param_hint="--variables")
    return value


async def _explain(query: str, variables: dict[str, Any]) -> "list[Explained]":
    from hub.database import Database  # noqa: PLC0415
    from hub.explanation import explain  # noqa: PLC0415
    from hub.graph import Graph  # noqa: PLC0415
    from hub.identities.owner import OWNER  # noqa: PLC0415
    from hub.logs import configure_logs  # noqa: PLC0415
    from hub.settings import Settings  # noqa: PLC0415

    settings = Settings.read()
    configure_logs(settings.log_level, settings.log_format)
    database = await Database.open(settings.database, readers=1, statement_timeout=settings.statement_timeout)
    try:
        await database.check()
        async with database.snapshot(identity=OWNER, record=True) as reader:
            graph = Graph(settings)
            result = await graph.of(OWNER).execute(query, variables, context_value=graph.context(reader, OWNER))
            if result.errors:
                raise QueryRefusedError("; ".join(error.message for error in result.errors))
            return await explain(reader, result.data)
    finally:
        await database.close()
