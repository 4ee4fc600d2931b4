"""The history in the console, over HTTP: listed, filtered, shown from what to what, and taken back."""

import asyncio
import re
from html import unescape
from typing import Any

import httpx
import pytest

from hub import migration
from hub.console.history.asked import asked_of
from hub.console.history.stored import page_sql
from hub.console.moments import THAILAND
from hub.database import Acting, Database, moment
from hub.history.sealing import seal_all
from hub.privacy import erase, find_pupil
from hub.read_log import ReadLog, ReadLogStuckError
from schema.compiler.reading import Dialect
from schema.history import Face, recorded_tables
from schema.policy import Role
from schema.tables import tables
from schema.tables.declaration import Kind
from tests.engines import Client, run_apart
from tests.hub.console.signing import OWN, account, alert, signed_in
from tests.small_city import SmallCity

LIST = "/console/history"
MALEE = Acting("account:7", "Malee", Face.CONSOLE)
OCCUPATION = "INSERT INTO occupation (code, name, name_th) VALUES ('2341', 'Teachers', 'ครู')"
SCHOOL = "3083000001"


async def write(hub: Database, *statements: str, acting: Acting | None = MALEE) -> int:
    """Write in a transaction; the number of the last change."""
    async with hub.writing(acting) as connection:
        for statement in statements:
            await connection.execute(statement)
    return int((await hub.rows("SELECT max(id) FROM change_log"))[0][0])


async def lines(client: httpx.AsyncClient, **query: object) -> list[list[str]]:
    """The cells of each line of the list."""
    response = await client.get(LIST, params={name: str(value) for name, value in query.items()})
    assert response.status_code == 200, response.text
    return cells(response)


def cells(response: httpx.Response) -> list[list[str]]:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", response.text, re.DOTALL)
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in found[1:]]


async def test_a_change_is_listed_first_with_who_made_it_and_whether_it_is_sealed(
    client: httpx.AsyncClient, hub: Database
) -> None:
    number = await write(hub, "UPDATE school SET name = 'Other' WHERE id = 1")
    await seal_all(hub)
    first = (await lines(client))[0]
    assert first[0] == str(number)
    assert first[2:] == ["school", SCHOOL, "changed", "Malee", "console", "yes"]
    thai = await client.get(LIST, headers={"accept-language": "th"})
    assert cells(thai)[0][2:] == ["โรงเรียน", SCHOOL, "แก้ไข", "Malee", "ส่วนจัดการ", "ใช่"]


async def test_what_raw_sql_changed_is_of_nobody_known(client: httpx.AsyncClient, hub: Database) -> None:
    await write(hub, "UPDATE school SET name = 'Other' WHERE id = 1", acting=None)
    assert (await lines(client))[0][5:7] == ["not known", "SQL"]


async def test_pages_follow_each_other_and_miss_nothing(client: httpx.AsyncClient, hub: Database) -> None:
    await write(hub, *(f"UPDATE school SET name = 'Name {number}' WHERE id = 1" for number in range(120)))
    seen: list[str] = []
    address: str | None = f"{LIST}?table=school&actor=malee"
    while address:
        page = await client.get(address)
        seen += [line[0] for line in cells(page)]
        found = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = unescape(found[1]) if found else None
    assert len(seen) == 120
    assert [int(number) for number in seen] == sorted({int(number) for number in seen}, reverse=True)


async def test_each_filter_finds_its_own(client: httpx.AsyncClient, hub: Database) -> None:
    made = await write(hub, OCCUPATION)
    await write(
        hub, "UPDATE school SET name = 'Other' WHERE id = 1", acting=Acting("token:3", "100%_sure", Face.IMPORT)
    )
    assert [line[3] for line in await lines(client, table="occupation", key="2341")] == ["2341"]
    assert [line[0] for line in await lines(client, face="CONSOLE", operation="INSERT")] == [str(made)]
    for actor in ("MALEE", "ale", "account:7"):
        assert [line[5] for line in await lines(client, actor=actor)] == ["Malee"], actor
    for actor in ("100%_sure", "%_", "token:3"):
        assert [line[5] for line in await lines(client, actor=actor)] == ["100%_sure"], actor
    assert [line[4] for line in await lines(client, table="school", row=1)] == ["changed", "added"]
    assert await lines(client, actor="%") == await lines(client, face="IMPORT")
    assert await lines(client, operation="DELETE") == []
    assert "There is no such change" in (await client.get(f"{LIST}?operation=DELETE")).text


async def test_days_are_thailands(client: httpx.AsyncClient, hub: Database) -> None:
    number = await write(hub, OCCUPATION)
    ((at,),) = await hub.rows("SELECT at FROM change_log WHERE id = $1", (number,))
    day = moment(at).astimezone(THAILAND).date().isoformat()
    assert (await lines(client, **{"from": day, "to": day}))[0][0] == str(number)
    assert await lines(client, **{"from": "2300-01-01"}) == []
    assert await lines(client, to="1999-12-31") == []


@pytest.mark.parametrize(
    "query",
    [
        "table=nothing",
        "table=pg_class",
        "row=x",
        "row=-1",
        "row=²",
        f"row={'9' * 30}",
        f"before={'9' * 5000}",
        "before=x",
        "operation=DROP",
        "face=X",
        "from=2561-06-09",
        "from=2018-13-01",
        "to=9999-12-31",
        "to=yesterday",
        f"key={'x' * 300}",
        "key=%00",
        "actor=%00",
    ],
)
async def test_a_filter_that_cannot_be_read_is_told_at_the_form_in_both_languages(
    client: httpx.AsyncClient, query: str
) -> None:
    response = await client.get(f"{LIST}?{query}")
    assert (response.status_code, bool(alert(response))) == (400, True)
    thai = await client.get(f"{LIST}?{query}", headers={"accept-language": "th"})
    assert re.search("[\u0e00-\u0e7f]", alert(thai))


@pytest.mark.parametrize("text", ["'", '"', "%", "_", "!", "\\", "'; DROP TABLE school; --", "ค21", "%ff", "\ufffd"])
async def test_a_text_that_is_looked_for_is_a_value_and_never_sql(client: httpx.AsyncClient, text: str) -> None:
    for name in ("key", "actor"):
        assert (await client.get(LIST, params={name: text})).status_code == 200
    assert await lines(client, table="school")


async def test_a_change_is_shown_from_what_to_what(client: httpx.AsyncClient, hub: Database) -> None:
    number = await write(hub, "UPDATE subject SET credits = 2.5, kind = 'ADDITIONAL' WHERE id = 7")
    page = await client.get(f"{LIST}/{number}")
    shown = {line[0]: line[1:] for line in cells(page)}
    assert shown["credits (changed)"] == ["1.5", "2.5"]
    assert shown["name"] == ["Thai 1", "Thai 1"]
    assert page.text.count('class="changed"') == 2
    assert 'href="/console/history?table=subject&amp;row=7"' in page.text
    assert 'href="/console/history?table=school&amp;row=' in page.text
    thai = await client.get(f"{LIST}/{number}", headers={"accept-language": "th"})
    assert "พื้นฐาน" in thai.text


async def test_a_change_is_taken_back_and_the_page_of_that_change_says_so(
    client: httpx.AsyncClient, hub: Database
) -> None:
    number = await write(hub, "UPDATE school SET name = 'Other' WHERE id = 1")
    ((before,),) = await hub.rows("SELECT name FROM school WHERE id = 2")
    done = await client.post(f"{LIST}/{number}/revert", data={"x": ""})
    assert done.status_code == 303
    page = await client.get(done.headers["location"])
    assert "The change was taken back" in page.text
    assert f"{LIST}/{number}" not in done.headers["location"]
    assert (await lines(client))[0][5:7] == ["root", "console"]
    assert (await hub.rows("SELECT name FROM school WHERE id = 1")) != [("Other",)]
    assert (await hub.rows("SELECT name FROM school WHERE id = 2")) == [(before,)]


async def test_what_stands_in_the_way_is_told_on_the_page(client: httpx.AsyncClient, hub: Database) -> None:
    made = await write(hub, OCCUPATION)
    await write(
        hub,
        "INSERT INTO occupation_target (occupation_id, municipality_id, target_from)"
        " SELECT id, 1, '2018-01-01' FROM occupation WHERE code = '2341'",
    )
    first = await write(hub, "UPDATE school SET name = 'One' WHERE id = 1")
    await write(hub, "UPDATE school SET name = 'Two' WHERE id = 1")
    code = await write(hub, "UPDATE exit_reason SET code = 'MOVED' WHERE code = 'TRANSFER'")
    await write(
        hub, "INSERT INTO exit_reason (code, name, name_th, counts_as_dropout) VALUES ('TRANSFER', 'x', 'x', false)"
    )
    for number, english, thai in (
        (made, "occupation target (1, such as 2341 / 8301 / 2018-01-01)", "มีการใช้งานอยู่ใน"),
        (first, f"changed since: change {first + 1}, by Malee", "ถูกแก้ไขอีก"),
        (code, "A rule of the database is against it", "ขัดกับกฎของฐานข้อมูล"),
    ):
        refused = await client.post(f"{LIST}/{number}/revert", data={"x": ""})
        assert (refused.status_code, english in alert(refused)) == (400, True), alert(refused)
        told = await client.post(f"{LIST}/{number}/revert", data={"x": ""}, headers={"accept-language": "th"})
        assert thai in alert(told)
    assert await hub.rows("SELECT name FROM school WHERE id = 1") == [("Two",)]


async def test_accounts_and_tokens_are_shown_without_secrets_and_not_taken_back(
    client: httpx.AsyncClient, hub: Database
) -> None:
    ((number,),) = await hub.rows("SELECT max(id) FROM change_log WHERE table_name = 'account'")
    page = await client.get(f"{LIST}/{number}")
    assert "its own page" in page.text
    assert "Take this change back" not in page.text
    assert "argon2" not in page.text
    assert "(secret)" in page.text
    refused = await client.post(f"{LIST}/{number}/revert", data={"x": ""})
    assert (refused.status_code, "its own page" in alert(refused)) == (400, True)


async def log_of(database: Client, count: int) -> list[tuple[Any, ...]]:
    """The fields and pupils of each entry of the log of reads, once so many are written."""
    found: list[tuple[Any, ...]] = []
    for _ in range(200):
        found = await database.rows("SELECT id, operation, fields FROM read_log ORDER BY id")
        if len(found) >= count:
            break
        await asyncio.sleep(0.02)
    entries = []
    for key, operation, fields in found:
        pupils = await database.rows("SELECT student_id FROM read_log_pupil WHERE read_id = $1 ORDER BY 1", key)
        entries.append((operation, set((fields or "").split()), [pupil for (pupil,) in pupils]))
    return entries


async def test_a_pupils_change_is_read_by_the_log_and_listed_by_its_number(
    client: httpx.AsyncClient, hub: Database, city_database: Client, own_city: SmallCity
) -> None:
    pupil = own_city.students["chujai"]
    number = await write(hub, f"UPDATE student SET given_name = 'ชูจิต' WHERE id = {pupil}")
    assert (await lines(client))[0][2:5] == ["student", f"#{pupil}", "changed"]
    for text in ("ชูจิต", "student_no", "1"):
        assert all(line[2] != "student" for line in await lines(client, key=text)), text
    page = await client.get(f"{LIST}/{number}")
    assert "ชูจิต" in page.text
    ((operation, fields, pupils),) = await log_of(city_database, 1)
    assert (operation, pupils) == ("console", [pupil])
    assert "Student.givenName" in fields
    # The next is of nobody, and so is not there.
    school = await write(hub, "UPDATE school SET name = 'Other' WHERE id = 1")
    await client.get(f"{LIST}/{school}")
    await client.get(LIST)
    await client.post(f"{LIST}/{number}/revert", data={"x": ""})
    assert [entry[2] for entry in await log_of(city_database, 2)] == [[pupil], [pupil]]


async def test_records_are_not_written_by_the_console_by_way_of_the_history(
    client: httpx.AsyncClient, hub: Database, own_city: SmallCity
) -> None:
    pupil = own_city.students["chujai"]
    number = await write(hub, f"UPDATE student SET given_name = 'ชูจิต' WHERE id = {pupil}")
    page = await client.get(f"{LIST}/{number}")
    assert f"hub history revert {number}" in page.text
    assert "Take this change back" not in page.text
    refused = await client.post(f"{LIST}/{number}/revert", data={"x": ""})
    assert (refused.status_code, "reference data alone" in alert(refused)) == (400, True)
    assert await hub.rows("SELECT given_name FROM student WHERE id = $1", (pupil,)) == [("ชูจิต",)]


def test_no_table_that_the_console_writes_is_of_pupils() -> None:
    reference = {str(model.__table__.name) for model in tables() if model.about.kind is Kind.REFERENCE}
    assert not [table.name for table in recorded_tables() if table.pupil and table.name in reference]


async def test_what_was_erased_is_told_to_be_and_the_erasure_too(
    client: httpx.AsyncClient, hub: Database, own_city: SmallCity
) -> None:
    pupil = own_city.students["chujai"]
    number = await write(hub, f"UPDATE student SET given_name = 'ชูจิต' WHERE id = {pupil}")

    async def take_away() -> None:
        migration.run(
            own_city.url, lambda c: erase(c, find_pupil(c, f"Student:{pupil}"), reason="asked for", by="registrar")
        )

    run_apart(take_away)
    page = await client.get(f"{LIST}/{number}")
    assert (page.status_code, "was erased with the pupil" in page.text, "ชูจิต" in page.text) == (200, True, False)
    erasure = (await lines(client, operation="ERASE"))[0]
    assert "made anonymous" in (await client.get(f"{LIST}/{erasure[0]}")).text
    refused = await client.post(f"{LIST}/{erasure[0]}/revert", data={"x": ""})
    assert (refused.status_code, "no change of one row" in alert(refused)) == (400, True)


async def test_a_load_of_a_whole_table_is_told(client: httpx.AsyncClient, city_database: Client) -> None:
    await city_database.run(
        "INSERT INTO change_log (table_name, operation, after, actor_key, face)"
        " VALUES ('subject', 'LOAD', '{\"rows\":2729}', 'command line', 'CLI')"
    )
    line = (await lines(client))[0]
    assert line[2:6] == ["subject", "", "table loaded", "command line"]
    assert "2,729 rows" in (await client.get(f"{LIST}/{line[0]}")).text


@pytest.mark.parametrize("key", ["0", "999999", "x", "-1", "9" * 18, "9" * 19, "9" * 5000])
async def test_a_change_that_is_not_there_is_not_found(client: httpx.AsyncClient, key: str) -> None:
    assert (await client.get(f"{LIST}/{key}")).status_code == 404
    assert (await client.post(f"{LIST}/{key}/revert", data={"x": ""})).status_code == 404


async def test_who_is_no_administrator_sees_and_takes_back_nothing(own_city: SmallCity, hub: Database) -> None:
    number = await write(hub, "UPDATE school SET name = 'Other' WHERE id = 1")
    await account(own_city.url, "root", Role.ADMIN)
    async with signed_in(own_city.url, "somchai", Role.OFFICER) as client:
        for path in (LIST, f"{LIST}/{number}"):
            assert (await client.get(path)).status_code == 403
        assert (await client.post(f"{LIST}/{number}/revert", data={"x": ""}, headers=OWN)).status_code == 403
    assert await hub.rows("SELECT name FROM school WHERE id = 1") == [("Other",)]


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "none"}])
async def test_a_form_from_elsewhere_takes_nothing_back(
    client: httpx.AsyncClient, hub: Database, headers: dict[str, str]
) -> None:
    number = await write(hub, "UPDATE school SET name = 'Other' WHERE id = 1")
    assert (await client.post(f"{LIST}/{number}/revert", data={"x": ""}, headers=headers)).status_code == 403
    assert await hub.rows("SELECT name FROM school WHERE id = 1") == [("Other",)]


async def test_every_recorded_table_is_shown_in_both_languages(client: httpx.AsyncClient) -> None:
    """A change of each table of the small city, one after another: none fails to be shown."""
    for table in recorded_tables():
        for line in (await lines(client, table=table.name))[:1]:
            for language in ("en", "th"):
                page = await client.get(f"{LIST}/{line[0]}", headers={"accept-language": language})
                assert page.status_code == 200, (table.name, page.text)


async def test_a_pupils_change_is_not_read_while_reads_cannot_be_logged(
    client: httpx.AsyncClient, own_city: SmallCity, hub: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(_: ReadLog) -> None:
        raise ReadLogStuckError

    number = await write(hub, f"UPDATE student SET given_name = 'ชูจิต' WHERE id = {own_city.students['chujai']}")
    monkeypatch.setattr(ReadLog, "check", stuck)
    refused = await client.get(f"{LIST}/{number}")
    assert (refused.status_code, "ชูจิต" in refused.text) == (503, False)
    assert (await client.get(LIST)).status_code == 200


@pytest.mark.parametrize("query", [{}, {"table": "grade"}, {"table": "grade", "to": "2018-06-09"}, {"actor": "malee"}])
async def test_the_newest_changes_are_listed_without_putting_all_in_order(hub: Database, query: dict[str, str]) -> None:
    sql, values = page_sql(asked_of(query), hub.dialect)
    parameters: tuple[Any, ...] = tuple(values)
    if hub.dialect is Dialect.SQLITE:
        assert not any("TEMP B-TREE" in step[3] for step in await hub.rows(f"EXPLAIN QUERY PLAN {sql}", parameters))
        return
    async with hub.writing() as connection:
        await connection.execute("SET LOCAL enable_seqscan = off")
        await connection.execute("SET LOCAL enable_bitmapscan = off")
        steps = await connection.rows(f"EXPLAIN {sql}", tuple(values))
    # Of a table with few changes PostgreSQL sorts those: it knows how many there are.
    assert "table" in query or not any("Sort" in step[0] for step in steps), steps
