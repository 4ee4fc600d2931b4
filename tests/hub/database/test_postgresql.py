import asyncpg  # type: ignore[import-untyped]
import pytest

from hub.database import Address
from hub.database.postgresql import PostgresEngine
from tests.conftest import Templates


@pytest.fixture
def postgresql_url(postgresql_templates: Templates) -> str:
    return postgresql_templates.engine.create()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("application_name", "hub"),
        ("default_transaction_read_only", "on"),
        ("jit", "off"),
        ("statement_timeout", "1500ms"),
        ("plan_cache_mode", "force_generic_plan"),
        ("TimeZone", "UTC"),
    ],
)
async def test_every_session_has_every_setting(postgresql_url: str, name: str, wanted: str) -> None:
    engine = await PostgresEngine.open(Address.parse(postgresql_url), 2, 1.5)
    connections = [await engine.acquire() for _ in range(2)]
    for connection in connections:
        assert (await connection.raw.fetch(f"SHOW {name}"))[0][0] == wanted
        engine.release(connection, idle=True)
    await engine.close()


async def test_a_connection_that_the_server_ended_is_replaced(postgresql_url: str) -> None:
    engine = await PostgresEngine.open(Address.parse(postgresql_url), 1)
    connection = await engine.acquire()
    pid = (await connection.raw.fetch("SELECT pg_backend_pid()"))[0][0]
    engine.release(connection, idle=True)
    other = await asyncpg.connect(postgresql_url)
    await other.execute("SELECT pg_terminate_backend($1, 5000)", pid)
    await other.close()
    connection = await engine.acquire()
    assert await connection.read("SELECT '1'::json", []) == b"1"
    engine.release(connection, idle=True)
    await engine.close()
