"""What a question about the schema itself costs: graphql-core answers it value by value, and nothing can interrupt it.

The measure is the standard introspection query's: what asks for many more values is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from weakref import WeakKeyDictionary

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_introspection_query,
    get_named_type,
    is_leaf_type,
    parse,
)

from schema.compiler.selection import Selection

_TIMES: Final = 1.25
"""How many standard queries' worth one operation may ask for: tools' own queries differ a little."""

_standards: "WeakKeyDictionary[GraphQLSchema, int]" = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class _Length:
    """How long a list of the schema's parts is: over all its types, and where it is longest."""

    mean: int
    most: int


def _length(counts: Sequence[int]) -> _Length:
    return _Length(-(-sum(counts) // max(len(counts), 1)), max(counts, default=0))


@dataclass
class Introspected:
    """Measures the questions about the schema in one operation, in values answered; an upper bound, but for means.

    A list is taken for as long as it is on average where all types are listed, and elsewhere for the longest there is.
    """

    schema: GraphQLSchema
    selection: Selection
    _known: dict[tuple[str, tuple[int, ...], bool], int] = field(default_factory=dict)

    def values(self, type_name: str, nodes: Sequence[FieldNode], *, listed: bool = False) -> int:
        """How many values could be answered below one object; ``listed`` is of one among all types."""
        known = (type_name, tuple(map(id, nodes)), listed)
        if known not in self._known:
            total = 0
            for selected in self.selection.fields(type_name, nodes):
                total += 1
                if selected.definition is None or is_leaf_type(get_named_type(selected.definition.type)):
                    continue
                target = get_named_type(selected.definition.type).name
                length = self._lengths.get((type_name, selected.name))
                count = 1 if length is None else length.mean if listed or selected.name == "types" else length.most
                # Below a field of a type are types that were not chosen evenly.
                among = selected.name == "types" or (listed and target != "__Type")
                total += count * self.values(target, selected.nodes, listed=among)
            self._known[known] = total
        return self._known[known]

    @cached_property
    def _lengths(self) -> Mapping[tuple[str, str], _Length]:
        types: list[GraphQLNamedType] = list(self.schema.type_map.values())
        objects = [one for one in types if isinstance(one, GraphQLObjectType | GraphQLInterfaceType)]
        fields = [one for kind in objects for one in kind.fields.values()]
        of_types: Mapping[str, list[int]] = {
            "fields": [len(one.fields) for one in objects],
            "inputFields": [len(one.fields) for one in types if isinstance(one, GraphQLInputObjectType)],
            "enumValues": [len(one.values) for one in types if isinstance(one, GraphQLEnumType)],
            "interfaces": [len(one.interfaces) for one in objects],
            "possibleTypes": [
                len(self.schema.get_possible_types(one)) for one in objects if isinstance(one, GraphQLInterfaceType)
            ],
        }
        # A mean is over all types, whatever their kind: each kind has some of these lists and not the others.
        lengths = {
            ("__Type", name): _Length(-(-sum(counts) // len(types)), max(counts, default=0))
            for name, counts in of_types.items()
        }
        lengths["__Schema", "types"] = _Length(len(types), len(types))
        lengths["__Schema", "directives"] = _Length(len(self.schema.directives), len(self.schema.directives))
        lengths["__Field", "args"] = _length([len(one.args) for one in fields])
        lengths["__Directive", "args"] = _length([len(one.args) for one in self.schema.directives])
        lengths["__Directive", "locations"] = _length([len(one.locations) for one in self.schema.directives])
        return lengths


def most_values(schema: GraphQLSchema) -> int:
    """How many values of the schema one operation may ask for."""
    if schema not in _standards:
        document = parse(
            get_introspection_query(
                specified_by_url=True,
                directive_is_repeatable=True,
                schema_description=True,
                input_value_deprecation=True,
            )
        )
        fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
        (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
        selection = Selection(schema, operation, fragments, {})
        (asked,) = selection.fields("Query", selection.root)
        _standards[schema] = int(_TIMES * Introspected(schema, selection).values("__Schema", asked.nodes))
    return _standards[schema]
