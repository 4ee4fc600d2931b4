"""A path to every field of a schema: a selection for each, by the shortest way, and each kind of question of a list."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from graphql import (
    GraphQLEnumType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

_ASKED: Final = (
    "totalCount",
    "edges { cursor }",
    "pageInfo { endCursor }",
    "aggregate { count }",
    "groups(by: [%s]) { totalCount }",
)
_AT_ONCE: Final = 25


def paths_of(schema: GraphQLSchema) -> Iterator[str]:
    """Selections of the root."""
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
        by = schema.type_map.get(f"{kind}GroupBy")
        is_asked_alone = not any(map(is_required_argument, field.args.values()))
        if connection == "" and isinstance(by, GraphQLEnumType) and is_asked_alone:
            yield from (f"{name} {{ {asked.replace('%s', next(iter(by.values)))} }}" for asked in _ASKED)
            yield f"{name}(where: {{NOT: []}}, orderBy: []) {{ totalCount }}"
    yield 'node(id: "Student:1") { id }'
    yield 'nodes(ids: ["Student:1"]) { id }'


def together(paths: Iterable[str]) -> Iterator[str]:
    """Documents of many paths each, every one under a name of its own."""
    left = iter(paths)
    while some := list(islice(left, _AT_ONCE)):
        yield f"{{ {' '.join(f'path{number}: {path}' for number, path in enumerate(some))} }}"
