"""How people know a row: its natural key, through what it refers to, and its words in Thai, as one text.

Not by Piccolo's joins: it calls a joined table by the whole way to it, and PostgreSQL cuts names at 63 bytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from piccolo.columns import ForeignKey
from piccolo.columns.readable import Readable
from piccolo.querystring import QueryString
from piccolo.table import Table
from sqlalchemy import UniqueConstraint

from admin.columns import target_of
from schema.tables.columns import info_of
from schema.tables.declaration import Row

NOTHING: Final = "-"
"""What is shown where there is no value."""
DEEPEST: Final = 4
"""Tables that a natural key is followed through; a circle of keys would have no end."""


@dataclass
class KnownBy(Readable):
    """A text of a row; `template` is its SQL."""

    def _get_string(self, operator: str) -> QueryString:  # noqa: ARG002 - Piccolo's
        """The expression under its name."""
        return QueryString(f"{self.template} AS {self.output_name}")


def readable_of(model: type[Row], table: type[Table], known: Mapping[str, type[Row]]) -> Readable:
    """What stands for a row of a table."""
    sql = _text(model, f'"{table._meta.tablename}"', known, DEEPEST, count(1), words=True)  # noqa: SLF001 - Piccolo's own code reads it so
    return KnownBy(template=sql, columns=[table._meta.primary_key])  # noqa: SLF001 - as above


def related_readable(column: ForeignKey[Any], known: Mapping[str, type[Row]]) -> Readable:
    """What stands for the row that a foreign key refers to."""
    target = known[column._foreign_key_meta.resolved_references._meta.tablename]  # noqa: SLF001 - as above
    text = _text(target, "its", known, DEEPEST, count(1), words=True)
    key = column._meta.get_full_name(with_alias=False)  # noqa: SLF001 - as above
    sql = f"coalesce((SELECT {text} FROM {target.__table__.name} AS its WHERE its.id = {key}), '')"  # noqa: S608 - names of declared tables
    return KnownBy(template=sql, columns=[column], output_name=f"{column._meta.name}_readable")  # noqa: SLF001 - as above


def _text(  # noqa: PLR0913 - a table, its row, and how far to go
    model: type[Row], row: str, known: Mapping[str, type[Row]], depth: int, numbers: Iterator[int], *, words: bool
) -> str:
    names = dict.fromkeys([*known_by(model), *(words_of(model) if words else ())])
    parts = [_part(model, row, name, known, depth, numbers) for name in names or ("id",)]
    return " || ' ' || ".join(parts)


def _part(  # noqa: PLR0913, PLR0917 - as above
    model: type[Row], row: str, name: str, known: Mapping[str, type[Row]], depth: int, numbers: Iterator[int]
) -> str:
    target = known.get(target_of(model.__table__.columns[name]) or "")
    value = f"CAST({row}.{name} AS TEXT)"
    if target is not None and depth:
        its = f"its_{next(numbers)}"
        text = _text(target, its, known, depth - 1, numbers, words=False)
        value = f"(SELECT {text} FROM {target.__table__.name} AS {its} WHERE {its}.id = {row}.{name})"  # noqa: S608 - as above
    return f"coalesce({value}, '{NOTHING}')"


def known_by(model: type[Row]) -> tuple[str, ...]:
    """The natural key; without one, what else is unique of a row."""
    unique = (one for one in model.__table__.constraints if isinstance(one, UniqueConstraint))
    fallback = sorted([column.name for column in one.columns] for one in unique)
    return model.about.natural_key or tuple(next(iter(fallback), ()))


def words_of(model: type[Row]) -> Iterator[str]:
    """Its columns of words in Thai."""
    return (column.name for column in model.__table__.columns if info_of(column).thai and info_of(column).exposed)
