"""PostgreSQL's row-level security by itself: statements without our predicate, read as the service's role."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, Final

import asyncpg  # type: ignore[import-untyped]
import pytest

from hub import migration
from hub.database import Address, Database, asked
from hub.database.errors import DatabaseUnreachableError
from hub.database.postgresql import PostgresConnection, PostgresEngine
from hub.database.service_role import (
    RIGHTS,
    ServiceRoleMissingError,
    ServiceRoleTooMightyError,
    ServiceRoleUnnamedError,
    role_of,
    verbs_of,
)
from schema.derived.kept_sets import KEEP, SLOTS, among
from schema.derived.row_security import SETTINGS, settings_of
from schema.policy import SETS, Identity, Reach, Role, Scope
from schema.tables import tables
from schema.tables.declaration import Kind
from tests.conftest import Templates
from tests.engines import Client, in_session
from tests.oracle.policy import sights
from tests.oracle.rows import Rows, load
from tests.small_city import populate

ROLE: Final = "hub_service"
TABLES: Final = tuple(str(model.__table__.name) for model in tables())
ALL: Final = Scope(Reach.ALL)
OF_ONE: Final = Scope(Reach.SCHOOLS, (1,))
_NUMBERS: Final = count(1)


def identity(role: Role, scope: Scope) -> Identity:
    return Identity("account:1", "Someone", role, scope, "to test")


def service_url(url: str, role: str = ROLE) -> str:
    return re.sub(r"//[^@/]*@", f"//{role}@", url)


@pytest.fixture(scope="module")
def templates(postgresql_templates: Templates) -> Templates:
    """Databases of a server that has the service's role."""

    async def make() -> None:
        async with Client.connect(postgresql_templates.empty()) as client:
            await client.run(f"CREATE ROLE {ROLE} LOGIN")

    asyncio.run(make())
    return postgresql_templates


@pytest.fixture(scope="module")
def owner_url(templates: Templates) -> str:
    """The small city, whose rows are open to the service's role."""
    url = templates.engine.create(templates.empty())
    in_session(url, lambda session: populate(session, url))
    migration.upgrade(url, service=Address.parse(service_url(url)))
    return url


@pytest.fixture(scope="module")
def rows(owner_url: str) -> Rows:
    return asyncio.run(load(owner_url))


@pytest.fixture
async def database(owner_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(Address.parse(service_url(owner_url)), readers=1)
    yield opened
    await opened.close()


@pytest.fixture
def own_city_url(owner_url: str, postgresql_templates: Templates) -> Iterator[str]:
    """The small city, the test's own to change."""
    url = postgresql_templates.engine.create(owner_url)
    yield url
    postgresql_templates.engine.drop(url)


@pytest.fixture
async def own_database(own_city_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(Address.parse(service_url(own_city_url)), readers=1)
    yield opened
    await opened.close()


@pytest.fixture
def own_url(templates: Templates) -> Iterator[str]:
    """A database without rows, of the test's own."""
    url = templates.engine.create(templates.empty())
    yield url
    templates.engine.drop(url)


async def keys(database: Database, table: str, asker: Identity | None, *, alone: bool = True) -> list[int]:
    """The keys of a table's rows, read by a statement that says nothing of a scope."""
    sql = f"SELECT convert_to(coalesce(json_agg(id ORDER BY id), '[]')::text, 'UTF8') FROM {table}"
    async with database.snapshot(identity=asker) as reader:
        found: list[int] = json.loads(await reader.read(sql, (), alone=alone) or b"[]")
    return found


def askers(rows: Rows) -> Iterator[Identity]:
    """Every role with each school, both and none, every teacher, and one who is not there."""
    schools = [row["id"] for row in rows["school"]]
    for role in (Role.ADMIN, Role.OFFICER, Role.INTEGRATOR, Role.ANALYST):
        yield identity(role, ALL)
    for role in (Role.HEAD, Role.INTEGRATOR, Role.ANALYST, Role.ADMIN):
        for some in (schools[:1], schools[1:], schools, [], [999_999]):
            yield identity(role, Scope(Reach.SCHOOLS, tuple(some)))
    for teacher in (*(row["id"] for row in rows["teacher"]), 999_999):
        yield identity(Role.TEACHER, Scope(Reach.TEACHER, teacher=teacher))


def expected(rows: Rows, asker: Identity) -> dict[str, list[int]]:
    """The keys by the naive filter."""
    seen = sights(rows, asker.scope).rows
    found: dict[str, list[int]] = {}
    for model in tables():
        table, access = str(model.__table__.name), model.about.access
        # Reference data are about nobody: a row in scope shows what it refers to, so this wall leaves them open.
        kept = rows if model.about.kind is Kind.REFERENCE else seen
        is_open = access is not None and asker.role in access.finders
        found[table] = [row["id"] for row in kept[table]] if is_open else []
    return found


async def test_without_our_predicate_everyone_reads_the_rows_in_scope_alone(database: Database, rows: Rows) -> None:
    partial = 0
    for asker in askers(rows):
        found = {table: await keys(database, table, asker) for table in TABLES}
        assert found == expected(rows, asker), asker
        partial += sum(0 < len(found[table]) < len(rows[table]) for table in TABLES)
    assert partial > 50, "the scopes told nothing apart"


async def test_what_a_session_keeps_of_a_teacher_tells_the_same_rows(database: Database, rows: Rows) -> None:
    # Two teachers in one slot, and a key that is in no set.
    for asker in [one for one in askers(rows) if one.role is Role.TEACHER] * 2:
        await database.rows(KEEP, (asker.scope.teacher, [*SETS, "no_set"]))  # type: ignore[arg-type]
        found = {table: await keys(database, table, asker) for table in TABLES}
        assert found == expected(rows, asker), asker


async def test_what_is_kept_tells_nothing_once_it_has_changed(own_database: Database, own_city_url: str) -> None:
    async with Client.connect(own_city_url) as owner:
        teacher = await owner.value("SELECT min(teacher_id) FROM homeroom_teacher")
        asker = identity(Role.TEACHER, Scope(Reach.TEACHER, teacher=teacher))
        await own_database.rows(KEEP, (teacher, [*SETS]))  # type: ignore[arg-type]
        assert await keys(own_database, "term_result", asker) != []
        await owner.run("DELETE FROM homeroom_teacher WHERE teacher_id = $1", teacher)
        assert await keys(own_database, "term_result", asker) == []


async def test_a_connection_keeps_what_a_statement_names_once_and_again_after_a_rollback(database: Database) -> None:
    told = f"SELECT convert_to((count(*) FILTER (WHERE {among('id', 'own_pupil', '$1::bigint')}))::text, 'UTF8') FROM student"
    scope = Scope(Reach.TEACHER, teacher=1)
    async with database.snapshot(identity=identity(Role.TEACHER, scope)) as reader:
        await reader.read(told, (1,), alone=True, scope=scope)
        raw = reader._connection.raw  # type: ignore[union-attr]  # noqa: SLF001 - what it knows is asked of itself
        assert raw.wanted(told, 1) == []
        assert raw.wanted(told, 1 + SLOTS) == ["own_pupil"]
        assert raw.wanted("SELECT 1", 1) == []
    async with database.snapshot(identity=identity(Role.TEACHER, scope)) as reader:
        await reader.read(told, (1,), alone=False, scope=scope)
    async with database.snapshot(identity=identity(Role.TEACHER, scope)) as reader:
        await reader.read("SELECT convert_to('1', 'UTF8')", (), alone=True)
        assert reader._connection.raw.wanted(told, 1) == ["own_pupil"]  # type: ignore[union-attr]  # noqa: SLF001 - as above


async def test_without_an_identity_there_is_no_row(database: Database, rows: Rows) -> None:
    assert len(rows["grade"]) > 0
    assert {table: await keys(database, table, None) for table in TABLES} == {table: [] for table in TABLES}


@pytest.mark.parametrize(
    "told",
    [
        ("admin", "", "", ""),
        ("", "all", "", ""),
        ("root", "all", "", ""),
        ("admin", "everything", "", ""),
        ("head", "schools", "", ""),
        ("teacher", "teacher", "", ""),
        ("teacher", "teacher", "{1,2}", ""),
    ],
)
async def test_settings_that_are_not_whole_show_no_record(owner_url: str, told: tuple[str, ...]) -> None:
    async with connected(owner_url) as raw:
        for name, value in zip(SETTINGS, told, strict=True):
            await raw.execute("SELECT set_config($1, $2, false)", name, value)
        for table in ("student", "grade", "section", "homeroom"):
            assert await raw.fetchval(f"SELECT count(*) FROM {table}") == 0


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Any]:
    raw = await asyncpg.connect(service_url(url))
    try:
        yield raw
    finally:
        await raw.close()


async def test_one_plan_of_a_connection_is_right_for_every_identity(database: Database, rows: Rows) -> None:
    # readers=1: one connection, whose statement is prepared once and keeps its generic plan.
    everyone = list(askers(rows))
    for asker in (*everyone, *reversed(everyone)):
        wanted = expected(rows, asker)
        for table in ("student", "grade", "grade_event"):
            assert await keys(database, table, asker, alone=False) == wanted[table], asker


async def test_who_reads_after_a_cancelled_read_reads_as_themselves(database: Database, rows: Rows) -> None:
    everyone = [asker for asker in askers(rows) if asker.role in (Role.OFFICER, Role.HEAD, Role.TEACHER)]
    slow = "SELECT convert_to(pg_sleep(30)::text, 'UTF8')"

    async def begin(asker: Identity, wait: float, *, alone: bool) -> None:
        async with database.snapshot(identity=asker) as reader:
            async with asyncio.timeout(wait):
                await reader.read(slow, (), alone=alone)

    for number, (one, other) in enumerate(zip(everyone, everyone[1:] + everyone[:1], strict=True)):
        # From nothing, which stops the telling of the settings, to some milliseconds, which stops the read.
        with pytest.raises(TimeoutError):
            await begin(one, (number % 5) * 0.002, alone=bool(number % 2))
        assert await keys(database, "student", other, alone=not number % 3) == expected(rows, other)["student"]


async def test_identities_that_ask_at_once_read_as_themselves(owner_url: str, rows: Rows) -> None:
    database = await Database.open(Address.parse(service_url(owner_url)), readers=3)
    everyone = list(askers(rows)) * 3
    found = await asyncio.gather(*(keys(database, "grade", asker) for asker in everyone))
    assert found == [expected(rows, asker)["grade"] for asker in everyone]
    await database.close()


async def test_a_session_is_told_again_only_when_another_asks(owner_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = await PostgresEngine.open(Address.parse(service_url(owner_url)), 1)
    officer, head = identity(Role.OFFICER, ALL), identity(Role.HEAD, Scope(Reach.SCHOOLS, (1,)))
    statements: list[str] = []
    execute = asked.AskedConnection.execute

    async def counted(self: asked.AskedConnection, sql: str, *values: object) -> object:
        statements.append(sql)
        return await execute(self, sql, *values)

    monkeypatch.setattr(asked.AskedConnection, "execute", counted)
    counts = []
    for asker in (officer, officer, head, head, None, None, officer):
        connection = await engine.acquire(asker)
        assert await shown(connection) == settings_of(asker)
        engine.release(connection, idle=True)
        counts.append(statements.count(asked.TELL))
    await engine.close()
    assert counts == [1, 1, 2, 2, 3, 3, 4]


async def shown(connection: PostgresConnection) -> tuple[str, ...]:
    names = ", ".join(f"current_setting('{name}', true)" for name in SETTINGS)
    return tuple((await connection.raw.fetch(f"SELECT {names}"))[0])


async def test_a_session_that_cannot_be_told_is_dropped_and_nobody_reads_by_it(
    owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = await PostgresEngine.open(Address.parse(service_url(owner_url)), 1)
    connection = await engine.acquire(identity(Role.OFFICER, ALL))
    pid = (await connection.raw.fetch("SELECT pg_backend_pid()"))[0][0]
    engine.release(connection, idle=True)
    with monkeypatch.context() as broken:
        broken.setattr(asked, "TELL", "SELECT set_config($1, $2, $3 = $4), 1 / 0")
        with pytest.raises(DatabaseUnreachableError):
            await engine.acquire(None)
    connection = await engine.acquire(None)
    assert (await connection.raw.fetch("SELECT pg_backend_pid()"))[0][0] != pid
    assert await shown(connection) == settings_of(None)
    engine.release(connection, idle=True)
    await engine.close()


WRITES: Final = (
    "INSERT INTO student_sensitive (student_id) VALUES (1)",
    "UPDATE student SET given_name = 'x'",
    "TRUNCATE municipality CASCADE",
    "UPDATE grade SET score = 100",
    "DELETE FROM grade",
    "TRUNCATE grade",
    "ALTER TABLE grade DISABLE ROW LEVEL SECURITY",
    "DROP POLICY hub_rows ON grade",
    "ALTER TABLE grade DISABLE TRIGGER ALL",
    "CREATE TABLE own (id bigint)",
    "CREATE FUNCTION own() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "SELECT hub_recompute(ARRAY[1]::bigint[], true)",
    "UPDATE account SET username = 'other'",
    "DELETE FROM account",
    "UPDATE account_school SET school_id = 1",
    "UPDATE api_token SET expires_at = now()",
    "UPDATE api_token SET only_names = NULL",
    "DELETE FROM api_token",
    "UPDATE alembic_version SET version_num = '9'",
    "SET row_security = off; SELECT * FROM grade",
    "SET ROLE postgres",
)


@pytest.mark.parametrize("statement", WRITES)
async def test_the_services_role_is_refused(owner_url: str, statement: str) -> None:
    async with connected(owner_url) as raw:
        for name, value in zip(SETTINGS, settings_of(identity(Role.ADMIN, ALL)), strict=True):
            await raw.execute("SELECT set_config($1, $2, false)", name, value)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await raw.execute(statement)


async def test_the_services_role_does_with_each_table_what_is_declared_and_no_more(owner_url: str) -> None:
    async with Client.connect(owner_url) as client:
        granted = await client.rows(
            "SELECT table_name::text, privilege_type::text FROM information_schema.role_table_grants WHERE grantee = $1",
            ROLE,
        )
        more = await client.rows(
            "SELECT relname::text, verb FROM pg_class, unnest(ARRAY['TRUNCATE', 'TRIGGER', 'REFERENCES']) AS verb"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND has_table_privilege($1::name, oid, verb)",
            ROLE,
        )
        assert more == []
        functions = await client.rows(
            "SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'"
            " AND NOT proretset AND has_function_privilege($1::name, oid, 'EXECUTE')",
            ROLE,
        )
    # What it keeps tells it no more than the sets, which it may ask for.
    assert functions == [("hub_keep",)]
    whole = {(table, verb) for table, verbs in RIGHTS.items() for verb in verbs if "(" not in verb}
    present = {table for table, _ in granted}
    of_graph = {(str(model.__table__.name), verb) for model in tables() for verb in verbs_of(model)}
    assert set(granted) == of_graph | {(t, v) for t, v in whole if t in present}


async def test_administrators_alone_write_reference_data(owner_url: str) -> None:
    add = "INSERT INTO exit_reason (code, name, name_th, counts_as_dropout) VALUES ($1, 'x', 'x', false)"
    others = [identity(role, ALL) for role in sorted({*Role} - {Role.ADMIN})]
    askers = [*others, identity(Role.ADMIN, OF_ONE), None]
    async with connected(owner_url) as raw:
        for asker in askers:
            async with told(raw, asker):
                assert await raw.execute("UPDATE exit_reason SET name = 'y'") == "UPDATE 0"
                assert await raw.execute("DELETE FROM exit_reason") == "DELETE 0"
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with told(raw, asker):
                    await raw.execute(add, "NONE")
        async with told(raw, identity(Role.ADMIN, ALL)):
            await raw.execute(add, "MOVED")
            assert await raw.execute("UPDATE exit_reason SET name = 'y' WHERE code = 'MOVED'") == "UPDATE 1"
            assert await raw.execute("DELETE FROM exit_reason WHERE code = 'MOVED'") == "DELETE 1"


async def test_a_row_is_not_moved_by_who_may_not_write_where_it_goes(owner_url: str) -> None:
    move = "UPDATE subject SET school_id = 3 - school_id, code = 'ท21199' WHERE id = 1"
    others = [identity(role, scope) for role in sorted({*Role} - {Role.ADMIN}) for scope in (ALL, OF_ONE)]
    async with connected(owner_url) as raw:
        for asker in [*others, identity(Role.ADMIN, OF_ONE), None]:
            async with told(raw, asker):
                assert await raw.execute(move) == "UPDATE 0"
        async with told(raw, identity(Role.ADMIN, ALL)):
            assert await raw.execute(move) == "UPDATE 1"
            assert await raw.execute(move) == "UPDATE 1"


@asynccontextmanager
async def told(raw: asyncpg.Connection, asker: Identity | None) -> AsyncIterator[None]:
    """A transaction for whoever asks."""
    async with raw.transaction():
        for name, value in zip(SETTINGS, settings_of(asker), strict=True):
            await raw.execute("SELECT set_config($1, $2, true)", name, value)
        yield


async def test_only_an_administrator_reads_what_is_sensitive(database: Database, rows: Rows) -> None:
    for table in ("student_identifier", "student_sensitive"):
        assert await keys(database, table, identity(Role.ADMIN, ALL)) == [row["id"] for row in rows[table]] != []
        for asker in askers(rows):
            if asker.role is not Role.ADMIN:
                assert await keys(database, table, asker) == [], asker


async def test_what_a_figure_counts_is_in_scope_too(database: Database, rows: Rows) -> None:
    asker = identity(Role.HEAD, Scope(Reach.SCHOOLS, (rows["school"][0]["id"],)))
    sql = "SELECT convert_to(json_build_array(count(*), sum(score))::text, 'UTF8') FROM grade JOIN student ON student.id = student_id"
    async with database.snapshot(identity=asker) as reader:
        found = json.loads(await reader.read(sql, (), alone=True) or b"")
    seen = sights(rows, asker.scope).rows
    pupils = {row["id"] for row in seen["student"]}
    grades = [grade for grade in seen["grade"] if grade["student_id"] in pupils]
    assert found[0] == len(grades)


async def test_the_owner_and_its_triggers_are_above_the_policies(own_url: str) -> None:
    migration.upgrade(own_url, service=Address.parse(service_url(own_url)))
    city = in_session(own_url, lambda session: populate(session, own_url))
    async with Client.connect(city.url) as client:
        assert await client.value("SELECT count(*) FROM term_result") > 0


def test_a_role_that_is_not_there_is_told_with_the_command_that_makes_it(own_url: str) -> None:
    with pytest.raises(ServiceRoleMissingError, match='CREATE ROLE "no_such" LOGIN'):
        migration.upgrade(own_url, service=Address.parse(service_url(own_url, "no_such")))


def test_a_url_without_a_role_is_refused() -> None:
    with pytest.raises(ServiceRoleUnnamedError, match="names no role"):
        role_of(Address.parse("postgresql:///hub?host=/tmp"))
    assert role_of(Address.parse("postgresql:///hub?user=hub_service")) == "hub_service"
    assert role_of(Address.parse("postgresql://hub%40service:x@localhost/hub")) == "hub@service"


async def test_another_role_takes_the_place_of_the_one_before(own_url: str) -> None:
    other = f"hub_other_{next(_NUMBERS)}"
    async with Client.connect(own_url) as client:
        await client.run(f"CREATE ROLE {other} LOGIN")
    migration.upgrade(own_url, service=Address.parse(service_url(own_url)))
    migration.upgrade(own_url, service=Address.parse(service_url(own_url, other)))
    async with Client.connect(own_url) as client:
        for role, may in ((ROLE, 0), (other, 1)):
            assert await client.value("SELECT has_table_privilege($1::name, 'grade', 'SELECT')", role) == may
    # Whoever migrates without naming it leaves it its place.
    migration.upgrade(own_url)
    async with Client.connect(own_url) as client:
        assert await client.value("SELECT has_table_privilege($1::name, 'grade', 'SELECT')", other) == 1
        assert (
            await client.value("SELECT roles = ARRAY[$1::name] FROM pg_policies WHERE tablename = 'grade'", other) == 1
        )


async def test_the_owner_is_not_let_serve(owner_url: str, database: Database) -> None:
    await database.require_row_security()
    above = await Database.open(Address.parse(owner_url), readers=1)
    with pytest.raises(ServiceRoleTooMightyError, match="HUB_ALLOW_OWNER"):
        await above.require_row_security()
    await above.close()


async def test_a_table_of_no_declaration_is_closed_to_the_service(own_url: str) -> None:
    async with Client.connect(own_url) as client:
        await client.run("CREATE TABLE forgotten (id bigint)")
    migration.upgrade(own_url, service=Address.parse(service_url(own_url)))
    async with connected(own_url) as raw:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await raw.fetch("SELECT * FROM forgotten")
