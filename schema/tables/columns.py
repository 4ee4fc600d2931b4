"""How a column is declared: once, with everything the graph, the console and the database need to know of it.

Each helper returns a SQLModel field. What SQLAlchemy has no place for (its name and its help in Thai, the name of a
relation and of its reverse, limits) travels in ``Column.info``; limits become CHECK constraints: both engines refuse
the same values.
"""

# ruff: noqa: ANN401 - a SQLModel field stands for a value of any type, so each helper returns Any

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Date, Integer, Numeric, String, Table, event
from sqlalchemy.sql.type_api import TypeEngine
from sqlmodel import Field, SQLModel

from schema.tables.moments import Moment, now

INFO = "hub"
"""The key of a :class:`ColumnInfo` in ``Column.info``."""

KEY_TYPE = BigInteger().with_variant(Integer(), "sqlite")
"""Surrogate keys: 64 bits on both engines (SQLite makes a rowid of INTEGER alone)."""


_THAI = re.compile(r"[\u0e01-\u0e2e]")
_HELD_EXACTLY = (Decimal("0.5"), Decimal("0.25"))


class Years(StrEnum):
    """What a relation that depends on a school year answers when no ``year`` is asked for."""

    CURRENT = "the hub's current year"
    ALL = "all years"


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """What is declared of a column beyond its SQL.

    ``help_th`` says in Thai what ``description`` says in English. ``one`` names the to-one relation of a foreign key
    and ``many`` its reverse on the other table (None: no reverse); ``years`` says that the reverse takes a ``year``
    argument, and its default. ``choices`` are the values of an enumeration, each its own GraphQL name. ``thai`` says
    that it holds words in Thai, which sort by the column beside it that :func:`sorted_by` names; that one's ``sorts``
    names this one, and only the database writes it. ``called`` is its name in the graph, where that is not its own;
    ``refers`` the table whose key it holds, if no constraint does.
    """

    description: str
    label_th: str
    help_th: str
    exposed: bool = True
    one: str | None = None
    many: str | None = None
    years: Years | None = None
    choices: type[StrEnum] | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    step: Decimal | None = None
    max_length: int | None = None
    thai: bool = False
    sorts: str | None = None
    called: str | None = None
    refers: str | None = None

    def __post_init__(self) -> None:
        """Refuse a help that is not in Thai."""
        require_thai(self.help_th, f"the column {self.label_th} ({self.description})")


def require_thai(help_th: str, whose: str) -> None:
    """Refuse, by a ValueError that says what to do, a text in which there is no Thai letter."""
    if not _THAI.search(help_th):
        msg = f"the Thai help of {whose} has no Thai letter: {help_th!r}. Say in Thai what the description says."
        raise ValueError(msg)


def info_of(column: Column[Any]) -> ColumnInfo:
    """The declaration of a column; KeyError when it was not declared by this module."""
    info: ColumnInfo = column.info[INFO]
    return info


def sorted_by(column: Column[Any]) -> str | None:
    """The name of the column beside a column of Thai words that holds its order; None for any other column."""
    return f"{column.name}_sort" if info_of(column).thai else None


def sort_key(column: Column[Any]) -> Column[str]:
    """The column beside a column of Thai words that holds its order, as `schema.rules.thai_text` makes it."""
    told = info_of(column)
    info = ColumnInfo(
        f"Where {column.name} stands in the order of the dictionary; kept by the database.",
        f"ลำดับตามพจนานุกรมของ{told.label_th}",
        f"ตำแหน่งของ{told.label_th}ตามลำดับพจนานุกรม ฐานข้อมูลเป็นผู้ดูแล",
        exposed=False,
        sorts=column.name,
    )
    sa_type = _characters(2 * (told.max_length or 0) + 1)
    return Column(sorted_by(column), sa_type, nullable=True, info={INFO: info}, comment=info.description)


def key() -> Any:
    """The surrogate key of a table."""
    said = "Surrogate key; means nothing outside the hub."
    info = ColumnInfo(said, "รหัสระเบียน", "รหัสภายในของระเบียน ไม่มีความหมายนอกระบบนี้", exposed=False)
    return _field(info, KEY_TYPE, default=None, primary_key=True)


def sequence(description: str, label_th: str, help_th: str) -> Any:
    """The surrogate key of a table whose rows come one after another, which the graph calls their `sequence`."""
    info = ColumnInfo(description, label_th, help_th, called="sequence")
    return _field(info, KEY_TYPE, default=None, primary_key=True)


def updated_at() -> Any:
    """The moment of the row's last change, kept by the database (UTC, milliseconds)."""
    info = ColumnInfo(
        "When this row last changed, in UTC to the millisecond.",
        "แก้ไขล่าสุด",
        "วันและเวลาที่ระเบียนนี้เปลี่ยนครั้งล่าสุด เป็นเวลาสากล (UTC) ละเอียดถึงมิลลิวินาที",
    )
    default = {"server_default": now()}
    return _field(info, Moment(), default_factory=this_millisecond, nullable=False, extra=default)


def this_millisecond() -> datetime:
    """The present, cut off to what the database keeps."""
    present = datetime.now(UTC)
    return present.replace(microsecond=present.microsecond // 1000 * 1000)


def text(  # noqa: PLR0913 - it has a length, an order and a name
    description: str,
    label_th: str,
    help_th: str,
    *,
    max_length: int = 200,
    exposed: bool = True,
    thai: bool = False,
    called: str | None = None,
    **options: Any,
) -> Any:
    """Text of 1 to ``max_length`` characters, in the order of code points or, if ``thai``, of the Thai dictionary."""
    info = ColumnInfo(description, label_th, help_th, max_length=max_length, exposed=exposed, thai=thai, called=called)
    return _field(info, _characters(max_length), max_length=max_length, **options)


def number(
    description: str, label_th: str, help_th: str, *, exposed: bool = True, refers: str | None = None, **options: Any
) -> Any:
    """A key of a row that need not be there, of the table ``refers`` if it is told: 64 bits, not enforced."""
    return _field(ColumnInfo(description, label_th, help_th, exposed=exposed, refers=refers), KEY_TYPE, **options)


def whole(description: str, label_th: str, help_th: str, *, minimum: int, maximum: int, **options: Any) -> Any:
    """A whole number between limits, both included."""
    info = ColumnInfo(description, label_th, help_th, minimum=Decimal(minimum), maximum=Decimal(maximum))
    return _field(info, Integer(), ge=minimum, le=maximum, **options)


def fixed(description: str, label_th: str, help_th: str, *, step: str, maximum: str, **options: Any) -> Any:
    """A number from 0 to ``maximum`` in fixed steps ('0.5', '0.01'), so that sums are exact on both engines."""
    info = ColumnInfo(description, label_th, help_th, minimum=Decimal(0), maximum=Decimal(maximum), step=Decimal(step))
    places = -int(Decimal(step).as_tuple().exponent)
    digits = len(str(int(Decimal(maximum)))) + places
    return _field(info, Numeric(digits, places), ge=0, le=Decimal(maximum), **options)


def flag(description: str, label_th: str, help_th: str, **options: Any) -> Any:
    """Yes or no."""
    return _field(ColumnInfo(description, label_th, help_th), Boolean(), **options)


def day(description: str, label_th: str, help_th: str, **options: Any) -> Any:
    """A date of the Gregorian calendar."""
    return _field(ColumnInfo(description, label_th, help_th), Date(), **options)


def moment(description: str, label_th: str, help_th: str, *, present: bool = False, **options: Any) -> Any:
    """A moment in UTC, to the millisecond; the ``present`` where none is written."""
    default = {"server_default": now()} if present else {}
    return _field(ColumnInfo(description, label_th, help_th), Moment(), extra=default, **options)


def choice(choices: type[StrEnum], description: str, label_th: str, help_th: str, **options: Any) -> Any:
    """One of an enumeration's values, stored as the value."""
    length = max(len(member.value) for member in choices)
    return _field(ColumnInfo(description, label_th, help_th, choices=choices), _characters(length), **options)


def reference(  # noqa: PLR0913 - a relation has two names
    table: str,
    description: str,
    label_th: str,
    help_th: str,
    *,
    one: str | None = None,
    many: str | None = None,
    years: Years | None = None,
    **options: Any,
) -> Any:
    """A foreign key to ``table``: the to-one relation ``one`` here and, if named, the to-many ``many`` there."""
    info = ColumnInfo(description, label_th, help_th, one=one or table, many=many, years=years)
    return _field(info, KEY_TYPE, foreign_key=f"{table}.id", **options)


def _characters(longest: int) -> TypeEngine[str]:
    """Text that both engines compare by code point."""
    return String(longest).with_variant(String(longest, collation="C"), "postgresql")


def _field(info: ColumnInfo, sa_type: TypeEngine[Any], *, extra: dict[str, Any] | None = None, **options: Any) -> Any:
    kwargs = {"info": {INFO: info}, "comment": info.description, **(extra or {})}
    return Field(description=info.description, sa_type=sa_type, sa_column_kwargs=kwargs, **options)


@event.listens_for(Column, "after_parent_attach")
def _add_checks(column: Column[Any], table: object) -> None:
    # A copy of a table, as Alembic makes, brings its constraints along.
    if isinstance(table, Table) and table.metadata is SQLModel.metadata and INFO in column.info:
        for name, condition in _checks(column.name, info_of(column), column.type):
            table.append_constraint(CheckConstraint(condition, name=f"{column.name}_{name}"))


def _checks(name: str, info: ColumnInfo, sa_type: TypeEngine[Any]) -> Iterator[tuple[str, str]]:
    """The CHECK conditions that a declaration implies."""
    if info.max_length is not None:
        yield "length", f"length({name}) BETWEEN 1 AND {info.max_length}"
    if info.choices is not None:
        yield "known", f"{name} IN ({', '.join(repr(member.value) for member in info.choices)})"
    if isinstance(sa_type, Boolean):
        yield "boolean", f"{name} IN (true, false)"
    if info.minimum is not None:
        yield "range", f"{name} BETWEEN {info.minimum} AND {info.maximum}"
    if info.step is not None:
        scaled = f"{name} * {1 / info.step:f}"
        # SQLite's doubles hold halves and quarters exactly, hundredths only nearly.
        exact = scaled if info.step in _HELD_EXACTLY else f"round({scaled}, 6)"
        yield "step", f"{exact} = round({scaled})"
