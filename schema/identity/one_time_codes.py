"""Codes that an app makes from a shared secret and the time: RFC 6238, by pyotp."""

import re
from datetime import datetime
from typing import Final

import pyotp
from pyotp.exceptions import OTPVerificationError

ISSUER: Final = "Student grade hub"
INTERVAL: Final = 30  # seconds
_WINDOW: Final = 1
"""Steps before and after the present whose codes are taken, for clocks that go wrong and people who type slowly."""
_CODE: Final = re.compile(r"[0-9]{6}")
_BLANKS: Final = re.compile(r"\s+")


def new_secret() -> str:
    """160 random bits in base32, as RFC 4226 wants them."""
    return pyotp.random_base32(32)


def address_of(secret: str, username: str) -> str:
    """What an app reads from a QR code: an `otpauth:` address."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def as_code(text: str) -> str | None:
    """A code as the app shows it, however it was typed; None for what is none."""
    code = _BLANKS.sub("", text)
    return code if _CODE.fullmatch(code) else None


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step of which it is the code; None when it is of none about now. `at` has a time zone."""
    try:
        return pyotp.TOTP(secret, interval=INTERVAL).verify_and_get_timecode(code, for_time=at, valid_window=_WINDOW)
    except OTPVerificationError:
        return None
