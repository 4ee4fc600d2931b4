"""Accounts, tokens and second factors, as a browser sees them."""

import asyncio
import re
from datetime import UTC, datetime

import httpx
import pyotp
import pytest

from hub.database import Address, Database
from hub.identities.accounts import Accounts
from hub.identities.grant import Grant
from hub.identities.identities import REMEMBERED
from schema.identity.passwords import hash_password
from schema.policy import Role
from tests.browser.conftest import Site
from tests.browser.visitor import PASSWORD, Visitor
from tests.hub.tokens import bearing


async def press(visitor: Visitor, name: str) -> None:
    await visitor.page.get_by_role("button", name=name).click()


async def test_an_account_is_made_and_changed_without_barriers(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.sign_in("/console/accounts")
    await visitor.require_accessible()
    await page.get_by_role("link", name="เพิ่มบัญชี").click()
    await visitor.require_accessible()
    await page.fill("#username", "prasert")
    await page.select_option("#role", "head")
    await press(visitor, "สร้างบัญชี")
    assert "ต้องมีโรงเรียน" in await page.inner_text("[role=alert]")
    await visitor.require_accessible()
    await page.get_by_label("3083000001").check()
    await press(visitor, "สร้างบัญชี")
    assert len(await page.inner_text("code.secret")) == 24
    await visitor.require_accessible()
    await page.get_by_role("link", name="ไปยังบัญชี").click()
    await visitor.require_accessible()
    await press(visitor, "ปิดการใช้งาน และออกจากระบบ")
    assert "ปิดการใช้งานบัญชีแล้ว" in await page.inner_text("[role=status]")
    await visitor.go("/console/accounts")
    await visitor.picture("accounts")
    assert [text for text in visitor.complaints if "400" not in text] == []


async def test_a_token_is_made_and_once_revoked_it_fails(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.sign_in("/console/tokens")
    await visitor.require_accessible()
    await page.get_by_role("link", name="สร้างโทเคน").click()
    await page.fill("#purpose", "บัตรห้องสมุด")
    await page.select_option("#role", "integrator")
    await page.get_by_label("3083000001").check()
    await page.check("input[name=only][value=students]")
    await visitor.require_accessible()
    await visitor.picture("token-new")
    await press(visitor, "สร้างโทเคน")
    secret = await page.inner_text("code.secret")
    await visitor.require_accessible()
    async with httpx.AsyncClient(base_url=visitor.server.base_url, headers=bearing(secret)) as client:
        query = {"query": "{ students { totalCount } }"}
        assert (await client.post("/graphql", json=query)).status_code == 200
        await page.get_by_role("link", name="ไปยังโทเคน").click()
        await visitor.require_accessible()
        await press(visitor, "ยกเลิกโทเคนทันที")
        assert "ยกเลิกแล้ว" in await page.inner_text("[role=status]")
        await asyncio.sleep(REMEMBERED.total_seconds())
        assert (await client.post("/graphql", json=query)).status_code == 401
    await visitor.go("/console/tokens?ended")
    await visitor.require_accessible()
    assert secret not in await page.content()
    assert visitor.complaints == []


@pytest.mark.parametrize("visitor", ["en-GB"], indirect=True)
async def test_a_second_factor_is_set_up_from_a_picture_and_asked_for(visitor: Visitor, site: Site) -> None:
    database = await Database.open(Address.parse(site.city.url), readers=1)
    await Accounts(database).create("somchai", hash_password(PASSWORD), Grant(Role.OFFICER))
    await database.close()
    page = visitor.page
    await visitor.sign_in("/console/me", "somchai")
    await visitor.require_accessible()
    await press(visitor, "Set it up")
    picture = page.get_by_role("img", name="QR code for the app")
    assert await picture.evaluate("picture => picture.complete && picture.naturalWidth > 0")
    await visitor.require_accessible()
    key = (await page.inner_text("li code")).replace(" ", "")
    await page.fill("#code", pyotp.TOTP(key).at(datetime.now(UTC)))
    await page.fill("#password", PASSWORD)
    await press(visitor, "Turn it on")
    assert len(await page.locator(".codes li").all()) == 10
    await visitor.require_accessible()
    await page.get_by_role("link", name="I have them").click()
    await visitor.require_accessible()
    await press(visitor, "Sign out")
    await visitor.sign_in("/console/me", "somchai")
    await page.wait_for_url(re.compile(r"/login/code\?"))
    await visitor.require_accessible()
    await visitor.picture("second-step")
    await page.fill("#code", pyotp.TOTP(key).at(datetime.now(UTC), counter_offset=1))
    await page.click("button[type=submit]")
    await page.wait_for_url(re.compile("/console/me$"))
    assert visitor.complaints == []
