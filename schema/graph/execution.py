"""The seam through which the database's JSON reaches the client without becoming Python objects."""

from typing import Any, ClassVar

from graphql import ExecutionResult
from orjson import Fragment
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.compiler.compiler import Compiler
from schema.compiler.errors import CostExceededError
from schema.graph.context import GraphContext
from schema.graph.introspection import Introspections


class FragmentExecutor(StrawberryGraphQLCoreExecutionContext):
    """graphql-core's executor, which runs nothing that costs too much, and takes JSON from the database as complete.

    Everything else (parsing, validation, variables, directives on root fields, errors) stays graphql-core's own.
    """

    compiler: ClassVar[Compiler]
    introspections: ClassVar[Introspections]

    def execute_operation(self, serially: bool | None = None) -> Any:  # noqa: ANN401, FBT001 - graphql-core's signature
        """Measure the operation, then execute it."""
        variables = self.variable_values.coerced
        try:
            cost = self.compiler.cost(self.schema, self.operation, self.fragment_definitions, variables)
        except CostExceededError as error:
            return ExecutionResult(None, [error])
        if isinstance(self.context_value, GraphContext):
            self.context_value.cost = cost.objects
            self.context_value.operation = self.operation.name.value if self.operation.name else None
        if not self.introspections.can_answer(self.operation):
            return super().execute_operation(serially)
        known = self.introspections.find(self.operation, variables)
        if known is not None:
            return known
        result = super().execute_operation(serially)
        # Nothing about the schema is waited for.
        return (
            self.introspections.keep(self.operation, variables, result)
            if isinstance(result, ExecutionResult)
            else result
        )

    def complete_value(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - graphql-core's own signature
        """Pass a fragment on as it is; the result is the fifth positional argument."""
        result = arguments[4]
        return result if type(result) is Fragment else super().complete_value(*arguments, **options)


def executor_of(compiler: Compiler) -> type[FragmentExecutor]:
    """The executor that measures by a compiler's model and limits."""
    own = {"compiler": compiler, "introspections": Introspections()}
    return type("CompilerExecutor", (FragmentExecutor,), own)
