"""What is wrong with a whole row: each value by its column's declaration, then the row by its table's rules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column

from schema.checking.declared import Declared, defaults_of, label_of, refusal_of_value, written_columns
from schema.rules.rows import Candidate, Refusal, RowRule, Values
from schema.tables.columns import info_of


def references_needed(model: Declared) -> Mapping[str, tuple[str, ...]]:
    """What a table's rules must see of the rows it refers to: columns there, by the foreign key's column here."""
    needed: dict[str, dict[str, None]] = {}
    for rule in model.about.rules:
        for column, names in rule.references.items():
            needed.setdefault(column, {}).update(dict.fromkeys(names))
    return {column: tuple(names) for column, names in needed.items()}


def siblings_needed(model: Declared) -> tuple[tuple[str, ...], ...]:
    """By which columns other rows of the table must be alike that its rules see; () is every other row."""
    return tuple(dict.fromkeys(rule.siblings for rule in model.about.rules if rule.siblings is not None))


def refusals_of(
    model: Declared,
    values: Values,
    references: Mapping[str, Values | None] | None = None,
    siblings: Iterable[Values] = (),
) -> tuple[Refusal, ...]:
    """All that is refused of a row, () if nothing is. Never raises, whatever the values are.

    `values` are Python values by column name, of the whole row: of a change, the row as it would be. What is left out
    has its default. `references` are the rows it refers to, with at least what :func:`references_needed` names; None
    in it says that there is no such row. `siblings` are the table's other rows that :func:`siblings_needed` asks for,
    and may be more of them: each rule is shown its own.
    """
    columns = written_columns(model)
    whole = {**dict.fromkeys(column.name for column in columns), **defaults_of(model), **values}
    found = [*_unknown(model, values), *_wrong_values(model, whole)]
    wrong = {refusal.field for refusal in found}
    known = references or {}
    for column, reason in _missing_references(model, whole, known, wrong):
        wrong.add(column)
        found.append(reason)
    others = list(siblings)
    for rule in model.about.rules:
        read = {*rule.reads, *rule.references}
        if wrong.isdisjoint(read) and all(whole[column] is not None for column in rule.references):
            found.extend(rule.check(_candidate(rule, whole, known, others)))
    return tuple(found)


def _candidate(
    rule: RowRule, whole: Values, references: Mapping[str, Values | None], siblings: Sequence[Values]
) -> Candidate:
    alike = rule.siblings
    own = [] if alike is None else [row for row in siblings if all(row[name] == whole[name] for name in alike)]
    return Candidate(whole, {name: references[name] or {} for name in rule.references}, own)


def _unknown(model: Declared, values: Values) -> Iterator[Refusal]:
    known = model.__table__.columns
    for name in values.keys() - _names(written_columns(model)):
        if name not in known:
            yield Refusal(
                name,
                "UNKNOWN_COLUMN",
                f"There is no column {name!r}. Leave it out.",
                f"ไม่มีคอลัมน์ {name!r} กรุณาตัดออก",
            )


@cache
def _names(columns: tuple[Column[Any], ...]) -> frozenset[str]:
    return frozenset(column.name for column in columns)


def _wrong_values(model: Declared, whole: Values) -> Iterator[Refusal]:
    for column in written_columns(model):
        refusal = refusal_of_value(column, whole[column.name])
        if refusal is not None:
            yield refusal


def _missing_references(
    model: Declared, whole: Values, references: Mapping[str, Values | None], wrong: set[str | None]
) -> Iterator[tuple[str, Refusal]]:
    """Rows referred to that there are not; one that a rule needs and nobody gave counts as missing."""
    needed = references_needed(model)
    for column in _foreign_keys(written_columns(model)):
        name = column.name
        if whole[name] is not None and name not in wrong:
            is_there = references.get(name) is not None if name in references or name in needed else True
            if not is_there:
                yield name, _no_such_row(column)


@cache
def _foreign_keys(columns: tuple[Column[Any], ...]) -> tuple[Column[Any], ...]:
    return tuple(column for column in columns if column.foreign_keys)


def _no_such_row(column: Column[Any]) -> Refusal:
    label, label_th = label_of(column), info_of(column).label_th
    return Refusal(
        column.name,
        "NO_SUCH_ROW",
        f"There is no such {label}. Choose one that there is, or add it first.",
        f"ไม่พบ{label_th}นี้ กรุณาเลือกจากที่มีอยู่ หรือเพิ่มก่อน",
    )
