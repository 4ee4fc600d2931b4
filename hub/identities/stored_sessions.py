"""Sessions and sign-ins that wait, as rows, inside the transactions of those who begin and end them."""

from dataclasses import dataclass
from datetime import datetime

from hub.database import WritingConnection
from schema.identity.secrets import digest_of, new_pending, new_session


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session that just began; `secret` is for the cookie alone."""

    secret: str
    account: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class HalfSignIn:
    """A sign-in that owes the second factor; `secret` is for a cookie of its own, and opens nothing."""

    secret: str
    account: int
    expires_at: datetime


async def begin(connection: WritingConnection, account: int, now: datetime, expires_at: datetime) -> NewSession:
    """Write a session down, and forget those that have ended."""
    session = NewSession(new_session(), account, expires_at)
    await connection.execute("DELETE FROM account_session WHERE expires_at < $1", (now,))
    await connection.execute(
        "INSERT INTO account_session (digest, account_id, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)",
        (digest_of(session.secret), account, now, expires_at),
    )
    return session


async def begin_half(connection: WritingConnection, account: int, now: datetime, expires_at: datetime) -> HalfSignIn:
    """Write a sign-in down that owes the second factor, and forget those that waited too long."""
    half = HalfSignIn(new_pending(), account, expires_at)
    await connection.execute("DELETE FROM pending_sign_in WHERE expires_at < $1", (now,))
    await connection.execute(
        "INSERT INTO pending_sign_in (digest, account_id, expires_at) VALUES ($1, $2, $3)",
        (digest_of(half.secret), account, expires_at),
    )
    return half


async def end_half(connection: WritingConnection, secret: str) -> bool:
    """Use a sign-in up that waits; False when there is none. Where the transaction fails, it waits on."""
    return bool(await connection.execute("DELETE FROM pending_sign_in WHERE digest = $1", (digest_of(secret),)))


async def end(connection: WritingConnection, secret: str) -> None:
    """Forget one session; harmless where there is none."""
    await connection.execute("DELETE FROM account_session WHERE digest = $1", (digest_of(secret),))


async def end_all(connection: WritingConnection, account: int) -> int:
    """End every session of an account and every sign-in that waits; how many sessions there were."""
    await connection.execute("DELETE FROM pending_sign_in WHERE account_id = $1", (account,))
    return await connection.execute("DELETE FROM account_session WHERE account_id = $1", (account,))
