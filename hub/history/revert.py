"""Taking one change back: the row becomes what it was before, if nobody has changed it since and nothing hangs on it.

That is a change itself, and so in the history under the name of who takes it back. Refusals say it in English and, as
`page`, in Thai.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table

from hub.database import Acting, Database, WritingConnection
from hub.database.errors import IntegrityError
from hub.errors import BadInputError
from hub.history.comparing import is_alike
from hub.history.stored import Payload, bound, placeholder, read
from hub.identities.owner import OWNER
from schema.checking.uses import Counted, refusal_of_uses, uses_of
from schema.compiler.reading import Dialect
from schema.derived import payloads
from schema.history import Operation, Recorded, recorded_tables
from schema.tables import Row, tables
from schema.tables.declaration import Kind

_CHANGE: Final = "SELECT table_name, row_id, operation, before, after FROM change_log WHERE id = $1"
_SINCE: Final = (
    "SELECT id, at, coalesce(actor_name, actor_key, 'somebody by SQL') FROM change_log"
    " WHERE table_name = $1 AND row_id = $2 AND id > $3 ORDER BY id DESC LIMIT 1"
)
_MADE: Final = "SELECT max(id) FROM change_log WHERE table_name = $1 AND row_id = $2"


class RevertRefusedError(BadInputError):
    """The change cannot be taken back; the message says why, and what to do first."""


@dataclass(frozen=True, slots=True)
class _Change:
    number: int
    table: Recorded
    row: int
    operation: str
    before: str | None
    after: str | None


async def revert(database: Database, number: int, acting: Acting, *, records: bool = True) -> int:
    """Take the change of that number back, in one transaction; the number of the change that did it.

    `records` False: of reference data alone, as the console writes no other. Raises RevertRefusedError where it was
    erased, or is of a whole table, where the row was changed since, where something refers to what would go or what it
    referred to is gone, where a rule of the database is against it, and where it is of accounts or tokens.
    """
    async with database.writing(acting, identity=OWNER) as connection:
        change = await _find(connection, number, records=records)
        now = await _stored(connection, change, database.dialect)
        await _require_unchanged(connection, change, now)
        try:
            await _undo(connection, change, database.dialect)
        except IntegrityError as error:
            # Within the block, so that what was begun is rolled back with it.
            raise RevertRefusedError(
                f"A rule of the database is against it: {error}.", f"ขัดกับกฎของฐานข้อมูล: {error}"
            ) from error
        ((made,),) = await connection.rows(_MADE, (change.table.name, change.row))
        return int(made)


def refusal_of(
    number: int, change: tuple[str, str, str | None, str | None], *, records: bool
) -> RevertRefusedError | None:
    """Why a change is never taken back, whatever the row is now: of its table, operation, before and after."""
    name, operation, before, after = change
    table = next((table for table in recorded_tables() if table.name == name), None)
    if operation in (Operation.LOAD, Operation.ERASE):
        return RevertRefusedError(
            f"Change {number} is no change of one row ({operation}), so it cannot be taken back.",
            f"รายการที่ {number} ไม่ใช่การเปลี่ยนแปลงของระเบียนเดียว ({operation}) จึงย้อนกลับไม่ได้",
        )
    if table is None:
        return RevertRefusedError(
            f"Change {number} is of {name}, which this hub does not have any more.",
            f"รายการที่ {number} เป็นของตาราง {name} ซึ่งระบบนี้ไม่มีแล้ว",
        )
    if table.is_identity:
        # What goes with such a change (sessions that end, the last administrator who stays) only their own pages know.
        return RevertRefusedError(
            f"Change {number} is of an account or a token. Change it at /console/accounts or /console/tokens instead: "
            "so a role that was taken and a token that was revoked come back by nobody's mistake.",
            "รายการนี้เป็นการเปลี่ยนบัญชีผู้ใช้หรือโทเคน กรุณาแก้ไขที่หน้าบัญชีผู้ใช้หรือหน้าโทเคน",
            english="This is a change of an account or a token. Change it on its own page instead.",
        )
    if (operation != Operation.INSERT and before is None) or (operation != Operation.DELETE and after is None):
        return RevertRefusedError(
            f"What change {number} held was erased with the pupil it was of: nobody has it.",
            f"สิ่งที่รายการที่ {number} เก็บไว้ถูกลบไปพร้อมข้อมูลของนักเรียนแล้ว ไม่มีผู้ใดมีข้อมูลนี้",
        )
    if not records and _model_of(table).about.kind is not Kind.REFERENCE:
        return RevertRefusedError(
            "The console changes reference data alone: the schools' systems write records. Correct it there, or let"
            f" the operator run `hub history revert {number}`.",
            "หน้านี้แก้ไขเฉพาะข้อมูลอ้างอิง ส่วนข้อมูลนี้ระบบของโรงเรียนเป็นผู้บันทึก กรุณาแก้ไขที่ระบบต้นทาง"
            f" หรือให้ผู้ดูแลเครื่องใช้คำสั่ง hub history revert {number}",
        )
    return None


async def _find(connection: WritingConnection, number: int, *, records: bool) -> _Change:
    found = await connection.rows(_CHANGE, (number,))
    if not found:
        raise RevertRefusedError(
            f"There is no change {number}. The history lists them with their numbers.",
            f"ไม่มีรายการที่ {number} กรุณาดูลำดับในหน้าประวัติ",
        )
    name, row, operation, before, after = found[0]
    refusal = refusal_of(number, (name, operation, before, after), records=records)
    if refusal is not None:
        raise refusal
    table = next(table for table in recorded_tables() if table.name == name)
    return _Change(number, table, int(row), operation, before, after)


async def _stored(connection: WritingConnection, change: _Change, dialect: Dialect) -> str | None:
    """The row as it is, which no other transaction changes before this one ends; None where there is none."""
    table = change.table
    lock = "" if dialect is Dialect.SQLITE else " FOR UPDATE"
    # The expression is made of declarations.
    row = payloads.payload(table, table.name, "sqlite" if dialect is Dialect.SQLITE else "postgresql")
    found = await connection.rows(f"SELECT {row} FROM {table.name} WHERE id = $1{lock}", (change.row,))  # noqa: S608
    return str(found[0][0]) if found else None


async def _require_unchanged(connection: WritingConnection, change: _Change, now: str | None) -> None:
    left_as = change.after
    if (left_as is None and now is None) or (left_as and now and is_alike(change.table, left_as, now)):
        return
    since = await connection.rows(_SINCE, (change.table.name, change.row, change.number))
    told, told_th = "", ""
    if since:
        told = f": change {since[0][0]}, by {since[0][2]}. Take that one back first"
        told_th = f" ในรายการที่ {since[0][0]} โดย {since[0][2]} กรุณาย้อนกลับรายการนั้นก่อน"
    raise RevertRefusedError(f"The row was changed since{told}.", f"ระเบียนนี้ถูกแก้ไขอีกหลังจากนั้น{told_th}")


async def _undo(connection: WritingConnection, change: _Change, dialect: Dialect) -> None:
    if change.before is None:
        await _remove(connection, change)
        return
    before = read(change.before)
    if change.after is None:
        await _restore(connection, change, before, dialect)
        return
    after = read(change.after)
    columns = {column.name: column for column in change.table.columns}
    # A column that is gone since cannot be what it was.
    held = [name for name in before if name in after and name in columns]
    wanted = {name: before[name] for name in held if before[name] != after[name]}
    if not wanted:
        raise RevertRefusedError("The columns that it changed are not there any more.", "ไม่มีคอลัมน์ที่รายการนี้แก้ไขแล้ว")
    await _require_referred(connection, change.table, wanted)
    sets = ", ".join(f"{name} = {placeholder(columns[name], place, dialect)}" for place, name in enumerate(wanted, 2))
    values = [bound(value, dialect) for value in wanted.values()]
    await connection.rows(f"UPDATE {change.table.name} SET {sets} WHERE id = $1", (change.row, *values))  # noqa: S608 - declared


async def _restore(connection: WritingConnection, change: _Change, before: Payload, dialect: Dialect) -> None:
    table = change.table
    columns = [column for column in table.columns if column.name in before]
    await _require_referred(connection, table, {column.name: before[column.name] for column in columns})
    names = ", ".join(column.name for column in columns)
    places = ", ".join(placeholder(column, place, dialect) for place, column in enumerate(columns, 1))
    values = [bound(before[column.name], dialect) for column in columns]
    await connection.rows(f"INSERT INTO {table.name} ({names}) VALUES ({places})", values)  # noqa: S608 - declared


async def _remove(connection: WritingConnection, change: _Change) -> None:
    table = change.table
    counted = []
    for use in uses_of(_model_of(table)):
        ((count, example),) = await connection.rows(use.sql, (change.row,))
        counted.append(Counted(use, count, example))
    used = refusal_of_uses(counted)
    if used is not None:
        raise RevertRefusedError(used.message, used.message_th)
    await connection.rows(f"DELETE FROM {table.name} WHERE id = $1", (change.row,))  # noqa: S608 - declared


async def _require_referred(connection: WritingConnection, table: Recorded, values: Payload) -> None:
    """Raise RevertRefusedError where the row would refer to one that is gone."""
    for name, value in values.items():
        keys = [key.column for key in table.table.columns[name].foreign_keys if key.column.name == "id"]
        for target in keys if isinstance(value, str) else ():
            other = str(target.table.name)
            sql = f"SELECT 1 FROM {other} WHERE id = $1"  # noqa: S608 - declared
            if not await connection.rows(sql, (int(str(value)),)):
                raise RevertRefusedError(
                    f"It referred to {other.replace('_', ' ')} {value}, which is not there any more."
                    " Take its deletion back first.",
                    f"รายการนี้อ้างถึง{_label_th(target.table)} รหัส {value} ซึ่งไม่มีแล้ว กรุณาย้อนกลับการลบรายการนั้นก่อน",
                )


def _model_of(table: Recorded) -> type[Row]:
    return next(one for one in tables() if one.__table__ is table.table)


def _label_th(table: Table) -> str:
    return next((model.about.label_th for model in tables() if model.__table__ is table), str(table.name))
