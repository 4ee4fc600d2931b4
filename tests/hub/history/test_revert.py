"""A change is taken back whole, as a change of its own, or refused with what stands in the way."""

import json

import pytest

from hub import migration
from hub.database import Database
from hub.history.revert import RevertRefusedError, revert
from hub.history.sealing import seal_all
from hub.history.verifying import verify
from hub.privacy import erase, find_pupil
from schema.tables import metadata
from tests.engines import Client, run_apart
from tests.hub.history.conftest import ACTING
from tests.small_city import SmallCity

OCCUPATION = "INSERT INTO occupation (code, name, name_th) VALUES ('2341', 'Teachers', 'ครู')"


async def write(hub: Database, *statements: str) -> int:
    """Write in a transaction; the number of the last change."""
    async with hub.writing() as connection:
        for statement in statements:
            await connection.execute(statement)
    return int((await hub.rows("SELECT max(id) FROM change_log"))[0][0])


async def test_an_update_is_taken_back_and_that_is_a_change(hub: Database) -> None:
    number = await write(hub, "UPDATE subject SET credits = 2.5, name = 'Other' WHERE id = 7")
    made = await revert(hub, number, ACTING)
    ((name, weight),) = await hub.rows("SELECT name, credits FROM subject WHERE id = 7")
    assert (name, float(weight)) == ("Thai 1", 1.5)
    ((before, after, actor, face),) = await hub.rows(
        "SELECT before, after, actor_key, face FROM change_log WHERE id = $1", (made,)
    )
    assert json.loads(before)["credits"] == 2.5
    assert json.loads(after)["credits"] == 1.5
    assert (actor, face) == ("account:7", "CONSOLE")
    assert (await verify(hub)).complaints == []


async def test_a_change_that_was_taken_back_can_be_taken_back(hub: Database) -> None:
    number = await write(hub, "UPDATE school SET name = 'Other' WHERE id = 1")
    await revert(hub, await revert(hub, number, ACTING), ACTING)
    assert await hub.rows("SELECT name FROM school WHERE id = 1") == [("Other",)]


async def test_a_new_row_is_deleted_and_a_deleted_one_is_there_again(hub: Database) -> None:
    made = await write(hub, OCCUPATION)
    (before,) = await hub.rows("SELECT id, code, name, name_th, name_th_sort FROM occupation WHERE code = '2341'")
    gone = await revert(hub, made, ACTING)
    assert await hub.rows("SELECT 1 FROM occupation WHERE code = '2341'") == []
    await revert(hub, gone, ACTING)
    assert await hub.rows("SELECT id, code, name, name_th, name_th_sort FROM occupation WHERE code = '2341'") == [
        before
    ]
    assert (await verify(hub)).complaints == []


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("grade_code", "UPDATE grade_code SET points = 3.5, min_score = NULL, counts_in_gpa = false WHERE id = 1"),
        ("academic_year", "UPDATE academic_year SET be_year = 2599, census_on = '2016-06-11' WHERE id = 1"),
        ("school_enrollment", "UPDATE school_enrollment SET exit_on = '2018-12-01', exit_reason_id = 1 WHERE id = 1"),
        ("attendance", "DELETE FROM attendance WHERE id = 1"),
    ],
)
async def test_every_kind_of_value_comes_back_as_it_was(
    hub: Database, own_city: SmallCity, table: str, change: str
) -> None:
    async def row() -> list[tuple[object, ...]]:
        async with Client.connect(own_city.url) as client:
            names = [c.name for c in metadata.tables[table].columns if c.name != "updated_at"]
            return await client.rows(f"SELECT {', '.join(names)} FROM {table} WHERE id = 1")

    before = await row()
    number = await write(hub, change)
    assert await row() != before
    await revert(hub, number, ACTING)
    assert await row() == before


async def test_what_refers_to_it_is_told(hub: Database) -> None:
    number = await write(hub, OCCUPATION)
    await write(
        hub,
        "INSERT INTO occupation_target (occupation_id, municipality_id, target_from)"
        " SELECT id, 1, '2018-01-01' FROM occupation WHERE code = '2341'",
    )
    with pytest.raises(RevertRefusedError, match=r"used, by occupation target \(1, such as 2341 / 8301 / 2018-01-01\)"):
        await revert(hub, number, ACTING)
    assert await hub.rows("SELECT 1 FROM occupation WHERE code = '2341'") != []


async def test_what_it_referred_to_must_be_there(hub: Database) -> None:
    await write(hub, OCCUPATION)
    await write(
        hub,
        "INSERT INTO occupation_target (occupation_id, municipality_id, target_from)"
        " SELECT id, 1, '2018-01-01' FROM occupation WHERE code = '2341'",
    )
    number = await write(
        hub, "DELETE FROM occupation_target WHERE occupation_id = (SELECT id FROM occupation WHERE code = '2341')"
    )
    gone = await write(hub, "DELETE FROM occupation WHERE code = '2341'")
    with pytest.raises(RevertRefusedError, match=r"referred to occupation \d+, which is not there any more"):
        await revert(hub, number, ACTING)
    await revert(hub, gone, ACTING)
    await revert(hub, number, ACTING)
    assert (await verify(hub)).complaints == []


async def test_a_row_that_was_changed_since_is_left_as_it_is(hub: Database) -> None:
    number = await write(hub, "UPDATE school SET name = 'Other' WHERE id = 1")
    async with hub.writing(ACTING) as connection:
        await connection.execute("UPDATE school SET name = 'Third' WHERE id = 1")
    with pytest.raises(RevertRefusedError, match=rf"changed since: change {number + 1}, by malee\. Take that one back"):
        await revert(hub, number, ACTING)
    assert await hub.rows("SELECT name FROM school WHERE id = 1") == [("Third",)]


async def test_a_rule_of_the_database_refuses_it_and_nothing_is_changed(hub: Database) -> None:
    number = await write(hub, "UPDATE exit_reason SET code = 'MOVED' WHERE code = 'TRANSFER'")
    await write(
        hub, "INSERT INTO exit_reason (code, name, name_th, counts_as_dropout) VALUES ('TRANSFER', 'x', 'x', false)"
    )
    with pytest.raises(RevertRefusedError, match=r"A rule of the database is against it: .*exit_reason"):
        await revert(hub, number, ACTING)
    assert await hub.rows("SELECT count(*) FROM exit_reason WHERE code = 'MOVED'") == [(1,)]


async def test_what_is_append_only_is_not_taken_back(hub: Database) -> None:
    number = (await hub.rows("SELECT max(id) FROM change_log WHERE table_name = 'grade_event'"))[0][0]
    with pytest.raises(RevertRefusedError, match="grade_event is append-only"):
        await revert(hub, number, ACTING)


async def test_accounts_and_tokens_are_not_brought_back(hub: Database) -> None:
    """Symptom: taking a change back made an administrator of who was none any more, and a revoked token good."""
    made = await write(
        hub,
        "INSERT INTO account (username, password_hash, role, is_active, created_at)"
        " VALUES ('somchai', 'hash', 'admin', true, '2018-10-01T12:00:00.000+00:00')",
    )
    school = await write(hub, "INSERT INTO account_school (account_id, school_id) SELECT id, 1 FROM account")
    token = await write(
        hub,
        "INSERT INTO api_token (purpose, digest, shown, role, all_schools, created_at, created_by, expires_at)"
        " VALUES ('to test', 'digest', 'hub_abc', 'admin', false, '2018-10-01T12:00:00.123+00:00', 'x',"
        " '2019-10-01T12:00:00.456+00:00')",
    )
    changes = (
        "UPDATE api_token SET revoked_at = created_at",
        "UPDATE account SET role = 'officer'",
        "UPDATE account SET is_active = false",
        "UPDATE account SET password_hash = 'other'",
        "UPDATE account SET second_factor_at = created_at",
        "DELETE FROM account_school",
    )
    for number in (made, school, token, *[await write(hub, change) for change in changes]):
        with pytest.raises(RevertRefusedError, match="/console/accounts or /console/tokens"):
            await revert(hub, number, ACTING)


async def test_what_was_erased_and_what_is_no_change_of_a_row_is_refused(hub: Database, own_city: SmallCity) -> None:
    pupil = own_city.students["chujai"]
    number = await write(hub, f"UPDATE student SET given_name = 'ชูจิต' WHERE id = {pupil}")
    run_apart(lambda: _erase(own_city, pupil))
    with pytest.raises(RevertRefusedError, match="was erased with the pupil"):
        await revert(hub, number, ACTING)
    erasure = (await hub.rows("SELECT max(id) FROM change_log WHERE operation = 'ERASE'"))[0][0]
    with pytest.raises(RevertRefusedError, match=r"no change of one row \(ERASE\)"):
        await revert(hub, erasure, ACTING)
    with pytest.raises(RevertRefusedError, match="There is no change 999999"):
        await revert(hub, 999_999, ACTING)


async def _erase(city: SmallCity, pupil: int) -> None:
    migration.run(city.url, lambda c: erase(c, find_pupil(c, f"Student:{pupil}"), reason="asked for", by="registrar"))


async def test_an_erased_pupils_history_is_gone_and_the_chain_is_sound(hub: Database, own_city: SmallCity) -> None:
    pupil = own_city.students["chujai"]
    await write(hub, f"UPDATE student SET given_name = 'ชูจิต-เดิม', family_name = 'เลิศลอย-เดิม' WHERE id = {pupil}")
    await seal_all(hub)
    head = (await verify(hub)).head
    # Not sealed yet, and by another's row.
    await write(hub, f"UPDATE student SET birth_date = '2003-05-21' WHERE id = {pupil}")
    run_apart(lambda: _erase(own_city, pupil))
    texts = await texts_of(own_city)
    for former in ("ชูจิต-เดิม", "เลิศลอย-เดิม", "ชูใจ", "เลิศล้ำ", "2003-05-21", "1234567890121", "G000000000001"):
        assert former not in texts, former
    await seal_all(hub)
    verdict = await verify(hub, head)
    assert verdict.complaints == []
    assert verdict.known_at is not None
    erased = await hub.rows(
        "SELECT count(*) FROM change_log WHERE (student_id = $1 OR former_student_id = $1)"
        " AND operation <> 'ERASE' AND (key IS NOT NULL OR before IS NOT NULL OR after IS NOT NULL)",
        (pupil,),
    )
    assert erased == [(0,)]


async def texts_of(city: SmallCity) -> str:
    """Every value of every table, as one text."""
    async with Client.connect(city.url) as client:
        names = (
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
            if client.dialect == "sqlite"
            else "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        found = [await client.rows(f'SELECT * FROM "{name}"') for (name,) in await client.rows(names)]
    return "\n".join(str(row) for rows in found for row in rows)
