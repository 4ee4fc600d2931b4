"""Answers about the schema itself: they take graphql-core most of a second, and never change."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import ExecutionResult, FieldNode, OperationDefinitionNode

_FIELDS = frozenset({"__schema", "__type", "__typename"})
_SIZE = 8


@dataclass(slots=True)
class Introspections:
    """The last answers to operations that ask for nothing but the schema; the least used go first.

    An operation is known by its identity, so it is held: a document asked before is the same one.
    """

    _known: "OrderedDict[tuple[int, str], tuple[OperationDefinitionNode, ExecutionResult]]" = field(
        default_factory=OrderedDict
    )

    @staticmethod
    def can_answer(operation: OperationDefinitionNode) -> bool:
        """Whether an operation asks for nothing but the schema."""
        selections = operation.selection_set.selections
        return all(isinstance(one, FieldNode) and one.name.value in _FIELDS for one in selections)

    def find(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> ExecutionResult | None:
        """The answer given before to the same operation and variables."""
        key = (id(operation), repr(sorted(variables.items())))
        if key not in self._known:
            return None
        self._known.move_to_end(key)
        return self._known[key][1]

    def keep(
        self, operation: OperationDefinitionNode, variables: Mapping[str, Any], result: ExecutionResult
    ) -> ExecutionResult:
        """Remember an answer without errors, and give it."""
        if not result.errors:
            self._known[id(operation), repr(sorted(variables.items()))] = (operation, result)
            if len(self._known) > _SIZE:
                self._known.popitem(last=False)
        return result
