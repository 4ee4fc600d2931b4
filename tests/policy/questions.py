"""Everything that can be asked of a schema, by walking its types: rows, sums, groups, orders, filters, what is nested.

A question is a selection of the root; each kind is asked of every type that has it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from schema.model.names import screaming

SHOWN_BY_REFERENCE: Final = frozenset({"School", "Subject"})
"""Types of which a row in scope may show one that is in none of the lists."""

_AT_ONCE: Final = 20
_PAGE: Final = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


class Question(NamedTuple):
    """What is asked; of what type, and in which way. ``nothing``: whatever it counts is 0 to who sees no such row."""

    kind: str
    of: str
    text: str
    nothing: bool = False


@dataclass(frozen=True)
class Hidden:
    """Rows that somebody may not read: their global ids by type, and by type the values of one of them by field."""

    ids: Mapping[str, list[str]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class Asking:
    """The questions of one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        """``schema`` is what the asker sees of the graph."""
        assert schema.query_type is not None
        self._types = schema.type_map
        self._roots = schema.query_type.fields
        self.lists = {
            _target(one).name.removesuffix("Connection"): name
            for name, one in self._roots.items()
            if _is_connection(one)
        }
        """The name of the root's list of each type."""

    def all(self, hidden: Hidden) -> Iterator[Question]:
        """Every question; filters look for hidden rows."""
        for kind, name in self.lists.items():
            made = self._object(kind)
            yield Question("rows", kind, f"{name}(first: 200) {{ {self._page(made)} }}")
            yield Question("sums", kind, f"{name} {{ aggregate {{ {self._sums(f'{kind}Aggregate')} }} }}")
            yield from self._groups(kind, name)
            yield from self._orders(kind, name)
            yield from self._filters(kind, name, hidden)
            yield from self._nested(made, name)
        for name, one in self._roots.items():
            if not _is_connection(one) and not any(map(is_required_argument, one.args.values())):
                yield Question("figures", name, f"{name} {{ {self._figures(_object(one))} }}")

    def leaves(self, kind: str) -> list[str]:
        """The fields of a type that have a value of their own."""
        return _leaves(self._object(kind))

    def _object(self, name: str) -> GraphQLObjectType:
        made = self._types[name]
        assert isinstance(made, GraphQLObjectType)
        return made

    def _page(self, made: GraphQLObjectType) -> str:
        """A page of rows, each with its values and those of the rows it refers to."""
        return f"{_PAGE} edges {{ cursor node {{ {self._row(made)} }} }}"

    def _row(self, made: GraphQLObjectType) -> str:
        parts = _leaves(made)
        for name, one in _objects(made):
            if not _is_connection(one):
                inner = _object(one)
                parts.append(
                    f"{name} {{ {' '.join(_leaves(inner)) if 'id' in inner.fields else self._figures(inner)} }}"
                )
        return " ".join(parts)

    def _figures(self, made: GraphQLObjectType) -> str:
        """All that is told of what is no row, the lists in it, and how much there is below rows that it names."""
        parts = _leaves(made)
        for name, one in _objects(made):
            inner = _object(one)
            if _is_connection(one):
                parts.append(f"{name} {{ {self._page(self._object(inner.name.removesuffix('Connection')))} }}")
            elif "id" in inner.fields:
                parts.append(f"{name} {{ {' '.join(_leaves(inner))} {self._counts(inner)} }}")
            else:
                parts.append(f"{name} {{ {self._figures(inner)} }}")
        return " ".join(parts)

    @staticmethod
    def _counts(made: GraphQLObjectType) -> str:
        return " ".join(f"{name} {{ totalCount }}" for name, one in _objects(made) if _is_connection(one))

    def _sums(self, name: str) -> str:
        """Every sum, of rows' own values and of those of the rows that they refer to."""
        parts = []
        for one, told in self._object(name).fields.items():
            target = get_named_type(told.type)
            if isinstance(target, GraphQLObjectType):
                inner = [*_leaves(target)]
                inner += [
                    f"{deep} {{ {' '.join(_leaves(_object(f)))} }}"
                    for deep, f in _objects(target)
                    if _leaves(_object(f))
                ]
                parts.append(f"{one} {{ {' '.join(inner)} }}")
            else:
                parts.append(one)
        return " ".join(parts)

    def _groups(self, kind: str, name: str) -> Iterator[Question]:
        if f"{kind}GroupBy" not in self._types:
            return
        asked = []
        for one, told in self._object(f"{kind}GroupKey").fields.items():
            inner = "" if is_leaf_type(_target(told)) else f" {{ {' '.join(_leaves(_object(told)))} }}"
            page = f"totalCount edges {{ cursor node {{ count key {{ {one}{inner} }} }} }}"
            asked.append(f"{one}: groups(by: [{screaming(one)}], first: 200) {{ {page} }}")
        for some in _slices(asked):
            yield Question("groups", kind, f"{name} {{ {' '.join(some)} }}")

    def _orders(self, kind: str, name: str) -> Iterator[Question]:
        made = self._input(f"{kind}Order")
        orders = []
        for one, told in made.fields.items():
            target = get_named_type(told.type).name
            if target == "Direction":
                orders.append(f"{{{one}: ASC}}")
            elif target.endswith("ListOrder"):
                orders.append(f"{{{one}: {{count: DESC}}}}")
            else:
                inner = next(iter(self._input(target).fields))
                orders.append(f"{{{one}: {{{inner}: DESC}}}}")
        for some in _slices(orders):
            asked = (
                f"o{n}: {name}(first: 60, orderBy: [{one}]) {{ edges {{ cursor }} }}" for n, one in enumerate(some)
            )
            yield Question("orders", kind, " ".join(asked))

    def _filters(self, kind: str, name: str, hidden: Hidden) -> Iterator[Question]:
        found, nothing = [], []
        for one, told in self._input(f"{kind}Where").fields.items():
            target = get_named_type(told.type)
            assert isinstance(target, GraphQLInputObjectType)
            if one in ("AND", "OR", "NOT"):
                continue
            if not target.name.endswith(("Where", "ListFilter")):
                found.append(f"{{{one}: {{{self._equal(target, hidden.values.get(kind, {}).get(one))}}}}}")
                continue
            listed = target.name.endswith("ListFilter")
            inner = get_named_type(target.fields["some"].type) if listed else target
            of = inner.name.removesuffix("Where")
            ids = f"{{id: {{in: {json.dumps(hidden.ids.get(of, [])[:100])}}}}}"
            if hidden.ids.get(of) and of not in SHOWN_BY_REFERENCE:
                nothing.append(f"{{{one}: {{some: {ids}}}}}" if listed else f"{{{one}: {ids}}}")
            if listed:
                found += [f"{{{one}: {{count: {{gt: 1}}}}}}", f"{{{one}: {{none: {{}}}}}}"]
            else:
                found.append(f"{{{one}: {{}}}}")
        if hidden.ids.get(kind):
            nothing.append(f"{{id: {{in: {json.dumps(hidden.ids[kind][:100])}}}}}")
        for conditions, is_nothing in ((found, False), (nothing, True)):
            for some in _slices(conditions):
                counts = " ".join(f"c{n}: count(where: {one})" for n, one in enumerate(some))
                yield Question("filters", kind, f"{name} {{ aggregate {{ {counts} }} }}", is_nothing)

    @staticmethod
    def _equal(made: GraphQLInputObjectType, value: Any) -> str:  # noqa: ANN401 - a value of an answer
        if value is None or "equals" not in made.fields:
            return "isNull: false" if "isNull" in made.fields else ""
        is_enum = isinstance(get_named_type(made.fields["equals"].type), GraphQLEnumType)
        return f"equals: {value if is_enum else json.dumps(value, ensure_ascii=False)}"

    def _nested(self, made: GraphQLObjectType, name: str) -> Iterator[Question]:
        for one, told in _objects(made):
            inner = _object(told)
            if _is_connection(told):
                kind = inner.name.removesuffix("Connection")
                row = f"cursor node {{ {' '.join(_leaves(self._object(kind)))} }}"
                page = f"{_PAGE} edges {{ {row} }} aggregate {{ count }}"
                years = ("(year: 2560, first: 60)",) * ("year" in told.args)
                shown = (f"n{n}: {one}{given} {{ {page} }}" for n, given in enumerate(("(first: 60)", *years)))
                yield Question("nested", made.name, f"{name}(first: 100) {{ nodes {{ {' '.join(shown)} }} }}")
            elif counts := self._counts(inner):
                yield Question("nested", made.name, f"{name}(first: 100) {{ nodes {{ {one} {{ {counts} }} }} }}")

    def _input(self, name: str) -> GraphQLInputObjectType:
        made = self._types[name]
        assert isinstance(made, GraphQLInputObjectType)
        return made


def _target(told: GraphQLField) -> Any:  # noqa: ANN401 - graphql-core's own
    return get_named_type(told.type)


def _object(told: GraphQLField) -> GraphQLObjectType:
    made = _target(told)
    assert isinstance(made, GraphQLObjectType)
    return made


def _is_connection(told: GraphQLField) -> bool:
    return str(_target(told).name).endswith("Connection")


def _leaves(made: GraphQLObjectType) -> list[str]:
    return [name for name, told in made.fields.items() if is_leaf_type(_target(told))]


def _objects(made: GraphQLObjectType) -> Iterator[tuple[str, GraphQLField]]:
    for name, told in made.fields.items():
        if isinstance(_target(told), GraphQLObjectType) and not any(map(is_required_argument, told.args.values())):
            yield name, told


def _slices(items: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
