"""How fast passwords and codes may be tried: slower with each try in vain, for an account and for it from one address.

Codes are counted apart from passwords, and slower: whoever tries them has the password, and there are but a million.
No address is ever refused as such, for a whole school shares one; what is refused is one account from there. All of it
is forgotten by itself: a refused try counts for nothing, and an hour (of codes a day) without a try in vain makes all
as it was.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from hub.database import WritingConnection, moment
from hub.errors import TooManyRequestsError
from schema.identity.secrets import digest_of


@dataclass(frozen=True, slots=True)
class Pace:
    """After so many `free` tries each one doubles the wait, from a second up to `longest` seconds."""

    free: int
    longest: int

    def wait_after(self, failures: int) -> timedelta:
        """How long after so many tries in vain the next one may come."""
        over = failures - self.free
        return timedelta(seconds=0 if over < 0 else min(self.longest, 2 ** min(over, 20)))


FROM_ADDRESS: Final = Pace(free=5, longest=300)
"""An account's tries from one address."""
OF_ACCOUNT: Final = Pace(free=20, longest=60)
"""An account's tries from everywhere; of no concern to an address from which it signed in lately."""
FORGOTTEN_AFTER: Final = timedelta(hours=1)
CODES_OF_ACCOUNT: Final = Pace(free=10, longest=3600)
"""An account's tries of codes from everywhere: some thirty a day in the end, of a million codes of which three do."""
CODES_FORGOTTEN_AFTER: Final = timedelta(days=1)
KNOWN_FOR: Final = timedelta(days=30)
_MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: the digests of whom it counts for."""

    pair: str
    account: str
    everywhere: Pace = OF_ACCOUNT
    forgotten_after: timedelta = FORGOTTEN_AFTER

    @classmethod
    def of(cls, username: str, address: str) -> "Attempt":
        """A try of a folded user name from a client's address, whether or not there is such an account."""
        return cls(digest_of(f"{username}\n{_network(address)}"), digest_of(f"{username}\n"))

    @classmethod
    def of_code(cls, username: str, address: str) -> "Attempt":
        """A try of a second factor's code, by who gave the right password."""
        pair, account = digest_of(f"{username}\n{_network(address)}\ncode"), digest_of(f"{username}\n\ncode")
        return cls(pair, account, CODES_OF_ACCOUNT, CODES_FORGOTTEN_AFTER)


async def begin(connection: WritingConnection, attempt: Attempt, now: datetime) -> None:
    """Count a try before it is made, so that many made at once are as slow as one after another.

    Raises TooManyRequestsError when it is too early.
    """
    await connection.execute(
        "DELETE FROM login_limit WHERE tried_at < $1 AND (succeeded_at IS NULL OR succeeded_at < $2)",
        (now - CODES_FORGOTTEN_AFTER, now - KNOWN_FOR),
    )
    pair = await _locked(connection, attempt.pair, attempt.forgotten_after, now)
    account = await _locked(connection, attempt.account, attempt.forgotten_after, now)
    known = pair.succeeded_at is not None and now - pair.succeeded_at < KNOWN_FOR
    allowed_at = pair.allowed_at if known else max(pair.allowed_at, account.allowed_at)
    if now < allowed_at:
        raise TooManyRequestsError(
            "Too many tries for this name. Wait, then try once more; who runs the hub can give another password.",
            retry_after=(allowed_at - now).total_seconds(),
        )
    await _count(connection, attempt.pair, pair, FROM_ADDRESS, now)
    if not known:
        await _count(connection, attempt.account, account, attempt.everywhere, now)


async def succeed(connection: WritingConnection, attempt: Attempt, now: datetime) -> None:
    """Forget the tries from this address: the last one was right."""
    await connection.execute(
        "UPDATE login_limit SET failures = 0, allowed_at = $1, succeeded_at = $1 WHERE digest = $2", (now, attempt.pair)
    )
    await connection.execute(
        "UPDATE login_limit SET failures = failures - 1, allowed_at = $1 WHERE digest = $2 AND failures > 0",
        (now, attempt.account),
    )


@dataclass(frozen=True, slots=True)
class _Limit:
    failures: int
    allowed_at: datetime
    succeeded_at: datetime | None


async def _locked(connection: WritingConnection, digest: str, forgotten_after: timedelta, now: datetime) -> _Limit:
    # The update of nothing keeps the row, on PostgreSQL too, until the transaction ends.
    ((failures, tried, allowed, succeeded),) = await connection.rows(
        "INSERT INTO login_limit (digest, failures, tried_at, allowed_at) VALUES ($1, 0, $2, $2)"
        " ON CONFLICT (digest) DO UPDATE SET failures = login_limit.failures"
        " RETURNING failures, tried_at, allowed_at, succeeded_at",
        (digest, now),
    )
    seen = None if succeeded is None else moment(succeeded)
    if now - moment(tried) >= forgotten_after:
        return _Limit(0, now, seen)
    return _Limit(failures, moment(allowed), seen)


async def _count(connection: WritingConnection, digest: str, limit: _Limit, pace: Pace, now: datetime) -> None:
    failures = min(limit.failures + 1, _MOST)
    await connection.execute(
        "UPDATE login_limit SET failures = $1, tried_at = $2, allowed_at = $3 WHERE digest = $4",
        (failures, now, now + pace.wait_after(failures), digest),
    )


def _network(address: str) -> str:
    """Where a client is: its address, or of IPv6 the network of 64 bits in which it can choose any."""
    try:
        told = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((told, 64), strict=False)) if isinstance(told, IPv6Address) else str(told)
