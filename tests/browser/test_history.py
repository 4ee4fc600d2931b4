"""The history, as a browser sees it: a row that is edited, what was changed, and that taken back."""

import re

from tests.browser.conftest import Site
from tests.browser.test_tables import save
from tests.browser.visitor import ADMIN, Visitor
from tests.engines import Client


async def test_an_edit_is_in_the_history_with_its_author_and_is_taken_back(visitor: Visitor, site: Site) -> None:
    page = visitor.page
    await visitor.sign_in("/admin/")
    await page.click("text=รายวิชา (Subject)")
    await visitor.open("table >> text=ว21101")
    await page.fill("input[name=name_th]", "วิทยาศาสตร์ริมคลอง")
    await visitor.picture("row-history")
    await save(visitor)
    await page.wait_for_selector("#row-history")
    await page.click("#row-history")
    await page.wait_for_url(re.compile(r"/console/history\?table=subject&row=\d+$"))
    first = page.locator("tbody tr").first
    told = await first.inner_text()
    assert all(words in told for words in ("รายวิชา", "ว21101", "แก้ไข", ADMIN, "ส่วนจัดการ")), told
    await visitor.require_accessible()
    await first.locator("a").click()
    changed = page.locator("tr.changed")
    assert await changed.count() == 1
    assert "วิทยาศาสตร์ริมคลอง" in await changed.inner_text()
    await visitor.require_accessible()
    await visitor.picture("history-change")
    before = page.url
    await page.get_by_role("button", name="ย้อนกลับรายการนี้").click()
    assert "ย้อนกลับแล้ว" in await page.inner_text("[role=status]")
    assert page.url != before
    await visitor.require_accessible()
    async with Client.connect(site.city.url) as client:
        assert await client.value("SELECT count(*) FROM subject WHERE name_th = $1", "วิทยาศาสตร์ริมคลอง") == 0
    await page.goto(before)
    await page.get_by_role("button", name="ย้อนกลับรายการนี้").click()
    assert "ถูกแก้ไขอีก" in await page.inner_text("[role=alert]")
    await visitor.require_accessible()
    await visitor.go("/console/history")
    await visitor.require_accessible()
    await visitor.picture("history")
    assert [text for text in visitor.complaints if "400" not in text] == []
