"""The oracle: an operation's answer over one database's rows, by graphql-core's ordinary executor."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    execute_sync,
    parse,
    validate,
)
from graphql.execution.values import VariableValues, get_variable_values

from schema.policy import Identity
from tests.oracle.identities import SOMEBODY
from tests.oracle.refusals import Refusals
from tests.oracle.resolving import Graph
from tests.oracle.rows import Rows


@dataclass(frozen=True, slots=True)
class Told:
    """What the oracle says: the result, and the codes of the root fields that are refused."""

    result: ExecutionResult
    refused: Mapping[str, str]


class Oracle:
    """Answers over one database's rows."""

    def __init__(self, schema: GraphQLSchema, rows: Rows, identity: Identity = SOMEBODY) -> None:
        """`schema` is made of the SDL text alone; `identity` is who asks."""
        self.schema = schema
        self.rows = rows
        self.graph = Graph(rows, identity)

    def answer(self, query: str, variables: Mapping[str, Any]) -> Told:
        """The answer to a document of one operation."""
        document = read(self.schema, query)
        if not isinstance(document, DocumentNode):
            return Told(ExecutionResult(errors=document), {})
        refused = self._refused(document, variables)

        def resolve(source: Any, info: GraphQLResolveInfo[Any], /, **arguments: Any) -> Any:  # noqa: ANN401
            if source is None and info.path.key in refused:
                raise GraphQLError("refused", extensions={"code": refused[str(info.path.key)]})
            return self.graph.resolve(source, info, **arguments)

        result = execute_sync(
            self.schema,
            document,
            variable_values=dict(variables),
            field_resolver=resolve,
            type_resolver=self.graph.type_of,
        )
        for error in result.errors or ():
            assert error.path is None or "code" in (error.extensions or {}), f"the oracle itself failed: {error!r}"
        return Told(result, refused)

    def _refused(self, document: DocumentNode, variables: Mapping[str, Any]) -> Mapping[str, str]:
        (operation,) = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
        fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
        coerced = get_variable_values(self.schema, operation.variable_definitions or (), dict(variables))
        if not isinstance(coerced, VariableValues):  # the executor says so too
            return {}
        return Refusals(self.schema, fragments, coerced, self.rows).of_root(operation.selection_set)


@lru_cache(maxsize=8)
def read(schema: GraphQLSchema, query: str) -> DocumentNode | list[GraphQLError]:
    """A document parsed and found valid, or what is wrong with it."""
    try:
        document = parse(query)
    except GraphQLError as error:
        return [error]
    return validate(schema, document) or document
