"""Signing in: who is taken, and how fast passwords may be tried."""

import asyncio
from datetime import timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters

from hub.database import Database
from hub.errors import TooManyRequestsError
from hub.identities import login_limits
from hub.identities.accounts import Accounts
from hub.identities.grant import Grant
from hub.identities.login_limits import FROM_ADDRESS, OF_ACCOUNT, Pace
from hub.identities.sessions import Sessions, WrongPasswordError
from schema.identity.passwords import hash_password
from schema.policy import Role
from tests.hub.identities.clock import Clock

PASSWORD = "four words of mine"  # noqa: S105 - a test's own
SCHOOL = "10.0.0.1"


@pytest.fixture
async def sessions(hub: Database, clock: Clock) -> Sessions:
    hashed = hash_password(PASSWORD)
    for name in ("malee", "somchai"):
        await Accounts(hub, clock).create(name, hashed, Grant(Role.OFFICER))
    return Sessions(hub, timedelta(hours=12), clock)


async def fail(sessions: Sessions, times: int, name: str = "malee", address: str = SCHOOL) -> None:
    for _ in range(times):
        with pytest.raises(WrongPasswordError):
            await sessions.begin(name, "not the password", address)


async def wait_of(sessions: Sessions, name: str = "malee", address: str = SCHOOL) -> int:
    with pytest.raises(TooManyRequestsError) as refused:
        await sessions.begin(name, PASSWORD, address)
    return refused.value.retry_after


async def test_a_name_is_taken_in_any_letters_and_the_sign_in_is_noted(sessions: Sessions, hub: Database) -> None:
    await sessions.begin(" MALEE ", PASSWORD, SCHOOL)
    ((seen,),) = await hub.rows("SELECT last_login_at FROM account WHERE username = 'malee'")
    assert seen is not None


@pytest.mark.parametrize("name", ["malee", "nobody", "", "x" * 500, "a\x00b", "มาลี"])
async def test_a_wrong_name_and_a_wrong_password_are_told_alike(sessions: Sessions, name: str) -> None:
    with pytest.raises(WrongPasswordError) as refused:
        await sessions.begin(name, "not the password", SCHOOL)
    assert str(refused.value) == str(WrongPasswordError())


async def test_a_disabled_account_is_told_no_more_than_any(sessions: Sessions, hub: Database) -> None:
    await Accounts(hub).set_active("malee", active=False)
    with pytest.raises(WrongPasswordError):
        await sessions.begin("malee", PASSWORD, SCHOOL)


async def test_an_unknown_name_is_as_much_work_as_a_known_one(
    sessions: Sessions, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    real = PasswordHasher.verify

    def verify(self: PasswordHasher, kept: str, password: str) -> bool:
        verified.append(kept)
        return real(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    for name in ("malee", "nobody"):
        clock.go(7200)
        await fail(sessions, 1, name)
    known, unknown = verified
    assert known != unknown
    assert extract_parameters(known) == extract_parameters(unknown)


async def test_each_try_in_vain_doubles_the_wait_up_to_a_bound(sessions: Sessions, clock: Clock) -> None:
    await fail(sessions, FROM_ADDRESS.free)
    waits = []
    for _ in range(12):
        waits.append(await wait_of(sessions))
        clock.go(waits[-1])
        await fail(sessions, 1)
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == FROM_ADDRESS.longest


async def test_a_refused_try_makes_the_wait_no_longer(sessions: Sessions, clock: Clock) -> None:
    await fail(sessions, FROM_ADDRESS.free + 1 - 1)
    for _ in range(20):
        assert await wait_of(sessions) == 1
    clock.go(1)
    await sessions.begin("malee", PASSWORD, SCHOOL)


async def test_others_at_the_same_address_are_not_kept_out(sessions: Sessions) -> None:
    """Symptom: a whole school behind one address could not sign in because one pupil guessed at one account."""
    await fail(sessions, FROM_ADDRESS.free)
    assert await wait_of(sessions)
    await sessions.begin("somchai", PASSWORD, SCHOOL)


async def test_an_unknown_name_is_slowed_like_a_known_one(sessions: Sessions) -> None:
    await fail(sessions, FROM_ADDRESS.free, "nobody")
    assert await wait_of(sessions, "nobody") == 1


async def test_guesses_from_many_addresses_are_slowed_too(sessions: Sessions, clock: Clock) -> None:
    for number in range(OF_ACCOUNT.free):
        await fail(sessions, 1, address=f"10.1.0.{number}")
    assert await wait_of(sessions, address="10.2.0.1") == 1
    clock.go(1)
    await sessions.begin("malee", PASSWORD, "10.2.0.1")


async def test_guesses_from_elsewhere_do_not_keep_an_account_out_where_it_signed_in_before(sessions: Sessions) -> None:
    await sessions.begin("malee", PASSWORD, SCHOOL)
    for number in range(OF_ACCOUNT.free):
        await fail(sessions, 1, address=f"10.1.0.{number}")
    assert await wait_of(sessions, address="10.2.0.1")
    await sessions.begin("malee", PASSWORD, SCHOOL)


async def test_addresses_of_one_network_of_the_new_protocol_are_one(sessions: Sessions) -> None:
    for number in range(FROM_ADDRESS.free):
        await fail(sessions, 1, address=f"2001:db8::{number:x}")
    assert await wait_of(sessions, address="2001:db8::ffff") == 1


async def test_it_is_all_forgotten_after_an_hour(sessions: Sessions, hub: Database, clock: Clock) -> None:
    await fail(sessions, FROM_ADDRESS.free)
    clock.go(login_limits.FORGOTTEN_AFTER.total_seconds() + 1)
    await fail(sessions, FROM_ADDRESS.free)
    assert await wait_of(sessions) == 1
    clock.go(login_limits.KNOWN_FOR.total_seconds())
    await fail(sessions, 1, "another")
    assert await hub.rows("SELECT count(*) FROM login_limit") == [(2,)]


async def test_a_right_password_makes_all_as_it_was(sessions: Sessions) -> None:
    await fail(sessions, FROM_ADDRESS.free - 1)
    await sessions.begin("malee", PASSWORD, SCHOOL)
    await fail(sessions, FROM_ADDRESS.free - 1)
    await sessions.begin("malee", PASSWORD, SCHOOL)


async def test_guesses_that_come_all_at_once_are_not_all_looked_at(sessions: Sessions) -> None:
    tries = (sessions.begin("malee", f"guess {number}", SCHOOL) for number in range(40))
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, WrongPasswordError) for one in outcomes) == FROM_ADDRESS.free
    assert sum(isinstance(one, TooManyRequestsError) for one in outcomes) == 40 - FROM_ADDRESS.free


async def test_many_people_sign_in_at_once(sessions: Sessions, hub: Database, clock: Clock) -> None:
    hashed = hash_password(PASSWORD)
    for number in range(20):
        await Accounts(hub, clock).create(f"user{number}", hashed, Grant(Role.OFFICER))
    made = await asyncio.gather(*(sessions.begin(f"user{number}", PASSWORD, SCHOOL) for number in range(20)))
    assert len({one.secret for one in made}) == 20


async def test_signing_in_again_gives_another_secret_and_ends_the_first(sessions: Sessions, hub: Database) -> None:
    first = await sessions.begin("malee", PASSWORD, SCHOOL)
    second = await sessions.begin("malee", PASSWORD, SCHOOL, first.secret)
    assert first.secret != second.secret
    assert await hub.rows("SELECT count(*) FROM account_session") == [(1,)]


async def test_a_hash_of_lesser_parameters_is_made_anew(sessions: Sessions, hub: Database) -> None:
    from argon2 import PasswordHasher  # noqa: PLC0415 - this test's alone

    lesser = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    await Accounts(hub).set_password("malee", lesser)
    await sessions.begin("malee", PASSWORD, SCHOOL)
    ((kept,),) = await hub.rows("SELECT password_hash FROM account WHERE username = 'malee'")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    await sessions.begin("malee", PASSWORD, SCHOOL)


def test_a_pace_is_free_then_doubles_then_stays() -> None:
    pace = Pace(free=3, longest=60)
    assert [pace.wait_after(tries).total_seconds() for tries in (0, 2, 3, 4, 8, 9, 1_000_000)] == [
        0,
        0,
        1,
        2,
        32,
        60,
        60,
    ]
