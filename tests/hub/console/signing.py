"""Browsers that are signed in, for tests of the console."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape

import httpx
from starlette.applications import Starlette

from hub.database import Address, Database
from hub.identities.accounts import Accounts
from hub.identities.grant import Grant
from schema.identity.passwords import hash_password
from schema.policy import Role
from tests.hub.tiny import client_of, tiny_app

PASSWORD = "four words of mine"  # noqa: S105 - a test's own
OWN = {"sec-fetch-site": "same-origin"}
"""What a browser sends along from the hub's own pages."""
ENGLISH = {**OWN, "accept-language": "en"}
"""The same, of somebody who reads English."""


def alert(response: httpx.Response) -> str:
    """What a page says was wrong; empty where it says nothing."""
    found = re.search(r'role="alert"[^>]*>(.*?)</p>', response.text)
    return unescape(found[1]) if found else ""


async def account(url: str, name: str, role: Role, schools: tuple[str, ...] = ()) -> None:
    """Make an account, whose password is PASSWORD."""
    database = await Database.open(Address.parse(url), readers=1)
    await Accounts(database).create(name, hash_password(PASSWORD), Grant(role, schools))
    await database.close()


@asynccontextmanager
async def signed_in(url: str, name: str, role: Role, app: Starlette | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that a new account has signed in with."""
    await account(url, name, role)
    async with client_of(app or tiny_app(url)) as client:
        response = await client.post("/login", data={"username": name, "password": PASSWORD}, headers=OWN)
        assert response.status_code == 303
        yield client
