"""What a random operation can name: the rows there are, and a few that there are not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from graphql import GraphQLSchema

from tests.oracle import lookups
from tests.oracle.comparison import Engines
from tests.oracle.connections import all_connections
from tests.oracle.declared import Model, Stored, exposed, fields_of, node_types, table_of
from tests.oracle.filtering import COMPUTED, value_of
from tests.oracle.resolving import Graph
from tests.oracle.rows import Rows

YEAR_NOT_IN_CALENDAR = 2500
_MOST_VALUES = 60


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values of arguments: cursors by connection, lookups' arguments by root field, years, global ids.

    `values` are those of rows, by type and field, as a `where` would name them; `graph` is that of one engine's rows.
    """

    schema: GraphQLSchema
    graph: Graph
    cursors: Mapping[str, Sequence[str]]
    keys: Mapping[str, Sequence[Mapping[str, Any]]]
    years: Sequence[int]
    ids: Sequence[str]
    values: Mapping[tuple[str, str], Sequence[Any]]

    @classmethod
    def of(cls, engines: Engines) -> "Vocabulary":
        """The words of databases that hold the same rows."""
        engines.learn_cursors()
        first, *others = engines.engines
        known = [cursor for cursor in first.book.known if all(cursor in other.book.known for other in others)]
        rows = first.oracle.rows
        return cls(
            engines.schema,
            first.oracle.graph,
            {
                str(connection): [cursor for cursor in known if f" {connection} " in cursor]
                for connection in all_connections(engines.schema)
            },
            dict(_keys(engines.schema, rows)),
            [*(int(year["be_year"]) for year in rows["academic_year"]), YEAR_NOT_IN_CALENDAR],
            _ids(rows),
            {
                (name, field): found
                for name, model in exposed().items()
                for field in (*COMPUTED, *fields_of(model))
                if (found := _values(first.oracle.graph, model, field))
            },
        )

    def of_role(self, engines: Engines) -> "Vocabulary":
        """The same words, of all rows, for an identity whose engines these are."""
        return replace(self, schema=engines.schema, graph=engines.engines[0].oracle.graph)


def _keys(schema: GraphQLSchema, rows: Rows) -> list[tuple[str, list[Mapping[str, Any]]]]:
    assert schema.query_type is not None
    found: list[tuple[str, list[Mapping[str, Any]]]] = []
    plurals = {model.about.plural for model in exposed().values()}
    for name, field in schema.query_type.fields.items():
        if name in ("node", "nodes", "indicators", "destinations", "me", *plurals) or "id" in field.args:
            continue
        model, _ = lookups.named(name)
        found.append((name, [lookups.arguments_of(rows, model, row) for row in rows[table_of(model)]]))
    return found


def _values(graph: Graph, model: Model, field: str) -> list[Any]:
    """A few values of a field that holds one, and none of any other field."""
    declared = fields_of(model).get(field)
    computed = (model.__name__, field) in {("Student", "gpax"), ("TermResult", "gpa"), ("Student", "nationalId")}
    is_id = field == "id" and model.__name__ in node_types()
    if not isinstance(declared, Stored) and not computed and not is_id:
        return []
    found = [value_of(graph, record, field) for record in graph.all(model)]
    told = [value.isoformat() if isinstance(value, datetime) else value for value in found if value is not None]
    return list(dict.fromkeys(told))[:_MOST_VALUES]


def _ids(rows: Rows) -> list[str]:
    """A few ids of each type, and one of no row."""
    found = []
    for name in sorted(node_types()):
        keys = [row["id"] for row in rows[table_of(exposed()[name])]]
        found += [f"{name}:{key}" for key in (*keys[:3], *keys[-2:], 999_999)]
    return list(dict.fromkeys(found))
