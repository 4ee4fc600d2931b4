"""The base of every error the service raises on purpose: a code, an HTTP status and what to do next."""

from collections.abc import Mapping
from math import ceil
from types import MappingProxyType
from typing import ClassVar, Final

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class HubError(Exception):
    """A refusal whose message is safe to show and says how to mend it.

    `code` becomes `extensions.code` of a GraphQL error, `status` the HTTP status of an answer that is not GraphQL's.
    """

    code: ClassVar[str] = "INTERNAL"
    status: ClassVar[int] = 500
    thai: ClassVar[str] = "ระบบขัดข้อง กรุณาแจ้งผู้ดูแลระบบ"
    """What a page says in Thai of an error that has no words of its own for pages."""

    def __init__(self, message: str = "", thai: str | None = None, *, english: str | None = None) -> None:
        """A page says `message`, or `english` where that is not for who reads pages; in Thai `thai`, or the class's."""
        super().__init__(message)
        self.page = (english or message, thai or self.thai)

    @property
    def headers(self) -> Mapping[str, str]:
        """What the answer's head says of it besides."""
        return _NONE


class BadInputError(HubError):
    """What was sent cannot be read or does not fit."""

    code = "BAD_USER_INPUT"
    status = 400
    thai = "อ่านข้อมูลที่ส่งมาไม่ได้ กรุณาตรวจสอบแล้วส่งใหม่"


class TooLargeError(BadInputError):
    """The body is over the limit."""

    status = 413
    thai = "ข้อมูลที่ส่งมาใหญ่เกินกำหนด กรุณาแบ่งส่งเป็นหลายครั้ง"


class TooSlowError(BadInputError):
    """The body did not arrive in time."""

    code = "TIMEOUT"
    status = 408
    thai = "ข้อมูลมาไม่ครบภายในเวลาที่กำหนด กรุณาส่งใหม่"


class UnsupportedMediaTypeError(BadInputError):
    """The body is of a type that is not read here."""

    status = 415


class MethodNotAllowedError(BadInputError):
    """The method does not do this: a mutation by GET, or a method that GraphQL over HTTP does not have."""

    status = 405

    def __init__(self, message: str, thai: str | None = None, *, allow: str) -> None:
        """`allow` is the answer's Allow header."""
        super().__init__(message, thai)
        self.allow = allow

    @property
    def headers(self) -> Mapping[str, str]:
        """The methods there are."""
        return {"allow": self.allow}


class UnauthenticatedError(HubError):
    """It is not known who asks."""

    code = "UNAUTHENTICATED"
    status = 401
    thai = "กรุณาเข้าสู่ระบบ"

    def __init__(
        self, message: str, thai: str | None = None, *, invalid: bool = True, english: str | None = None
    ) -> None:
        """`invalid` says that something was given, and will not do."""
        super().__init__(message, thai, english=english)
        self._invalid = invalid

    @property
    def headers(self) -> Mapping[str, str]:
        """How to say who asks: RFC 6750."""
        return {"www-authenticate": 'Bearer realm="hub"' + (', error="invalid_token"' if self._invalid else "")}


class ForbiddenError(HubError):
    """It is known who asks, and this is not theirs to ask, or not from there."""

    code = "FORBIDDEN"
    status = 403
    thai = "บัญชีนี้ไม่มีสิทธิ์ทำรายการนี้ กรุณาติดต่อผู้ดูแลระบบ"


class NotFoundError(HubError):
    """There is no such thing, or none that who asks may see."""

    code = "NOT_FOUND"
    status = 404
    thai = "ไม่พบข้อมูลนี้"


class TooManyRequestsError(HubError):
    """Asked too often, or too much at once."""

    code = "RATE_LIMITED"
    status = 429

    def __init__(self, message: str, *, retry_after: float) -> None:
        """`retry_after` is in seconds."""
        seconds = max(1, ceil(retry_after))
        super().__init__(message, f"ลองหลายครั้งเกินไป กรุณารอ {seconds} วินาทีแล้วลองใหม่", english=f"{message} ({seconds} s)")
        self.retry_after = seconds

    @property
    def headers(self) -> Mapping[str, str]:
        """When to come again."""
        return {"retry-after": str(self.retry_after)}


class OutOfTimeError(HubError):
    """It ran longer than it may, and was stopped."""

    code = "TIMEOUT"
    status = 503
    thai = "ใช้เวลานานเกินกำหนดจึงหยุดทำงาน กรุณาลองใหม่โดยขอข้อมูลน้อยลง"


class UnavailableError(HubError):
    """Something the service needs is not there: a database, a migration."""

    code = "UNAVAILABLE"
    status = 503
    thai = "ระบบยังไม่พร้อมใช้งาน กรุณาลองใหม่ภายหลัง หรือแจ้งผู้ดูแลระบบ"
