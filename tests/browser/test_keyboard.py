"""The tables and our own pages by the keyboard alone: the focus is seen, follows the page, and stays in dialogs."""

from dataclasses import dataclass
from itertools import pairwise

import pytest

from tests.browser.visitor import Visitor

FOCUSED = """() => {
  const element = document.activeElement;
  const { x, y, width, height } = element.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  // The parts of a day's field are the browser's own, and so is what it draws around them.
  const drawn = element.type === "date" || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1);
  return {
    tag: element.tagName,
    name: element.getAttribute("aria-label") || element.title || element.textContent.trim() || element.name || "",
    key: element.dataset.uitest || element.name || "",
    x, top: y + scrollY, width, height,
    outlined: drawn,
    inDialog: Boolean(element.closest(".modal")),
  };
}"""


@dataclass(frozen=True)
class Focused:
    """What has the focus, and where on the page it is, in pixels."""

    tag: str
    name: str
    key: str
    x: float
    top: float
    width: float
    height: float
    outlined: bool
    inDialog: bool  # noqa: N815 - as the page says it


async def focused(visitor: Visitor) -> Focused:
    return Focused(**await visitor.page.evaluate(FOCUSED))


async def press(visitor: Visitor, key: str) -> Focused:
    """Press a key, and give what has the focus once the page has drawn what it does."""
    await visitor.page.keyboard.press(key)
    await visitor.page.evaluate("() => new Promise((seen) => requestAnimationFrame(() => setTimeout(seen, 60)))")
    return await focused(visitor)


async def walk(visitor: Visitor, most: int = 120) -> list[Focused]:
    """Go through the page by Tab, from where it is until the page ends."""
    places = []
    for _ in range(most):
        place = await press(visitor, "Tab")
        if place.tag == "BODY":
            break
        places.append(place)
    return places


def require_seen(places: list[Focused]) -> None:
    assert places
    assert [place for place in places if not place.outlined or not place.width or not place.height] == []
    assert [place for place in places if not place.name] == []


def require_in_order(places: list[Focused]) -> None:
    """Fail where Tab goes up the page: what is in one line may differ in height by less than a line."""
    tops = [place.top for place in places]
    assert [(one, two) for one, two in pairwise(tops) if two < one - 40] == []


async def test_a_list_is_walked_by_tab(visitor: Visitor) -> None:
    await visitor.sign_in("/admin/")
    await visitor.go("/admin/#/ภาคเรียน (Term)/")
    await visitor.page.wait_for_selector("span.link >> nth=0")
    await visitor.page.wait_for_selector("#list-export")
    places = await walk(visitor)
    require_seen(places)
    names = [place.name for place in places]
    assert names.index("เพิ่มรายการ") < names.index("เรียงลำดับ") < names.index("แสดงตัวกรอง") < names.index("เลือก ทั้งหมด")
    require_in_order(places[names.index("เพิ่มรายการ") : names.index("รายการต่อหน้า")])


@pytest.mark.parametrize("row", ["add", "1"])
async def test_a_form_is_walked_by_tab_and_opens_nothing_on_the_way(visitor: Visitor, row: str) -> None:
    await visitor.sign_in("/admin/")
    await visitor.go(f"/admin/#/รายวิชา (Subject)/{row}/")
    await visitor.page.wait_for_selector("[data-uitest=create_button], [data-uitest=save_button]")
    places = await walk(visitor)
    require_seen(places)
    assert not [place for place in places if place.inDialog]
    first = next(at for at, place in enumerate(places) if place.name == "คำอธิบาย")
    last = next(at for at, place in enumerate(places) if place.key in ("create_button", "save_button"))
    require_in_order(places[first : last + 1])
    keys = [place.key for place in places]
    order = [keys.index(name) for name in ("code", "name", "name_th", "credits", "kind")]
    assert order == sorted(order)


async def test_a_row_is_chosen_by_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.sign_in("/admin/")
    await visitor.go("/admin/#/รายวิชา (Subject)/add/")
    await page.wait_for_selector("[data-uitest=create_button]")
    chooser = page.locator("input[type=hidden][name=school_id]").locator("xpath=..").locator("> input[type=text]")
    await chooser.focus()
    assert not (await focused(visitor)).inDialog
    opened = await press(visitor, "Enter")
    assert (opened.tag, opened.inDialog) == ("INPUT", True)
    await page.wait_for_selector(".modal li a:visible >> text=3083000002")
    seen = [await press(visitor, "Tab") for _ in range(12)]
    assert all(place.inDialog for place in seen)
    while "3083000002" not in (await press(visitor, "Tab")).name:
        pass
    back = await press(visitor, "Enter")
    assert (back.name, back.inDialog) == ("โรงเรียน", False)
    assert "3083000002" in await chooser.input_value()


async def test_a_dialog_closes_by_escape_and_gives_the_focus_back(visitor: Visitor) -> None:
    await visitor.sign_in("/admin/")
    await visitor.go("/admin/#/รายวิชา (Subject)/")
    await visitor.page.wait_for_selector("span.link >> nth=0")
    await visitor.page.focus("[data-uitest=sort_button]")
    assert (await press(visitor, "Enter")).inDialog
    for _ in range(10):
        assert (await press(visitor, "Shift+Tab")).inDialog
    back = await press(visitor, "Escape")
    assert (back.key, back.inDialog) == ("sort_button", False)
    assert await visitor.page.locator(".modal:visible").count() == 0


async def test_a_menu_and_a_help_text_close_by_escape(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.sign_in("/admin/")
    await visitor.go("/admin/#/รายวิชา (Subject)/1/")
    await page.wait_for_selector("[data-uitest=save_button]")
    await page.focus("#user")
    await press(visitor, "Enter")
    assert await page.locator("ul#drop_down_menu:visible").count() == 1
    assert (await press(visitor, "Escape")).key == "nav_dropdown_button"
    assert await page.locator("ul#drop_down_menu:visible").count() == 0
    await page.focus("form span.tooltip a >> nth=0")
    await press(visitor, "Enter")
    assert "โรงเรียนที่เปิดสอนรายวิชานี้" in await page.locator(".popup:visible").inner_text()
    await press(visitor, "Escape")
    assert await page.locator(".popup:visible").count() == 0


@pytest.mark.parametrize("path", ["/console/history", "/console/accounts/new", "/console/import"])
async def test_our_pages_are_walked_by_tab(visitor: Visitor, path: str) -> None:
    await visitor.sign_in(path)
    await visitor.page.wait_for_selector("main h1")
    places = await walk(visitor)
    require_seen(places)
    assert places[0].name == "ข้ามไปยังเนื้อหา"
    require_in_order(places[1:])
