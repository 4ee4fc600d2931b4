"""What people change of their own accounts: the password, and the second factor."""

from dataclasses import dataclass

import structlog

from hub.database import Acting, WritingConnection
from hub.identities import login_limits, second_factors
from hub.identities.accounts import check_password
from hub.identities.locking import kept
from hub.identities.second_factors import Offer
from hub.identities.sessions import Sessions, WrongPasswordError
from hub.identities.stored_sessions import NewSession
from schema.history import Face

_LOG = structlog.stdlib.get_logger("hub.login")


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The account of who is signed in, at a client's address. Tries of passwords and codes count as at a sign-in."""

    sessions: Sessions
    account: int
    username: str
    address: str

    async def change_password(self, old: str, new: str) -> NewSession:
        """Change the password; every session ends, and this browser gets another.

        Raises AccountError, WrongPasswordError or TooManyRequestsError.
        """
        check_password(new, self.username)
        proven = await self.sessions.prove(self.username, old, self.address)
        hashed = await self.sessions.hasher.hash(new)
        async with self.sessions.database.writing(self._acting) as connection:
            changed = await connection.execute(
                "UPDATE account SET password_hash = $1 WHERE id = $2 AND is_active AND password_hash = $3",
                (hashed, self.account, proven.password_hash),
            )
            if not changed:
                raise WrongPasswordError
            session = await self.sessions.begin_again(connection, self.account)
            await login_limits.succeed(connection, proven.attempt, self.sessions.now())
        self._log("password changed")
        return session

    async def offer(self) -> None:
        """Make a secret for an app. Raises SecondFactorError, NoSecretKeyError."""
        async with self.sessions.database.writing(self._acting) as connection:
            await second_factors.offer(connection, self.sessions.sealer, self.account, self.sessions.now())

    async def offered(self) -> Offer:
        """What an app is to take in. Raises SecondFactorError, UnreadableError."""
        async with self.sessions.database.writing(self._acting) as connection:
            return await second_factors.offered(
                connection, self.sessions.sealer, self.account, self.username, self.sessions.now()
            )

    async def begin_factor(self, password: str, code: str) -> tuple[NewSession, list[str]]:
        """Use what was offered from now on; every session ends, this browser gets another, and the recovery codes.

        Raises SecondFactorError, WrongPasswordError, WrongCodeError, UnreadableError or TooManyRequestsError.
        """
        await self.offered()
        proven = await self.sessions.prove(self.username, password, self.address)
        attempt = await self.sessions.count_code(self.username, self.address)
        now = self.sessions.now()
        async with self.sessions.database.writing(self._acting) as connection:
            codes = await second_factors.begin_with(connection, self.sessions.sealer, self.account, code, now)
            session = await self.sessions.begin_again(connection, self.account)
            for one in (proven.attempt, attempt):
                await login_limits.succeed(connection, one, now)
        self._log("second factor set up")
        return session, codes

    async def renew_codes(self, code: str) -> list[str]:
        """Make other recovery codes. Raises WrongCodeError, UnreadableError, TooManyRequestsError."""
        attempt = await self.sessions.count_code(self.username, self.address)
        now = self.sessions.now()
        async with self.sessions.database.writing(self._acting) as connection:
            await self._lock(connection)
            await second_factors.accept(connection, self.sessions.sealer, self.account, code, now)
            codes = await second_factors.renew_recovery_codes(connection, self.account, now)
            await login_limits.succeed(connection, attempt, now)
        self._log("recovery codes renewed")
        return codes

    async def remove_factor(self, code: str) -> NewSession:
        """Sign in with a password alone from now on; every session ends, and this browser gets another.

        Raises SecondFactorError, WrongCodeError, UnreadableError or TooManyRequestsError.
        """
        attempt = await self.sessions.count_code(self.username, self.address)
        now = self.sessions.now()
        async with self.sessions.database.writing(self._acting) as connection:
            await self._lock(connection)
            await second_factors.accept(connection, self.sessions.sealer, self.account, code, now)
            await second_factors.remove(connection, self.account)
            session = await self.sessions.begin_again(connection, self.account)
            await login_limits.succeed(connection, attempt, now)
        self._log("second factor removed")
        return session

    @property
    def _acting(self) -> Acting:
        return Acting(f"account:{self.account}", self.username, Face.PAGE)

    async def _lock(self, connection: WritingConnection) -> None:
        """Take the account before what is of it, as everything that changes one does."""
        await connection.rows(kept(self.sessions.database, "SELECT 1 FROM account WHERE id = $1"), (self.account,))

    def _log(self, event: str) -> None:
        _LOG.info(event, identity=f"account:{self.account}", address=self.address)
