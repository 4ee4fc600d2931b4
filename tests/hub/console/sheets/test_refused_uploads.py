"""Uploads that are refused, and who may not send any: anonymous, another role, another site, then files themselves."""

import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from hub.console.sheets import store
from schema.policy import Role
from tests.admin.sheets.books import workbook_of
from tests.hub.console.sheets.sending import HEADER, commit, preview, send, sheet, subject
from tests.hub.console.signing import OWN, signed_in
from tests.hub.tiny import client_of, tiny_app
from tests.small_city import SmallCity

PATHS = ("/console/import", "/console/import/template/subject.csv", "/console/export", "/console/export/subject.csv")


@pytest.mark.parametrize("path", PATHS)
async def test_nobody_is_sent_to_sign_in(engine_url: str, path: str) -> None:
    async with client_of(tiny_app(engine_url)) as client:
        response = await client.get(path)
    assert (response.status_code, response.headers["location"][:6]) == (303, "/login")


async def test_nobody_sends_a_file(engine_url: str, tmp_path: Path) -> None:
    async with client_of(tiny_app(engine_url, import_folder=str(tmp_path / "imports"))) as client:
        assert (await send(client, sheet(subject("ท21102")))).status_code == 303
    assert not (tmp_path / "imports").exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ANALYST])
async def test_who_is_no_administrator_is_refused(engine_url: str, role: Role, tmp_path: Path) -> None:
    app = tiny_app(engine_url, import_folder=str(tmp_path / "imports"))
    async with signed_in(engine_url, "somchai", role, app) as client:
        assert [(await client.get(path)).status_code for path in PATHS] == [403] * len(PATHS)
        assert (await send(client, sheet(subject("ท21102")))).status_code == 403
    assert not (tmp_path / "imports").exists()


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "none"}, {"origin": "https://evil.example.org"}]
)
async def test_a_page_of_another_site_imports_nothing(
    malee: httpx.AsyncClient, headers: dict[str, str], tmp_path: Path
) -> None:
    assert (await send(malee, sheet(subject("ท21102")), **headers)).status_code == 403
    assert not (tmp_path / "imports").exists()
    shown = await preview(malee, sheet(subject("ท21102")))
    for step in ("commit", "discard"):
        response = await malee.post(f"{shown.address}/{step}", data={"plan": shown.plan}, headers=headers)
        assert response.status_code == 403
    assert (await malee.get(shown.address)).status_code == 200


async def test_a_file_over_the_limit_is_refused_while_it_comes_in(own_city: SmallCity, tmp_path: Path) -> None:
    app = tiny_app(own_city.url, import_folder=str(tmp_path / "imports"), import_limit=64 * 1024)
    sent = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="table"\r\n\r\nsubject\r\n--x\r\n'
        yield b'Content-Disposition: form-data; name="file"; filename="s.csv"\r\n\r\n'
        for _ in range(1_000):
            sent += 1
            yield b"x" * 8192

    async with signed_in(own_city.url, "malee", Role.ADMIN, app) as client:
        announced = await send(client, b"x" * 100_000)
        assert announced.status_code == 413
        assert "HUB_IMPORT_LIMIT" in announced.text
        headers = {**OWN, "content-type": "multipart/form-data; boundary=x"}
        streamed = await client.post("/console/import", content=body(), headers=headers)
        assert streamed.status_code == 413
        # The tests' transport reads a stream whole before the hub sees it; a server stops in the middle.
        exact = await send(client, sheet().ljust(64 * 1024))
        assert exact.status_code == 303
    assert len(list((tmp_path / "imports").iterdir())) == 1


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"table=subject", {"content-type": "application/x-www-form-urlencoded"}, 415),
        (b"code,name", {"content-type": "text/csv"}, 415),
        (b"", {"content-type": "multipart/form-data; boundary=x"}, 400),
        (b"--x\r\nbroken", {"content-type": "multipart/form-data; boundary=x"}, 400),
        (b"--x--\r\n", {"content-type": "multipart/form-data"}, 400),
        (
            b'--x\r\nContent-Disposition: form-data; name="table"\r\n\r\nsubject\r\n--x--\r\n',
            {"content-type": "multipart/form-data; boundary=x"},
            400,
        ),
    ],
)
async def test_a_form_that_has_no_file_is_refused(
    malee: httpx.AsyncClient, content: bytes, headers: dict[str, str], status: int
) -> None:
    response = await malee.post("/console/import", content=content, headers={**OWN, **headers})
    assert response.status_code == status
    assert "text/html" in response.headers["content-type"]


async def test_only_what_a_page_does_is_taken(malee: httpx.AsyncClient) -> None:
    assert (await malee.put("/console/import", headers=OWN)).status_code == 405
    assert (await malee.get("/console/import/none/commit")).status_code == 405
    assert (await malee.get("/console/import/none")).status_code == 404
    assert (await malee.get("/console/import/none/state")).status_code == 404


def _bomb() -> bytes:
    """A workbook of 60 kB that unpacks to 60 MB."""
    content = io.BytesIO(workbook_of([["code"], ["x"]]))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(60_000_000))
    return content.getvalue()


_FILES = [
    (b"", "s.csv", "The file is empty"),
    (b"<svg onload='x'></svg>", "s.svg", "end in .xlsx or .csv"),
    (b"<html><script>x</script></html>", "s.csv", "a page or a picture"),
    (b"code\x00", "s.csv", "NUL characters"),
    (sheet(subject("ท21102"), header=f"{HEADER},code"), "s.csv", "stands twice"),
    (sheet(subject("ท21102"), header=f"{HEADER},colour"), "s.csv", "no column of this table"),
    (sheet(), "s.csv", "Below its first line"),
    ("code,name\nx,Größe".encode("latin-1"), "s.csv", "cannot be told"),
    (sheet(subject("ท21102")).decode().encode("utf-16-le"), "s.csv", "NUL characters"),
    (_bomb(), "s.xlsx", "far larger than its file"),
    (workbook_of([["code"], ["x"]], lambda book, _: book.add_worksheet("B").write(0, 0, "y")), "s.xlsx", "Several"),
]


@pytest.mark.parametrize(
    ("content", "name", "said"), _FILES, ids=[f"{at} {said}" for at, (*_, said) in enumerate(_FILES)]
)
async def test_a_file_that_cannot_be_taken_is_refused_with_what_to_do(
    malee: httpx.AsyncClient, content: bytes, name: str, said: str
) -> None:
    shown = await preview(malee, content, name)
    assert shown.stage == "refused"
    assert said in shown.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "tis-620", "cp874"])
async def test_a_file_whose_encoding_can_be_told_is_read(malee: httpx.AsyncClient, encoding: str) -> None:
    shown = await preview(malee, sheet(subject("ท21102", "Reading")).decode().encode(encoding))
    assert shown.counts == {"refused": 0, "new": 1, "changed": 0, "unchanged": 0}
    assert (await commit(malee, shown)).stage == "done"
    assert "Reading ไทย" in (await malee.get("/console/export/subject.csv?code=ท21102")).text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (subject("ท21102").replace("1.5", "1e999"), "is not a number"),
        (subject("ท21102").replace("1.5", "NaN"), "is not a number"),
        (subject("ท21102").replace("1.5", ""), "is missing"),
        ("", "The line is blank"),
        (subject("ท21102") + ",more", "names 9 columns"),
        ("3083000002,ท21102", "names 9 columns"),
        (subject("ท21102", "a\u200bb"), "cannot be seen (U+200B"),
        (subject("ท21102", "n" * 201), "Write 200 at most"),
        (subject("ท21102").replace("3083000002", "1010720039"), "none whose school code is 1010720039"),
    ],
)
async def test_a_row_that_cannot_be_taken_is_refused_at_its_line(
    malee: httpx.AsyncClient, line: str, said: str
) -> None:
    shown = await preview(malee, sheet(line, subject("ท21103")))
    assert shown.counts == {"refused": 1, "new": 1, "changed": 0, "unchanged": 0}
    assert said in shown.text
    assert "<td>2</td>" in shown.text


async def test_a_day_that_there_is_not_is_refused(malee: httpx.AsyncClient) -> None:
    header = "be year,starts on,ends on,census on"
    shown = await preview(malee, sheet("2562,16/5/2562,31/02/2563,10/6/2562", header=header), table="academic_year")
    assert shown.counts["refused"] == 1
    assert "is not a date" in shown.text


async def test_a_code_that_the_sheet_made_a_date_of_is_refused(malee: httpx.AsyncClient) -> None:
    from datetime import date  # noqa: PLC0415 - of this test alone

    book = workbook_of([["code", "name", "name in Thai"], [date(2018, 5, 16), "Name", "ชื่อ"]])
    shown = await preview(malee, book, "s.xlsx", table="occupation")
    assert "has made a date" in shown.text


async def test_there_are_not_too_many_imports_at_once(
    malee: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_OF_ALL", 1)
    await preview(malee, sheet(subject("ท21102")))
    assert (await send(malee, sheet(subject("ท21102")))).status_code == 409


async def test_an_import_is_not_kept_for_long(malee: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = await preview(malee, sheet(subject("ท21102")))
    monkeypatch.setattr(store, "KEPT_SECONDS", -1)
    await malee.post("/console/import", headers=OWN, data={"table": "subject"}, files={"file": ("s.csv", b"x")})
    monkeypatch.undo()
    assert (await malee.get(shown.address)).status_code == 404


async def test_a_folder_that_others_may_enter_is_not_used(own_city: SmallCity, tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    app = tiny_app(own_city.url, import_folder=str(tmp_path / "open"))
    async with signed_in(own_city.url, "malee", Role.ADMIN, app) as client:
        response = await send(client, sheet(subject("ท21102")))
    assert response.status_code == 500
    assert "HUB_IMPORT_FOLDER" in response.text
