"""The second factors of accounts, inside the transactions of those who set them up, use them and take them away.

Whether an account has one its `second_factor_at` says, and nothing else: what was only offered does not count yet.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hub.database import WritingConnection, moment
from hub.errors import BadInputError, UnauthenticatedError
from hub.identities.sealing import Sealer, UnreadableError
from schema.identity.one_time_codes import address_of, as_code, new_secret, step_of
from schema.identity.secrets import as_recovery_code, digest_of, new_recovery_code

RECOVERY_CODES: Final = 10
OFFER_LASTS: Final = timedelta(minutes=15)
_OFFERED: Final = "SELECT sealed_secret, offered_at FROM second_factor WHERE account_id = $1"


class SecondFactorError(BadInputError):
    """There is a second factor already, or none, or what was offered is too old."""


class WrongCodeError(UnauthenticatedError):
    """The code is not one of now, or was used before; or the recovery code is none, or was used."""

    def __init__(self) -> None:
        """It takes nothing."""
        super().__init__(
            "The code is not right, or was used before. Wait for the next one that the app shows, then try again.",
            "รหัสไม่ถูกต้องหรือถูกใช้ไปแล้ว กรุณารอรหัสถัดไปจากแอปแล้วลองอีกครั้ง",
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """What an app takes in: the secret to type, and the `otpauth:` address for a QR code."""

    secret: str
    address: str


async def offer(connection: WritingConnection, sealer: Sealer, account: int, now: datetime) -> None:
    """Make a secret for an account that has no second factor. Raises SecondFactorError or NoSecretKeyError."""
    sealed = sealer.seal(new_secret())
    await _require_none(connection, account)
    await connection.execute(
        "INSERT INTO second_factor (account_id, sealed_secret, used_step, offered_at) VALUES ($1, $2, 0, $3)"
        " ON CONFLICT (account_id) DO UPDATE SET sealed_secret = $2, used_step = 0, offered_at = $3",
        (account, sealed, now),
    )


async def offered(connection: WritingConnection, sealer: Sealer, account: int, username: str, now: datetime) -> Offer:
    """What was offered, to show it. Raises SecondFactorError or UnreadableError."""
    await _require_none(connection, account)
    found = await connection.rows(_OFFERED, (account,))
    if not found or moment(found[0][1]) + OFFER_LASTS <= now:
        raise SecondFactorError(
            "Begin again: there is no new second factor, or it waited too long.",
            "กรุณาเริ่มใหม่ เนื่องจากยังไม่ได้เริ่มตั้งค่าหรือรอนานเกินไป",
            english="Begin again: nothing was begun, or it waited for too long.",
        )
    secret = sealer.open(found[0][0])
    return Offer(secret, address_of(secret, username))


async def begin_with(
    connection: WritingConnection, sealer: Sealer, account: int, code: str, now: datetime
) -> list[str]:
    """Have an account use what it was offered, whose code this is; its recovery codes. Raises WrongCodeError."""
    # First of all, so that whoever signs in at this moment with a password alone waits and is then refused.
    changed = await connection.execute(
        "UPDATE account SET second_factor_at = $1 WHERE id = $2 AND second_factor_at IS NULL", (now, account)
    )
    if not changed:
        raise _has_one()
    if not await _accept_code(connection, sealer, account, as_code(code), now):
        raise WrongCodeError
    return await renew_recovery_codes(connection, account, now)


async def accept(connection: WritingConnection, sealer: Sealer, account: int, text: str, now: datetime) -> str:
    """Take a code of the app, or a recovery code, which is then used up; which of them it was.

    Raises WrongCodeError, UnreadableError where the hub cannot tell, SecondFactorError where there is none.
    """
    if not await _has(connection, account):
        raise SecondFactorError(
            "This account has no second factor.", "ท่านยังไม่ได้ตั้งค่าการยืนยันตัวตนสองขั้น", english="You have no second factor."
        )
    recovery = as_recovery_code(text)
    if recovery is not None:
        used = await connection.execute(
            "DELETE FROM recovery_code WHERE account_id = $1 AND digest = $2", (account, digest_of(recovery))
        )
        if used:
            return "recovery code"
    elif await _accept_code(connection, sealer, account, as_code(text), now):
        return "code"
    raise WrongCodeError


async def renew_recovery_codes(connection: WritingConnection, account: int, now: datetime) -> list[str]:
    """Make recovery codes in place of those there were; they are shown once."""
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    await connection.execute("DELETE FROM recovery_code WHERE account_id = $1", (account,))
    for code in codes:
        await connection.execute(
            "INSERT INTO recovery_code (account_id, digest, created_at) VALUES ($1, $2, $3)",
            (account, digest_of(code), now),
        )
    return codes


async def remove(connection: WritingConnection, account: int) -> bool:
    """Take the second factor away, with all that belongs to it; False when there was none."""
    had = await connection.execute(
        "UPDATE account SET second_factor_at = NULL WHERE id = $1 AND second_factor_at IS NOT NULL", (account,)
    )
    await connection.execute("DELETE FROM second_factor WHERE account_id = $1", (account,))
    await connection.execute("DELETE FROM recovery_code WHERE account_id = $1", (account,))
    return bool(had)


async def _accept_code(
    connection: WritingConnection, sealer: Sealer, account: int, code: str | None, now: datetime
) -> bool:
    if code is None:
        return False
    found = await connection.rows(_OFFERED, (account,))
    if not found:
        raise UnreadableError
    step = step_of(sealer.open(found[0][0]), code, now)
    # A step is used once: of two that come with one code at the same moment, the second changes nothing.
    return step is not None and bool(
        await connection.execute(
            "UPDATE second_factor SET used_step = $1 WHERE account_id = $2 AND used_step < $1", (step, account)
        )
    )


async def _require_none(connection: WritingConnection, account: int) -> None:
    if await _has(connection, account):
        raise _has_one()


async def _has(connection: WritingConnection, account: int) -> bool:
    found = await connection.rows("SELECT 1 FROM account WHERE id = $1 AND second_factor_at IS NOT NULL", (account,))
    return bool(found)


def _has_one() -> SecondFactorError:
    return SecondFactorError(
        "This account has a second factor already. Remove it before setting up another.",
        "ท่านตั้งค่าการยืนยันตัวตนสองขั้นไว้แล้ว กรุณายกเลิกก่อนตั้งค่าใหม่",
        english="You have a second factor already. Remove it before you set up another.",
    )
