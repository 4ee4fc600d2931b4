"""Every committed change is sealed once, in the order of the commits, whoever seals."""

import asyncio
from collections.abc import Awaitable, Callable

from hub.database import Database
from hub.history import chain
from hub.history.sealer import ChangeSealer
from hub.history.sealing import AT_ONCE, seal_all, seal_some
from hub.history.verifying import verify
from schema.compiler.reading import Dialect
from tests.engines import Client
from tests.small_city import SmallCity

RENAME = "UPDATE school SET name = $1 WHERE id = 1"
CHANGE = chain.Recorded(
    1, (1, "school", 7, None, None, "INSERT", "2018-10-01T12:00:00.000+00:00", None, None, "SQL"), ("{}", None, "{}")
)


async def unsealed(database: Database) -> int:
    ((changes, seals),) = await database.rows(
        "SELECT (SELECT count(*) FROM change_log), (SELECT count(*) FROM change_seal)"
    )
    return int(changes - seals)


def test_a_link_hangs_on_all_that_a_change_is_and_on_the_link_before() -> None:
    link = chain.seal(CHANGE, chain.FIRST)
    assert link.salt is not None
    assert chain.digest_of(CHANGE, link.salt) == link.digest
    assert chain.link_of(CHANGE, link.digest, chain.FIRST) == link.chain
    assert chain.link_of(CHANGE, link.digest, link.chain) != link.chain
    other = chain.Recorded(1, (*CHANGE.facts[:-1], "CLI"), CHANGE.payload)
    assert chain.link_of(other, link.digest, chain.FIRST) != link.chain


def test_alike_payloads_have_unlike_digests() -> None:
    assert chain.seal(CHANGE, chain.FIRST).digest != chain.seal(CHANGE, chain.FIRST).digest


async def test_all_that_is_committed_is_sealed_in_order_and_once(hub: Database) -> None:
    waiting = await unsealed(hub)
    assert await seal_all(hub) == waiting > 200
    assert await seal_all(hub) == 0
    found = await hub.rows("SELECT id, change_id FROM change_seal ORDER BY id")
    assert [place for place, _ in found] == list(range(1, waiting + 1))
    assert [change for _, change in found] == sorted(change for _, change in found)
    verdict = await verify(hub)
    assert (verdict.complaints, verdict.links, verdict.unsealed) == ([], waiting, 0)


async def test_more_than_one_transaction_takes_are_sealed_too(hub: Database) -> None:
    await seal_all(hub)
    async with hub.writing() as connection:
        for number in range(AT_ONCE + 1):
            await connection.execute(RENAME, (f"Name {number}",))
    assert await seal_some(hub, everything=False) == AT_ONCE
    assert await seal_some(hub, everything=False) == 1
    assert (await verify(hub)).complaints == []


async def test_sealers_at_once_do_not_interleave(hub: Database) -> None:
    waiting = await unsealed(hub)
    counts = await asyncio.gather(*(seal_all(hub) for _ in range(8)))
    assert sum(counts) == waiting
    assert (await verify(hub)).complaints == []


async def test_what_is_committed_late_is_sealed_late(hub: Database, own_city: SmallCity) -> None:
    if hub.dialect is Dialect.SQLITE:
        return  # One writer at a time: what is begun first is committed first.
    async with Client.connect(own_city.url) as slow:
        await slow.run("BEGIN")
        await slow.run("UPDATE exit_reason SET name = 'Slow' WHERE id = 1")
        async with hub.writing() as connection:
            await connection.execute(RENAME, ("Quick",))
        await seal_all(hub)
        await slow.run("COMMIT")
    assert await seal_some(hub, everything=False) == 1
    newest = await hub.rows("SELECT change_id FROM change_seal ORDER BY id DESC LIMIT 2")
    assert newest[0] < newest[1]
    assert (await verify(hub)).complaints == []


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await holds():  # noqa: ASYNC110 - the sealer tells nobody
            await asyncio.sleep(0.05)


async def test_a_service_seals_by_itself_and_at_its_end(hub: Database) -> None:
    async def is_sealed() -> bool:
        return await unsealed(hub) == 0

    sealer = ChangeSealer(hub, interval=0.1)
    sealer.start()
    await until(is_sealed)
    async with hub.writing() as connection:
        await connection.execute(RENAME, ("One",))
    await until(is_sealed)
    await sealer.close()
    sealer = ChangeSealer(hub, interval=30)
    sealer.start()
    async with hub.writing() as connection:
        await connection.execute(RENAME, ("Two",))
    await sealer.close()
    assert await unsealed(hub) == 0
