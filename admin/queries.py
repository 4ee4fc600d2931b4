"""The parameters of a reading request, checked and written anew, before Piccolo reads them."""

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from sqlalchemy import Column

from admin.filters import MATCHES, NULL, OF_NULL, OPERATORS, UnreadableFilterError, is_searched, value_read
from admin.shown import shown_columns
from admin.tables import ConsoleTable
from schema.checking import Refusal

LARGEST_KEY: Final = 2**63 - 1
MOST_ROWS: Final = 1000
MOST_CHOICES: Final = 100
_LAST_PAGE: Final = 10_000_000
_LONGEST: Final = 200
_MOST_NAMES: Final = 100


class BadQueryError(ValueError):
    """A parameter that cannot be read, as a refusal in both languages; its field is the parameter."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def of_list(table: ConsoleTable, given: Iterable[tuple[str, str]]) -> str:
    """The query of a page of rows, each with its key. Raises BadQueryError."""
    columns = _columns(table)
    read: dict[str, str] = {}
    for name, value in _once(given):
        read[name] = _parameter(name, value, columns, _PAGING)
    if "__visible_fields" in read:
        read["__visible_fields"] = ",".join(dict.fromkeys(["id", *read["__visible_fields"].split(",")]))
    return urlencode(read)


def of_count(table: ConsoleTable, given: Iterable[tuple[str, str]]) -> str:
    """The query of how many rows there are. Raises BadQueryError."""
    columns = _columns(table)
    # The page's own exports send along how they will page.
    wanted = [(name, value) for name, value in _once(given) if not name.startswith("__")]
    return urlencode({name: _parameter(name, value, columns, {}) for name, value in wanted})


def of_row(given: Iterable[tuple[str, str]]) -> str:
    """The query of one row. Raises BadQueryError."""
    return urlencode({name: _parameter(name, value, {}, {"__readable": _flag}) for name, value in _once(given)})


def of_choices(given: Iterable[tuple[str, str]]) -> str:
    """The query of rows to choose from, by what people know them by. Raises BadQueryError."""
    read = {name: _parameter(name, value, {}, _CHOOSING) for name, value in _once(given)}
    return urlencode({"limit": str(MOST_CHOICES), **read})


def filtered_by(query: str, table: ConsoleTable) -> frozenset[str]:
    """The columns that a query asks by."""
    names = {part.partition("=")[0].partition("__")[0] for part in query.split("&")}
    return frozenset(names & set(_columns(table)))


def key_of(text: str) -> int | None:
    """A surrogate key, or None where a text is none."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_KEY))):
        return None
    key = int(text)
    return key if 0 < key <= LARGEST_KEY else None


_Check = Callable[[str], str | None]
"""Gives a parameter as Piccolo reads it, or None where it cannot be read."""


def _once(given: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    pairs = list(given)
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise _unreadable(name)
        seen.add(name)
    return pairs


def _parameter(
    name: str, value: str, columns: Mapping[str, Column[Any]], others: Mapping[str, Callable[..., str | None]]
) -> str:
    if name in columns:
        return _sought(columns[name], value)
    column, _, kind = name.rpartition("__")
    if name in others:
        read = _names(value, columns, name) if name in _OF_COLUMNS else others[name](value)
    elif column in columns and kind in _ABOUT:
        read = value if value in _ABOUT[kind] else None
    else:
        raise _unknown(name)
    if read is None:
        raise _unreadable(name)
    return read


def _sought(column: Column[Any], text: str) -> str:
    """What a column is compared with; :mod:`admin.filters` reads it again."""
    if text.lower() == NULL:
        return NULL
    if is_searched(column) and not 0 < len(text) <= _LONGEST:
        raise _unreadable(column.name)
    try:
        value = value_read(column, text)
    except UnreadableFilterError as error:
        raise BadQueryError(error.refusal) from error
    if value is None:
        raise _unreadable(column.name)
    return text


def _names(value: str, columns: Mapping[str, Column[Any]], parameter: str) -> str | None:
    """The columns that a parameter names; to order by, a minus before a name turns it round."""
    names = value.split(",")
    if len(names) > _MOST_NAMES:
        return None
    if parameter == "__order":
        # The page may still order by the columns of the table that it showed before.
        return ",".join(name for name in names if name.removeprefix("-") in columns) or "id"
    return value if all(name in columns for name in names) else None


def _whole(least: int, most: int) -> _Check:
    def check(value: str) -> str | None:
        fits = value.isascii() and value.isdecimal() and len(value) <= len(str(most)) and least <= int(value) <= most
        return str(int(value)) if fits else None

    return check


def _flag(value: str) -> str | None:
    return "true" if value in ("true", "True", "t", "1") else None


def _search(value: str) -> str | None:
    return value if value.isprintable() and len(value) <= _LONGEST else None


def _columns(table: ConsoleTable) -> dict[str, Column[Any]]:
    return {column.name: column for column in shown_columns(table.model)}


def too_many(most: int) -> Refusal:
    """What to say of more parameters than are read."""
    return Refusal(None, "TOO_MANY_PARAMETERS", f"Send {most} parameters at most.", f"กรุณาส่งพารามิเตอร์ไม่เกิน {most} ตัว")


def _unknown(name: str) -> BadQueryError:
    shown = name[:_LONGEST]
    return BadQueryError(
        Refusal(
            shown,
            "UNKNOWN_PARAMETER",
            f"There is no parameter {shown!r}. Leave it out.",
            f"ไม่มีพารามิเตอร์ {shown!r} กรุณาตัดออก",
        )
    )


def _unreadable(name: str) -> BadQueryError:
    shown = name[:_LONGEST]
    return BadQueryError(
        Refusal(
            shown,
            "UNREADABLE_PARAMETER",
            f"The parameter {shown!r} cannot be read. Correct it, or leave it out.",
            f"อ่านพารามิเตอร์ {shown!r} ไม่ได้ กรุณาแก้ไขหรือตัดออก",
        )
    )


_OF_COLUMNS: Final = ("__order", "__visible_fields")
_ABOUT: Final[Mapping[str, Container[str]]] = {"operator": (*OPERATORS, *OF_NULL), "match": MATCHES}
_PAGING: Final[Mapping[str, _Check]] = {
    **dict.fromkeys(_OF_COLUMNS, _search),
    "__page": _whole(1, _LAST_PAGE),
    "__page_size": _whole(1, MOST_ROWS),
    "__readable": _flag,
}
_CHOOSING: Final[Mapping[str, _Check]] = {
    "search": _search,
    "limit": _whole(1, MOST_CHOICES),
    "offset": _whole(0, _LAST_PAGE),
}
