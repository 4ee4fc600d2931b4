"""What a plan must know of the database: the rows referred to, by natural key, and the rows that there are.

SQL both engines read, with parameters `$1`, `$2` ...; who asks runs it and brings the rows.
"""

import hashlib
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeAlias

from admin.sheets.layout import Layout, layout_of, model_of
from schema.checking import Values, references_needed, siblings_needed, value_of_stored, written_columns
from schema.tables.declaration import Row

Key: TypeAlias = tuple[Any, ...]
"""A natural key: the values of its columns, where a foreign key's is the surrogate key."""

PAGE: Final = 2_000
"""Rows of a page of :func:`page_sql`."""


@dataclass(frozen=True, slots=True)
class Referred:
    """The rows that a foreign key may refer to: keys by natural key, and what rules read of each."""

    keys: dict[Key, int] = field(default_factory=dict)
    values: dict[int, Values] = field(default_factory=dict)

    def name_of(self, key: int | None) -> str:
        """What people call the row of a surrogate key; empty for none."""
        if not self._names:
            self._names.update({number: " / ".join(map(_shown, known_by)) for known_by, number in self.keys.items()})
        return "" if key is None else self._names.get(key, f"#{key}")

    _names: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Facts:
    """What was read of the database for one plan. `digest` tells whether it is the same another time."""

    layout: Layout
    referred: dict[str, Referred] = field(default_factory=dict)
    existing: dict[Key, dict[str, Any]] = field(default_factory=dict)
    _digest: Any = field(default_factory=hashlib.sha256)

    @property
    def digest(self) -> str:
        """SHA-256 of all that was read."""
        text: str = self._digest.hexdigest()
        return text

    @property
    def choices(self) -> dict[tuple[str, ...], list[str]]:
        """What may stand in each column that tells the row a foreign key refers to."""
        found = {}
        for column in self.layout.columns:
            if len(column.path) > 1:
                at = self.layout.of(column.path[0]).index(column)
                told = (key[at] for key in self.referred[column.path[0]].keys)
                found[column.path] = list(dict.fromkeys(_shown(part) for part in told))
        return found

    def add_referred(self, column: str, rows: Iterable[Sequence[Any]]) -> None:
        """Take the rows of :func:`referred_sql`."""
        referred = self.referred.setdefault(column, Referred())
        leaves = [each.leaf for each in self.layout.of(column)]
        target = model_of(self.layout.model.__table__.columns[column])
        needed = _needed(self.layout.model, column)
        for key, *rest in rows:
            self._digest.update(repr((column, key, *rest)).encode())
            known_by = tuple(map(value_of_stored, leaves, rest))
            referred.keys[known_by] = key
            if target is not None and needed:
                columns = [target.__table__.columns[name] for name in needed]
                told = map(value_of_stored, columns, rest[len(leaves) :])
                referred.values[key] = dict(zip(needed, told, strict=True))
            else:
                referred.values[key] = {}

    def add_existing(self, rows: Iterable[Sequence[Any]], wanted: Container[Key] | None) -> int:
        """Take a page of :func:`page_sql`: the rows whose natural key is wanted, None: all; the last key, 0: no row."""
        columns = page_columns(self.layout.model)
        names = [column.name for column in columns]
        known_by = [(columns[place], place) for place in map(names.index, self.layout.model.about.natural_key)]
        last = 0
        for row in rows:
            last = int(row[0])
            key = tuple(value_of_stored(column, row[place]) for column, place in known_by)
            if wanted is None or key in wanted:
                self._digest.update(repr(tuple(row)).encode())
                self.existing[key] = dict(zip(names, map(value_of_stored, columns, row), strict=True))
        return last


@cache
def page_columns(model: type[Row]) -> tuple[Any, ...]:
    """The columns that :func:`page_sql` reads: the surrogate key and what people write."""
    return (model.__table__.columns["id"], *written_columns(model))


@cache
def page_sql(model: type[Row]) -> str:
    """The next page of a table's rows, after the surrogate key `$1`."""
    names = ", ".join(column.name for column in page_columns(model))
    return f"SELECT {names} FROM {model.__table__.name} WHERE id > $1 ORDER BY id LIMIT {PAGE}"


def references_of(layout: Layout) -> tuple[str, ...]:
    """The foreign keys of a sheet's table that are told by natural keys."""
    return tuple(dict.fromkeys(column.path[0] for column in layout.columns if len(column.path) > 1))


def referred_sql(model: type[Row], column: str) -> str:
    """The rows that a foreign key may refer to: key, what the sheet knows them by, what rules read of them."""
    target = model_of(model.__table__.columns[column])
    if target is None:
        raise KeyError(column)
    known_by = [leaf_sql(target, "target", each.path[1:]) for each in layout_of(model).of(column)]
    names = [f"target.{name}" for name in _needed(model, column)]
    read = ", ".join(["target.id", *known_by, *names])
    return f"SELECT {read} FROM {target.__table__.name} AS target ORDER BY target.id"


def leaf_sql(model: type[Row], row: str, path: tuple[str, ...]) -> str:
    """The value at the end of a path that begins at a row of a table."""
    first, *rest = path
    target = model_of(model.__table__.columns[first]) if rest else None
    if target is None:
        return f"{row}.{first}"
    inner = leaf_sql(target, f"{row}_{first}", tuple(rest))
    name = target.__table__.name
    return f"(SELECT {inner} FROM {name} AS {row}_{first} WHERE {row}_{first}.id = {row}.{first})"


def needs_whole_table(model: type[Row]) -> bool:
    """Whether a row is checked against others of its table than the one of its own natural key."""
    return bool(siblings_needed(model) or unique_sets(model))


@cache
def unique_sets(model: type[Row]) -> tuple[tuple[str, ...], ...]:
    """The columns of each unique constraint but the natural key's; one with the surrogate key forbids nothing."""
    sets = (tuple(column.name for column in each.columns) for each in _uniques(model))
    return tuple(names for names in sets if "id" not in names and set(names) != set(model.about.natural_key))


def _uniques(model: type[Row]) -> Iterable[Any]:
    return sorted(
        (each for each in model.__table__.constraints if type(each).__name__ == "UniqueConstraint"),
        key=lambda each: str(each.name),
    )


def _shown(part: Any) -> str:  # noqa: ANN401 - a value of any column
    return "-" if part is None else str(part)


def _needed(model: type[Row], column: str) -> tuple[str, ...]:
    return references_needed(model).get(column, ())
