"""Files sent as a browser sends them, and what becomes of them."""

import asyncio
import re
from dataclasses import dataclass
from typing import Any

import httpx

from tests.hub.console.signing import OWN

PATIENCE = 60  # seconds

HEADER = "school code,code,curriculum code,name,name in Thai,credits,kind,learning area code,grade level code"


def subject(code: str, name: str = "Thai", level: str = "ม.1", area: str = "THA", kind: str = "BASIC") -> str:
    """A line of a sheet of subjects."""
    return f"3083000002,{code},2551,{name},{name} ไทย,1.5,{kind},{area},{level}"


def sheet(*lines: str, header: str = HEADER) -> bytes:
    """A file of CSV."""
    return "\r\n".join([header, *lines]).encode()


async def send(
    client: httpx.AsyncClient, content: bytes, name: str = "s.csv", table: str = "subject", **headers: str
) -> httpx.Response:
    """Send a file by the form."""
    return await client.post(
        "/console/import", data={"table": table}, files={"file": (name, content)}, headers=headers or OWN
    )


@dataclass(frozen=True)
class Seen:
    """What an import's page says once it works no more."""

    address: str
    stage: str
    text: str

    @property
    def counts(self) -> dict[str, int]:
        """Rows by state."""
        found = re.findall(r'<li class="(\w+)"><a [^>]*>[^<]*<strong>([\d,]+)</strong>', self.text)
        return {name: int(count.replace(",", "")) for name, count in found}

    @property
    def plan(self) -> str:
        """What names the preview when it is committed."""
        found = re.search(r'name="plan" value="([0-9a-f]+)"', self.text)
        return found[1] if found else ""


async def seen(client: httpx.AsyncClient, address: str) -> Seen:
    """Wait until an import works no more, and look at it."""
    async with asyncio.timeout(PATIENCE):
        while True:
            state: dict[str, Any] = (await client.get(f"{address}/state")).json()
            if not state["atWork"]:
                break
            await asyncio.sleep(0.02)
    return Seen(address, state["stage"], (await client.get(f"{address}?lang=en")).text)


async def preview(client: httpx.AsyncClient, content: bytes, name: str = "s.csv", table: str = "subject") -> Seen:
    """Send a file and look at its preview."""
    response = await send(client, content, name, table)
    assert response.status_code == 303, response.text
    return await seen(client, response.headers["location"])


async def commit(client: httpx.AsyncClient, shown: Seen) -> Seen:
    """Commit a preview and look at what became of it."""
    response = await client.post(f"{shown.address}/commit", data={"plan": shown.plan}, headers=OWN)
    assert response.status_code == 303, response.text
    return await seen(client, shown.address)
