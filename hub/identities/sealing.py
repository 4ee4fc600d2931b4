"""Keeps what must be read again, so that no copy of the database can be read: a secret box under the key of a setting.

A digest will not do for what codes are made from. Who has the database alone has no code; who has the key too, has all.
"""

import base64
import binascii
from contextlib import suppress
from typing import Final

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from hub.errors import UnavailableError


class NoSecretKeyError(UnavailableError):
    """There is no key to seal with."""

    def __init__(self) -> None:
        """It takes nothing."""
        super().__init__(
            "A second factor needs HUB_SECRET_KEY: 32 random bytes in base64, as `openssl rand -base64 32` makes them. "
            "Set it, the same for every process of the hub, and start the hub again.",
            "ยังตั้งค่าการยืนยันตัวตนสองขั้นไม่ได้ ผู้ดูแลเครื่องแม่ข่ายต้องกำหนด HUB_SECRET_KEY แล้วเริ่มระบบใหม่",
            english="A second factor cannot be set up yet: whoever runs the hub sets HUB_SECRET_KEY and starts it "
            "again.",
        )


class UnreadableError(UnavailableError):
    """What was sealed cannot be read: another key, or none, or no such thing."""

    def __init__(self) -> None:
        """It takes nothing."""
        super().__init__(
            "The second factor of this account cannot be read: HUB_SECRET_KEY is not the key it was made under. "
            "Set that key again, or remove the second factor: `hub user reset-mfa NAME`. A recovery code still does.",
            "ขณะนี้ตรวจสอบรหัสยืนยันไม่ได้ เนื่องจากกุญแจของระบบไม่ตรงกับที่ใช้ตอนตั้งค่า กรุณาใช้รหัสกู้คืน หรือติดต่อผู้ดูแลระบบ",
            english="Your codes cannot be checked: the hub has another key. Use a recovery code, or ask who runs the "
            "hub.",
        )


class Sealer:
    """Seals and opens texts."""

    def __init__(self, *keys: bytes) -> None:
        """`keys` are of 32 bytes each: the first seals, every one opens. Without any nothing is sealed or opened."""
        self._boxes: Final = tuple(SecretBox(key) for key in keys)

    def seal(self, secret: str) -> str:
        """What to keep, in base64. Raises NoSecretKeyError."""
        if not self._boxes:
            raise NoSecretKeyError
        return base64.b64encode(bytes(self._boxes[0].encrypt(secret.encode()))).decode()

    def open(self, sealed: str) -> str:
        """What was sealed. Raises UnreadableError; never anything that was not sealed with one of the keys."""
        try:
            content = base64.b64decode(sealed, validate=True)
        except (binascii.Error, ValueError) as error:
            raise UnreadableError from error
        for box in self._boxes:
            with suppress(CryptoError, ValueError):
                return box.decrypt(content).decode()
        raise UnreadableError
