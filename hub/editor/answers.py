"""What is answered, in the shapes that Piccolo's page shows: `detail` beside a field, one sentence for a whole row."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final

from starlette.responses import JSONResponse, Response

from admin.tables import ConsoleTable
from admin.titles import title_of
from hub.errors import HubError
from schema.checking import Language, Refusal

NO_STORE: Final = {"cache-control": "no-store"}


class RefusedError(Exception):
    """A write, or a parameter, that is refused, for all these reasons."""

    def __init__(self, refusals: Iterable[Refusal], status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> None:
        self.refusals = tuple(refusals)
        self.status = status
        super().__init__("; ".join(refusal.message for refusal in self.refusals))


def json(value: Any, status: int = HTTPStatus.OK) -> Response:  # noqa: ANN401 - whatever JSON can say
    """Answer JSON that nobody keeps."""
    return JSONResponse(value, status, NO_STORE)


def refused(error: RefusedError, table: ConsoleTable | None, language: Language) -> Response:
    """Answer a refusal: `detail` lists the fields, each called as the form calls it.

    The page shows `custom_form_error` as it is, where no field is to blame.
    """
    messages = [message_of(refusal, language) for refusal in error.refusals]
    detail = [
        {
            "loc": ["body", _title(refusal.field, table, language)],
            "field": refusal.field,
            "type": refusal.code,
            "msg": message,
        }
        for refusal, message in zip(error.refusals, messages, strict=True)
    ]
    if all(refusal.field is None for refusal in error.refusals):
        return json(
            {"custom_form_error": " ".join(messages), "codes": [one.code for one in error.refusals]}, error.status
        )
    return json({"detail": detail}, error.status)


def failed(error: HubError, language: Language) -> Response:
    """Answer what the hub refuses by itself: `detail` is what to do."""
    response = json({"detail": language.choose(*error.page), "code": error.code}, error.status)
    response.headers.update({name: value for name, value in error.headers.items() if name != "www-authenticate"})
    return response


def message_of(refusal: Refusal, language: Language) -> str:
    """A refusal's message in a language."""
    return refusal.message_th if language is Language.THAI else refusal.message


def _title(field: str | None, table: ConsoleTable | None, language: Language) -> str:
    if field is None or table is None or field not in table.model.__table__.columns:
        return field or "-"
    return title_of(table.model.__table__.columns[field], language)
