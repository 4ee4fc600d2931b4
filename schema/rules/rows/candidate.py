"""A row that someone means to write, what a rule may look at beside it, and what the rule says of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias

from schema.rules.errors import RuleViolation

Values: TypeAlias = Mapping[str, Any]
"""A row: Python values by the names of its columns."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong with a row, and what to do about it, in English and in Thai.

    `field` is the column to mend, None where it is the row; `code` is stable and meant for programs.
    """

    field: str | None
    code: str
    message: str
    message_th: str

    @classmethod
    def of(cls, column: str, violation: RuleViolation) -> Self:
        """What a broken rule says of a column."""
        return cls(column, violation.code, violation.message, violation.message_th)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A whole row as it would be.

    `references` are the rows it refers to, by the foreign key's column, with at least the columns that the rule asks
    for; `siblings` are the other rows of its table that the rule asks for, without the row as it was.
    """

    values: Values
    references: Mapping[str, Values]
    siblings: Sequence[Values] = ()


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule of a table: `check` gives a refusal for each thing wrong with a row.

    It is asked only when the columns it `reads` are sound each by itself, so that it need not doubt their types; one
    that may be null may still be None. `references` are the columns it needs of the rows referred to, by the foreign
    key's column. `siblings` are the columns by which rows of the table are alike that it must see together: () for
    the whole table, None for the row alone.
    """

    check: Callable[[Candidate], Iterable[Refusal]]
    reads: tuple[str, ...]
    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    siblings: tuple[str, ...] | None = None
