"""`orderBy`: rows in order, and the cursors that belong to an order."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any, Final

from tests.oracle.cursor_values import Read, certain, reader, whole
from tests.oracle.declared import Model, exposed
from tests.oracle.exact import ordered
from tests.oracle.where_refusals import YEARS

if TYPE_CHECKING:
    from tests.oracle.resolving import Graph, Record

MOST_KEYS: Final = 8


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an order: the names that lead to a value, or to a list of rows whose number counts (in a `year`)."""

    path: tuple[str, ...]
    descending: bool = False
    counts: bool = False
    year: int | None = None

    @classmethod
    def of(cls, asked: Mapping[str, Any], path: tuple[str, ...] = ()) -> "Key":
        """The key that an object of an `orderBy` asks for."""
        if "count" in asked:
            return cls(path, asked["count"] == "DESC", counts=True, year=asked.get("year"))
        ((name, inner),) = asked.items()
        return cls.of(inner, (*path, name)) if isinstance(inner, Mapping) else cls((*path, name), inner == "DESC")

    @property
    def name(self) -> str:
        """The key as a cursor names it."""
        path = (*self.path, "count") if self.counts else self.path
        return f"{'.'.join(path)}:{'DESC' if self.descending else 'ASC'}"

    def reader(self, model: Model) -> Read:
        """The reader of a cursor's values of this key, of rows of a table."""
        if self.counts:
            return certain if len(self.path) == 1 else whole
        return certain if self.path == ("id",) else reader(model, self.path)

    def value(self, graph: "Graph", record: "Record") -> Any:  # noqa: ANN401 - a value of any type
        """What a row is ordered by; null where a row on the way is missing."""
        last = graph.follow(record, self.path[:-1])
        if last is None:
            return None
        if self.counts:
            return len(graph.related(last, self.path[-1], {"year": self.year}))
        return ordered(graph, last, self.path[-1])


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a connection's rows, by their keys and then by their ids; and of their cursors."""

    type_name: str
    keys: tuple[Key, ...]

    @classmethod
    def of(cls, type_name: str, asked: Sequence[Mapping[str, Any]] | None) -> "Order | None":
        """The order that an `orderBy` asks for; None for the default order."""
        return cls(type_name, tuple(map(Key.of, asked))) if asked else None

    @property
    def head(self) -> list[Any]:
        """What a cursor begins with: the order, and the years that numbers of rows are of."""
        names = ",".join((*(key.name for key in self.keys), "id:ASC"))
        return [f"{self.type_name}:{names}", *(key.year for key in self.keys if key.year is not None)]

    def position(self, graph: "Graph", record: "Record") -> list[Any]:
        """Where a row stands: the values of its keys, and its id."""
        return [*(key.value(graph, record) for key in self.keys), record.values["id"]]

    def place(self, position: Sequence[Any]) -> Any:  # noqa: ANN401 - something to sort by
        """What compares as positions follow one another."""
        return place(position, [*(key.descending for key in self.keys), False])

    def write(self, graph: "Graph", record: "Record") -> str:
        """The cursor of a row."""
        return write(self.head, self.position(graph, record))

    def read(self, cursor: str) -> list[Any] | None:
        """The position that a cursor stands for; None when it is no cursor of this order."""
        model = exposed()[self.type_name]
        return read(self.head, cursor, [*(key.reader(model) for key in self.keys), certain])

    @property
    def is_refused(self) -> bool:
        """Whether rows cannot be ordered so; how deep a key leads is not judged."""
        return len(self.keys) > MOST_KEYS or any(key.year is not None and key.year not in YEARS for key in self.keys)


def place(position: Sequence[Any], descending: Sequence[bool]) -> Any:  # noqa: ANN401 - something to sort by
    """What compares as positions follow one another; nulls stand last whichever the direction."""

    def compare(one: Sequence[Any], other: Sequence[Any]) -> int:
        for ours, theirs, down in zip(one, other, descending, strict=True):
            if ours == theirs:
                continue
            if ours is None or theirs is None:
                return 1 if ours is None else -1
            return 1 if (ours > theirs) is not down else -1
        return 0

    return cmp_to_key(compare)(position)


def write(head: Sequence[Any], position: Sequence[Any]) -> str:
    """A cursor: what it begins with and a position, as the hexadecimal of JSON."""
    values = [float(value) if isinstance(value, Decimal | Fraction) else value for value in position]
    return json.dumps([*head, *values]).encode().hex().upper()


def read(head: Sequence[Any], cursor: str, readers: Sequence[Read]) -> list[Any] | None:
    """The position that a cursor stands for; None when it begins otherwise, or holds what no row has."""
    try:
        found = json.loads(bytes.fromhex(cursor).decode(), parse_float=Decimal)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or found[: len(head)] != head or len(found) != len(head) + len(readers):
        return None
    try:
        values = zip(found[len(head) :], readers, strict=True)
        return [None if value is None and one is not certain else one(value) for value, one in values]
    except (ValueError, TypeError, OverflowError):
        return None
