from datetime import timedelta

import pytest

from hub.database import Database, moment
from hub.errors import UnauthenticatedError
from hub.identities.accounts import Accounts
from hub.identities.grant import Grant, InvalidGrantError
from hub.identities.identities import REMEMBERED, Identities
from hub.identities.sessions import Sessions
from hub.identities.tokens import Tokens
from schema.identity.passwords import hash_password
from schema.identity.secrets import new_session, new_token
from schema.policy import Narrowing, Reach, Role, Scope
from tests.counting import counting
from tests.hub.identities.clock import Clock
from tests.small_city import SmallCity

WAT, CITY = "3083000001", "3083000002"
PASSWORD = "four words of mine"  # noqa: S105 - a test's own
IDLE = timedelta(minutes=60)
LIFETIME = timedelta(hours=12)


@pytest.fixture
def identities(hub: Database, clock: Clock) -> Identities:
    return Identities(hub, IDLE, clock.seconds)


@pytest.fixture
def tokens(hub: Database, clock: Clock) -> Tokens:
    return Tokens(hub, clock)


async def staff_no(hub: Database, key: int) -> str:
    return str((await hub.rows("SELECT staff_no FROM teacher WHERE id = $1", (key,)))[0][0])


async def test_a_token_is_its_role_schools_purpose_and_narrowing(
    tokens: Tokens, identities: Identities, own_city: SmallCity
) -> None:
    narrowing = Narrowing(frozenset({"students", "grades"}), frozenset({"birthDate"}))
    made = await tokens.create(Grant(Role.INTEGRATOR, (CITY, WAT, WAT)), "  the library ", narrowing=narrowing)
    identity = await identities.by_token(made.secret)
    assert (identity.key, identity.role, identity.purpose) == (f"token:{made.id}", Role.INTEGRATOR, "the library")
    assert identity.scope == Scope(Reach.SCHOOLS, tuple(sorted(own_city.schools.values())))
    assert identity.narrowing == narrowing


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OFFICER, Role.ANALYST])
async def test_some_roles_read_every_school(tokens: Tokens, identities: Identities, role: Role) -> None:
    made = await tokens.create(Grant(role), "test")
    assert (await identities.by_token(made.secret)).scope == Scope(Reach.ALL)


async def test_a_teachers_token_reads_as_that_teacher(
    hub: Database, tokens: Tokens, identities: Identities, own_city: SmallCity
) -> None:
    key = next(iter(own_city.teachers.values()))
    made = await tokens.create(Grant(Role.TEACHER, teacher=await staff_no(hub, key)), "test")
    assert (await identities.by_token(made.secret)).scope == Scope(Reach.TEACHER, teacher=key)
    async with hub.writing() as connection:
        await connection.execute("UPDATE api_token SET teacher_id = NULL")
    identities.forget(made.secret)
    with pytest.raises(UnauthenticatedError, match="no longer on record"):
        await identities.by_token(made.secret)


async def test_a_school_that_is_not_there_makes_nothing(hub: Database, tokens: Tokens) -> None:
    with pytest.raises(InvalidGrantError, match="There are: 3083000001"):
        await tokens.create(Grant(Role.HEAD, (WAT, "9")), "test")
    assert await hub.rows("SELECT 1 FROM api_token") == []


async def test_a_token_that_is_unknown_or_no_token_is_told_so(identities: Identities) -> None:
    with pytest.raises(UnauthenticatedError, match="knows no such token"):
        await identities.by_token(new_token())
    for text in ("", "hub_short", new_session(), "ก"):
        with pytest.raises(UnauthenticatedError, match="holds no token"):
            await identities.by_token(text)


async def test_a_token_ends_at_its_hour_though_it_was_just_looked_up(
    tokens: Tokens, identities: Identities, clock: Clock
) -> None:
    made = await tokens.create(Grant(Role.OFFICER), "test", days=1)
    clock.go(86_400 - 1)
    await identities.by_token(made.secret)
    clock.go(1)
    with pytest.raises(UnauthenticatedError, match="ended at 2018-06-11 08:00 UTC"):
        await identities.by_token(made.secret)


async def test_a_revoked_token_is_taken_for_five_seconds_at_most(
    tokens: Tokens, identities: Identities, clock: Clock
) -> None:
    assert timedelta(seconds=5) >= REMEMBERED
    made = await tokens.create(Grant(Role.OFFICER), "test")
    await identities.by_token(made.secret)
    await tokens.revoke(made.id)
    clock.go(REMEMBERED.total_seconds())
    with pytest.raises(UnauthenticatedError, match="ended at"):
        await identities.by_token(made.secret)


async def test_a_rotated_token_is_taken_while_its_grace_lasts(
    tokens: Tokens, identities: Identities, clock: Clock
) -> None:
    first = await tokens.create(Grant(Role.HEAD, (WAT,)), "test")
    second = await tokens.rotate(first.id, grace=timedelta(hours=1))
    old, new = await identities.by_token(first.secret), await identities.by_token(second.secret)
    assert (old.scope, old.purpose) == (new.scope, new.purpose)
    clock.go(3600)
    with pytest.raises(UnauthenticatedError):
        await identities.by_token(first.secret)
    assert (await identities.by_token(second.secret)).key == f"token:{second.id}"


async def test_the_last_use_is_written_in_batches(
    hub: Database, tokens: Tokens, identities: Identities, clock: Clock
) -> None:
    made = [await tokens.create(Grant(Role.OFFICER), "test") for _ in range(3)]
    for token in made:
        await identities.by_token(token.secret)
    assert {row[0] for row in await hub.rows("SELECT last_used_at FROM api_token")} == {None}
    await identities.close()
    assert {moment(row[0]) for row in await hub.rows("SELECT last_used_at FROM api_token")} == {clock()}


async def signed_in(hub: Database, clock: Clock, name: str = "malee") -> tuple[Sessions, str]:
    await Accounts(hub, clock).create(name, hash_password(PASSWORD), Grant(Role.HEAD, (WAT,)))
    sessions = Sessions(hub, LIFETIME, clock)
    return sessions, (await sessions.begin(name, PASSWORD, "10.0.0.1")).secret


async def test_a_session_is_its_account(
    hub: Database, identities: Identities, clock: Clock, own_city: SmallCity
) -> None:
    _, secret = await signed_in(hub, clock)
    identity = await identities.by_session(secret)
    assert (identity.key, identity.name, identity.purpose) == ("account:1", "malee", "interactive use")
    assert identity.scope == Scope(Reach.SCHOOLS, (own_city.schools["WAT"],))
    assert secret not in str(await hub.rows("SELECT * FROM account_session"))


async def test_a_session_ends_when_it_is_not_used(hub: Database, identities: Identities, clock: Clock) -> None:
    _, secret = await signed_in(hub, clock)
    for _ in range(3):
        clock.go(IDLE.total_seconds() - 1)
        await identities.by_session(secret)
        await identities.write_uses()
    clock.go(IDLE.total_seconds())
    with pytest.raises(UnauthenticatedError, match="/login"):
        await identities.by_session(secret)


async def test_a_session_ends_however_much_it_is_used(hub: Database, identities: Identities, clock: Clock) -> None:
    _, secret = await signed_in(hub, clock)
    for _ in range(23):
        clock.go(1800)
        await identities.by_session(secret)
    clock.go(1800)
    with pytest.raises(UnauthenticatedError, match="has ended"):
        await identities.by_session(secret)


async def test_a_disabled_account_is_signed_out_within_five_seconds(
    hub: Database, identities: Identities, clock: Clock
) -> None:
    _, secret = await signed_in(hub, clock)
    await identities.by_session(secret)
    await Accounts(hub, clock).set_active("malee", active=False)
    clock.go(5)
    with pytest.raises(UnauthenticatedError):
        await identities.by_session(secret)


async def test_signing_out_ends_the_session_at_once(hub: Database, identities: Identities, clock: Clock) -> None:
    sessions, secret = await signed_in(hub, clock)
    await identities.by_session(secret)
    await sessions.end(secret)
    identities.forget(secret)
    with pytest.raises(UnauthenticatedError):
        await identities.by_session(secret)


async def test_a_secret_of_one_kind_is_none_of_the_other(hub: Database, identities: Identities, clock: Clock) -> None:
    _, session = await signed_in(hub, clock)
    token = await Tokens(hub, clock).create(Grant(Role.ADMIN), "test")
    # Both are remembered, by digests that are kept together.
    await identities.by_session(session)
    await identities.by_token(token.secret)
    with pytest.raises(UnauthenticatedError):
        await identities.by_token(session)
    with pytest.raises(UnauthenticatedError):
        await identities.by_session(token.secret)


async def test_a_token_that_is_remembered_costs_a_few_calls(tokens: Tokens, identities: Identities) -> None:
    made = await tokens.create(Grant(Role.OFFICER), "test")
    await identities.by_token(made.secret)
    with counting() as calls:
        await identities.by_token(made.secret)
    assert calls.count < 60
