"""Tokens for tests that ask a running hub."""

import asyncio

from hub.database import Address, Database
from hub.identities.grant import Grant
from hub.identities.tokens import Tokens
from schema.policy import Role


def token_of(url: str, grant: Grant | None = None) -> str:
    """Make a token in the database; an administrator's unless told otherwise."""

    async def make() -> str:
        database = await Database.open(Address.parse(url), readers=1)
        try:
            made = await Tokens(database).create(grant or Grant(Role.ADMIN), "testing")
        finally:
            await database.close()
        return made.secret

    return asyncio.run(make())


def bearing(token: str) -> dict[str, str]:
    """The header that says who asks."""
    return {"authorization": f"Bearer {token}"}
