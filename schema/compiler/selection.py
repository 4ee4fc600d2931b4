"""What a selection set holds once fragments and directives are done; only here are graphql-core's internals used."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from graphql import FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_subfields
from graphql.execution.values import VariableValues

Info: TypeAlias = GraphQLResolveInfo[Any]
"""What a root field's resolver is told."""


@dataclass(frozen=True, slots=True)
class Selected:
    """One field of a selection set: its response key, its name, and the nodes that merge into it."""

    key: str
    name: str
    nodes: tuple[FieldNode, ...]
    definition: GraphQLField | None

    @property
    def node(self) -> FieldNode:
        """The node whose arguments count; all nodes of a key have the same."""
        return self.nodes[0]


class Selection:
    """The selections of one operation; a field is included as the operation's variables say."""

    def __init__(self, info: Info) -> None:
        """From the information a root field's resolver is given."""
        self._info = info
        # Strawberry hands resolvers the coerced values alone; their sources serve only fragment variables.
        self.variables = VariableValues({}, cast("dict[str, Any]", info.variable_values))
        self._fragments = {name: FragmentDetails(definition) for name, definition in info.fragments.items()}

    @property
    def schema(self) -> GraphQLSchema:
        """The schema the operation was validated against."""
        return self._info.schema

    def fields(self, type_name: str, nodes: Sequence[FieldNode]) -> list[Selected]:
        """What ``nodes`` select of an object of that type, in order."""
        object_type = self._info.schema.type_map[type_name]
        if not isinstance(object_type, GraphQLObjectType):
            msg = f"{type_name} is not an object type"
            raise TypeError(msg)
        details = [FieldDetails(node, None, None) for node in nodes]
        collected = collect_subfields(
            self._info.schema,
            self._fragments,
            self.variables,
            self._info.operation,
            object_type,
            details,
        )
        return [
            Selected(
                key,
                group[0].node.name.value,
                tuple(detail.node for detail in group),
                object_type.fields.get(group[0].node.name.value),
            )
            for key, group in collected.grouped_field_set.items()
        ]
