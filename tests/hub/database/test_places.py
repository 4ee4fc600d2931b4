import asyncio
from dataclasses import dataclass, field

import pytest

from hub.database.engine import PoolUsage
from hub.database.places import Places


@dataclass(eq=False)
class Line:
    number: int
    is_sound: bool = True
    is_closed: bool = False

    async def settle(self) -> bool:
        await asyncio.sleep(0)
        return self.is_sound

    async def close(self) -> None:
        self.is_closed = True


@dataclass
class Exchange:
    lines: list[Line] = field(default_factory=list)
    is_away: bool = False

    async def connect(self) -> Line:
        await asyncio.sleep(0)
        if self.is_away:
            raise ConnectionError
        self.lines.append(Line(len(self.lines)))
        return self.lines[-1]

    async def places(self, size: int) -> Places[Line]:
        return Places(size, self.connect, await self.connect(), lambda line, _: line.is_sound)


async def test_the_last_given_back_goes_first_and_places_are_connected_when_needed() -> None:
    exchange = Exchange()
    places = await exchange.places(3)
    one = await places.take()
    two = await places.take()
    assert [line.number for line in exchange.lines] == [0, 1]
    places.release(one, idle=True)
    places.release(two, idle=True)
    assert await places.take() is two
    assert places.usage == PoolUsage(3, 1)


async def test_who_finds_no_place_waits_for_one() -> None:
    places = await Exchange().places(1)
    line = await places.take()
    waiting = asyncio.create_task(places.take())
    await asyncio.sleep(0)
    assert not waiting.done()
    places.release(line, idle=True)
    assert await waiting is line


async def test_a_place_that_could_not_be_connected_is_free_again() -> None:
    exchange = Exchange()
    places = await exchange.places(1)
    (line,) = exchange.lines
    line.is_sound = False
    exchange.is_away = True
    with pytest.raises(ConnectionError):
        await places.take()
    exchange.is_away = False
    assert (await places.take()).number == 1
    assert line.is_closed


@pytest.mark.parametrize("is_sound", [True, False])
async def test_what_is_not_idle_is_settled_before_it_is_lent_again(*, is_sound: bool) -> None:
    exchange = Exchange()
    places = await exchange.places(1)
    line = await places.take()
    line.is_sound = is_sound
    places.release(line, idle=False)
    assert places.usage == PoolUsage(1, 1)
    assert (await places.take() is line) is is_sound


async def test_a_place_is_not_lost_when_settling_fails() -> None:
    class Broken(Line):
        async def settle(self) -> bool:
            raise ZeroDivisionError

    exchange = Exchange()
    places = Places[Line](1, exchange.connect, Broken(7))
    reported: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context["exception"]))
    places.release(await places.take(), idle=False)
    assert (await places.take()).number == 0


async def test_those_that_are_out_are_closed_when_they_come_back() -> None:
    exchange = Exchange()
    places = await exchange.places(2)
    line = await places.take()
    closing = asyncio.create_task(places.close())
    await asyncio.sleep(0)
    assert not closing.done()
    places.release(line, idle=True)
    await closing
    assert line.is_closed
