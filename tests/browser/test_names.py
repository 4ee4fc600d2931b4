"""Everywhere on Piccolo's page a column is called as people call it, and what is said is in the reader's language."""

import pytest

from tests.browser.visitor import Visitor

NAMES = {
    "th-TH": ("รายวิชา (Subject)", ["รหัสระเบียน", "โรงเรียน", "รหัสวิชา", "ชื่ออังกฤษ", "ชื่อ", "หน่วยกิต"]),
    "en-GB": ("Subject", ["Id", "School", "Code", "Name", "Name in Thai", "Credits"]),
}
SHOWN = """(selector) => [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length)
  .flatMap((select) => [...select.options].map((option) => option.label))"""


@pytest.mark.parametrize("visitor", NAMES, indirect=True)
async def test_columns_to_order_by_are_called_as_in_the_list(visitor: Visitor) -> None:
    await visitor.sign_in("/admin/")
    await visitor.page.wait_for_selector(".welcome")
    language = await visitor.page.evaluate("() => document.documentElement.lang")
    table, names = next(told for locale, told in NAMES.items() if locale.startswith(language))
    await visitor.go(f"/admin/#/{table}/")
    await visitor.page.wait_for_selector("span.link >> nth=0")
    await visitor.page.click("[data-uitest=sort_button]")
    await visitor.page.wait_for_selector("#add_sort_column")
    await visitor.page.wait_for_function("() => !document.querySelector('select[name=column] option[label=\"\"]')")
    labels = await visitor.page.evaluate(SHOWN, "select[name=column]")
    assert labels[: len(names)] == names
    assert not [label for label in labels if "_" in label]
    assert await visitor.page.eval_on_selector("select[name=column]", "(select) => select.value") == "code"


async def test_tables_that_refer_to_a_row_are_told_with_the_columns_title(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.sign_in("/admin/")
    await visitor.go("/admin/#/รายวิชา (Subject)/1/")
    await page.click(".referencing_title a")
    link = page.locator(".related_tables a", has_text="กลุ่มเรียน (Section)")
    await page.wait_for_selector(".related_tables a >> text=รายวิชา")
    assert "subject_id" not in await page.inner_text(".related_tables")
    await link.click()
    await page.wait_for_url("**subject_id=1**")


async def test_a_key_that_is_listed_has_a_title(visitor: Visitor) -> None:
    await visitor.sign_in("/admin/")
    await visitor.go("/admin/#/ครูผู้สอนกลุ่มเรียน (Section teacher)/")
    await visitor.page.wait_for_selector("th >> text=รหัสระเบียน")


async def test_comparisons_and_hints_are_in_thai(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.sign_in("/admin/")
    await visitor.go("/admin/#/รายวิชา (Subject)/")
    await page.wait_for_selector("span.link >> nth=0")
    await page.click("[data-uitest=filter_button]")
    await page.wait_for_selector("select option[label=น้อยกว่าหรือเท่ากับ]", state="attached")
    labels = await page.evaluate(SHOWN, "select[name$=__operator], select[name$=__match]")
    assert not [label for label in labels if label.isascii()]
    titles = await page.eval_on_selector_all("[title]", "(all) => all.map((one) => one.title)")
    assert {title for title in titles if title.isascii()} == {"malee"}


async def test_help_beside_a_table_and_a_field_is_in_thai_and_told_without_eyes(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.sign_in("/admin/")
    await visitor.go("/admin/#/รายวิชา (Subject)/")
    await page.wait_for_selector("span.link >> nth=0")
    await page.click("h1 + span.tooltip a")
    assert await page.inner_text(".popup:visible") == "รายวิชาที่โรงเรียนหนึ่งเปิดสอนตามหลักสูตรหนึ่ง"
    await visitor.go("/admin/#/รายวิชา (Subject)/add/")
    await page.wait_for_selector("input[name=credits][aria-description]")
    told = await page.get_attribute("input[name=credits]", "aria-description")
    assert told == "หน่วยกิต ระดับประถมศึกษาใช้น้ำหนักที่สถานศึกษากำหนดแทน (Credits) ตั้งแต่ 0 ถึง 40 ทีละ 0.5"
