"""From a secret to an identity: looked up in the database, and remembered for a few seconds."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Self

import structlog

from hub.database import Database, moment
from hub.database.errors import DatabaseError
from hub.errors import UnauthenticatedError
from hub.identities.grant import scope_of
from hub.identities.tokens import names_in
from schema.identity.secrets import digest_of, is_session, is_token
from schema.policy import Identity, Narrowing, Role

_LOG = structlog.stdlib.get_logger("hub.identities")

REMEMBERED: Final = timedelta(seconds=5)
"""How long what was looked up holds without another look: so long a revoked token may still be taken."""
INTERACTIVE: Final = "interactive use"
"""The purpose of what an account reads, unless a request says another."""
_MOST: Final = 4_096
_WRITE_EVERY: Final = 30.0  # seconds

_BEARER: Final = """
SELECT id, purpose, role, all_schools, teacher_id, only_names, without_names, expires_at, revoked_at
FROM api_token WHERE digest = $1
"""
_BEARER_SCHOOLS: Final = "SELECT school_id FROM api_token_school WHERE api_token_id = $1"
_SESSION: Final = """
SELECT s.id, s.seen_at, s.expires_at, a.id, a.username, a.role, a.teacher_id, a.is_active, a.second_factor_at
FROM account_session AS s JOIN account AS a ON a.id = s.account_id WHERE s.digest = $1
"""
_ACCOUNT_SCHOOLS: Final = "SELECT school_id FROM account_school WHERE account_id = $1"
_USED: Final = {
    "api_token": "UPDATE api_token SET last_used_at = $1 WHERE id = $2",
    "account_session": "UPDATE account_session SET seen_at = $1 WHERE id = $2 AND seen_at < $1",
}

_SIGN_IN: Final = "Sign in again at /login."


class SecondFactorOwedError(UnauthenticatedError):
    """The account's role demands a second factor, and it has none: until it has, it may do nothing else."""

    def __init__(self) -> None:
        """It takes nothing."""
        super().__init__("An account of this role needs a second factor. Set one up at /console/me, then go on.")


@dataclass(frozen=True, slots=True)
class _Known:
    identity: Identity
    until: float
    """By the clock."""
    use: tuple[str, int]
    owes_factor: bool = False


class Identities:
    """The identities of one database, as one process knows them."""

    def __init__(
        self,
        database: Database,
        idle: timedelta,
        clock: Callable[[], float] = time.time,
        *,
        demanding: AbstractSet[Role] = frozenset(),
    ) -> None:
        """`idle` is how long a session lasts that is not used; `clock` gives the present, in seconds since 1970.

        Accounts of the roles `demanding` have a second factor, or may only set one up.
        """
        self._database = database
        self._idle = idle
        self._clock = clock
        self._demanding = demanding
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._used: dict[tuple[str, int], float] = {}
        self._writing: asyncio.Task[None] | None = None

    @classmethod
    def open(cls, database: Database, idle: timedelta, *, demanding: AbstractSet[Role] = frozenset()) -> Self:
        """Begin to write down, every half minute, what was used. Close it before the database."""
        opened = cls(database, idle, demanding=demanding)
        opened._writing = asyncio.create_task(opened._write_on())
        return opened

    async def by_token(self, secret: str) -> Identity:
        """Give the identity of a token. Raises UnauthenticatedError, whose hint is for who holds that very token."""
        if not is_token(secret):
            raise UnauthenticatedError(
                "The Authorization header holds no token of this hub. Send `Authorization: Bearer hub_...`, "
                "as `hub token create` printed it."
            )
        return (await self._look_up(digest_of(secret), self._find_token)).identity

    async def by_session(self, secret: str) -> Identity:
        """Give the identity of a session's cookie. Raises UnauthenticatedError; SecondFactorOwedError is one."""
        known = await self._session(secret)
        if known.owes_factor:
            raise SecondFactorOwedError
        return known.identity

    async def by_session_to_set_up(self, secret: str) -> tuple[Identity, bool]:
        """Give the identity of a session to the pages alone that set a second factor up, and whether it owes one."""
        known = await self._session(secret)
        return known.identity, known.owes_factor

    def forget(self, secret: str) -> None:
        """Look anew when this secret comes again: its session has ended."""
        self._known.pop(digest_of(secret), None)

    async def write_uses(self) -> None:
        """Write down when each token and session was last used. Raises DatabaseError; what was used is then kept."""
        used, self._used = self._used, {}
        if not used:
            return
        try:
            async with self._database.writing() as connection:
                for (table, key), at in sorted(used.items()):
                    await connection.execute(_USED[table], (_moment(at), key))
        except BaseException:
            self._used = {**used, **self._used}
            raise

    async def close(self) -> None:
        """Write down what is not yet written."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.wait({self._writing})
        await self._try_to_write()

    async def _session(self, secret: str) -> _Known:
        if not is_session(secret):
            raise UnauthenticatedError(f"The cookie is no session of this hub. {_SIGN_IN}")
        return await self._look_up(digest_of(secret), self._find_session)

    async def _look_up(self, digest: str, find: Callable[[str, datetime], Awaitable[_Known]]) -> _Known:
        now = self._clock()
        known = self._known.get(digest)
        if known is None or known.until <= now:
            self._known.pop(digest, None)
            known = await find(digest, _moment(now))
            self._known[digest] = known
            if len(self._known) > _MOST:
                self._known.popitem(last=False)
        self._used[known.use] = now
        return known

    async def _find_token(self, digest: str, now: datetime) -> _Known:
        found = await self._database.rows(_BEARER, (digest,))
        if not found:
            raise UnauthenticatedError("This hub knows no such token. Copy it whole, or make one: `hub token create`.")
        key, purpose, role, all_schools, teacher, only, without, expires, revoked = found[0]
        ends = moment(expires) if revoked is None else min(moment(expires), moment(revoked))
        if ends <= now:
            raise UnauthenticatedError(
                f"This token ended at {ends:%Y-%m-%d %H:%M} UTC. Make another: `hub token create`."
            )
        schools = [int(row[0]) for row in await self._database.rows(_BEARER_SCHOOLS, (key,))]
        scope = scope_of(Role(role), schools, teacher, all_schools=bool(all_schools))
        name, narrowing = f"token {key}", Narrowing(names_in(only), names_in(without))
        identity = Identity(f"token:{key}", name, Role(role), scope, purpose, narrowing, ends)
        _require_teacher(identity)
        return _Known(identity, min(ends, now + REMEMBERED).timestamp(), ("api_token", key))

    async def _find_session(self, digest: str, now: datetime) -> _Known:
        found = await self._database.rows(_SESSION, (digest,))
        if not found:
            raise UnauthenticatedError(f"This session has ended. {_SIGN_IN}")
        session, seen, expires, key, username, role, teacher, active, factor = found[0]
        use = ("account_session", session)
        # Not yet written, perhaps.
        idle_from = max(moment(seen), _moment(self._used.get(use, 0)))
        ends = min(moment(expires), idle_from + self._idle)
        if ends <= now or not active:
            raise UnauthenticatedError(f"This session has ended. {_SIGN_IN}")
        schools = [int(row[0]) for row in await self._database.rows(_ACCOUNT_SCHOOLS, (key,))]
        scope = scope_of(Role(role), schools, teacher, all_schools=False)
        identity = Identity(f"account:{key}", username, Role(role), scope, INTERACTIVE)
        _require_teacher(identity)
        owes_factor = factor is None and identity.role in self._demanding
        return _Known(identity, min(moment(expires), now + REMEMBERED).timestamp(), use, owes_factor)

    async def _write_on(self) -> None:
        while True:
            await asyncio.sleep(_WRITE_EVERY)
            await self._try_to_write()

    async def _try_to_write(self) -> None:
        try:
            await self.write_uses()
        except DatabaseError as error:
            _LOG.warning("last uses are not written", reason=str(error))


def _moment(seconds: float) -> datetime:
    """A moment by the clock, cut off to what the database keeps."""
    return datetime.fromtimestamp(int(seconds * 1000) / 1000, UTC)


def _require_teacher(identity: Identity) -> None:
    if identity.role is Role.TEACHER and identity.scope.teacher is None:
        raise UnauthenticatedError("The teacher this identity is of is no longer on record. Ask who runs the hub.")
