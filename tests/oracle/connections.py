"""The connections of the graph, found in its SDL."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, get_named_type

from tests.oracle.declared import exposed
from tests.oracle.paging import LARGEST_PAGE
from tests.oracle.rows import Rows


@dataclass(frozen=True, slots=True)
class ConnectionField:
    """A connection: the type it belongs to (`Query` at the root), and its name."""

    owner: str
    name: str
    takes_year: bool

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}"


def all_connections(schema: GraphQLSchema) -> list[ConnectionField]:
    """Every connection of the graph."""
    return [
        ConnectionField(owner.name, name, "year" in field.args)
        for owner in schema.type_map.values()
        if isinstance(owner, GraphQLObjectType) and owner.name in ("Query", *exposed())
        for name, field in owner.fields.items()
        if is_connection(field)
    ]


def is_connection(field: GraphQLField) -> bool:
    """Whether a field is a connection."""
    return get_named_type(field.type).name.endswith("Connection")


def nest(connection: ConnectionField, selection: str, year: int | None = None, arguments: str = "") -> str:
    """A query for a connection of every row of its type; the connection's key is `page`."""
    given = " ".join(part for part in ("" if year is None else f"year: {year}", arguments) if part)
    page = f"page: {connection.name}{f'({given})' if given else ''} {{ {selection} }}"
    if connection.owner == "Query":
        return f"{{ {page} }}"
    return f"{{ {exposed()[connection.owner].about.plural}(first: 1000) {{ nodes {{ {page} }} }} }}"


def asking_for_cursors(schema: GraphQLSchema, rows: Rows) -> Iterator[str]:
    """Queries that show the cursor of every row in every connection."""
    be_years = [int(year["be_year"]) for year in rows["academic_year"]]
    for connection in all_connections(schema):
        for year in be_years if connection.takes_year else [None]:
            for offset in range(0, _most(connection, rows), LARGEST_PAGE):
                yield nest(connection, "edges { cursor }", year, f"first: {LARGEST_PAGE}, offset: {offset}")


def _most(connection: ConnectionField, rows: Rows) -> int:
    """How many rows a connection can have: the root's all there are, another a page at most in these cities."""
    if connection.owner != "Query":
        return 1
    model = next(model for model in exposed().values() if model.about.plural == connection.name)
    return max(1, len(rows[model.__table__.name]))
