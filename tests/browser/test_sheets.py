"""A sheet is imported, and a table exported, as an administrator does it."""

from pathlib import Path

from tests.browser.conftest import Site
from tests.browser.visitor import Visitor
from tests.engines import Client

SHEET = "code,name,name in Thai\n7411,Electricians,ช่างไฟฟ้า\n{rows}"
BAD = "12345,Too long,รหัสยาวไป\n7412,,ไม่มีชื่ออังกฤษ\nxy,No digits,ไม่ใช่ตัวเลข\n"


async def preview(visitor: Visitor, folder: Path, rows: str) -> None:
    sheet = folder / "occupations.csv"
    sheet.write_text(SHEET.format(rows=rows), "utf-8-sig")
    await visitor.go("/console/import")
    await visitor.page.select_option("#table", "occupation")
    await visitor.page.set_input_files("#file", sheet)
    await visitor.page.click("main form button.main")
    await visitor.page.wait_for_selector("ul.counts, .notice")
    await visitor.picture("preview")


async def test_three_bad_rows_keep_a_sheet_out_and_say_why(visitor: Visitor, site: Site, tmp_path: Path) -> None:
    await visitor.sign_in("/console/import")
    await visitor.require_accessible()
    await preview(visitor, tmp_path, BAD)
    assert "3" in await visitor.page.inner_text("ul.counts li.refused")
    await visitor.page.click("ul.counts li.refused a")
    told = await visitor.page.inner_text("main table")
    assert all(text in told for text in ("12345", "7412", "xy"))
    assert await visitor.page.locator("text=นำเข้าทั้งหมด").count() == 0
    await visitor.require_accessible()
    await visitor.picture("import")
    async with Client.connect(site.city.url) as client:
        assert await client.value("SELECT count(*) FROM occupation WHERE code = $1", "7412") == 0


async def test_a_mended_sheet_is_imported_and_exported_again(visitor: Visitor, site: Site, tmp_path: Path) -> None:
    await visitor.sign_in("/console/import")
    await preview(visitor, tmp_path, "")
    await visitor.page.click("text=นำเข้าทั้งหมด")
    await visitor.page.wait_for_selector("text=นำเข้าเรียบร้อยแล้ว")
    await visitor.require_accessible()
    async with Client.connect(site.city.url) as client:
        assert await client.value("SELECT name_th FROM occupation WHERE code = $1", "7411") == "ช่างไฟฟ้า"
    await visitor.go("/console/export?table=occupation")
    await visitor.require_accessible()
    assert visitor.complaints == []
