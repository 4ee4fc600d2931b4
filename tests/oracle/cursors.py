"""Cursors: the oracle's own say openly which row they stand for; the hub's are opaque, and learnt by asking."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_SHAPE = re.compile(r"<cursor ([A-Za-z]+\.[A-Za-z]+) ([0-9]+)>", re.ASCII)


def write(connection: str, key: int) -> str:
    """The oracle's cursor of a row in a connection, named as `School.students`."""
    return f"<cursor {connection} {key}>"


def read(connection: str, cursor: str) -> int | None:
    """The key of the row that a cursor stands for; None when it is no cursor of that connection."""
    match = _SHAPE.fullmatch(cursor)
    return int(match[2]) if match and match[1] == connection else None


@dataclass(slots=True)
class Book:
    """The hub's cursors by the oracle's, in one database."""

    known: dict[str, str] = field(default_factory=dict)

    def learn(self, ours: str, theirs: str) -> None:
        """Note a cursor; a row has one cursor in a connection, whoever its parent is."""
        assert self.known.setdefault(ours, theirs) == theirs, f"{ours} is {self.known[ours]} and {theirs}"

    def of(self, connection: str) -> list[str]:
        """The oracle's cursors of a connection that the hub has shown."""
        return [ours for ours in self.known if ours.startswith(f"<cursor {connection} ")]

    def translate(self, value: Any) -> Any:  # noqa: ANN401 - a document, variables, or an answer
        """The same with the hub's cursors in place of the oracle's."""
        if isinstance(value, str):
            return _SHAPE.sub(lambda match: self.known.get(match[0], match[0]), value)
        if isinstance(value, Mapping):
            return {key: self.translate(inner) for key, inner in value.items()}
        return [self.translate(inner) for inner in value] if isinstance(value, list) else value
