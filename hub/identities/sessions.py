"""Signing in and out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from hub.database import Database
from hub.errors import UnauthenticatedError
from hub.identities import login_limits
from hub.identities.accounts import fold
from hub.identities.hasher import Hasher
from hub.identities.login_limits import Attempt
from schema.identity.accounts import LONGEST_USERNAME
from schema.identity.passwords import LONGEST, is_outdated
from schema.identity.secrets import digest_of, new_session
from schema.tables.columns import this_millisecond

_LOG = structlog.stdlib.get_logger("hub.login")
_ACCOUNT: Final = "SELECT id, password_hash, is_active FROM account WHERE username = $1"


class WrongPasswordError(UnauthenticatedError):
    """The name, or the password, or that the account may sign in: which of them, nobody is told."""

    def __init__(self) -> None:
        super().__init__("The name or the password is not right. Try again, or ask who runs the hub for a new one.")


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session that just began; `secret` is for the cookie alone."""

    secret: str
    account: int
    expires_at: datetime


class Sessions:
    """The sessions of one database."""

    def __init__(self, database: Database, lifetime: timedelta, now: Callable[[], datetime] = this_millisecond) -> None:
        """`lifetime` is how long a session lasts, however much it is used; `now` gives the present, in UTC."""
        self._database = database
        self.lifetime = lifetime
        self._now = now
        self._hasher = Hasher()

    async def begin(self, username: str, password: str, address: str, previous: str | None = None) -> NewSession:
        """Sign in from a client's address; the browser's `previous` session ends.

        Raises WrongPasswordError, or TooManyRequestsError when it was tried too often.
        """
        name = fold(username)[: LONGEST_USERNAME + 1]
        attempt = Attempt.of(name, address)
        async with self._database.writing() as connection:
            await login_limits.begin(connection, attempt, self._now())
        found = await self._database.rows(_ACCOUNT, (name,)) if "\x00" not in name else []
        key, kept, active = found[0] if found else (None, None, False)
        is_right = await self._hasher.verify(kept, password[: LONGEST + 1])
        if key is None or not is_right or not active:
            _LOG.warning("sign-in refused", address=address)
            raise WrongPasswordError
        anew = await self._hasher.hash(password) if is_outdated(kept) else None
        session = NewSession(new_session(), key, self._now() + self.lifetime)
        await self._write(session, attempt, anew, previous)
        _LOG.info("signed in", identity=f"account:{key}", address=address)
        return session

    async def end(self, secret: str) -> None:
        """Sign out; harmless where there is no such session."""
        async with self._database.writing() as connection:
            await connection.execute("DELETE FROM account_session WHERE digest = $1", (digest_of(secret),))

    async def _write(self, session: NewSession, attempt: Attempt, anew: str | None, previous: str | None) -> None:
        now = self._now()
        async with self._database.writing() as connection:
            await login_limits.succeed(connection, attempt, now)
            await connection.execute("DELETE FROM account_session WHERE expires_at < $1", (now,))
            if previous is not None:
                await connection.execute("DELETE FROM account_session WHERE digest = $1", (digest_of(previous),))
            await connection.execute(
                "INSERT INTO account_session (digest, account_id, created_at, seen_at, expires_at)"
                " VALUES ($1, $2, $3, $3, $4)",
                (digest_of(session.secret), session.account, now, session.expires_at),
            )
            await connection.execute("UPDATE account SET last_login_at = $1 WHERE id = $2", (now, session.account))
            if anew is not None:
                await connection.execute("UPDATE account SET password_hash = $1 WHERE id = $2", (anew, session.account))
