"""One row of a file as the values of a table's columns, by itself: what its cells say, and to which rows it refers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from admin.sheets.escaping import unescape
from admin.sheets.facts import Facts, Key
from admin.sheets.layout import SheetColumn
from admin.sheets.reading import Cell, SheetRow
from schema.checking import Refusal, defaults_of, value_of_text, written_columns
from schema.checking.days import in_common_era


@dataclass(frozen=True, slots=True)
class Taken:
    """What a row says.

    `values` are those of the columns that the file has; `key` is None where it is not known, and `shown` is what the
    cells say of it. `refusals` name a column of the table, or None for the whole row.
    """

    line: int
    values: Mapping[str, Any]
    key: Key | None
    shown: str
    refusals: tuple[Refusal, ...]


class Taker:
    """Takes the rows of one file."""

    def __init__(self, facts: Facts, columns: tuple[SheetColumn, ...]) -> None:
        """`columns` are the file's, in its order."""
        self._facts = facts
        self._model = facts.layout.model
        self._places = {column.path: place for place, column in enumerate(columns)}
        self._count = len(columns)
        natural = self._model.about.natural_key
        self._known_by = [
            place for place, each in enumerate(columns) if each.path[0] in natural and each.shared is None
        ]
        self._defaults = defaults_of(self._model)
        given = {column.path[0] for column in columns}
        self._columns = [column for column in written_columns(self._model) if column.name in given]
        self._parts = {column.name: facts.layout.of(column.name) for column in self._columns}

    def take(self, row: SheetRow) -> Taken:
        """What a row says. Never raises, whatever its cells hold."""
        refusal = self._misshapen(row)
        if refusal is not None:
            return Taken(row.line, {}, None, "", (refusal,))
        values: dict[str, Any] = {}
        refusals: list[Refusal] = []
        for column in self._columns:
            parts = self._parts[column.name]
            value = self._own(row, parts[0]) if len(parts[0].path) == 1 else self._referred(row, column.name, parts)
            if isinstance(value, Refusal):
                refusals.append(value)
            elif value is None and not column.nullable and column.name in self._defaults:
                values[column.name] = self._defaults[column.name]
            else:
                values[column.name] = value
        known_by = self._model.about.natural_key
        is_known = all(values.get(name) is not None for name in known_by)
        key = tuple(values[name] for name in known_by) if is_known else None
        return Taken(row.line, values, key, self._shown(row), tuple(refusals))

    def _shown(self, row: SheetRow) -> str:
        return " / ".join(str(row.cells[place]).strip()[:60] for place in self._known_by)

    def _misshapen(self, row: SheetRow) -> Refusal | None:
        if not row.cells:
            return Refusal(None, "BLANK_LINE", "The line is blank. Delete it.", "บรรทัดว่าง กรุณาลบออก")
        surplus = [cell for cell in row.cells[self._count :] if cell]
        if surplus or len(row.cells) < self._count:
            return Refusal(
                None,
                "WRONG_NUMBER_OF_CELLS",
                f"The line has {len(row.cells)} cells and the first line names {self._count} columns. Mend the line.",
                f"บรรทัดนี้มี {len(row.cells)} เซลล์ แต่บรรทัดแรกมี {self._count} คอลัมน์ กรุณาแก้บรรทัดนี้",
            )
        return None

    def _own(self, row: SheetRow, column: SheetColumn) -> Any:  # noqa: ANN401 - a value or a Refusal
        return _value(column, row.cells[self._places[column.path]])

    def _referred(self, row: SheetRow, name: str, parts: tuple[SheetColumn, ...]) -> Any:  # noqa: ANN401 - a key, None or a Refusal
        told: list[Any] = []
        for part in parts:
            value = _value(part, row.cells[self._places[part.path]]) if part.path in self._places else None
            if value is None and part.shared is not None and part.shared in self._places:
                value = _value(part, row.cells[self._places[part.shared]])
            if isinstance(value, Refusal):
                return Refusal(name, value.code, value.message, value.message_th)
            told.append(value)
        # What is shared says nothing by itself.
        if all(value is None for value, part in zip(told, parts, strict=True) if part.shared is None):
            return None
        key = self._facts.referred[name].keys.get(tuple(told))
        return _not_found(parts, told) if key is None else key


def _value(column: SheetColumn, cell: Cell) -> Any:  # noqa: ANN401 - a value or a Refusal
    kind = column.leaf.type.python_type
    if isinstance(cell, str):
        return value_of_text(column.leaf, unescape(cell.strip()))
    if kind is date:
        return in_common_era(cell)
    if kind is str:
        return Refusal(
            column.leaf.name,
            "DATE_INSTEAD_OF_TEXT",
            f"The sheet has made a date ({cell}) of the {column.label}. Format the cell as text and type it again.",
            f"โปรแกรมตารางแปลง{column.label_th}เป็นวันที่ ({cell}) กรุณาจัดรูปแบบเซลล์เป็นข้อความแล้วพิมพ์ใหม่",
        )
    return value_of_text(column.leaf, cell.isoformat())


def _not_found(parts: tuple[SheetColumn, ...], told: list[Any]) -> Refusal:
    name = parts[0].path[0]
    shown = " / ".join("-" if value is None else str(value)[:60] for value in told)
    own = parts[0]
    return Refusal(
        name,
        "NO_SUCH_ROW",
        f"There is none whose {own.label} is {shown}. Give one that there is, or add it first.",
        f"ไม่พบ{own.label_th} {shown} กรุณากรอกค่าที่มีอยู่ หรือเพิ่มก่อน",
    )
