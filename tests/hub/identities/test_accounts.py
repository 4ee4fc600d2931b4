"""Accounts: who is the last administrator, and what is told of sessions."""

import asyncio
from datetime import timedelta

import pytest

from hub.database import Database
from hub.errors import NotFoundError
from hub.identities.accounts import AccountError, Accounts
from hub.identities.grant import Grant
from hub.identities.sessions import Sessions
from schema.identity.passwords import hash_password
from schema.policy import Role
from tests.hub.identities.clock import Clock

PASSWORD = "four words of mine"  # noqa: S105 - a test's own


@pytest.fixture
def accounts(hub: Database, clock: Clock) -> Accounts:
    return Accounts(hub, clock)


async def make(accounts: Accounts, *names: str, role: Role = Role.ADMIN) -> None:
    hashed = hash_password(PASSWORD)
    for name in names:
        await accounts.create(name, hashed, Grant(role))


async def test_the_last_administrator_stays_one_who_may_sign_in(accounts: Accounts) -> None:
    await make(accounts, "root", "second")
    await make(accounts, "malee", role=Role.OFFICER)
    await accounts.set_active("second", active=False)
    with pytest.raises(AccountError, match="last administrator"):
        await accounts.set_active("root", active=False)
    with pytest.raises(AccountError, match="last administrator"):
        await accounts.set_role("root", Grant(Role.OFFICER))
    # What is none is not kept from it, nor is who stays one.
    await accounts.set_role("second", Grant(Role.OFFICER))
    await accounts.set_active("malee", active=False)
    await accounts.set_role("root", Grant(Role.ADMIN))


async def test_of_two_administrators_who_remove_one_another_at_once_one_stays(accounts: Accounts) -> None:
    names = ("root", "second", "third")
    await make(accounts, *names)
    for _ in range(5):
        tasks = (accounts.set_active(name, active=False) for name in names)
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(one) for one in done if one is not None] == [AccountError]
        assert [one.is_active for one in await accounts.list()].count(True) == 1
        for name in names:
            await accounts.set_active(name, active=True)


async def test_the_sessions_of_an_account_are_listed_without_secrets_and_ended(
    accounts: Accounts, hub: Database, clock: Clock
) -> None:
    await make(accounts, "root", "second")
    sessions = Sessions(hub, timedelta(hours=12), clock)
    for _ in range(2):
        await sessions.begin("root", PASSWORD, "10.0.0.1")
        clock.go(60)
    await sessions.begin("second", PASSWORD, "10.0.0.1")
    found = await accounts.sessions(await accounts.key_of("root"))
    assert [clock() - one.created_at for one in found] == [timedelta(seconds=60), timedelta(seconds=120)]
    assert await accounts.end_sessions("root") == 2
    assert await accounts.sessions(1) == []
    assert len(await accounts.sessions(2)) == 1
    clock.go(12 * 3600)
    assert await accounts.sessions(2) == []


@pytest.mark.parametrize("key", [7, 2**63 - 1])
async def test_an_account_that_is_not_there_is_not_found(accounts: Accounts, key: int) -> None:
    with pytest.raises(NotFoundError):
        await accounts.get(key)
