"""The hub as a browser meets it: a server of a city, a page in Chromium, what is seen there, and pictures of it."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Page, Request, ViewportSize, async_playwright

from tests.browser.chromium import ARGUMENTS, chromium
from tests.hub.serving import ROOT, Server

PICTURES: Final = ROOT / "build" / "browser"
"""Where every picture is kept; `docs/pictures/` has those that the documentation shows."""

ADMIN: Final = "malee"
PASSWORD: Final = "four words of mine"  # noqa: S105 - a test's own
_SIZE: Final[ViewportSize] = {"width": 1280, "height": 860}
_PATIENCE: Final = 30_000  # milliseconds
_LOOK: Final = 0.05  # seconds
_LOOKS: Final = 4


@dataclass(frozen=True)
class Visitor:
    """A page of a browser at a site, and what went wrong in it."""

    page: Page
    server: Server
    engine: str
    complaints: list[str]
    asked: set[Request]
    """What the page has asked for and not been answered yet."""

    async def go(self, path: str) -> None:
        """Open a path of the hub."""
        await self.page.goto(self.server.base_url + path)

    async def sign_in(self, path: str, name: str = ADMIN, password: str = PASSWORD) -> None:
        """Open a path that asks who it is, and say so."""
        await self.go(path)
        await self.page.fill("#username", name)
        await self.page.fill("#password", password)
        await self.page.click("button[type=submit]")

    async def open(self, selector: str) -> None:
        """Click on what opens a form, and wait until it has all: until then it forgets what is typed."""
        await self.page.click(selector)
        quiet = 0
        async with asyncio.timeout(_PATIENCE / 1000):
            while quiet < _LOOKS:
                await asyncio.sleep(_LOOK)
                quiet = 0 if self.asked else quiet + 1

    async def picture(self, name: str) -> None:
        """Keep a picture of the page, from its top."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self.page.evaluate("() => scrollTo(0, 0)")
        await self.page.screenshot(path=PICTURES / f"{name}-{self.engine}.png", animations="disabled")

    async def require_accessible(self) -> None:
        """Fail with what axe finds on the page."""
        found = await Axe().run(self.page)
        told = [
            f"{one['impact']}: {one['help']}: {[node['html'] for node in one['nodes']]}"
            for one in found.response["violations"]
        ]
        assert told == [], f"{self.page.url} has {len(told)} barriers"


@asynccontextmanager
async def visiting(server: Server, engine: str, *, locale: str = "th-TH") -> AsyncIterator[Visitor]:
    """Open a browser of a language at a server; what its console complains of is kept."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        try:
            context = await browser.new_context(locale=locale, viewport=_SIZE, accept_downloads=True)
            context.set_default_timeout(_PATIENCE)
            page = await context.new_page()
            complaints: list[str] = []
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            asked: set[Request] = set()
            # Playwright takes no methods of a set.
            page.on("request", lambda request: asked.add(request))  # noqa: PLW0108
            page.on("requestfinished", lambda request: asked.discard(request))  # noqa: PLW0108
            page.on("requestfailed", lambda request: asked.discard(request))  # noqa: PLW0108
            yield Visitor(page, server, engine, complaints, asked)
        finally:
            await browser.close()


def pictures_in(text: str) -> list[Path]:
    """The pictures that a page of the documentation shows."""
    return [ROOT / "docs" / path for path in re.findall(r"!\[[^\]]*\]\(([^)]+\.png)\)", text)]
