"""The history knows who wrote by the hub, and of whom nobody told it knows nobody."""

from datetime import timedelta
from typing import Any

import pytest

from hub.database import Acting, Database
from hub.database.errors import IntegrityError
from hub.identities.accounts import Accounts
from hub.identities.grant import Grant
from hub.identities.owner import command_line
from hub.identities.sessions import Sessions
from hub.identities.tokens import Tokens
from schema.history import Face
from schema.identity.passwords import hash_password
from schema.policy import Role
from tests.engines import Client
from tests.hub.history.conftest import ACTING
from tests.small_city import SmallCity

RENAME = "UPDATE school SET name = $1 WHERE id = 1"
PASSWORD = "correct horse battery staple"  # noqa: S105 - a test's


async def told(city: SmallCity, table: str) -> list[tuple[Any, ...]]:
    async with Client.connect(city.url) as client:
        return await client.rows(
            "SELECT operation, actor_key, actor_name, face FROM change_log"
            " WHERE table_name = $1 AND actor_key IS NOT NULL ORDER BY id",
            table,
        )


async def test_a_write_of_the_hub_bears_the_name_of_who_made_it(hub: Database, own_city: SmallCity) -> None:
    async with hub.writing(ACTING) as connection:
        await connection.execute(RENAME, ("One",))
    assert await told(own_city, "school") == [("UPDATE", "account:7", "malee", "CONSOLE")]


async def test_the_next_write_does_not_bear_it(hub: Database, own_city: SmallCity) -> None:
    async with hub.writing(ACTING) as connection:
        await connection.execute(RENAME, ("One",))
    async with hub.writing() as connection:
        await connection.execute(RENAME, ("Two",))
    async with hub.writing(Acting("token:3", "token 3", Face.GRAPHQL)) as connection:
        await connection.execute(RENAME, ("Three",))
    async with Client.connect(own_city.url) as client:
        await client.run(RENAME, "Four")
        found = await client.rows("SELECT actor_key, face FROM change_log WHERE table_name = 'school' ORDER BY id")
    assert found[-4:] == [("account:7", "CONSOLE"), (None, "SQL"), ("token:3", "GRAPHQL"), (None, "SQL")]


async def test_a_name_is_gone_with_a_transaction_that_is_undone(hub: Database, own_city: SmallCity) -> None:
    with pytest.raises(IntegrityError):
        async with hub.writing(ACTING) as connection:
            await connection.execute("UPDATE school SET code = 'x' WHERE id = 1")
    async with hub.writing() as connection:
        await connection.execute(RENAME, ("Two",))
    assert await told(own_city, "school") == []


async def test_raw_sql_never_sees_who_acts(hub: Database, own_city: SmallCity) -> None:
    async with Client.connect(own_city.url) as client:
        async with hub.writing(ACTING) as connection:
            await connection.execute(RENAME, ("One",))
            assert await client.value("SELECT count(*) FROM acting_identity") == 0
        assert await client.value("SELECT count(*) FROM acting_identity") == 0


async def test_accounts_and_tokens_are_changed_by_the_command_line_unless_told_otherwise(
    hub: Database, own_city: SmallCity
) -> None:
    await Accounts(hub).create("malee", hash_password(PASSWORD), Grant(Role.HEAD, ("3083000001",)))
    await Accounts(hub, acting=ACTING).set_active("malee", active=False)
    token = await Tokens(hub).create(Grant(Role.ADMIN), "to test")
    await Tokens(hub, acting=ACTING).revoke(token.id)
    own = (command_line().key, command_line().name, "CLI")
    assert own[0] == "command line"
    theirs = ("account:7", "malee", "CONSOLE")
    assert await told(own_city, "account") == [("INSERT", *own), ("UPDATE", *theirs)]
    assert await told(own_city, "account_school") == [("INSERT", *own)]
    assert await told(own_city, "api_token") == [("INSERT", *own), ("UPDATE", *theirs)]


async def test_signing_in_is_no_change(hub: Database, own_city: SmallCity) -> None:
    await Accounts(hub).create("malee", hash_password(PASSWORD), Grant(Role.ADMIN))
    before = await told(own_city, "account")
    await Sessions(hub, timedelta(hours=1)).begin("malee", PASSWORD, "10.0.0.1")
    assert await told(own_city, "account") == before
