"""A form as a page of ours sends it: bounded, urlencoded, each field once or more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

from starlette.requests import Request

from hub.errors import BadInputError
from hub.web.operation import read_body

_SECONDS: Final = 10
_LONGEST: Final = 1_024  # characters


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, each with its values in order."""

    fields: Mapping[str, list[str]]

    def one(self, name: str) -> str:
        """A field's first value; empty when it was not sent."""
        values = self.fields.get(name)
        return values[0][:_LONGEST] if values else ""

    def every(self, name: str) -> tuple[str, ...]:
        """All values of a field, as of checkboxes."""
        return tuple(self.fields.get(name, ()))


async def read_form(request: Request, *, limit: int, fields: int, storable: bool = False) -> Form:
    """Read a form of at most `limit` bytes and so many `fields`; `storable` refuses what no column can hold.

    Raises BadInputError.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/x-www-form-urlencoded":
        raise _unreadable()
    body = await read_body(request, limit, _SECONDS)
    try:
        form = Form(parse_qs(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=fields))
        if storable and any("\x00" in value for values in form.fields.values() for value in values):
            raise _unreadable()
    except ValueError as error:
        raise _unreadable() from error
    return form


def _unreadable() -> BadInputError:
    return BadInputError(
        "The form cannot be read: it is sent as application/x-www-form-urlencoded, in UTF-8. Fill it in again.",
        "อ่านแบบฟอร์มไม่ได้ กรุณากรอกใหม่",
    )
