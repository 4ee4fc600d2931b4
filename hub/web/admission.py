"""What every GraphQL document passes before it is executed: a bound on its size, and the choice of one operation."""

from collections.abc import Iterator

from graphql import GraphQLError, OperationDefinitionNode
from strawberry.extensions import SchemaExtension

from hub.web.observed import current


class Admission(SchemaExtension):
    """Refuses a document of too many tokens, or of several operations of which none is named; notes the kind."""

    def __init__(self, token_limit: int) -> None:
        """`token_limit` is the most lexical tokens of a document."""
        super().__init__()
        self._token_limit = token_limit

    def on_parse(self) -> Iterator[None]:
        """Bound the parser, and look at what it read. Strawberry itself would run the first of several operations."""
        context = self.execution_context
        context.parse_options["max_tokens"] = self._token_limit
        yield
        if context.graphql_document is None:
            return
        operations = [
            definition
            for definition in context.graphql_document.definitions
            if isinstance(definition, OperationDefinitionNode)
        ]
        name = context.operation_name
        if len(operations) > 1 and not context._provided_operation_name:  # noqa: SLF001 -- `operation_name` invents one
            raise GraphQLError('The document has several operations; name one of them as "operationName".')
        observed = current.get()
        if observed is not None:
            chosen = (one for one in operations if name is None or (one.name and one.name.value == name))
            observed.kind = next((one.operation.value for one in chosen), "")
