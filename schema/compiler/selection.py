"""What a selection set holds once fragments and directives are done; only here are graphql-core's internals used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    NameNode,
    OperationDefinitionNode,
)
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

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> None:
        """``schema`` is what the operation was validated against, ``variables`` its coerced values."""
        self._schema = schema
        self._operation = operation
        self._fragments = {name: FragmentDetails(definition) for name, definition in fragments.items()}
        # The sources of the values serve only fragment variables.
        self.variables = VariableValues({}, dict(variables))

    @classmethod
    def of(cls, info: Info) -> "Selection":
        """From what a root field's resolver is told; Strawberry hands it the coerced values alone."""
        return cls(info.schema, info.operation, info.fragments, cast("dict[str, Any]", info.variable_values))

    @property
    def schema(self) -> GraphQLSchema:
        """What the operation was validated against."""
        return self._schema

    @property
    def root(self) -> list[FieldNode]:
        """What stands for the field that selects the operation's root fields."""
        return [FieldNode(name=NameNode(value=""), selection_set=self._operation.selection_set)]

    def fields(self, type_name: str, nodes: Sequence[FieldNode]) -> list[Selected]:
        """What ``nodes`` select of an object of that type, in order."""
        object_type = self._schema.type_map[type_name]
        if not isinstance(object_type, GraphQLObjectType):
            msg = f"{type_name} is not an object type"
            raise TypeError(msg)
        details = [FieldDetails(node, None, None) for node in nodes]
        collected = collect_subfields(
            self._schema,
            self._fragments,
            self.variables,
            self._operation,
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
