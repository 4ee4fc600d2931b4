"""Every page is looked at by axe: ours, in both colour schemes, and Piccolo's with what is set beside it."""

import pytest
from starlette.routing import Route

from hub.console.routes import routes
from hub.database import Address, Database
from hub.identities.grant import Grant
from hub.identities.tokens import Tokens
from hub.settings import Settings
from schema.policy import Role
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor

PAGES = {
    "/console": "/console",
    "/console/import": "/console/import?table=subject",
    "/console/export": "/console/export?table=subject&credits=1&credits__operator=gte",
    "/console/history": "/console/history",
    "/console/history/{key}": "/console/history/{change}",
    "/console/accounts": "/console/accounts",
    "/console/accounts/new": "/console/accounts/new",
    "/console/accounts/{key}": "/console/accounts/1",
    "/console/tokens": "/console/tokens?ended",
    "/console/tokens/new": "/console/tokens/new",
    "/console/tokens/{key}": "/console/tokens/{token}",
    "/console/me": "/console/me",
}
"""A page of each of the console's routes."""
ELSEWHERE = {
    "/console/import/{token}": "test_sheets.py, at each step of an import",
    "/console/me/second-factor": "test_accounts.py, with a picture to look at",
}
NO_PAGES = {
    "/console/import/template/{table}.{ending}",
    "/console/import/{token}/state",
    "/console/export/{table}.{ending}",
}
BESIDES = ("/", "/login", "/login/code", "/console/accounts/99999")


def test_each_page_of_the_console_is_looked_at() -> None:
    shown = {route.path for route in routes(Settings()) if isinstance(route, Route) and "GET" in (route.methods or ())}
    assert shown == {*PAGES, *ELSEWHERE, *NO_PAGES}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_our_pages_have_no_barriers(visitor: Visitor, site: Site, scheme: str) -> None:
    database = await Database.open(Address.parse(site.city.url), readers=1)
    token = await Tokens(database).create(Grant(Role.OFFICER), "to be looked at", days=1, created_by="command line")
    ((change,),) = await database.rows("SELECT max(id) FROM change_log")
    await database.close()
    await visitor.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await visitor.sign_in("/console")
    for path in (*PAGES.values(), *BESIDES):
        await visitor.go(path.format(change=change, token=token.id))
        await visitor.require_accessible()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("visitor", ["th-TH", "en-GB"], indirect=True)
async def test_lists_and_forms_have_no_barriers(visitor: Visitor, mode: str) -> None:
    page = visitor.page
    await visitor.sign_in("/admin/")
    await page.wait_for_selector(".welcome")
    await page.evaluate("(is_dark) => localStorage.setItem('darkMode', String(is_dark))", mode == "dark")
    await page.reload()
    await page.wait_for_selector(f".{mode}_mode .welcome")
    await visitor.require_accessible()
    await visitor.go("/admin/#/subject/")
    await page.wait_for_selector("table >> text=ท21101")
    await page.click("[data-uitest=filter_button]")
    await page.wait_for_selector("[data-uitest=submit_filter_button]")
    await visitor.require_accessible()
    await page.click("[data-uitest=sort_button]")
    await page.wait_for_selector("#add_sort_column")
    await visitor.require_accessible()
    await visitor.go("/admin/#/subject/1/")
    await page.wait_for_selector("[data-uitest=save_button]")
    await page.wait_for_selector("#row-history")
    await visitor.require_accessible()
    await visitor.go("/admin/#/subject/add/")
    await page.click("[data-uitest=create_button]")
    await page.wait_for_selector(".errors li")
    await visitor.require_accessible()
    await visitor.go("/admin/#/section/")
    await page.wait_for_selector("table >> text=2559 >> nth=0")
    await visitor.require_accessible()
    assert [text for text in visitor.complaints if "422" not in text] == []
