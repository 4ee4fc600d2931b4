"""What a random operation can name: the rows there are, and a few that there are not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLSchema

from tests.oracle import lookups
from tests.oracle.comparison import Engines
from tests.oracle.connections import all_connections
from tests.oracle.declared import exposed, node_types, table_of
from tests.oracle.rows import Rows

YEAR_NOT_IN_CALENDAR = 2500


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values of arguments: cursors by connection, lookups' arguments by root field, years and global ids."""

    schema: GraphQLSchema
    cursors: Mapping[str, Sequence[str]]
    keys: Mapping[str, Sequence[Mapping[str, Any]]]
    years: Sequence[int]
    ids: Sequence[str]

    @classmethod
    def of(cls, engines: Engines) -> "Vocabulary":
        """The words of databases that hold the same rows."""
        engines.learn_cursors()
        first, *others = engines.engines
        known = [cursor for cursor in first.book.known if all(cursor in other.book.known for other in others)]
        rows = first.oracle.rows
        return cls(
            engines.schema,
            {
                str(connection): [cursor for cursor in known if f" {connection} " in cursor]
                for connection in all_connections(engines.schema)
            },
            dict(_keys(engines.schema, rows)),
            [*(int(year["be_year"]) for year in rows["academic_year"]), YEAR_NOT_IN_CALENDAR],
            _ids(rows),
        )


def _keys(schema: GraphQLSchema, rows: Rows) -> list[tuple[str, list[Mapping[str, Any]]]]:
    assert schema.query_type is not None
    found: list[tuple[str, list[Mapping[str, Any]]]] = []
    plurals = {model.about.plural for model in exposed().values()}
    for name, field in schema.query_type.fields.items():
        if name in ("node", "nodes", "indicators", *plurals) or "id" in field.args:
            continue
        model, _ = lookups.named(name)
        found.append((name, [lookups.arguments_of(rows, model, row) for row in rows[table_of(model)]]))
    return found


def _ids(rows: Rows) -> list[str]:
    """A few ids of each type, and one of no row."""
    found = []
    for name in sorted(node_types()):
        keys = [row["id"] for row in rows[table_of(exposed()[name])]]
        found += [f"{name}:{key}" for key in (*keys[:3], *keys[-2:], 999_999)]
    return list(dict.fromkeys(found))
