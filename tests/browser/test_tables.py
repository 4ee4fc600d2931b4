"""The reference tables, edited as an administrator does it."""

import re

from tests.browser.conftest import Site
from tests.browser.visitor import Visitor
from tests.engines import Client


async def choose(visitor: Visitor, name: str, shown: str) -> None:
    """Choose what a row refers to, as its form offers it."""
    field = visitor.page.locator(f"input[type=hidden][name={name}]").locator("xpath=..")
    await field.locator("input[type=text]").click()
    await field.locator("a", has_text=shown).click()


async def save(visitor: Visitor) -> None:
    """Send the form, and wait to be told that it is done."""
    await visitor.page.click("form button")
    await visitor.page.wait_for_selector("text=/เพิ่มรายการแล้ว|บันทึกแล้ว/")


async def test_a_school_is_added_in_thai_and_is_in_the_database(visitor: Visitor, site: Site) -> None:
    await visitor.sign_in("/admin/")
    await visitor.page.click("text=โรงเรียน (School)")
    await visitor.page.wait_for_selector("table >> text=3083000001")
    await visitor.page.wait_for_selector("#list-export")
    await visitor.picture("tables")
    await visitor.open("text=เพิ่มรายการ")
    await visitor.page.fill("input[name=code]", "3083000777")
    await visitor.page.fill("input[name=name]", "Sea View School")
    await visitor.page.fill("input[name=name_th]", "โรงเรียนริมทะเล")
    await choose(visitor, "municipality_id", "เทศบาลนครอันดามัน")
    await save(visitor)
    await visitor.go("/admin/#/โรงเรียน (School)/")
    await visitor.page.wait_for_selector("table >> text=3083000777")
    async with Client.connect(site.city.url) as client:
        rows = await client.rows("SELECT name, name_th, fraction_policy FROM school WHERE code = $1", "3083000777")
    assert rows == [("Sea View School", "โรงเรียนริมทะเล", "CUT_OFF")]


async def test_a_mistyped_subject_code_is_told_in_thai_and_nothing_changes(visitor: Visitor, site: Site) -> None:
    await visitor.sign_in("/admin/")
    await visitor.page.click("text=รายวิชา (Subject)")
    await visitor.open("table >> text=ท21101")
    await visitor.page.fill("input[name=code]", "ท24101")
    await visitor.page.click("form button")
    told = await visitor.page.inner_text("text=ท24101")
    assert "รหัสวิชา" in told
    await visitor.picture("refused")
    async with Client.connect(site.city.url) as client:
        assert await client.value("SELECT count(*) FROM subject WHERE code = $1", "ท24101") == 0


async def test_a_subject_is_renamed_and_the_list_is_filtered(visitor: Visitor, site: Site) -> None:
    await visitor.sign_in("/admin/")
    await visitor.page.click("text=รายวิชา (Subject)")
    await visitor.open("table >> text=ศ21201")
    await visitor.page.fill("input[name=name_th]", "ศิลปะริมทะเล")
    await save(visitor)
    await visitor.go("/admin/#/รายวิชา (Subject)/")
    await visitor.page.wait_for_selector("table >> text=ศิลปะริมทะเล")
    await visitor.page.click("text=แสดงตัวกรอง")
    await visitor.page.fill("input[name=name_th]", "ริมทะเล")
    await visitor.page.click("[data-uitest=submit_filter_button]")
    await visitor.page.wait_for_function("() => document.querySelectorAll('table input[value]').length === 1")
    await visitor.page.click("#message_popup a")
    await visitor.picture("filtered")
    async with Client.connect(site.city.url) as client:
        assert await client.value("SELECT count(*) FROM subject WHERE name_th = $1", "ศิลปะริมทะเล") == 1


async def test_a_list_is_exported_as_it_is_filtered_and_ordered(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.sign_in("/admin/")
    await visitor.go("/admin/#/รายวิชา (Subject)/?__order=-code")
    await page.wait_for_selector("#list-export[href*='__order=-code']")
    await page.click("text=แสดงตัวกรอง")
    await page.fill("input[name=code]", "ท1")
    await page.click("[data-uitest=submit_filter_button]")
    await page.wait_for_function("() => document.querySelectorAll('table input[value]').length === 4")
    listed = await page.locator("tbody td.link a, tbody span.link a").all_inner_texts()
    await page.wait_for_selector("#list-export[href*='code=']")
    await page.click("#list-export")
    await page.wait_for_url(re.compile(r"/console/export\?table=subject&"))
    assert "4" in await page.inner_text("[role=status]")
    assert await page.input_value("#field-code") == "ท1"
    await visitor.require_accessible()
    async with page.expect_download() as download:
        await page.click("text=ส่งออกเป็น CSV")
    _, *rows = (await (await download.value).path()).read_text("utf-8-sig").splitlines()
    codes = [row.split(",")[1] for row in rows]
    assert codes == sorted(codes, reverse=True) == ["ท16101", "ท13101", "ท12101", "ท11101"]
    assert [text for text in listed if text.startswith("ท1")] == codes
    assert visitor.complaints == []


async def test_records_are_not_exported(visitor: Visitor) -> None:
    await visitor.sign_in("/admin/")
    await visitor.go("/admin/#/กลุ่มเรียน (Section)/")
    await visitor.page.wait_for_selector("table >> text=2559 >> nth=0")
    assert await visitor.page.locator("#list-export").count() == 0


async def test_records_are_read_with_links_to_what_they_refer_to(visitor: Visitor) -> None:
    await visitor.sign_in("/admin/")
    await visitor.go("/admin/#/กลุ่มเรียน (Section)/")
    await visitor.page.wait_for_selector("table >> text=2559 >> nth=0")
    await visitor.picture("records")
    await visitor.page.click("table >> text=3083000001 ท11101 >> nth=0")
    await visitor.page.wait_for_selector("text=แก้ไข รายวิชา (Subject)")
