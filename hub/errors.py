"""The base of every error the service raises on purpose: a code, an HTTP status and what to do next."""

from typing import ClassVar


class HubError(Exception):
    """A refusal whose message is safe to show and says how to mend it.

    `code` becomes `extensions.code` of a GraphQL error, `status` the HTTP status of an answer that is not GraphQL's.
    """

    code: ClassVar[str] = "INTERNAL"
    status: ClassVar[int] = 500


class BadInputError(HubError):
    """What was sent cannot be read or does not fit."""

    code = "BAD_USER_INPUT"
    status = 400


class TooLargeError(BadInputError):
    """The body is over the limit."""

    status = 413


class UnsupportedMediaTypeError(BadInputError):
    """The body is of a type that is not read here."""

    status = 415


class MethodNotAllowedError(BadInputError):
    """The method does not do this: a mutation by GET, or a method that GraphQL over HTTP does not have."""

    status = 405

    def __init__(self, message: str, *, allow: str) -> None:
        """`allow` is the answer's Allow header."""
        super().__init__(message)
        self.allow = allow


class OutOfTimeError(HubError):
    """It ran longer than it may, and was stopped."""

    code = "TIMEOUT"
    status = 503


class UnavailableError(HubError):
    """Something the service needs is not there: a database, a migration."""

    code = "UNAVAILABLE"
    status = 503
