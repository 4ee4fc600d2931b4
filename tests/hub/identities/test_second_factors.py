"""Second factors: set up, asked for, used once, lost, demanded; and that nothing goes round them."""

import asyncio
from datetime import timedelta

import pytest

from hub.database import Database
from hub.errors import TooManyRequestsError, UnauthenticatedError
from hub.identities.accounts import Accounts
from hub.identities.grant import Grant
from hub.identities.identities import Identities, SecondFactorOwedError
from hub.identities.login_limits import CODES_OF_ACCOUNT, FORGOTTEN_AFTER, FROM_ADDRESS
from hub.identities.own_account import OwnAccount
from hub.identities.resealing import Resealed, reseal
from hub.identities.sealing import NoSecretKeyError, Sealer, UnreadableError
from hub.identities.second_factors import OFFER_LASTS, RECOVERY_CODES, SecondFactorError, WrongCodeError
from hub.identities.sessions import HALF_LASTS, HalfSignInEndedError, Sessions, WrongPasswordError
from hub.identities.stored_sessions import HalfSignIn, NewSession
from hub.identities.tokens import Tokens
from schema.identity.passwords import hash_password
from schema.identity.secrets import new_pending, new_recovery_code
from schema.policy import Role
from tests.hub.identities.clock import Clock
from tests.hub.identities.factors import ADDRESS, KEY, PASSWORD, code_at, sessions_of, with_factor, without_key

IDLE = timedelta(hours=1)


@pytest.fixture
async def sessions(hub: Database, clock: Clock) -> Sessions:
    await Accounts(hub, clock).create("malee", hash_password(PASSWORD), Grant(Role.ADMIN))
    return sessions_of(hub, clock)


async def half(sessions: Sessions) -> str:
    begun = await sessions.begin("malee", PASSWORD, ADDRESS)
    assert isinstance(begun, HalfSignIn)
    return begun.secret


async def rows(hub: Database, table: str) -> int:
    ((count,),) = await hub.rows(f"SELECT count(*) FROM {table}")
    return int(count)


async def test_the_right_password_alone_begins_no_session(sessions: Sessions, hub: Database, clock: Clock) -> None:
    secret, _ = await with_factor(sessions, clock)
    await Accounts(hub).end_sessions("malee")
    waiting = await half(sessions)
    assert await rows(hub, "account_session") == 0
    assert waiting not in str(await hub.rows("SELECT * FROM pending_sign_in"))
    session = await sessions.finish(waiting, code_at(secret, clock()), ADDRESS)
    assert (await Identities(hub, IDLE, clock.seconds).by_session(session.secret)).name == "malee"
    assert await rows(hub, "pending_sign_in") == 0


async def test_a_sign_in_that_waits_is_no_session_and_opens_nothing(
    sessions: Sessions, hub: Database, clock: Clock
) -> None:
    await with_factor(sessions, clock)
    waiting = await half(sessions)
    identities = Identities(hub, IDLE, clock.seconds)
    for find in (identities.by_session, identities.by_session_to_set_up, identities.by_token):
        with pytest.raises(UnauthenticatedError):
            await find(waiting)
        with pytest.raises(UnauthenticatedError):
            await find(waiting.replace("hubp_", "hubs_"))


async def test_a_sign_in_waits_for_five_minutes_and_ends_once_it_is_finished(sessions: Sessions, clock: Clock) -> None:
    secret, _ = await with_factor(sessions, clock)
    waiting = await half(sessions)
    clock.go(HALF_LASTS.total_seconds())
    with pytest.raises(HalfSignInEndedError):
        await sessions.finish(waiting, code_at(secret, clock()), ADDRESS)
    waiting = await half(sessions)
    await sessions.finish(waiting, code_at(secret, clock()), ADDRESS)
    clock.go(30)
    for made_up in (waiting, new_pending(), "", "hubp_x"):
        with pytest.raises(HalfSignInEndedError):
            await sessions.finish(made_up, code_at(secret, clock()), ADDRESS)


async def test_a_code_is_taken_once_though_it_is_still_shown(sessions: Sessions, clock: Clock) -> None:
    secret, _ = await with_factor(sessions, clock)
    code = code_at(secret, clock())
    await sessions.finish(await half(sessions), code, ADDRESS)
    waiting = await half(sessions)
    with pytest.raises(WrongCodeError):
        await sessions.finish(waiting, code, ADDRESS)
    # Nor is the one before it, though clocks that go slow would show it.
    with pytest.raises(WrongCodeError):
        await sessions.finish(waiting, code_at(secret, clock(), -1), ADDRESS)
    clock.go(30)
    await sessions.finish(waiting, code_at(secret, clock()), ADDRESS)


async def test_one_code_sent_many_times_at_once_signs_in_once(sessions: Sessions, clock: Clock) -> None:
    secret, _ = await with_factor(sessions, clock)
    code = code_at(secret, clock())
    waiting = [await half(sessions) for _ in range(4)]
    done = await asyncio.gather(
        *(sessions.finish(each, code, f"10.0.1.{place}") for place, each in enumerate(waiting)), return_exceptions=True
    )
    assert sum(isinstance(one, NewSession) for one in done) == 1
    assert sum(isinstance(one, WrongCodeError) for one in done) == 3


@pytest.mark.parametrize("steps", [-1, 0, 1])
async def test_a_clock_may_go_wrong_by_half_a_minute(sessions: Sessions, clock: Clock, steps: int) -> None:
    secret, _ = await with_factor(sessions, clock)
    clock.go(30)
    code = code_at(secret, clock(), steps)
    await sessions.finish(await half(sessions), f" {code[:3]} {code[3:]}\n", ADDRESS)


@pytest.mark.parametrize("code", ["", "abc", "1234567", "๑๒๓๔๕๖", "\x00", "x" * 10_000])
async def test_what_is_no_code_is_a_wrong_one(sessions: Sessions, clock: Clock, code: str) -> None:
    await with_factor(sessions, clock)
    with pytest.raises(WrongCodeError):
        await sessions.finish(await half(sessions), code, ADDRESS)


async def test_a_code_of_two_minutes_ago_or_of_another_secret_is_wrong(sessions: Sessions, clock: Clock) -> None:
    secret, _ = await with_factor(sessions, clock)
    clock.go(300)
    for code in (code_at(secret, clock(), -4), code_at("A" * 32, clock())):
        with pytest.raises(WrongCodeError):
            await sessions.finish(await half(sessions), code, ADDRESS)


async def test_a_recovery_code_stands_in_once_and_is_kept_as_a_digest(
    sessions: Sessions, hub: Database, clock: Clock
) -> None:
    _, codes = await with_factor(sessions, clock)
    assert len(set(codes)) == RECOVERY_CODES == await rows(hub, "recovery_code")
    kept = str(await hub.rows("SELECT * FROM recovery_code"))
    assert not any(code in kept for code in codes)
    await sessions.finish(await half(sessions), codes[0].upper().replace("-", " "), ADDRESS)
    assert await Accounts(hub).recovery_codes_left(1) == RECOVERY_CODES - 1
    waiting = await half(sessions)
    for code in (codes[0], new_recovery_code()):
        with pytest.raises(WrongCodeError):
            await sessions.finish(waiting, code, ADDRESS)
    await sessions.finish(waiting, codes[1], ADDRESS)


async def test_one_recovery_code_sent_many_times_at_once_signs_in_once(sessions: Sessions, clock: Clock) -> None:
    _, codes = await with_factor(sessions, clock)
    waiting = [await half(sessions) for _ in range(4)]
    done = await asyncio.gather(
        *(sessions.finish(each, codes[0], f"10.0.1.{place}") for place, each in enumerate(waiting)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, NewSession) for one in done) == 1


async def test_new_recovery_codes_end_the_old_ones(sessions: Sessions, clock: Clock) -> None:
    secret, codes = await with_factor(sessions, clock)
    own = OwnAccount(sessions, 1, "malee", ADDRESS)
    with pytest.raises(WrongCodeError):
        await own.renew_codes("000000" if code_at(secret, clock()) != "000000" else "000001")
    anew = await own.renew_codes(code_at(secret, clock()))
    assert not set(codes) & set(anew)
    waiting = await half(sessions)
    with pytest.raises(WrongCodeError):
        await sessions.finish(waiting, codes[0], ADDRESS)
    await sessions.finish(waiting, anew[0], ADDRESS)


async def test_codes_guessed_in_turn_are_slowed_from_an_address(sessions: Sessions, clock: Clock) -> None:
    _, codes = await with_factor(sessions, clock)
    waiting = await half(sessions)
    for _ in range(FROM_ADDRESS.free):
        with pytest.raises(WrongCodeError):
            await sessions.finish(waiting, new_recovery_code(), ADDRESS)
    with pytest.raises(TooManyRequestsError):
        await sessions.finish(waiting, codes[0], ADDRESS)
    clock.go(1)
    await sessions.finish(waiting, codes[0], ADDRESS)


async def test_beginning_again_with_the_password_gives_no_more_guesses(sessions: Sessions, clock: Clock) -> None:
    """Symptom: whoever knew the password had the tries of codes counted from nothing by giving it again."""
    await with_factor(sessions, clock)
    outcomes = [await guess(sessions, ADDRESS) for _ in range(50)]
    assert outcomes == [0] * FROM_ADDRESS.free + [1] * (50 - FROM_ADDRESS.free)


async def guess(sessions: Sessions, address: str) -> int:
    """Give the password and guess a code; the seconds to wait when it was not looked at."""
    try:
        begun = await sessions.begin("malee", PASSWORD, address)
        await sessions.finish(begun.secret, new_recovery_code(), address)
    except WrongCodeError:
        return 0
    except TooManyRequestsError as error:
        return error.retry_after
    raise AssertionError("a guess was right")


async def test_codes_guessed_from_many_addresses_are_slowed_and_remembered_for_a_day(
    sessions: Sessions, clock: Clock
) -> None:
    await with_factor(sessions, clock)
    begun, guesses = clock(), 0
    waits: list[int] = []
    while clock() - begun < timedelta(days=1):
        # Another address each time: none of them was ever seen before.
        wait = await guess(sessions, f"10.{guesses}.{len(waits)}.1")
        guesses += not wait
        waits.append(wait)
        clock.go(wait)
    assert CODES_OF_ACCOUNT.free <= guesses <= 50
    assert CODES_OF_ACCOUNT.longest / 2 < max(waits) <= CODES_OF_ACCOUNT.longest


async def test_a_wrong_code_does_not_count_against_the_password_of_others_nor_is_it_forgotten_in_an_hour(
    sessions: Sessions, clock: Clock
) -> None:
    await with_factor(sessions, clock)
    waiting = await half(sessions)
    for _ in range(FROM_ADDRESS.free):
        with pytest.raises(WrongCodeError):
            await sessions.finish(waiting, new_recovery_code(), ADDRESS)
    clock.go(FORGOTTEN_AFTER.total_seconds())
    waiting = await half(sessions)
    with pytest.raises(WrongCodeError):
        await sessions.finish(waiting, new_recovery_code(), ADDRESS)
    with pytest.raises(TooManyRequestsError):
        await sessions.finish(waiting, new_recovery_code(), ADDRESS)


async def test_the_secret_is_sealed_and_another_key_opens_nothing(
    sessions: Sessions, hub: Database, clock: Clock
) -> None:
    secret, codes = await with_factor(sessions, clock)
    assert secret not in str(await hub.rows("SELECT * FROM second_factor"))
    for other in (without_key(hub, clock), sessions_of(hub, clock, bytes(32))):
        waiting = await half(other)
        with pytest.raises(UnreadableError, match="HUB_SECRET_KEY"):
            await other.finish(waiting, code_at(secret, clock()), ADDRESS)
    # What stands in for the app needs no key.
    await other.finish(waiting, codes[0], ADDRESS)
    await sessions.finish(await half(sessions), code_at(secret, clock()), ADDRESS)


async def test_a_key_is_changed_while_people_sign_in(sessions: Sessions, hub: Database, clock: Clock) -> None:
    new = bytes(32)
    secret, _ = await with_factor(sessions, clock)

    async def signs_in(*keys: bytes) -> None:
        clock.go(30)
        hub_of = sessions_of(hub, clock, *keys)
        assert isinstance(await hub_of.finish(await half(hub_of), code_at(secret, clock()), ADDRESS), NewSession)

    await signs_in(new, KEY)
    with pytest.raises(UnreadableError):
        await signs_in(new)
    assert await reseal(hub, Sealer(new, KEY)) == Resealed(1, ())
    await signs_in(new)
    with pytest.raises(UnreadableError):
        await signs_in(KEY)


async def test_what_no_key_opens_stays_as_it_is_and_is_named(sessions: Sessions, hub: Database, clock: Clock) -> None:
    secret, _ = await with_factor(sessions, clock)
    before = await hub.rows("SELECT sealed_secret FROM second_factor")
    assert await reseal(hub, Sealer(bytes(32))) == Resealed(0, ("malee",))
    assert await hub.rows("SELECT sealed_secret FROM second_factor") == before
    with pytest.raises(NoSecretKeyError):
        await reseal(hub, Sealer())
    await sessions.finish(await half(sessions), code_at(secret, clock()), ADDRESS)


@pytest.mark.parametrize("kept", ["", "AAAA", "not base64!", "QUFB" * 30])
async def test_a_secret_that_was_tampered_with_is_refused(
    sessions: Sessions, hub: Database, clock: Clock, kept: str
) -> None:
    secret, _ = await with_factor(sessions, clock)
    async with hub.writing() as connection:
        if kept:
            await connection.execute("UPDATE second_factor SET sealed_secret = $1", (kept,))
        else:
            await connection.execute("DELETE FROM second_factor")
    with pytest.raises(UnreadableError):
        await sessions.finish(await half(sessions), code_at(secret, clock()), ADDRESS)


def test_what_is_sealed_twice_differs_and_is_opened_alike() -> None:
    sealer = Sealer(bytes(32))
    one, other = sealer.seal("secret"), sealer.seal("secret")
    assert one != other
    assert sealer.open(one) == sealer.open(other) == "secret"


@pytest.mark.usefixtures("sessions")
async def test_without_a_key_nothing_is_set_up(hub: Database, clock: Clock) -> None:
    own = OwnAccount(without_key(hub, clock), 1, "malee", ADDRESS)
    with pytest.raises(NoSecretKeyError, match="openssl rand"):
        await own.offer()
    assert await rows(hub, "second_factor") == 0


async def test_what_was_only_offered_is_not_asked_for(sessions: Sessions, hub: Database, clock: Clock) -> None:
    own = OwnAccount(sessions, 1, "malee", ADDRESS)
    await own.offer()
    secret = (await own.offered()).secret
    with pytest.raises(WrongCodeError):
        await own.begin_factor(PASSWORD, code_at("A" * 32, clock()))
    assert isinstance(await sessions.begin("malee", PASSWORD, ADDRESS), NewSession)
    with pytest.raises(SecondFactorError):
        await own.remove_factor(code_at(secret, clock()))
    with pytest.raises(WrongPasswordError):
        await own.begin_factor("not the password", code_at(secret, clock()))
    clock.go(OFFER_LASTS.total_seconds())
    with pytest.raises(SecondFactorError, match="Begin again"):
        await own.begin_factor(PASSWORD, code_at(secret, clock()))
    assert await hub.rows("SELECT second_factor_at FROM account") == [(None,)]


async def test_setting_one_up_ends_sessions_that_had_none(sessions: Sessions, hub: Database, clock: Clock) -> None:
    """Symptom: who had signed in with a stolen password alone stayed signed in after the factor was set up."""
    before = await sessions.begin("malee", PASSWORD, ADDRESS)
    await with_factor(sessions, clock)
    with pytest.raises(UnauthenticatedError):
        await Identities(hub, IDLE, clock.seconds).by_session(before.secret)
    assert await rows(hub, "account_session") == 1


async def test_one_that_is_set_up_is_not_offered_again(sessions: Sessions, clock: Clock) -> None:
    """Symptom: a session that was left open was enough to put another phone in place of the first."""
    await with_factor(sessions, clock)
    own = OwnAccount(sessions, 1, "malee", ADDRESS)
    with pytest.raises(SecondFactorError, match="already"):
        await own.offer()
    with pytest.raises(SecondFactorError, match="already"):
        await own.offered()


async def test_it_is_removed_by_a_code_and_every_session_ends(sessions: Sessions, hub: Database, clock: Clock) -> None:
    secret, _ = await with_factor(sessions, clock)
    own = OwnAccount(sessions, 1, "malee", ADDRESS)
    with pytest.raises(WrongCodeError):
        await own.remove_factor(new_recovery_code())
    await own.remove_factor(code_at(secret, clock()))
    assert await rows(hub, "account_session") == 1
    assert await rows(hub, "second_factor") == await rows(hub, "recovery_code") == 0
    assert isinstance(await sessions.begin("malee", PASSWORD, ADDRESS), NewSession)


async def test_an_administrator_removes_a_lost_one(sessions: Sessions, hub: Database, clock: Clock) -> None:
    await with_factor(sessions, clock)
    waiting = await half(sessions)
    assert await Accounts(hub, clock).remove_second_factor("malee")
    assert not await Accounts(hub, clock).remove_second_factor("malee")
    with pytest.raises(HalfSignInEndedError):
        await sessions.finish(waiting, "000000", ADDRESS)
    assert await rows(hub, "account_session") == 0


@pytest.mark.parametrize("change", ["reset", "disable", "role"])
async def test_a_sign_in_that_waits_ends_when_the_account_changes(
    sessions: Sessions, hub: Database, clock: Clock, change: str
) -> None:
    secret, _ = await with_factor(sessions, clock)
    waiting = await half(sessions)
    accounts = Accounts(hub, clock)
    await accounts.create("root", hash_password(PASSWORD), Grant(Role.ADMIN))
    if change == "reset":
        await accounts.set_password("malee", hash_password("other words of mine"))
    elif change == "disable":
        await accounts.set_active("malee", active=False)
    else:
        await accounts.set_role("malee", Grant(Role.OFFICER))
    with pytest.raises(HalfSignInEndedError):
        await sessions.finish(waiting, code_at(secret, clock()), ADDRESS)


async def test_the_browsers_session_before_ends_with_the_second_step(
    sessions: Sessions, hub: Database, clock: Clock
) -> None:
    secret, _ = await with_factor(sessions, clock)
    first = await sessions.finish(await half(sessions), code_at(secret, clock()), ADDRESS)
    clock.go(30)
    second = await sessions.finish(await half(sessions), code_at(secret, clock()), ADDRESS, first.secret)
    assert second.secret != first.secret
    with pytest.raises(UnauthenticatedError):
        await Identities(hub, IDLE, clock.seconds).by_session(first.secret)


async def test_a_role_that_must_have_one_may_only_set_it_up(sessions: Sessions, hub: Database, clock: Clock) -> None:
    session = await sessions.begin("malee", PASSWORD, ADDRESS)
    identities = Identities(hub, IDLE, clock.seconds, demanding=frozenset({Role.ADMIN}))
    for _ in range(2):
        with pytest.raises(SecondFactorOwedError, match="/console/me"):
            await identities.by_session(session.secret)
        identity, owes = await identities.by_session_to_set_up(session.secret)
        assert (identity.name, owes) == ("malee", True)
    own = OwnAccount(sessions, 1, "malee", ADDRESS)
    await own.offer()
    anew, _ = await own.begin_factor(PASSWORD, code_at((await own.offered()).secret, clock()))
    assert (await identities.by_session(anew.secret)).name == "malee"


async def test_other_roles_and_tokens_are_asked_for_none(sessions: Sessions, hub: Database, clock: Clock) -> None:
    await Accounts(hub, clock).create("somchai", hash_password(PASSWORD), Grant(Role.OFFICER))
    identities = Identities(hub, IDLE, clock.seconds, demanding=frozenset({Role.ADMIN}))
    session = await sessions.begin("somchai", PASSWORD, ADDRESS)
    assert (await identities.by_session(session.secret)).name == "somchai"
    token = await Tokens(hub, clock).create(Grant(Role.ADMIN), "test")
    assert (await identities.by_token(token.secret)).role is Role.ADMIN


async def test_no_secret_of_a_second_factor_is_logged(
    sessions: Sessions, clock: Clock, capfd: pytest.CaptureFixture[str]
) -> None:
    secret, codes = await with_factor(sessions, clock)
    waiting = await half(sessions)
    with pytest.raises(WrongCodeError):
        await sessions.finish(waiting, new_recovery_code(), ADDRESS)
    await sessions.finish(waiting, codes[0], ADDRESS)
    output = capfd.readouterr()
    for hidden in (secret, waiting, *codes, PASSWORD, code_at(secret, clock())):
        assert hidden not in output.out + output.err
