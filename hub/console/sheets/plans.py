"""A plan in a file: a JSON line for each row of an upload, written once and read in portions."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

import orjson

from admin.sheets.facts import Facts, Key
from admin.sheets.planning import Change, Planned, State
from schema.checking import Refusal, Values, value_of_stored
from schema.tables.declaration import Row


class PlanWriter:
    """Writes a plan; `digest` is of all that was written."""

    def __init__(self, path: Path) -> None:
        """`path` is written anew."""
        self._file = path.open("wb")
        self._digest = hashlib.sha256()
        self.counts = dict.fromkeys((state.value for state in State), 0)

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return self._digest.hexdigest()

    def write(self, rows: Iterable[Planned]) -> None:
        """Add rows."""
        for row in rows:
            self.counts[row.state.value] += 1
            line = orjson.dumps(_told(row), option=orjson.OPT_APPEND_NEWLINE, default=_plain)
            self._digest.update(line)
            self._file.write(line)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()


def read_plan(model: type[Row], path: Path) -> Iterator[Planned]:
    """The rows of a plan."""
    with path.open("rb") as file:
        for line in file:
            yield _planned(model, orjson.loads(line))


def digest_of(path: Path) -> str:
    """SHA-256 of a plan's file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the rows of one state."""

    rows: tuple[Planned, ...]
    total: int


def show(model: type[Row], path: Path, state: State, first: int, count: int) -> Shown:
    """So many rows of a state, from the `first` on (0 is the first)."""
    mark = f'"state":"{state.value}"'.encode()
    found: list[Planned] = []
    total = 0
    with path.open("rb") as file:
        for line in file:
            # Before anything that comes from a cell.
            if mark in line[:100]:
                if first <= total < first + count:
                    found.append(_planned(model, orjson.loads(line)))
                total += 1
    return Shown(tuple(found), total)


def key_of(facts: Facts, values: Values) -> Key:
    """The natural key of a whole row."""
    return tuple(values[name] for name in facts.layout.model.about.natural_key)


def _told(row: Planned) -> dict[str, Any]:
    return {
        "state": row.state.value,
        "line": row.line,
        "key": row.key,
        "shown": row.shown,
        "values": dict(row.values),
        "changes": {name: [change.before, change.after, change.names] for name, change in row.changes.items()},
        "refusals": [[each.field, each.code, each.message, each.message_th] for each in row.refusals],
    }


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError


def _planned(model: type[Row], told: dict[str, Any]) -> Planned:
    columns = model.__table__.columns

    def value(name: str, plain: Any) -> Any:  # noqa: ANN401 - a column's value
        return value_of_stored(columns[name], plain)

    return Planned(
        told["line"],
        State(told["state"]),
        told["shown"],
        {name: value(name, plain) for name, plain in told["values"].items()},
        told["key"],
        {
            name: Change(value(name, before), value(name, after), tuple(names) if names else None)
            for name, (before, after, names) in told["changes"].items()
        },
        tuple(Refusal(*each) for each in told["refusals"]),
    )
