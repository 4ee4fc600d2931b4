"""Every committed change is in the history, whoever made it, and nothing else is; alike on both engines."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from schema.history import recorded_tables
from schema.tables import tables
from schema.tables.declaration import Kind
from tests.conftest import Templates
from tests.engines import Client, Refusal, run_apart
from tests.small_city import SmallCity

LAST = (
    "SELECT table_name, row_id, operation, key, before, after, actor_key, actor_name, face FROM change_log ORDER BY id"
)
INSERT = "INSERT INTO occupation (code, name, name_th) VALUES ('2341', 'Teachers', 'ครู')"


@pytest.fixture
async def client(own_city: SmallCity) -> AsyncIterator[Client]:
    async with Client.connect(own_city.url) as connected:
        yield connected


async def changes(client: Client, since: int) -> list[dict[str, Any]]:
    """The changes after so many, with their payloads read."""
    names = ("table", "row", "operation", "key", "before", "after", "actor", "name", "face")
    rows = [dict(zip(names, row, strict=True)) for row in (await client.rows(LAST))[since:]]
    return [
        row | {name: json.loads(row[name]) if row[name] else None for name in ("key", "before", "after")}
        for row in rows
    ]


async def count(client: Client) -> int:
    return int(await client.value("SELECT count(*) FROM change_log"))


def test_what_people_write_is_recorded_and_nothing_that_is_derived() -> None:
    written = {str(model.__table__.name) for model in tables() if model.about.kind is not Kind.DERIVED}
    assert {table.name for table in recorded_tables()} == written | {
        "account",
        "account_school",
        "api_token",
        "api_token_school",
    }


async def test_a_row_made_changed_and_deleted_by_raw_sql_is_recorded_as_of_nobody_known(client: Client) -> None:
    since = await count(client)
    await client.run(INSERT)
    key = await client.value("SELECT id FROM occupation WHERE code = '2341'")
    await client.run("UPDATE occupation SET name = 'School teachers' WHERE id = $1", key)
    await client.run("DELETE FROM occupation WHERE id = $1", key)
    made = {"id": key, "code": "2341", "name": "Teachers", "name_th": "ครู"}
    changed = made | {"name": "School teachers"}
    same = {"table": "occupation", "row": key, "key": {"code": "2341"}, "actor": None, "name": None, "face": "SQL"}
    assert await changes(client, since) == [
        same | {"operation": "INSERT", "before": None, "after": made},
        same | {"operation": "UPDATE", "before": made, "after": changed},
        same | {"operation": "DELETE", "before": changed, "after": None},
    ]


async def test_a_write_that_changes_nothing_is_no_change(client: Client) -> None:
    since = await count(client)
    await client.run("UPDATE subject SET name = name, credits = credits")
    await client.run("UPDATE subject SET name_th_sort = NULL")
    await client.run("UPDATE grade SET score = score WHERE id = 1")
    assert await changes(client, since) == []


async def test_what_is_rolled_back_was_never_there(client: Client) -> None:
    since = await count(client)
    await client.run("BEGIN")
    await client.run(INSERT)
    await client.run("ROLLBACK")
    assert await changes(client, since) == []


async def test_a_row_is_known_by_what_people_know_it_by(client: Client) -> None:
    since = await count(client)
    await client.run("UPDATE subject SET name = 'Thai, first' WHERE code = 'ท21101'")
    await client.run("UPDATE term SET ends_on = '2017-03-30' WHERE academic_year_id = 1 AND number = 2")
    subject, term = await changes(client, since)
    assert subject["key"] == {"school": "3083000002", "code": "ท21101", "curriculum": "2551"}
    assert term["key"] == {"academic_year": 2559, "number": 2}


async def test_a_change_names_the_pupil_whose_record_it_is(client: Client) -> None:
    for table, pupil in (
        ("student", "row_id"),
        ("grade", "(SELECT g.student_id FROM grade AS g WHERE g.id = row_id)"),
        (
            "grade_event",
            "(SELECT g.student_id FROM grade AS g JOIN grade_event AS e ON e.grade_id = g.id WHERE e.id = row_id)",
        ),
        ("school", "NULL"),
    ):
        wrong = "IS NOT" if client.dialect == "sqlite" else "IS DISTINCT FROM"
        sql = f"SELECT count(*) FROM change_log WHERE table_name = '{table}' AND student_id {wrong} {pupil}"
        assert await client.value(sql) == 0, table


async def test_a_record_that_becomes_another_pupils_names_both(client: Client, own_city: SmallCity) -> None:
    one, other = own_city.students["manee"], own_city.students["wira"]
    await client.run("UPDATE student_identifier SET student_id = $1 WHERE student_id = $2", other, one)
    found = await client.rows(
        "SELECT student_id, former_student_id FROM change_log"
        " WHERE table_name = 'student_identifier' AND operation = 'UPDATE'"
    )
    assert found == [(other, one)]


async def test_what_follows_from_a_write_is_recorded_with_it(client: Client, own_city: SmallCity) -> None:
    grade = own_city.grades["somsri", 2561, 2, "อ21101"]
    since = await count(client)
    await client.run(
        "INSERT INTO grade_event (grade_id, sequence, kind, code_id, score, at)"
        f" VALUES ({grade}, 1, 'INITIAL', {own_city.codes['3']}, 71.5, '2018-10-01T12:00:00.000+00:00')"
    )
    found = {change["table"]: change for change in await changes(client, since)}
    assert found.keys() == {"grade_event", "grade"}
    assert found["grade_event"]["after"]["at"] == "2018-10-01T12:00:00.000+00:00"
    assert found["grade"]["before"]["score"] is None
    assert found["grade"]["after"]["score"] == 71.5


async def test_of_a_secret_no_more_is_told_than_that_it_changed(client: Client) -> None:
    since = await count(client)
    await client.run(
        "INSERT INTO account (username, password_hash, role, is_active, created_at)"
        " VALUES ('somchai', 'hash-one', 'admin', true, '2018-10-01T12:00:00.000+00:00')"
    )
    await client.run("UPDATE account SET is_active = false")
    await client.run("UPDATE account SET password_hash = 'hash-two'")
    await client.run("UPDATE account SET last_login_at = '2018-10-02T12:00:00.000+00:00'")
    await client.run("DELETE FROM account")
    found = await changes(client, since)
    assert [change["operation"] for change in found] == ["INSERT", "UPDATE", "UPDATE", "DELETE"]
    told = [(change["after"] or {}).get("password_hash") for change in found]
    assert told == ["(secret)", "(secret)", "(secret, changed)", None]
    assert found[0]["after"]["is_active"] is True
    assert found[1]["after"]["is_active"] is False
    assert "hash-" not in json.dumps(found)


async def test_rows_that_a_parent_takes_along_are_recorded(client: Client) -> None:
    await client.run(
        "INSERT INTO account (username, password_hash, role, is_active, created_at)"
        " VALUES ('somchai', 'hash', 'head', true, '2018-10-01T12:00:00.000+00:00')"
    )
    await client.run("INSERT INTO account_school (account_id, school_id) SELECT id, 1 FROM account")
    since = await count(client)
    await client.run("DELETE FROM account")
    assert {(change["table"], change["operation"]) for change in await changes(client, since)} == {
        ("account", "DELETE"),
        ("account_school", "DELETE"),
    }


async def test_an_upsert_is_recorded_as_what_it_did(client: Client) -> None:
    await client.run(INSERT)
    since = await count(client)
    upsert = "INSERT INTO occupation (code, name, name_th) VALUES ('2341', 'Tutors', 'ครู') ON CONFLICT (code) DO "
    await client.run(f"{upsert} NOTHING")
    assert await changes(client, since) == []
    await client.run(f"{upsert} UPDATE SET name = excluded.name")
    (change,) = await changes(client, since)
    assert (change["operation"], change["before"]["name"], change["after"]["name"]) == ("UPDATE", "Teachers", "Tutors")
    await client.run("DELETE FROM occupation WHERE code = '2341'")
    await client.run(INSERT)
    assert [change["operation"] for change in await changes(client, since)] == ["UPDATE", "DELETE", "INSERT"]


async def test_many_rows_of_one_statement_are_as_many_changes(client: Client) -> None:
    since = await count(client)
    await client.run("UPDATE subject SET name = name || ' (old)'")
    rows = await client.value("SELECT count(*) FROM subject")
    assert len({change["row"] for change in await changes(client, since)}) == rows


async def test_a_row_keeps_its_key(client: Client) -> None:
    await client.run(INSERT)
    with pytest.raises(Refusal, match="the key of a row of occupation stays what it is"):
        await client.run("UPDATE occupation SET id = 77 WHERE code = '2341'")


@pytest.mark.parametrize("recursive", ["OFF", "ON"])
async def test_what_a_replace_overwrites_is_recorded(client: Client, recursive: str) -> None:
    if client.dialect == "postgresql":
        pytest.skip("PostgreSQL has no REPLACE")
    await client.run(f"PRAGMA recursive_triggers = {recursive}")
    await client.run(INSERT)
    key = await client.value("SELECT id FROM occupation WHERE code = '2341'")
    since = await count(client)
    await client.run("INSERT OR REPLACE INTO occupation (id, code, name, name_th) VALUES (900, '2341', 'Tutors', 'ครู')")
    gone, made = await changes(client, since)
    assert (gone["operation"], gone["row"], gone["before"]["name"]) == ("DELETE", key, "Teachers")
    assert (made["operation"], made["row"], made["after"]["name"]) == ("INSERT", 900, "Tutors")
    since = await count(client)
    await client.run("REPLACE INTO occupation (id, code, name, name_th) VALUES (900, '2342', 'Tutors', 'ครู')")
    told = await changes(client, since)
    assert [change["operation"] for change in told] == (["UPDATE"] if recursive == "OFF" else ["DELETE", "INSERT"])
    assert (told[0]["before"]["code"], told[-1]["after"]["code"]) == ("2341", "2342")
    assert await client.value("SELECT count(*) FROM overwritten_row") == 0


async def test_an_update_that_would_overwrite_another_row_is_refused(client: Client) -> None:
    for verb in ("UPDATE", *(["UPDATE OR REPLACE"] if client.dialect == "sqlite" else [])):
        with pytest.raises(Refusal, match=r"UNIQUE constraint failed: school\.code|uq_school_code"):
            await client.run(f"{verb} school SET code = '3083000002' WHERE id = 1")


async def test_a_replace_that_was_ignored_leaves_nothing_that_is_recorded_later(client: Client) -> None:
    if client.dialect == "postgresql":
        pytest.skip("PostgreSQL has no OR IGNORE")
    await client.run(INSERT)
    await client.run(INSERT.replace("INSERT", "INSERT OR IGNORE"))
    since = await count(client)
    await client.run("DELETE FROM occupation WHERE code = '2341'")
    await client.run(INSERT)
    assert [change["operation"] for change in await changes(client, since)] == ["DELETE", "INSERT"]


async def test_a_table_that_is_truncated_is_recorded_row_by_row(client: Client) -> None:
    if client.dialect == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    rows = await client.value("SELECT count(*) FROM attendance")
    since = await count(client)
    await client.run("TRUNCATE attendance")
    assert [change["operation"] for change in await changes(client, since)] == ["DELETE"] * rows


FORGERIES = (
    "UPDATE change_log SET after = NULL",
    "UPDATE change_log SET key = NULL, before = NULL, after = NULL",
    "UPDATE change_log SET at = '2018-10-01T12:00:00.000+00:00'",
    "DELETE FROM change_log",
    "UPDATE change_seal SET digest = 'x'",
    "UPDATE change_seal SET salt = NULL",
    "DELETE FROM change_seal",
)


@pytest.mark.parametrize("statement", FORGERIES)
async def test_the_history_is_only_added_to(client: Client, statement: str) -> None:
    await client.run(
        "INSERT INTO change_seal (id, change_id, salt, digest, chain, sealed_at)"
        " VALUES (1, 1, 's', 'd', 'c', '2018-10-01T12:00:00.000+00:00')"
    )
    with pytest.raises(Refusal, match="is append-only"):
        await client.run(statement)


async def test_nothing_in_the_history_can_be_overwritten(client: Client) -> None:
    row = "INTO change_log (id, table_name, operation, face) VALUES (1, 'school', 'INSERT', 'SQL')"
    statements = (
        (f"REPLACE {row}", f"INSERT {row}") if client.dialect == "sqlite" else (f"INSERT {row}", "TRUNCATE change_log")
    )
    for statement in statements:
        with pytest.raises(Refusal, match="is append-only"):
            await client.run(statement)


def test_equal_rows_are_equal_texts_on_both_engines(
    sqlite_templates: Templates, postgresql_templates: Templates
) -> None:
    found = []
    for templates in (sqlite_templates, postgresql_templates):
        # Not the city that tests share: each engine's has the tokens that tests of that engine made.
        url = templates.engine.create(templates.city().url)

        async def read(url: str = url) -> list[tuple[Any, ...]]:
            async with Client.connect(url) as client:
                return await client.rows(
                    "SELECT table_name, row_id, student_id, key, after FROM change_log WHERE operation = 'INSERT'"
                    " ORDER BY table_name, row_id"
                )

        found.append(run_apart(read))
        templates.engine.drop(url)
    assert found[0] == found[1]
    assert len(found[0]) > 200
