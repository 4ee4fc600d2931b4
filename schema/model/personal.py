"""Personal data: whose record a row is, and which members of its type say something of that pupil."""

from sqlalchemy import Table

from schema.model.entities import Entity, Member, Model, Pupil, Scalar, ToMany, ToOne, Value

PUPILS = "student"
"""The table of pupils."""


def pupils_of(table: Table) -> tuple[Pupil, ...]:
    """The pupils that a row of a table is a record of: those it refers to, or else those of the rows it refers to."""
    return _pupils_of(table, frozenset())


def _pupils_of(table: Table, seen: frozenset[str]) -> tuple[Pupil, ...]:
    if table.name == PUPILS:
        return (Pupil("{row}.id"),)
    references = [
        (column, key.column.table) for column in table.columns for key in column.foreign_keys if key.column.name == "id"
    ]
    direct = tuple(
        Pupil(f"{{row}}.{column.name}", column.name, PUPILS, bool(column.nullable))
        for column, target in references
        if target.name == PUPILS
    )
    return direct or tuple(
        Pupil(
            f"(SELECT {pupil.sql.format(row=target.name)} FROM {target.name}"
            f" WHERE {target.name}.id = {{row}}.{column.name})",
            column.name,
            target.name,
            bool(column.nullable) or pupil.nullable,
        )
        for column, target in references
        if target.name not in seen
        for pupil in _pupils_of(target, seen | {table.name})
    )


def tells_pupil(entity: Entity, member: ToOne | ToMany, target: Entity) -> bool:
    """Whether the pupil of an object of ``entity`` is that of what ``member`` leads to, so that one tells of both."""
    if len(entity.pupils) != 1 or len(target.pupils) != 1:
        return False
    (own,), (other,) = entity.pupils, target.pupils
    if isinstance(member, ToMany):
        return other.table == entity.table and member.source.parent == f"{{row}}.{other.column}"
    return own.table == target.table and [step.key for step in member.steps] == [f"{{row}}.{own.column}"]


def is_personal(entity: Entity, member: Member, model: Model) -> bool:
    """Whether a member says something of the pupil whose record the row is.

    Keys do not, nor lists and records of the same pupil, of which each object tells its own.
    """
    if isinstance(member, ToMany) or not entity.pupils:
        return False
    if isinstance(member, ToOne):
        return not model.entities[member.target].pupils
    return not (isinstance(member, Value) and member.scalar is Scalar.ID)
