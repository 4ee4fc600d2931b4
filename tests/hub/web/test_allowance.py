import asyncio

import pytest

from hub.errors import TooManyRequestsError
from hub.web import allowance as module
from hub.web.allowance import Allowance


class Seconds:
    def __init__(self) -> None:
        self.present = 0.0

    def __call__(self) -> float:
        return self.present


async def ask(allowance: Allowance, key: str = "token:1", times: int = 1) -> None:
    for _ in range(times):
        async with allowance.turn(key):
            pass


async def test_a_bucket_is_emptied_refused_and_refilled() -> None:
    seconds = Seconds()
    allowance = Allowance(rate=2, burst=3, at_once=1, clock=seconds)
    await ask(allowance, times=3)
    with pytest.raises(TooManyRequestsError, match="2 operations a second") as refused:
        await ask(allowance)
    assert refused.value.headers == {"retry-after": "1"}
    seconds.present += 0.5
    await ask(allowance)
    seconds.present += 3600
    await ask(allowance, times=3)
    with pytest.raises(TooManyRequestsError):
        await ask(allowance)


async def test_one_identity_does_not_use_up_anothers() -> None:
    allowance = Allowance(rate=1, burst=1, at_once=1, clock=Seconds())
    await ask(allowance, "token:1")
    await ask(allowance, "token:2")


async def test_a_rate_of_nothing_refuses_nobody() -> None:
    await ask(Allowance(rate=0, burst=1, at_once=1, clock=Seconds()), times=1000)


async def test_so_many_run_at_once_and_the_others_wait() -> None:
    allowance = Allowance(rate=0, burst=1, at_once=3)
    running, most = 0, 0

    async def run(key: str) -> None:
        nonlocal running, most
        async with allowance.turn(key):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.01)
            running -= 1

    await asyncio.gather(*(run("token:1") for _ in range(12)))
    assert most == 3
    most = 0
    await asyncio.gather(*(run(f"token:{number}") for number in range(12)))
    assert most == 12


async def test_who_goes_away_while_waiting_leaves_the_place() -> None:
    allowance = Allowance(rate=0, burst=1, at_once=1)
    async with allowance.turn("token:1"):
        waiting = asyncio.create_task(ask(allowance))
        await asyncio.sleep(0)
        waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.wait_for(ask(allowance), 1)


async def test_who_was_quiet_the_longest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 10)
    allowance = Allowance(rate=1, burst=1, at_once=1, clock=Seconds())
    for number in range(50):
        await ask(allowance, f"token:{number}")
    with pytest.raises(TooManyRequestsError):
        await ask(allowance, "token:49")
    await ask(allowance, "token:0")
