"""The second factor of an account: what its codes are made from, the codes for when that is lost, and who waits."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint

from schema.identity.accounts import DIGEST_LENGTH
from schema.identity.declaration import IdentityRow
from schema.tables import columns as c
from schema.tables.declaration import About, Kind

LONGEST_SEALED = 200


class SecondFactor(IdentityRow, table=True):
    """What an account's codes are made from, sealed; it counts from the account's `second_factor_at` on."""

    about: ClassVar = About(kind=Kind.DERIVED, label_th="การยืนยันตัวตนสองขั้น", plural="secondFactors", exposed=False)
    __table_args__ = (UniqueConstraint("account_id"),)

    account_id: int = c.reference("account", "The account.", "บัญชีผู้ใช้", ondelete="CASCADE")
    sealed_secret: str = c.text(
        "The secret, readable with HUB_SECRET_KEY alone.", "ความลับที่เข้ารหัส", max_length=LONGEST_SEALED, exposed=False
    )
    used_step: int = c.number("The latest time step of which a code was taken; 0 before the first.", "ช่วงเวลาที่ใช้ล่าสุด")
    offered_at: datetime = c.moment("When the secret was made and shown.", "เสนอเมื่อ")


class RecoveryCode(IdentityRow, table=True):
    """A code in place of the second factor, to be used once: then its row goes."""

    about: ClassVar = About(kind=Kind.DERIVED, label_th="รหัสกู้คืน", plural="recoveryCodes", exposed=False)
    __table_args__ = (UniqueConstraint("account_id", "digest"),)

    account_id: int = c.reference("account", "The account.", "บัญชีผู้ใช้", ondelete="CASCADE")
    digest: str = c.text("SHA-256 of the code.", "ค่าแฮช", max_length=DIGEST_LENGTH, exposed=False)
    created_at: datetime = c.moment("When it was made.", "สร้างเมื่อ")


class PendingSignIn(IdentityRow, table=True):
    """A browser that gave the right password and still owes the second factor; it may do nothing else."""

    about: ClassVar = About(kind=Kind.DERIVED, label_th="การเข้าใช้ที่รอรหัส", plural="pendingSignIns", exposed=False)
    __table_args__ = (UniqueConstraint("digest"), Index(None, "account_id"), Index(None, "expires_at"))

    digest: str = c.text("SHA-256 of the cookie's secret.", "ค่าแฮช", max_length=DIGEST_LENGTH, exposed=False)
    account_id: int = c.reference("account", "The account.", "บัญชีผู้ใช้", ondelete="CASCADE")
    expires_at: datetime = c.moment("Until when the code may come.", "หมดอายุ")
