"""An import from the upload to the database, as a browser drives it."""

from pathlib import Path

import httpx

from schema.policy import Role
from tests.engines import Client
from tests.hub.console.sheets.sending import HEADER, commit, preview, seen, send, sheet, subject
from tests.hub.console.signing import OWN, signed_in
from tests.hub.tiny import tiny_app
from tests.small_city import SmallCity


async def subjects(city: SmallCity) -> list[tuple[object, ...]]:
    async with Client.connect(city.url) as client:
        return await client.rows("SELECT code, name, credits FROM subject ORDER BY code, id")


async def test_a_preview_says_what_is_new_changed_unchanged_and_refused(
    malee: httpx.AsyncClient, own_city: SmallCity
) -> None:
    before = await subjects(own_city)
    shown = await preview(
        malee,
        sheet(
            subject("ท21102", "Thai 2"),
            subject("ท21101", "Renamed"),
            "3083000002,ค21101,2551,Mathematics 1,คณิตศาสตร์ 1,1.5,พื้นฐาน,MAT,ม.1",
            subject("ท24101"),
            subject("ท21103", level="ม.9"),
            subject("ท21102", "Thai 2 again"),
            subject("ท21104").replace("1.5", "0.3"),
        ),
    )
    assert shown.stage == "ready"
    assert shown.counts == {"refused": 4, "new": 1, "changed": 1, "unchanged": 1}
    assert "year in the stage, 1 to 3" in shown.text
    assert "none whose grade level code is ม.9" in shown.text
    assert "stands in line 2 already" in shown.text
    assert "not a step of 0.5" in shown.text
    assert shown.plan == "", "what is refused in part is not imported at all"
    changed = (await malee.get(f"{shown.address}?rows=changed&lang=en")).text
    assert "name: Thai 1 → Renamed" in changed
    assert await subjects(own_city) == before


async def test_rows_that_are_refused_stop_all_of_an_import(malee: httpx.AsyncClient, own_city: SmallCity) -> None:
    before = await subjects(own_city)
    shown = await preview(malee, sheet(subject("ท21102"), subject("ท24101")))
    page = await malee.get(f"{shown.address}?rows=new")
    assert "ท21102" in page.text
    state = await malee.post(f"{shown.address}/commit", data={"plan": shown.plan}, headers=OWN)
    assert state.status_code == 409
    assert await subjects(own_city) == before


async def test_a_committed_import_is_in_the_table_and_again_changes_nothing(
    malee: httpx.AsyncClient, own_city: SmallCity
) -> None:
    file = sheet(subject("ท21102", "Thai 2"), subject("ท21101", "Renamed"))
    done = await commit(malee, await preview(malee, file))
    assert done.stage == "done"
    rows = await subjects(own_city)
    assert ("ท21102", "Thai 2", 1.5) in [(code, name, float(str(credit))) for code, name, credit in rows]
    assert "Renamed" in [name for _, name, _ in rows]
    again = await preview(malee, file)
    assert again.counts == {"refused": 0, "new": 0, "changed": 0, "unchanged": 2}
    assert again.plan == ""


async def test_columns_that_a_file_leaves_out_stay_as_they_are(malee: httpx.AsyncClient, own_city: SmallCity) -> None:
    header = "code,name,name in Thai,municipality code"
    file = sheet("3083000001,Renamed,โรงเรียนใหม่,8301", "3083000009,New,โรงเรียนอีกแห่ง,8301", header=header)
    async with Client.connect(own_city.url) as client:
        await client.run("UPDATE school SET fraction_policy = 'HALF_UP' WHERE code = '3083000001'")
        assert (await commit(malee, await preview(malee, file, table="school"))).stage == "done"
        rows = await client.rows("SELECT code, name, fraction_policy FROM school ORDER BY code")
    assert ("3083000001", "Renamed", "HALF_UP") in rows
    assert ("3083000009", "New", "CUT_OFF") in rows


async def test_rows_of_one_file_are_checked_against_each_other(malee: httpx.AsyncClient) -> None:
    header = "academic year be year,number,starts on,ends on"
    year = await preview(
        malee,
        sheet("2562,16/5/2562,15/5/2563,10/6/2562", header="be year,starts on,ends on,census on"),
        table="academic_year",
    )
    assert (await commit(malee, year)).stage == "done"
    shown = await preview(
        malee, sheet("2562,1,16/5/2562,11/10/2562", "2562,2,11/10/2562,1/4/2563", header=header), table="term"
    )
    assert shown.counts["refused"] == 2
    assert "overlaps term 1" in shown.text
    sound = await preview(
        malee, sheet("2562,1,16/5/2562,11/10/2562", "2562,2,1/11/2562,1/4/2563", header=header), table="term"
    )
    assert (await commit(malee, sound)).stage == "done"


async def test_a_place_that_another_row_has_is_refused_with_whose_it_is(malee: httpx.AsyncClient) -> None:
    header = "code,name,name in Thai,ordinal,stage,basis"
    shown = await preview(
        malee, sheet("ป.7,Primary 7,ประถมศึกษาปีที่ 7,4,PRIMARY,YEAR", header=header), table="grade_level"
    )
    assert shown.counts["refused"] == 1
    assert "is that of ป.1" in shown.text


async def test_data_that_changed_after_the_preview_are_told_and_previewed_again(
    malee: httpx.AsyncClient, own_city: SmallCity
) -> None:
    shown = await preview(malee, sheet(subject("ท21101", "Mine")))
    async with Client.connect(own_city.url) as client:
        await client.run("UPDATE subject SET name = 'Theirs' WHERE code = 'ท21101'")
    again = await commit(malee, shown)
    assert again.stage == "ready"
    assert "changed after the preview" in again.text
    assert "Theirs" in (await malee.get(f"{again.address}?rows=changed&lang=en")).text
    assert "Theirs" in [name for _, name, _ in await subjects(own_city)]
    assert (await commit(malee, again)).stage == "done"
    assert "Mine" in [name for _, name, _ in await subjects(own_city)]


async def test_a_row_that_another_added_after_the_preview_is_not_added_twice(
    malee: httpx.AsyncClient, own_city: SmallCity
) -> None:
    first, second = (
        await preview(malee, sheet(subject("ท21102"))),
        await preview(malee, sheet(subject("ท21102", "Two"))),
    )
    assert (await commit(malee, first)).stage == "done"
    told = await commit(malee, second)
    assert (told.stage, told.counts["changed"], told.counts["new"]) == ("ready", 1, 0)
    assert len([code for code, *_ in await subjects(own_city) if code == "ท21102"]) == 1


async def test_a_change_of_other_rows_does_not_stop_an_import(malee: httpx.AsyncClient, own_city: SmallCity) -> None:
    shown = await preview(malee, sheet(subject("ท21102")))
    async with Client.connect(own_city.url) as client:
        await client.run("UPDATE subject SET name = 'Other' WHERE code = 'ค21101'")
    assert (await commit(malee, shown)).stage == "done"


async def test_what_is_committed_is_the_preview_that_was_seen_and_once(malee: httpx.AsyncClient) -> None:
    shown = await preview(malee, sheet(subject("ท21102")))
    other = await malee.post(f"{shown.address}/commit", data={"plan": "0" * 64}, headers=OWN)
    assert other.status_code == 409
    assert (await commit(malee, shown)).stage == "done"
    twice = await malee.post(f"{shown.address}/commit", data={"plan": shown.plan}, headers=OWN)
    assert twice.status_code == 409


async def test_a_plan_that_was_tampered_with_is_made_anew(malee: httpx.AsyncClient, tmp_path: Path) -> None:
    shown = await preview(malee, sheet(subject("ท21102")))
    (plan,) = (tmp_path / "imports").glob("*/plan.jsonl")
    plan.write_bytes(plan.read_bytes().replace("ท21102".encode(), "ท21109".encode()))
    assert (await commit(malee, shown)).stage == "ready"


async def test_an_import_is_of_the_session_that_sent_it(
    malee: httpx.AsyncClient, own_city: SmallCity, tmp_path: Path
) -> None:
    shown = await preview(malee, sheet(subject("ท21102")))
    app = tiny_app(own_city.url, import_folder=str(tmp_path / "imports"))
    async with signed_in(own_city.url, "manop", Role.ADMIN, app) as other:
        assert (await other.get(shown.address)).status_code == 404
        response = await other.post(f"{shown.address}/commit", data={"plan": shown.plan}, headers=OWN)
        assert response.status_code == 404
    assert (await malee.get(shown.address)).status_code == 200


async def test_a_session_keeps_few_imports_and_may_discard_them(malee: httpx.AsyncClient, tmp_path: Path) -> None:
    addresses = [(await preview(malee, sheet(subject("ท21102")))).address for _ in range(4)]
    assert [(await malee.get(address)).status_code for address in addresses] == [404, 200, 200, 200]
    assert (await malee.post(f"{addresses[3]}/discard", headers=OWN)).status_code == 303
    assert (await malee.get(addresses[3])).status_code == 404
    assert len([each for each in (tmp_path / "imports").iterdir() if each.is_dir()]) == 2


async def test_a_preview_shows_its_rows_in_pages(malee: httpx.AsyncClient) -> None:
    shown = await preview(
        malee,
        sheet(*(subject(f"ท2{y}2{n:02}", kind="ADDITIONAL", level=f"ม.{y}") for y in (1, 2) for n in range(1, 90))),
    )
    assert shown.counts["new"] == 178
    assert "ท22289" not in shown.text
    assert "ท22289" in (await malee.get(f"{shown.address}?rows=new&page=2")).text
    assert (await malee.get(f"{shown.address}?rows=new&page=99999")).status_code == 200
    assert (await malee.get(f"{shown.address}?rows=nothing&page=-1")).status_code == 200


async def test_markup_in_a_file_is_shown_as_text(malee: httpx.AsyncClient) -> None:
    shown = await preview(malee, sheet(subject("<b>x</b>")), name="<i>.csv")
    assert "<b>x" not in shown.text
    assert "<i>" not in shown.text
    assert "&lt;b&gt;x" in shown.text


async def test_the_page_lists_every_reference_table_and_its_templates(malee: httpx.AsyncClient) -> None:
    page = (await malee.get("/console/import?lang=th&table=subject")).text
    assert '<option value="subject" selected>รายวิชา</option>' in page
    assert "/console/import/template/school.xlsx" in page
    assert 'value="student"' not in page
    for ending in ("xlsx", "csv"):
        response = await malee.get(f"/console/import/template/subject.{ending}")
        assert response.status_code == 200
        assert "attachment" in response.headers["content-disposition"]
    assert (await malee.get("/console/import/template/student.csv")).status_code == 404
    assert (await malee.get("/console/import/template/subject.pdf")).status_code == 400


async def test_the_columns_of_a_template_are_those_that_an_import_takes(malee: httpx.AsyncClient) -> None:
    header = (await malee.get("/console/import/template/subject.csv")).content.decode("utf-8-sig").strip()
    assert "รหัสวิชา (code)" in header
    line = "3083000002,ท21102,2551,Thai 2,ไทย 2,1.5,พื้นฐาน,THA,,ม.1"
    shown = await preview(malee, sheet(line, header=header))
    assert shown.counts == {"refused": 0, "new": 1, "changed": 0, "unchanged": 0}


async def test_a_table_without_rows_to_import_is_unknown(malee: httpx.AsyncClient) -> None:
    for table in ("student", "account", "nothing", "../subject"):
        assert (await send(malee, sheet(), table=table)).status_code == 404


def test_the_header_of_these_tests_is_the_tables() -> None:
    assert len(HEADER.split(",")) == 9


async def test_the_state_of_an_import_is_told_to_its_page_alone(malee: httpx.AsyncClient) -> None:
    shown = await preview(malee, sheet(subject("ท21102")))
    response = await malee.get(f"{shown.address}/state")
    assert response.json() == {"stage": "ready", "atWork": False, "done": 1, "total": 1}
    assert response.headers["cache-control"] == "no-store"
    assert (await seen(malee, shown.address)).stage == "ready"
