"""What refers to a row: why it cannot be deleted, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table

from schema.checking.declared import Declared
from schema.policy import Person
from schema.rules.rows import Refusal
from schema.tables.declaration import About, Kind, Row


@dataclass(frozen=True, slots=True)
class Use:
    """A foreign key that refers to a table, and the statement that counts by it.

    `sql` reads one row on both engines: how many rows of `table` refer by `column` to the row whose key is `$1`, and
    the natural key of the first of them as text. That is null where rows have none, or are about pupils: the count
    of those says enough.
    """

    table: str
    label_th: str
    column: str
    sql: str

    @property
    def label(self) -> str:
        """What the table is called in English."""
        return self.table.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows refer by a use, and one of them."""

    use: Use
    count: int
    example: str | None


def uses_of(model: Declared) -> tuple[Use, ...]:
    """Every foreign key to a table, of all tables declared so far; not of what the database derives by itself."""
    found = []
    for table in model.__table__.metadata.sorted_tables:
        about = _abouts().get(table.name)
        if about is not None and about.kind is Kind.DERIVED:
            continue
        for column in table.columns:
            if _target_of(column) is model.__table__ and not _goes_with_it(column):
                label_th = about.label_th if about else (table.comment or table.name)
                found.append(Use(table.name, label_th, column.name, _count(table, column, about)))
    return tuple(found)


def refusal_of_uses(counted: Iterable[Counted]) -> Refusal | None:
    """Why a row may not be deleted that is referred to so; None if it is not."""
    used = [each for each in counted if each.count]
    if not used:
        return None
    english = ", ".join(f"{each.use.label} ({_such(each, 'such as')})" for each in used)
    thai = ", ".join(f"{each.use.label_th} ({_such(each, 'เช่น')})" for each in used)
    return Refusal(
        None,
        "IN_USE",
        f"It is used, by {english}. Change or delete those first.",
        f"มีการใช้งานอยู่ใน{thai} กรุณาแก้ไขหรือลบรายการเหล่านั้นก่อน",
    )


def _such(each: Counted, words: str) -> str:
    return f"{each.count:,}" if each.example is None else f"{each.count:,}, {words} {each.example}"


def _count(table: Table, column: Column[Any], about: About | None) -> str:
    one = f"{table.name}.{column.name} = $1"
    example = "NULL"
    if about is not None and about.natural_key and not _is_about_pupils(about):
        known_by = _known_by(table, about, table.name)
        example = f"(SELECT {known_by} FROM {table.name} WHERE {one} ORDER BY {table.name}.id LIMIT 1)"
    return f"SELECT count(*), {example} FROM {table.name} WHERE {one}"


def _is_about_pupils(about: About) -> bool:
    return about.access is not None and about.access.about is Person.PUPIL


def _known_by(table: Table, about: About, alias: str) -> str:
    """The natural key of a row as one text; of a row that it refers to, that one's."""
    parts = []
    for name in about.natural_key:
        column = table.columns[name]
        target = _target_of(column)
        its = None if target is None else _abouts().get(target.name)
        if target is None or its is None or not its.natural_key:
            parts.append(f"CAST({alias}.{name} AS TEXT)")
        else:
            other = f"{alias}_{name}"
            known_by = _known_by(target, its, other)
            parts.append(f"(SELECT {known_by} FROM {target.name} AS {other} WHERE {other}.id = {alias}.{name})")
    return " || ' / ' || ".join(f"coalesce({part}, '-')" for part in parts)


def _goes_with_it(column: Column[Any]) -> bool:
    """Whether the row is deleted with the one it refers to."""
    return any(key.ondelete for key in column.foreign_keys)


def _target_of(column: Column[Any]) -> Table | None:
    """The table whose surrogate key a column holds; None for any other column."""
    return next((key.column.table for key in column.foreign_keys if key.column.name == "id"), None)


def _abouts() -> dict[str, About]:
    """What is declared of the tables, by name."""
    mappers = Row._sa_registry.mappers  # noqa: SLF001 - the one list of every mapped class, identities' among them
    return {mapper.class_.__tablename__: mapper.class_.about for mapper in mappers if hasattr(mapper.class_, "about")}
