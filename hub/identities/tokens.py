"""Tokens in the database: made, listed, revoked, rotated, and never deleted, for what they read is on record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from hub.database import Acting, Database, WritingConnection, moment
from hub.errors import BadInputError, NotFoundError
from hub.identities.grant import Found, Grant
from hub.identities.owner import OWNER, command_line
from schema.identity.secrets import beginning_of, digest_of, new_token
from schema.identity.tokens import LONGEST_NARROWING, LONGEST_PURPOSE
from schema.policy import Narrowing, Role
from schema.tables.columns import this_millisecond

DEFAULT_DAYS: Final = 90
MOST_DAYS: Final = 366
MOST_GRACE_HOURS: Final = 168
_COLUMNS: Final = (
    "purpose, digest, shown, role, all_schools, teacher_id,"
    " only_names, without_names, created_at, created_by, expires_at"
)
_LIST: Final = """
SELECT api_token.id, purpose, shown, role, all_schools, only_names, without_names,
  created_at, created_by, expires_at, revoked_at, last_used_at, teacher.staff_no
FROM api_token LEFT JOIN teacher ON teacher.id = teacher_id ORDER BY api_token.id
"""
_SCHOOLS: Final = """
SELECT api_token_id, code FROM api_token_school JOIN school ON school.id = school_id ORDER BY api_token_id, code
"""


class TokenError(BadInputError):
    """There is no such token, or what is asked of it cannot be."""


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """A token as it is listed; never its secret."""

    id: int
    purpose: str
    shown: str
    role: Role
    all_schools: bool
    schools: tuple[str, ...]
    teacher: str | None
    narrowing: Narrowing
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None

    def state(self, now: datetime) -> str:
        """`active`, `revoked` or `expired`."""
        if self.revoked_at is not None and self.revoked_at <= now:
            return "revoked"
        return "active" if now < self.expires_at else "expired"


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that was just made; `secret` is shown once."""

    id: int
    secret: str
    expires_at: datetime


def checked_purpose(purpose: str) -> str:
    """A purpose of one line. Raises TokenError, which says how long it may be."""
    text = " ".join(purpose.split())
    if not 1 <= len(text) <= LONGEST_PURPOSE or not text.isprintable():
        raise TokenError(
            f"Say in 1 to {LONGEST_PURPOSE} characters what the reads are for; it is kept in the log.",
            f"กรุณาระบุวัตถุประสงค์ 1 ถึง {LONGEST_PURPOSE} ตัวอักษร ซึ่งจะบันทึกไว้ในประวัติการอ่าน",
        )
    return text


def checked_days(days: int) -> int:
    """Days until a token ends. Raises TokenError."""
    if not 1 <= days <= MOST_DAYS:
        raise TokenError(
            f"A token lives for 1 to {MOST_DAYS} days; rotate it before it ends.",
            f"โทเคนมีอายุ 1 ถึง {MOST_DAYS} วัน และต่ออายุได้ก่อนหมด",
        )
    return days


def checked_grace(hours: float) -> timedelta:
    """How long an old token goes on beside its successor. Raises TokenError."""
    if not 0 <= hours <= MOST_GRACE_HOURS:
        raise TokenError(
            f"The old token may go on for 0 to {MOST_GRACE_HOURS} hours.",
            f"โทเคนเดิมใช้ต่อได้ 0 ถึง {MOST_GRACE_HOURS} ชั่วโมง",
        )
    return timedelta(hours=hours)


def names_in(text: str | None) -> frozenset[str]:
    """The names of a narrowing as they are kept."""
    return frozenset((text or "").split(",")) - {""}


class Tokens:
    """The tokens of one database. Every method is one transaction."""

    def __init__(
        self, database: Database, now: Callable[[], datetime] = this_millisecond, acting: Acting | None = None
    ) -> None:
        """`now` gives the present, in UTC; `acting` is who changes them, None the command line."""
        self._database = database
        self._acting = acting or command_line()
        self._now = now

    async def create(
        self,
        grant: Grant,
        purpose: str,
        *,
        days: int = DEFAULT_DAYS,
        narrowing: Narrowing | None = None,
        created_by: str = "command line",
    ) -> NewToken:
        """Make a token. Raises TokenError or InvalidGrantError."""
        grant.check(of_account=False)
        text = checked_purpose(purpose)
        now = self._now()
        expires = now + timedelta(days=checked_days(days))
        only, without = (_kept(names) for names in ((narrowing.only, narrowing.without) if narrowing else ((), ())))
        secret = new_token()
        async with self._database.writing(self._acting, identity=OWNER) as connection:
            found = await grant.find(connection)
            values = (text, digest_of(secret), beginning_of(secret), grant.role.value, grant.all_schools, found.teacher)
            key = await _insert(connection, (*values, only, without, now, created_by, expires))
            await _set_schools(connection, key, found)
        return NewToken(key, secret, expires)

    async def revoke(self, key: int) -> bool:
        """End a token now; False when it was revoked before. Raises TokenError."""
        async with self._database.writing(self._acting) as connection:
            await _require(connection, key)
            now = self._now()
            return bool(
                await connection.execute(
                    "UPDATE api_token SET revoked_at = $1 WHERE id = $2 AND (revoked_at IS NULL OR revoked_at > $1)",
                    (now, key),
                )
            )

    async def rotate(
        self, key: int, *, days: int = DEFAULT_DAYS, grace: timedelta = timedelta(0), created_by: str | None = None
    ) -> NewToken:
        """Make a token with the same rights, and end the old one after `grace`. Raises TokenError.

        `created_by` None: whoever made the old one.
        """
        secret = new_token()
        now = self._now()
        expires = now + timedelta(days=checked_days(days))
        async with self._database.writing(self._acting) as connection:
            await _require(connection, key)
            (old,) = await connection.rows(
                "SELECT purpose, role, all_schools, teacher_id, only_names, without_names, created_by, revoked_at,"
                " expires_at FROM api_token WHERE id = $1",
                (key,),
            )
            purpose, role, all_schools, teacher, only, without, maker, revoked, old_end = old
            if revoked is not None or moment(old_end) <= now:
                raise TokenError(
                    f"Token {key} has ended. Make another with `hub token create`.",
                    "โทเคนนี้สิ้นสุดแล้ว กรุณาสร้างใหม่",
                    english="This token has ended. Make another.",
                )
            values = (purpose, digest_of(secret), beginning_of(secret), role, bool(all_schools), teacher)
            made = await _insert(connection, (*values, only, without, now, created_by or maker, expires))
            await connection.execute(
                "INSERT INTO api_token_school (api_token_id, school_id)"
                " SELECT CAST($1 AS BIGINT), school_id FROM api_token_school WHERE api_token_id = $2",
                (made, key),
            )
            await connection.execute("UPDATE api_token SET revoked_at = $1 WHERE id = $2", (now + grace, key))
        return NewToken(made, secret, expires)

    async def list(self) -> list[TokenInfo]:
        """Every token, in the order in which they were made."""
        schools: dict[int, list[str]] = {}
        for token, code in await self._database.rows(_SCHOOLS, identity=OWNER):
            schools.setdefault(token, []).append(code)
        return [_info(row, tuple(schools.get(row[0], ()))) for row in await self._database.rows(_LIST, identity=OWNER)]

    async def get(self, key: int) -> TokenInfo:
        """One token. Raises NotFoundError."""
        found = [token for token in await self.list() if token.id == key]
        if not found:
            raise NotFoundError(f"There is no token {key}.", "ไม่พบโทเคนนี้", english="There is no such token.")
        return found[0]


def _info(row: tuple[Any, ...], schools: tuple[str, ...]) -> TokenInfo:
    key, purpose, shown, role, all_schools, only, without, created, by, expires, revoked, used, teacher = row
    return TokenInfo(
        id=key,
        purpose=purpose,
        shown=shown,
        role=Role(role),
        all_schools=bool(all_schools),
        schools=schools,
        teacher=teacher,
        narrowing=Narrowing(names_in(only), names_in(without)),
        created_at=moment(created),
        created_by=by,
        expires_at=moment(expires),
        revoked_at=None if revoked is None else moment(revoked),
        last_used_at=None if used is None else moment(used),
    )


async def _insert(connection: WritingConnection, values: tuple[Any, ...]) -> int:
    places = ", ".join(f"${place}" for place in range(1, len(values) + 1))
    ((key,),) = await connection.rows(f"INSERT INTO api_token ({_COLUMNS}) VALUES ({places}) RETURNING id", values)  # noqa: S608 - columns declared above
    return int(key)


async def _set_schools(connection: WritingConnection, token: int, found: Found) -> None:
    for school in found.schools:
        await connection.execute(
            "INSERT INTO api_token_school (api_token_id, school_id) VALUES ($1, $2)", (token, school)
        )


async def _require(connection: WritingConnection, key: int) -> None:
    if not await connection.rows("SELECT 1 FROM api_token WHERE id = $1", (key,)):
        raise TokenError(
            f"There is no token {key}. See `hub token list`.", "ไม่พบโทเคนนี้", english="There is no such token."
        )


def _kept(names: frozenset[str] | tuple[()]) -> str | None:
    text = ",".join(sorted(names))
    if len(text) > LONGEST_NARROWING:
        raise TokenError(
            "The token names too many types and fields; name whole types.", "เลือกชื่อมากเกินไป กรุณาเลือกทั้งประเภทแทน"
        )
    return text or None
