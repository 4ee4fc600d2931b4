import asyncio
from collections.abc import Awaitable

import pytest

from hub.errors import OutOfTimeError
from hub.web import stopping
from hub.web.stopping import ClientGoneError, Departure, TimeLimit, within


def late(seconds: float) -> OutOfTimeError:
    return OutOfTimeError(f"{seconds:g} s are over")


async def at_once() -> str:
    return "here"


async def slowly(seconds: float = 0.0) -> str:
    await asyncio.sleep(seconds)
    await asyncio.sleep(0)
    return "there"


async def never() -> dict[str, str]:
    await asyncio.Event().wait()
    raise AssertionError


async def gone() -> dict[str, str]:
    return {"type": "http.disconnect"}


async def test_what_comes_in_time_is_given() -> None:
    assert await within(10, late, slowly()) == "there"


async def test_what_comes_without_waiting_is_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "TimeLimit", None)
    assert await within(10, late, at_once()) == "here"


@pytest.mark.parametrize("seconds", [0.0, 0.01])
async def test_what_comes_late_is_not_waited_for(seconds: float) -> None:
    with pytest.raises(OutOfTimeError, match=f"{seconds:g} s are over"):
        await within(seconds, late, slowly(10))


async def test_what_is_no_longer_waited_for_is_told_to_end() -> None:
    ended = False

    async def waiting() -> None:
        nonlocal ended
        try:
            await asyncio.sleep(10)
        finally:
            ended = True

    with pytest.raises(OutOfTimeError):
        await within(0.01, late, waiting())
    assert ended


async def test_an_error_of_what_is_awaited_is_its_own() -> None:
    async def failing() -> None:
        await asyncio.sleep(0)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await within(10, late, failing())


@pytest.mark.parametrize("limit", [0.02, 10.0])
async def test_who_is_cancelled_from_elsewhere_stays_cancelled(limit: float) -> None:
    async def limited() -> None:
        with TimeLimit(limit, late):
            await asyncio.sleep(10)

    task = asyncio.create_task(limited())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_task_goes_on_after_its_time_was_over() -> None:
    with pytest.raises(OutOfTimeError), TimeLimit(0.01, late):
        await asyncio.sleep(10)
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0
    await asyncio.sleep(0)


async def departing(receive: Awaitable[dict[str, str]], seconds: float) -> None:
    async def receiving() -> dict[str, str]:
        return await receive

    with Departure(receiving, seconds, late):
        await asyncio.sleep(10)


async def test_an_operation_whose_client_is_gone_is_stopped() -> None:
    with pytest.raises(ClientGoneError):
        await departing(gone(), 10)


async def test_an_operation_is_stopped_once_whatever_comes_first() -> None:
    async def stubborn() -> None:
        async def receiving() -> dict[str, str]:
            return await gone()

        with Departure(receiving, 0.15, late):
            try:
                await asyncio.sleep(10)
            finally:
                await asyncio.sleep(0.1)  # its time is over as well, meanwhile

    with pytest.raises(ClientGoneError):
        await stubborn()
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


@pytest.mark.parametrize("seconds", [0.02, 0.15])
async def test_an_operation_whose_time_is_over_is_stopped(seconds: float) -> None:
    # Sooner and later than the watcher begins.
    with pytest.raises(OutOfTimeError, match=f"{seconds:g} s are over"):
        await departing(never(), seconds)
