"""Signing in, in one step or in two, and out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from hub.database import Acting, Database, WritingConnection, moment
from hub.errors import UnauthenticatedError
from hub.identities import login_limits, second_factors, stored_sessions
from hub.identities.accounts import fold
from hub.identities.hasher import Hasher
from hub.identities.locking import kept
from hub.identities.login_limits import Attempt
from hub.identities.sealing import Sealer
from hub.identities.second_factors import WrongCodeError
from hub.identities.stored_sessions import HalfSignIn, NewSession
from schema.history import Face
from schema.identity.accounts import LONGEST_USERNAME
from schema.identity.passwords import LONGEST, is_outdated
from schema.identity.secrets import digest_of, is_pending
from schema.tables.columns import this_millisecond

_LOG = structlog.stdlib.get_logger("hub.login")
_ACCOUNT: Final = "SELECT id, password_hash, is_active, second_factor_at FROM account WHERE username = $1"
_STILL_HALF: Final = (
    "SELECT 1 FROM account WHERE id = $1 AND is_active AND password_hash = $2 AND second_factor_at IS NOT NULL"
)
_SIGNED_IN: Final = "UPDATE account SET last_login_at = $1 WHERE id = $2 AND is_active AND second_factor_at IS NOT NULL"
_PENDING: Final = """
SELECT p.account_id, a.username, p.expires_at FROM pending_sign_in AS p JOIN account AS a ON a.id = p.account_id
WHERE p.digest = $1
"""
HALF_LASTS: Final = timedelta(minutes=5)
"""So long the second factor may take after the password."""


class WrongPasswordError(UnauthenticatedError):
    """The name, or the password, or that the account may sign in: which of them, nobody is told."""

    def __init__(self) -> None:
        super().__init__(
            "The name or the password is not right. Try again, or ask who runs the hub for a new one.",
            "รหัสผ่านไม่ถูกต้อง",
            english="The password is not right.",
        )


class HalfSignInEndedError(UnauthenticatedError):
    """The sign-in that waited for a code is no more: it took too long, was finished, or the account has changed."""

    def __init__(self) -> None:
        super().__init__("This sign-in has ended before its code came. Sign in again at /login.")


@dataclass(frozen=True, slots=True)
class Proven:
    """An account whose password was right; `password_hash` is the one that was proven."""

    account: int
    password_hash: str
    has_second_factor: bool
    attempt: Attempt


class Sessions:
    """The sessions of one database."""

    def __init__(
        self,
        database: Database,
        lifetime: timedelta,
        now: Callable[[], datetime] = this_millisecond,
        sealer: Sealer | None = None,
    ) -> None:
        """`lifetime` is how long a session lasts, however much it is used; `now` gives the present, in UTC.

        `sealer` opens what second factors' codes are made from.
        """
        self.database = database
        self.lifetime = lifetime
        self.now = now
        self.sealer = sealer or Sealer()
        self.hasher = Hasher()

    async def begin(
        self, username: str, password: str, address: str, previous: str | None = None
    ) -> NewSession | HalfSignIn:
        """Sign in from a client's address; the browser's `previous` session ends when all is done.

        Raises WrongPasswordError, or TooManyRequestsError when it was tried too often.
        """
        proven = await self.prove(username, password, address)
        now = self.now()
        if proven.has_second_factor:
            # The try still counts: whoever has the password alone is slowed as who has not.
            async with self.database.writing() as connection:
                half = kept(self.database, _STILL_HALF)
                if not await connection.rows(half, (proven.account, proven.password_hash)):
                    raise WrongPasswordError
                return await stored_sessions.begin_half(connection, proven.account, now, now + HALF_LASTS)
        anew = await self.hasher.hash(password) if is_outdated(proven.password_hash) else proven.password_hash
        async with self.database.writing(Acting(f"account:{proven.account}", fold(username), Face.PAGE)) as connection:
            # What was proven must still hold: meanwhile someone may have changed the password, or set up a factor.
            held = await connection.execute(
                "UPDATE account SET last_login_at = $1, password_hash = $2"
                " WHERE id = $3 AND is_active AND password_hash = $4 AND second_factor_at IS NULL",
                (now, anew, proven.account, proven.password_hash),
            )
            if not held:
                raise WrongPasswordError
            session = await self._begin(connection, proven.account, previous)
            await login_limits.succeed(connection, proven.attempt, now)
        _LOG.info("signed in", identity=f"account:{proven.account}", address=address)
        return session

    async def finish(self, half: str, code: str, address: str, previous: str | None = None) -> NewSession:
        """Sign in with the second factor, after the password was right.

        Raises HalfSignInEndedError, WrongCodeError, UnreadableError, or TooManyRequestsError.
        """
        found = await self.database.rows(_PENDING, (digest_of(half),)) if is_pending(half) else []
        if not found or moment(found[0][2]) <= self.now():
            raise HalfSignInEndedError
        account, username, _ = found[0]
        attempt = await self.count_code(username, address)
        now = self.now()
        try:
            async with self.database.writing() as connection:
                # The account first, as everything that changes one does: so nobody waits for the other in a ring.
                held = await connection.execute(_SIGNED_IN, (now, account))
                if not held or not await stored_sessions.end_half(connection, half):
                    raise HalfSignInEndedError
                kind = await second_factors.accept(connection, self.sealer, account, code, now)
                session = await self._begin(connection, account, previous)
                for one in (attempt, Attempt.of(username, address)):
                    await login_limits.succeed(connection, one, now)
        except WrongCodeError:
            _LOG.warning("second factor refused", identity=f"account:{account}", address=address)
            raise
        _LOG.info("signed in", identity=f"account:{account}", address=address, factor=kind)
        return session

    async def end(self, secret: str) -> None:
        """Sign out; harmless where there is no such session."""
        async with self.database.writing() as connection:
            await stored_sessions.end(connection, secret)

    async def prove(self, username: str, password: str, address: str) -> Proven:
        """Tell that it is the account's password, which counts as a try until someone says that all is done.

        Raises WrongPasswordError, or TooManyRequestsError when it was tried too often.
        """
        name = fold(username)[: LONGEST_USERNAME + 1]
        attempt = Attempt.of(name, address)
        async with self.database.writing() as connection:
            await login_limits.begin(connection, attempt, self.now())
        found = await self.database.rows(_ACCOUNT, (name,)) if "\x00" not in name else []
        key, hashed, active, factor = found[0] if found else (None, None, False, None)
        is_right = await self.hasher.verify(hashed, password[: LONGEST + 1])
        if key is None or not is_right or not active:
            _LOG.warning("sign-in refused", address=address)
            raise WrongPasswordError
        return Proven(key, hashed, factor is not None, attempt)

    async def count_code(self, username: str, address: str) -> Attempt:
        """Count a try of a code before it is looked at. Raises TooManyRequestsError when it is too early."""
        attempt = Attempt.of_code(username, address)
        async with self.database.writing() as connection:
            await login_limits.begin(connection, attempt, self.now())
        return attempt

    async def begin_again(self, connection: WritingConnection, account: int) -> NewSession:
        """End all sessions of an account and begin another, inside a transaction that changed how it signs in."""
        await stored_sessions.end_all(connection, account)
        return await self._begin(connection, account, None)

    async def _begin(self, connection: WritingConnection, account: int, previous: str | None) -> NewSession:
        if previous is not None:
            await stored_sessions.end(connection, previous)
        now = self.now()
        return await stored_sessions.begin(connection, account, now, now + self.lifetime)
