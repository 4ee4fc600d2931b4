"""Seals anew what second factors' codes are made from, so that a key that was replaced can be forgotten."""

from dataclasses import dataclass

from hub.database import Database
from hub.identities.locking import kept
from hub.identities.sealing import Sealer, UnreadableError


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many were sealed anew, and the accounts whose factor no key opens: theirs are as they were."""

    count: int
    unread: tuple[str, ...]


async def reseal(database: Database, sealer: Sealer) -> Resealed:
    """Seal every second factor with the first key. Raises NoSecretKeyError where there is none.

    Whoever sets one up meanwhile is waited for, or waits: it is sealed by the service, with the first key too.
    """
    sealer.seal("")
    count, unread = 0, []
    async with database.writing() as connection:
        sql = "SELECT account_id, sealed_secret FROM second_factor ORDER BY account_id"
        for account, sealed in await connection.rows(kept(database, sql)):
            try:
                anew = sealer.seal(sealer.open(sealed))
            except UnreadableError:
                unread.append(account)
                continue
            await connection.execute(
                "UPDATE second_factor SET sealed_secret = $1 WHERE account_id = $2", (anew, account)
            )
            count += 1
        names = dict(await connection.rows("SELECT id, username FROM account"))
    return Resealed(count, tuple(str(names[account]) for account in unread))
