"""No page of the console, and no refusal, says a sentence in English to who reads Thai."""

import re
from collections.abc import Iterator
from html import unescape
from importlib import import_module

import httpx
import pytest

from hub.database import Address, Database
from hub.errors import HubError
from hub.identities.grant import Grant
from hub.identities.tokens import Tokens
from schema.policy import Role
from tests.hub.console.signing import OWN, alert
from tests.small_city import SmallCity

THAI = {**OWN, "accept-language": "th"}
THAI_LETTER = re.compile(r"[\u0e01-\u0e2e]")
SENTENCE = re.compile(r"\b[A-Za-z]+,? [a-z]+ [a-z]+\b")
"""Three words of English in a row, of which names have none."""
UNSAID = re.compile(r'<(script|style)\b.*?</\1>|<a [^>]*lang="en".*?</a>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
SAID_IN_TAGS = re.compile(r'(?:aria-label|placeholder|title|alt)="([^"]*)"')

PAGES = (
    "/console",
    "/console/import",
    "/console/export",
    "/console/export?table=subject",
    "/console/history",
    "/console/history/{change}",
    "/console/accounts",
    "/console/accounts/new",
    "/console/accounts/1",
    "/console/tokens?ended",
    "/console/tokens/new",
    "/console/tokens/{token}",
    "/console/me",
)
REFUSED: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("GET", "/console/import/nothing", {}),
    ("GET", "/console/import/template/nothing.csv", {}),
    ("GET", "/console/import/template/subject.pdf", {}),
    ("GET", "/console/export/subject.pdf", {}),
    ("GET", "/console/export?table=nothing", {}),
    ("GET", "/console/export?table=subject&credits=x", {}),
    ("GET", "/console/history/99999999", {}),
    ("GET", "/console/history?row=x", {}),
    ("GET", "/console/accounts/99999", {}),
    ("GET", "/console/accounts/x", {}),
    ("GET", "/console/tokens/99999", {}),
    ("POST", "/console/import", {"table": "subject"}),
    ("POST", "/console/import/nothing/commit", {}),
    ("POST", "/console/accounts/new", {"username": "นิดา"}),
    ("POST", "/console/accounts/new", {"username": "nida", "role": "teacher"}),
    ("POST", "/console/accounts/new", {"username": "nida", "role": "officer", "password": "short"}),
    ("POST", "/console/accounts/1/role", {"role": "nobody"}),
    ("POST", "/console/tokens/new", {"purpose": "x"}),
    ("POST", "/console/tokens/new", {"purpose": "x", "role": "officer", "days": "x"}),
    ("POST", "/console/tokens/new", {"purpose": "x", "role": "officer", "days": "9999"}),
    ("POST", "/console/me/password", {"old": "x", "new": "y", "again": "z"}),
    ("POST", "/console/me/password", {"username": "x" * 200_000}),
)


def said(page: str) -> str:
    """What a page shows and what it tells of what is shown."""
    shown = UNSAID.sub(" ", page)
    return unescape(" | ".join([*TAG.sub("|", shown).split("|"), *SAID_IN_TAGS.findall(shown)]))


def errors(of: type[HubError] = HubError) -> Iterator[type[HubError]]:
    yield of
    for kind in of.__subclasses__():
        yield from errors(kind)


@pytest.fixture
def thai(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """The administrator, who reads Thai."""
    client.headers.update(THAI)
    return client


async def test_pages_are_in_thai(thai: httpx.AsyncClient, own_city: SmallCity) -> None:
    database = await Database.open(Address.parse(own_city.url), readers=1)
    token = await Tokens(database).create(Grant(Role.OFFICER), "งบประมาณ", days=1, created_by="command line")
    ((change,),) = await database.rows("SELECT max(id) FROM change_log")
    await database.close()
    for path in PAGES:
        response = await thai.get(path.format(change=change, token=token.id))
        assert response.status_code == 200, path
        assert THAI_LETTER.search(response.text)
        assert not SENTENCE.findall(said(response.text)), path


@pytest.mark.parametrize(("method", "path", "fields"), REFUSED)
async def test_refusals_are_in_thai(thai: httpx.AsyncClient, method: str, path: str, fields: dict[str, str]) -> None:
    response = await thai.request(method, path, data=fields or None)
    assert 400 <= response.status_code < 500, response.text
    assert THAI_LETTER.search(alert(response)), response.text
    assert not SENTENCE.findall(said(response.text)), path


def test_every_error_has_words_in_thai_for_pages() -> None:
    for module in ("hub.app", "hub.cli"):
        import_module(module)
    for kind in errors():
        assert THAI_LETTER.search(kind.thai), kind
    assert HubError("Nothing works.").page == ("Nothing works.", HubError.thai)
