"""Which rows a list shows and an export takes, and in which order: one reading of the list's parameters for both.

They are `name=thai`, `name__match=starts`, `credits__operator=gte`, `__order=-credits,code`; a foreign key is a
surrogate key, and `null` is nothing.
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column

from admin.binding import bound
from schema.checking import Refusal, label_of, refusal_of_value, value_of_text
from schema.compiler.reading import Dialect
from schema.tables.columns import info_of, sorted_by

NULL: Final = "null"
OPERATORS: Final = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">=", "e": "=", "ne": "<>"}
OF_NULL: Final = {"is_null": "IS NULL", "not_null": "IS NOT NULL"}
MATCHES: Final = {"contains": "%{}%", "starts": "{}%", "ends": "%{}", "exact": "{}"}
_FOLDED: Final = {Dialect.SQLITE: "lower({})", Dialect.POSTGRESQL: 'lower({} COLLATE "C")'}


class UnreadableFilterError(ValueError):
    """A value that no row can have, as a refusal in both languages."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition over a row, in which each `{}` stands for a parameter in turn."""

    sql: str
    parameters: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a column is compared: `operator` is one of OPERATORS or OF_NULL, `match` one of MATCHES, for text."""

    operator: str = "e"
    match: str = "contains"

    def condition(self, column: Column[Any], row: str, text: str | None, dialect: Dialect) -> Condition:
        """The condition that a column of `row` is as a text says; None is nothing. Raises UnreadableFilterError."""
        name = f"{row}.{column.name}"
        if self.operator in OF_NULL:
            return Condition(f"{name} {OF_NULL[self.operator]}")
        if text is None or text.lower() == NULL:
            return Condition(f"{name} {OF_NULL['not_null' if self.operator == 'ne' else 'is_null']}")
        value = value_read(column, text)
        if value is None:
            return Condition("1 = 1")
        if is_searched(column) and self.match != "exact":
            return containing(name, value, dialect, MATCHES[self.match])
        return Condition(f"{name} {OPERATORS[self.operator]} {{}}", (bound(value, dialect),))


def containing(sql: str, text: str, dialect: Dialect, match: str = MATCHES["contains"]) -> Condition:
    """The condition that a text of the database is as `match` says, ASCII case aside."""
    pattern = match.format(text.translate(_LITERAL)).translate(_LOWER)
    return Condition(f"{_FOLDED[dialect].format(sql)} LIKE {{}} ESCAPE '\\'", (pattern,))


def value_read(column: Column[Any], text: str) -> Any:  # noqa: ANN401 - the column's value
    """What a column is compared with; blanks are no value. Raises UnreadableFilterError for what no row can hold."""
    value = value_of_text(column, text)
    if isinstance(value, str) and not value.isprintable():
        raise UnreadableFilterError(_unseen(column))
    # Too much or too little may still be compared with; what is no number, or none that the database holds, may not.
    refused = value if isinstance(value, Refusal) else refusal_of_value(column, value)
    if refused is not None and value is not None and (refused is value or refused.code == "WRONG_TYPE"):
        raise UnreadableFilterError(refused)
    return value


def is_searched(column: Column[Any]) -> bool:
    """Whether a column is looked for by a part of its text; all others are compared whole."""
    return column.type.python_type is str and info_of(column).choices is None


def ordered(column: Column[Any], row: str) -> str:
    """What a row is ordered by for a column: words in Thai as the dictionary does."""
    return f"{row}.{sorted_by(column) or column.name}"


def _unseen(column: Column[Any]) -> Refusal:
    return Refusal(
        column.name,
        "BAD_FILTER",
        f"The filter of the {label_of(column)} holds a character that cannot be seen. Type it again.",
        f"ตัวกรองของ{info_of(column).label_th}มีอักขระที่มองไม่เห็น กรุณาพิมพ์ใหม่",
    )


_LITERAL: Final = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
_LOWER: Final = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
"""ASCII case alone, as both engines fold it."""
