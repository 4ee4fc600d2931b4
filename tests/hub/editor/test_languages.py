"""What Piccolo's page is told is in the reader's language."""

import re

import httpx
import pytest

from tests.hub.editor.visiting import TABLES

THAI = {"accept-language": "th"}
ENGLISH_WORDS = re.compile(r"[A-Za-z]+ [a-z]+")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{TABLES}/nothing/"),
        ("GET", f"{TABLES}/school/99999/"),
        ("GET", f"{TABLES}/school/x/"),
        ("PUT", f"{TABLES}/school/1/"),
        ("DELETE", f"{TABLES}/school/"),
        ("DELETE", f"{TABLES}/student/1/"),
        ("POST", f"{TABLES}/school/"),
        ("GET", "/admin/public/translations/de/"),
    ],
)
async def test_refusals_are_in_the_readers_language(admin: httpx.AsyncClient, method: str, path: str) -> None:
    thai = await admin.request(method, path, headers=THAI)
    english = await admin.request(method, path)
    assert thai.status_code == english.status_code >= 400
    assert not ENGLISH_WORDS.search(thai.json()["detail"])
    assert ENGLISH_WORDS.search(english.json()["detail"])


async def test_the_hub_is_called_in_the_readers_language(admin: httpx.AsyncClient) -> None:
    for headers, name in ((THAI, "ศูนย์รวมผลการเรียน"), ({}, "Student grade hub")):
        assert (await admin.get("/admin/public/meta/", headers=headers)).json()["site_name"] == name
        assert f"<title>{name}</title>" in (await admin.get("/admin/", headers=headers)).text
