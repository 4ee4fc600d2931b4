"""Errors of a request: one shape, a code, and a message that says what to do."""

from graphql import GraphQLError


class BadUserInputError(GraphQLError):
    """An argument that cannot be answered; ``argument`` is its path, such as ``students.grades(first:)``."""

    def __init__(self, argument: str, problem: str) -> None:
        super().__init__(f"{argument} {problem}", extensions={"code": "BAD_USER_INPUT", "argument": argument})


class NotFoundError(GraphQLError):
    """Something named by the request that does not exist, where null would be taken for an answer."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "NOT_FOUND"})


class CostExceededError(GraphQLError):
    """The query could return more, or asks for more, than is allowed."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "COST_EXCEEDED"})
