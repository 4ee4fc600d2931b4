"""Accounts with a second factor, for tests."""

from datetime import datetime, timedelta

import pyotp

from hub.database import Database
from hub.identities.own_account import OwnAccount
from hub.identities.sealing import Sealer
from hub.identities.sessions import Sessions
from tests.hub.identities.clock import Clock

KEY = bytes(range(32))
PASSWORD = "four words of mine"  # noqa: S105 - a test's own
ADDRESS = "10.0.0.1"


def sessions_of(hub: Database, clock: Clock, *keys: bytes) -> Sessions:
    """The sessions of a hub that has these keys; KEY where none is said."""
    return Sessions(hub, timedelta(hours=12), clock, Sealer(*(keys or (KEY,))))


def without_key(hub: Database, clock: Clock) -> Sessions:
    """The sessions of a hub that has no key."""
    return Sessions(hub, timedelta(hours=12), clock, Sealer())


def code_at(secret: str, at: datetime, steps: int = 0) -> str:
    """The code that an app shows, so many steps later."""
    return pyotp.TOTP(secret).at(at, counter_offset=steps)


async def with_factor(sessions: Sessions, clock: Clock, account: int = 1, name: str = "malee") -> tuple[str, list[str]]:
    """Set up a second factor; its secret, and its recovery codes. The code that was used is of the step before."""
    own = OwnAccount(sessions, account, name, ADDRESS)
    await own.offer()
    secret = (await own.offered()).secret
    _, codes = await own.begin_factor(PASSWORD, code_at(secret, clock()))
    clock.go(30)
    return secret, codes
