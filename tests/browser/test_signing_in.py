"""Who may come into the console, as a browser sees it."""

import pytest
from playwright.async_api import Dialog

from tests.browser.visitor import Visitor


async def test_an_administrator_signs_in_reads_thai_and_signs_out(visitor: Visitor) -> None:
    await visitor.sign_in("/console")
    assert await visitor.page.inner_text("h1") == "ส่วนจัดการ"
    assert await visitor.page.get_attribute("html", "lang") == "th"
    await visitor.require_accessible()
    await visitor.picture("console")
    await visitor.page.click("text=ออกจากระบบ")
    await visitor.page.wait_for_selector("#username")
    await visitor.go("/console")
    assert "/login" in visitor.page.url
    assert visitor.complaints == []


@pytest.mark.parametrize("visitor", ["en-GB"], indirect=True)
async def test_english_is_spoken_to_a_browser_that_asks_for_it(visitor: Visitor) -> None:
    await visitor.sign_in("/console")
    assert await visitor.page.inner_text("h1") == "Console"
    await visitor.page.click("text=ภาษาไทย")
    assert await visitor.page.inner_text("h1") == "ส่วนจัดการ"
    assert visitor.complaints == []


async def test_a_wrong_password_is_told_and_the_page_has_no_barriers(visitor: Visitor) -> None:
    await visitor.sign_in("/console", password="not my four words")  # noqa: S106 - a test's own
    assert "ไม่ถูกต้อง" in await visitor.page.inner_text("[role=alert]")
    await visitor.require_accessible()


async def test_an_administrator_signs_out_of_the_tables_too(visitor: Visitor) -> None:
    page = visitor.page
    asked: list[str] = []

    async def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        await dialog.accept()

    page.on("dialog", agree)
    await visitor.sign_in("/admin/")
    await page.wait_for_selector(".welcome")
    await page.click("#user")
    await page.click("[data-uitest=logout_button]")
    await page.wait_for_url("**/login?next=*")
    assert asked == ["ต้องการออกจากระบบหรือไม่"]
    await visitor.go("/admin/")
    await page.wait_for_selector("#username")
    assert "/login" in page.url
