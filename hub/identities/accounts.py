"""Accounts in the database: made, listed, changed, and never deleted, for what they read is on record."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hub.database import Database, WritingConnection, moment
from hub.errors import BadInputError
from hub.identities.grant import Grant
from schema.identity.accounts import LONGEST_USERNAME
from schema.identity.passwords import weakness
from schema.policy import Role
from schema.tables.columns import this_millisecond

_USERNAME: Final = re.compile(rf"[a-z0-9][a-z0-9._@-]{{1,{LONGEST_USERNAME - 1}}}")
_LIST: Final = """
SELECT account.id, username, role, is_active, created_at, last_login_at, teacher.staff_no
FROM account LEFT JOIN teacher ON teacher.id = account.teacher_id ORDER BY username
"""
_SCHOOLS: Final = """
SELECT account_id, code FROM account_school JOIN school ON school.id = school_id ORDER BY account_id, code
"""


class AccountError(BadInputError):
    """There is no such account, or there is one already, or its name or password will not do."""


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """An account as it is listed; never its password."""

    id: int
    username: str
    role: Role
    is_active: bool
    created_at: datetime
    last_login_at: datetime | None
    teacher: str | None
    schools: tuple[str, ...]


def fold(username: str) -> str:
    """A name as it is kept: without regard to capitals and the blanks around it."""
    return username.strip().casefold()


def checked_username(username: str) -> str:
    """The folded name. Raises AccountError, which says what a name is made of."""
    folded = fold(username)
    if not _USERNAME.fullmatch(folded):
        raise AccountError(
            f"A user's name is 2 to {LONGEST_USERNAME} letters a to z, digits, dots, hyphens, underscores or @, "
            "and begins with a letter or digit."
        )
    return folded


def check_password(password: str, username: str) -> None:
    """Raise AccountError, which says what to choose, unless the password will do."""
    complaint = weakness(password, username)
    if complaint:
        raise AccountError(complaint)


class Accounts:
    """The accounts of one database. Every method is one transaction."""

    def __init__(self, database: Database, now: Callable[[], datetime] = this_millisecond) -> None:
        """`now` gives the present, in UTC."""
        self._database = database
        self._now = now

    async def create(self, username: str, password_hash: str, grant: Grant) -> int:
        """Make an account; its key. Raises AccountError or InvalidGrantError."""
        name = checked_username(username)
        grant.check(of_account=True)
        async with self._database.writing() as connection:
            found = await grant.find(connection)
            made = await connection.rows(
                "INSERT INTO account (username, password_hash, role, teacher_id, is_active, created_at)"
                " VALUES ($1, $2, $3, $4, true, $5) ON CONFLICT (username) DO NOTHING RETURNING id",
                (name, password_hash, grant.role.value, found.teacher, self._now()),
            )
            if not made:
                raise AccountError(
                    f"There is an account {name} already. Choose another name, or see `hub user list`; "
                    f"`hub user reset {name}` gives it another password."
                )
            key = int(made[0][0])
            await _set_schools(connection, key, found.schools)
            return key

    async def set_role(self, username: str, grant: Grant) -> None:
        """Give an account another role, and end its sessions."""
        grant.check(of_account=True)
        async with self._database.writing() as connection:
            key = await _key_of(connection, username)
            found = await grant.find(connection)
            await connection.execute(
                "UPDATE account SET role = $1, teacher_id = $2 WHERE id = $3", (grant.role.value, found.teacher, key)
            )
            await _set_schools(connection, key, found.schools)
            await _end_sessions(connection, key)

    async def set_password(self, username: str, password_hash: str) -> None:
        """Give an account another password, and end its sessions."""
        async with self._database.writing() as connection:
            key = await _key_of(connection, username)
            await connection.execute("UPDATE account SET password_hash = $1 WHERE id = $2", (password_hash, key))
            await _end_sessions(connection, key)

    async def set_active(self, username: str, *, active: bool) -> None:
        """Let an account sign in, or let it not and end its sessions."""
        async with self._database.writing() as connection:
            key = await _key_of(connection, username)
            await connection.execute("UPDATE account SET is_active = $1 WHERE id = $2", (active, key))
            if not active:
                await _end_sessions(connection, key)

    async def require(self, username: str) -> str:
        """Give the folded name of an account that there is. Raises AccountError."""
        name = fold(username)
        if not await self._database.rows("SELECT 1 FROM account WHERE username = $1", (name,)):
            raise _missing(name)
        return name

    async def list(self) -> list[AccountInfo]:
        """Every account, by name."""
        schools: dict[int, list[str]] = {}
        for account, code in await self._database.rows(_SCHOOLS):
            schools.setdefault(account, []).append(code)
        return [
            AccountInfo(
                id=key,
                username=name,
                role=Role(role),
                is_active=bool(active),
                created_at=moment(created),
                last_login_at=None if seen is None else moment(seen),
                teacher=teacher,
                schools=tuple(schools.get(key, ())),
            )
            for key, name, role, active, created, seen, teacher in await self._database.rows(_LIST)
        ]


async def _key_of(connection: WritingConnection, username: str) -> int:
    name = fold(username)
    found = await connection.rows("SELECT id FROM account WHERE username = $1", (name,))
    if not found:
        raise _missing(name)
    return int(found[0][0])


def _missing(name: str) -> AccountError:
    return AccountError(f"There is no account {name[:LONGEST_USERNAME]}. See `hub user list`.")


async def _set_schools(connection: WritingConnection, account: int, schools: tuple[int, ...]) -> None:
    await connection.execute("DELETE FROM account_school WHERE account_id = $1", (account,))
    for school in schools:
        await connection.execute(
            "INSERT INTO account_school (account_id, school_id) VALUES ($1, $2)", (account, school)
        )


async def _end_sessions(connection: WritingConnection, account: int) -> None:
    await connection.execute("DELETE FROM account_session WHERE account_id = $1", (account,))
