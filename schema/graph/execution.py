"""The seam through which the database's JSON reaches the client without becoming Python objects."""

from typing import Any

from orjson import Fragment
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext


class FragmentExecutor(StrawberryGraphQLCoreExecutionContext):
    """graphql-core's executor, which takes JSON written by the database as complete.

    Everything else (parsing, validation, variables, directives on root fields, errors) stays graphql-core's own.
    """

    def complete_value(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - graphql-core's own signature
        """Pass a fragment on as it is; the result is the fifth positional argument."""
        result = arguments[4]
        return result if type(result) is Fragment else super().complete_value(*arguments, **options)
