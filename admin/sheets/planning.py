"""What an import would do, row by row: a plan that says what is new, what changes, what stays and what is refused.

An import never deletes; a row is the one of the table that has its natural key.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from admin.sheets.facts import Facts, Key, needs_whole_table, unique_sets
from admin.sheets.taking import Taken
from schema.checking import Refusal, Values, defaults_of, refusals_of, written_columns
from schema.tables.columns import info_of
from schema.tables.declaration import Row

MOST_TOGETHER: Final = 2_000
"""Rows of a file whose table's rows are checked against each other: as many times as many."""


class State(StrEnum):
    """What becomes of a row of the file."""

    REFUSED = "refused"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """What a column holds and would hold; `names` are those of the rows that a foreign key refers to."""

    before: Any
    after: Any
    names: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A row of the file: `values` are the row as it would be, `key` the surrogate key of the one that there is."""

    line: int
    state: State
    shown: str
    values: Values
    key: int | None = None
    changes: Mapping[str, Change] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()


def most_rows(model: type[Row], general: int) -> int:
    """How many rows a file of a table may have."""
    return min(general, MOST_TOGETHER) if needs_whole_table(model) else general


class Planner:
    """Plans the rows of one file. First every row is noted, then the rows that there are are read, then it plans."""

    def __init__(self, facts: Facts) -> None:
        """`facts` has the rows referred to; the existing ones are added after every row was noted."""
        self._facts = facts
        self._model = facts.layout.model
        self._lines: dict[Key, int] = {}
        self._whole = needs_whole_table(self._model)
        self._columns = written_columns(self._model)
        defaults = defaults_of(self._model)
        self._blank = {column.name: defaults.get(column.name) for column in self._columns}

    @property
    def wanted(self) -> Mapping[Key, int] | None:
        """The natural keys of the rows to read, None for all of the table."""
        return None if self._whole else self._lines

    def note(self, taken: Taken) -> None:
        """Keep on which line a natural key stands first."""
        if taken.key is not None:
            self._lines.setdefault(taken.key, taken.line)

    def plan(self, rows: Sequence[Taken]) -> Iterator[Planned]:
        """What becomes of rows: of any portion, or of all of the file at once where the whole table matters."""
        alone = {row.line: self._refusals(row) for row in rows}
        merged = {row.key: self._merged(row) for row in rows if row.key is not None and not alone[row.line]}
        final = {**self._facts.existing, **merged} if self._whole else {}
        taken = _first_of_each(self._model, final) if self._whole else {}
        for row in rows:
            refusals, values = alone[row.line], merged.get(row.key or ())
            if refusals or row.key is None or values is None:
                yield Planned(row.line, State.REFUSED, row.shown, row.values, refusals=refusals)
            elif self._whole:
                others = [each for key, each in final.items() if key != row.key]
                refusals = (*self._check(values, others), *self._taken(values, row.key, taken))
                yield self._sorted(row, values, refusals)
            else:
                yield self._sorted(row, values, ())

    def _sorted(self, row: Taken, values: dict[str, Any], refusals: tuple[Refusal, ...]) -> Planned:
        existing = self._facts.existing.get(row.key or ())
        if refusals:
            return Planned(row.line, State.REFUSED, row.shown, values, refusals=refusals)
        if existing is None:
            return Planned(row.line, State.NEW, row.shown, values)
        changes = {
            column.name: self._change(column.name, existing[column.name], values[column.name])
            for column in self._columns
            if values[column.name] != existing[column.name]
        }
        state = State.CHANGED if changes else State.UNCHANGED
        return Planned(row.line, state, row.shown, values, existing["id"], changes)

    def _refusals(self, row: Taken) -> tuple[Refusal, ...]:
        """What is wrong with a row by itself."""
        if row.refusals:
            return (*row.refusals, *self._of_values(row))
        if row.key is None:
            return self._of_values(row) or (
                Refusal(
                    None,
                    "KEY_MISSING",
                    "The row cannot be told from others. Fill in its code.",
                    "ไม่มีรหัสของแถว กรุณากรอก",
                ),
            )
        first = self._lines.get(row.key, row.line)
        if first != row.line:
            return (
                Refusal(
                    None,
                    "TWICE_IN_FILE",
                    f"The row stands in line {first} already. Delete one of the two.",
                    f"แถวนี้มีแล้วในบรรทัดที่ {first} กรุณาลบออกแถวหนึ่ง",
                ),
            )
        # With siblings it is checked later, once all are known.
        return self._check(self._merged(row), ())

    def _of_values(self, row: Taken) -> tuple[Refusal, ...]:
        """What is wrong with the values that a row of unread cells does have."""
        told = {refusal.field for refusal in row.refusals}
        if None in told:
            return ()
        found = self._check(self._merged(row), ())
        return tuple(refusal for refusal in found if refusal.field not in told)

    def _merged(self, row: Taken) -> dict[str, Any]:
        """The whole row as it would be."""
        existing = self._facts.existing.get(row.key) if row.key is not None else None
        merged = {**(self._blank if existing is None else existing), **row.values}
        merged.pop("id", None)
        return merged

    def _check(self, values: Mapping[str, Any], siblings: Iterable[Values]) -> tuple[Refusal, ...]:
        references = {
            name: referred.values.get(values[name])
            for name, referred in self._facts.referred.items()
            if isinstance(values[name], int)
        }
        return refusals_of(self._model, values, references, siblings)

    def _taken(self, values: Values, key: Key, taken: Mapping[tuple[str, ...], Mapping[Key, Key]]) -> Iterator[Refusal]:
        for names, firsts in taken.items():
            told = tuple(values[name] for name in names)
            other = firsts.get(told)
            if other is not None and other != key:
                labels = ", ".join(info_of(self._model.__table__.columns[name]).label_th for name in names)
                shown, its = ", ".join(map(str, told)), " / ".join(map(str, other))
                yield Refusal(
                    names[0],
                    "TAKEN",
                    f"{', '.join(names)} {shown} is that of {its}. Give another.",
                    f"{labels} {shown} เป็นของ {its} แล้ว กรุณากรอกค่าอื่น",
                )

    def _change(self, name: str, before: Any, after: Any) -> Change:  # noqa: ANN401 - a column's values
        referred = self._facts.referred.get(name)
        names = None if referred is None else (referred.name_of(before), referred.name_of(after))
        return Change(before, after, names)


def _first_of_each(model: type[Row], final: Mapping[Key, Mapping[str, Any]]) -> dict[tuple[str, ...], dict[Key, Key]]:
    """Which row has what no other may have, by the columns of each constraint."""
    found: dict[tuple[str, ...], dict[Key, Key]] = {}
    for names in unique_sets(model):
        firsts: dict[Key, Key] = {}
        for key, values in final.items():
            told = tuple(values[name] for name in names)
            if None not in told:
                firsts.setdefault(told, key)
        found[names] = firsts
    return found
