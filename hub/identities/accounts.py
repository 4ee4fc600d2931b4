"""Accounts in the database: made, listed, changed, and never deleted, for what they read is on record."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hub.database import Acting, Database, WritingConnection, moment
from hub.errors import BadInputError, NotFoundError
from hub.identities import second_factors, stored_sessions
from hub.identities.grant import Grant
from hub.identities.locking import kept
from hub.identities.owner import OWNER, command_line
from schema.identity.accounts import LONGEST_USERNAME
from schema.identity.passwords import LONGEST, SHORTEST, weakness
from schema.policy import Role
from schema.tables.columns import this_millisecond

_USERNAME: Final = re.compile(rf"[a-z0-9][a-z0-9._@-]{{1,{LONGEST_USERNAME - 1}}}")
_LIST: Final = """
SELECT account.id, username, role, is_active, created_at, last_login_at, second_factor_at, teacher.staff_no
FROM account LEFT JOIN teacher ON teacher.id = account.teacher_id ORDER BY username
"""
_SCHOOLS: Final = """
SELECT account_id, code FROM account_school JOIN school ON school.id = school_id ORDER BY account_id, code
"""
_SESSIONS: Final = (
    "SELECT created_at, seen_at, expires_at FROM account_session WHERE account_id = $1 ORDER BY seen_at DESC"
)
_ADMINS: Final = "SELECT id FROM account WHERE role = 'admin' AND is_active ORDER BY id"
_NAME: Final = (
    f"A user's name is 2 to {LONGEST_USERNAME} letters a to z, digits, dots, hyphens, underscores or @, "
    "and begins with a letter or digit."
)
_NAME_TH: Final = f"ชื่อผู้ใช้มี 2 ถึง {LONGEST_USERNAME} ตัว ใช้ตัวอักษร a ถึง z ตัวเลข จุด ขีด ขีดล่าง หรือ @ และขึ้นต้นด้วยตัวอักษรหรือตัวเลข"
_WEAK_TH: Final = f"รหัสผ่านต้องมี {SHORTEST} ถึง {LONGEST} ตัวอักษร ใช้ตัวอักษรที่ต่างกันอย่างน้อย 5 ตัว และไม่มีชื่อผู้ใช้อยู่ในรหัส"


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
    second_factor_at: datetime | None
    teacher: str | None
    schools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A session as it is listed; never its secret."""

    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def fold(username: str) -> str:
    """A name as it is kept: without regard to capitals and the blanks around it."""
    return username.strip().casefold()


def checked_username(username: str) -> str:
    """The folded name. Raises AccountError, which says what a name is made of."""
    folded = fold(username)
    if not _USERNAME.fullmatch(folded):
        raise AccountError(_NAME, _NAME_TH)
    return folded


def check_password(password: str, username: str) -> None:
    """Raise AccountError, which says what to choose, unless the password will do."""
    complaint = weakness(password, username)
    if complaint:
        raise AccountError(complaint, _WEAK_TH)


class Accounts:
    """The accounts of one database. Every method is one transaction."""

    def __init__(
        self, database: Database, now: Callable[[], datetime] = this_millisecond, acting: Acting | None = None
    ) -> None:
        """`now` gives the present, in UTC; `acting` is who changes them, None the command line."""
        self._database = database
        self._acting = acting or command_line()
        self._now = now

    async def create(self, username: str, password_hash: str, grant: Grant) -> int:
        """Make an account; its key. Raises AccountError or InvalidGrantError."""
        name = checked_username(username)
        grant.check(of_account=True)
        async with self._database.writing(self._acting, identity=OWNER) as connection:
            found = await grant.find(connection)
            made = await connection.rows(
                "INSERT INTO account (username, password_hash, role, teacher_id, is_active, created_at)"
                " VALUES ($1, $2, $3, $4, true, $5) ON CONFLICT (username) DO NOTHING RETURNING id",
                (name, password_hash, grant.role.value, found.teacher, self._now()),
            )
            if not made:
                raise AccountError(
                    f"There is an account {name} already. Choose another name, or see `hub user list`; "
                    f"`hub user reset {name}` gives it another password.",
                    f"มีบัญชี {name} อยู่แล้ว กรุณาใช้ชื่ออื่น",
                    english=f"There is an account {name} already. Choose another name.",
                )
            key = int(made[0][0])
            await _set_schools(connection, key, found.schools)
            return key

    async def set_role(self, username: str, grant: Grant) -> None:
        """Give an account another role, and end its sessions. Raises AccountError for the last administrator."""
        grant.check(of_account=True)
        async with self._database.writing(self._acting, identity=OWNER) as connection:
            key = await _key_of(connection, username)
            if grant.role is not Role.ADMIN:
                await self._require_another_admin(connection, key)
            found = await grant.find(connection)
            await connection.execute(
                "UPDATE account SET role = $1, teacher_id = $2 WHERE id = $3", (grant.role.value, found.teacher, key)
            )
            await _set_schools(connection, key, found.schools)
            await stored_sessions.end_all(connection, key)

    async def set_password(self, username: str, password_hash: str) -> None:
        """Give an account another password, and end its sessions."""
        async with self._database.writing(self._acting) as connection:
            key = await _key_of(connection, username)
            await connection.execute("UPDATE account SET password_hash = $1 WHERE id = $2", (password_hash, key))
            await stored_sessions.end_all(connection, key)

    async def set_active(self, username: str, *, active: bool) -> None:
        """Let an account sign in, or let it not and end its sessions.

        Raises AccountError, also for the last administrator.
        """
        async with self._database.writing(self._acting) as connection:
            key = await _key_of(connection, username)
            if not active:
                await self._require_another_admin(connection, key)
            await connection.execute("UPDATE account SET is_active = $1 WHERE id = $2", (active, key))
            if not active:
                await stored_sessions.end_all(connection, key)

    async def end_sessions(self, username: str) -> int:
        """Sign an account out everywhere; how many sessions there were."""
        async with self._database.writing(self._acting) as connection:
            return await stored_sessions.end_all(connection, await _key_of(connection, username))

    async def remove_second_factor(self, username: str) -> bool:
        """Take a lost second factor away, and end the account's sessions; False when it had none."""
        async with self._database.writing(self._acting) as connection:
            key = await _key_of(connection, username)
            had = await second_factors.remove(connection, key)
            if had:
                await stored_sessions.end_all(connection, key)
            return had

    async def require(self, username: str) -> str:
        """Give the folded name of an account that there is. Raises AccountError."""
        await self.key_of(username)
        return fold(username)

    async def list(self) -> list[AccountInfo]:
        """Every account, by name."""
        schools: dict[int, list[str]] = {}
        for account, code in await self._database.rows(_SCHOOLS, identity=OWNER):
            schools.setdefault(account, []).append(code)
        return [_info(row, schools.get(row[0], ())) for row in await self._database.rows(_LIST, identity=OWNER)]

    async def get(self, key: int) -> AccountInfo:
        """One account, by its key. Raises NotFoundError."""
        found = [account for account in await self.list() if account.id == key]
        if not found:
            raise NotFoundError(f"There is no account {key}.", "ไม่พบบัญชีผู้ใช้นี้", english="There is no such account.")
        return found[0]

    async def key_of(self, username: str) -> int:
        """The key of an account. Raises AccountError."""
        name = fold(username)
        found = await self._database.rows("SELECT id FROM account WHERE username = $1", (name,))
        if not found:
            raise _missing(name)
        return int(found[0][0])

    async def sessions(self, key: int) -> Sequence[SessionInfo]:
        """Where an account is signed in, the latest used first; some may have ended for want of use."""
        found = [SessionInfo(*map(moment, row)) for row in await self._database.rows(_SESSIONS, (key,))]
        return [session for session in found if self._now() < session.expires_at]

    async def recovery_codes_left(self, key: int) -> int:
        """How many recovery codes an account has not used."""
        ((count,),) = await self._database.rows("SELECT count(*) FROM recovery_code WHERE account_id = $1", (key,))
        return int(count)

    async def _require_another_admin(self, connection: WritingConnection, key: int) -> None:
        """Refuse what would leave nobody to administer. The rows are kept: of two at once, one is refused."""
        found = await connection.rows(kept(self._database, _ADMINS))
        if [row[0] for row in found] == [key]:
            raise AccountError(
                "This is the last administrator who may sign in. Make another one first: "
                "`hub user create NAME --role admin`.",
                "นี่คือผู้ดูแลระบบคนสุดท้ายที่เข้าใช้ได้ กรุณาเพิ่มผู้ดูแลระบบอีกคนก่อน",
                english="This is the last administrator who may sign in. Make another one first.",
            )


def _info(row: tuple[Any, ...], schools: Iterable[str]) -> AccountInfo:
    key, name, role, active, created, seen, factor, teacher = row
    return AccountInfo(
        id=key,
        username=name,
        role=Role(role),
        is_active=bool(active),
        created_at=moment(created),
        last_login_at=None if seen is None else moment(seen),
        second_factor_at=None if factor is None else moment(factor),
        teacher=teacher,
        schools=tuple(schools),
    )


async def _key_of(connection: WritingConnection, username: str) -> int:
    name = fold(username)
    found = await connection.rows("SELECT id FROM account WHERE username = $1", (name,))
    if not found:
        raise _missing(name)
    return int(found[0][0])


def _missing(name: str) -> AccountError:
    return AccountError(
        f"There is no account {name[:LONGEST_USERNAME]}. See `hub user list`.",
        "ไม่พบบัญชีผู้ใช้นี้",
        english="There is no such account.",
    )


async def _set_schools(connection: WritingConnection, account: int, schools: tuple[int, ...]) -> None:
    await connection.execute("DELETE FROM account_school WHERE account_id = $1", (account,))
    for school in schools:
        await connection.execute(
            "INSERT INTO account_school (account_id, school_id) VALUES ($1, $2)", (account, school)
        )
