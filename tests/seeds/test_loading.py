import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import seeds
from hub import migration
from seeds.writing.steps import TABLES
from tests.engines import Client, run_apart
from tests.seeds.rows import Stored, find_differences

ROOT = Path(__file__).parents[2]
SEED = """
import sys
import seeds
from tests.seeds.small import become_tiny
become_tiny()
url, seed, force = sys.argv[1:]
seeds.load(url, seed=int(seed), force=force == "force", progress=lambda done, total, what: print(what, flush=True))
"""
MEASURE = """
import json, resource, sys
import seeds
from tests.seeds.small import become_tiny
become_tiny()
summary = seeds.load(sys.argv[1], scale=int(sys.argv[2]))
print(json.dumps([resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, summary.rows["school"]]))
"""
CATALOGUE = {
    "sqlite": "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name",
    "postgresql": """
        SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal
        ORDER BY 1, 2
    """,
}


def catalogue(url: str) -> list[tuple[object, ...]]:
    return Stored(url).query(CATALOGUE["sqlite" if url.startswith("sqlite") else "postgresql"])


def run(url: str, work: Callable[[Client], object]) -> None:
    async def connect_and_work() -> None:
        async with Client.connect(url) as client:
            await work(client)  # type: ignore[misc]

    run_apart(connect_and_work)


def kill_when(what: str, nth: int, url: str, seed: int, force: str = "") -> None:
    """Seed in a process of its own, and kill it when it reports ``what`` for the nth time."""
    process = subprocess.Popen(
        [sys.executable, "-c", SEED, url, str(seed), force], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        nth -= line.strip() == what
        if nth == 0:
            os.kill(process.pid, signal.SIGKILL)
            break
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL


@pytest.mark.usefixtures("tiny_world")
def test_loading_twice_is_refused_and_the_message_names_the_option(engine_url: str) -> None:
    seeds.load(engine_url, seed=1)
    with pytest.raises(seeds.SeedRefused, match=r"hub seed --force"):
        seeds.load(engine_url, seed=2)
    assert find_differences(engine_url, seed=1) == []


@pytest.mark.usefixtures("tiny_world")
def test_force_replaces_every_record_and_leaves_the_structure_as_it_was(engine_url: str) -> None:
    before = catalogue(engine_url)
    seeds.load(engine_url, seed=1)
    seeds.load(engine_url, seed=2, force=True)
    assert find_differences(engine_url, seed=2) == []
    assert catalogue(engine_url) == before


def test_a_single_row_of_someone_else_is_not_overwritten(engine_url: str) -> None:
    run(engine_url, lambda client: client.run("INSERT INTO municipality (code, name, name_th) VALUES ('1', 'a', 'ก')"))
    with pytest.raises(seeds.SeedRefused, match="table municipality"):
        seeds.load(engine_url)


def test_a_database_without_tables_is_told_to_migrate(blank_url: str) -> None:
    with pytest.raises(seeds.NotMigrated, match="hub migrate"):
        seeds.load(blank_url)


@pytest.mark.parametrize("scale", [0, -1, 10_000])
def test_a_scale_without_sense_is_refused(scale: int) -> None:
    with pytest.raises(seeds.SeedRefused, match="scale from 1 to"):
        seeds.load("sqlite:///nowhere.db", scale=scale)


@pytest.mark.usefixtures("tiny_world")
def test_progress_never_goes_back_and_ends_at_the_total(engine_url: str) -> None:
    told: list[tuple[int, int, str]] = []
    summary = seeds.load(engine_url, progress=lambda *news: told.append(news))
    done = [news[0] for news in told]
    assert done == sorted(done)
    assert done[-1] == told[-1][1]
    assert summary.rows["school"] == 2
    assert summary.seconds > 0


@pytest.mark.usefixtures("tiny_world")
@pytest.mark.parametrize("stage", ["records", "indexes", "summaries", "triggers"])
def test_an_error_at_any_stage_leaves_nothing_behind(engine_url: str, stage: str) -> None:
    before = catalogue(engine_url)

    def fail(done: int, total: int, what: str) -> None:
        del done, total
        if what == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seeds.load(engine_url, progress=fail)
    assert catalogue(engine_url) == before
    assert Stored(engine_url).query("SELECT count(*) FROM school") == [(0,)]
    assert Stored(engine_url).query("SELECT count(*) FROM grade") == [(0,)]


@pytest.mark.parametrize(("stage", "nth"), [("records", 3), ("indexes", 2), ("triggers", 1)])
def test_a_killed_seed_leaves_the_database_as_it_was(engine_url: str, stage: str, nth: int) -> None:
    before = catalogue(engine_url)
    kill_when(stage, nth, engine_url, seed=1)
    assert catalogue(engine_url) == before
    assert Stored(engine_url).query("SELECT count(*) FROM school") == [(0,)]


@pytest.mark.usefixtures("tiny_world")
def test_a_killed_replacement_leaves_the_records_that_were_there(engine_url: str) -> None:
    seeds.load(engine_url, seed=1)
    before = catalogue(engine_url)
    kill_when("indexes", 2, engine_url, seed=2, force="force")
    assert find_differences(engine_url, seed=1) == []
    assert catalogue(engine_url) == before


@pytest.mark.usefixtures("tiny_world")
async def test_after_loading_references_hold_triggers_watch_and_keys_go_on(engine_url: str) -> None:
    load_apart(engine_url)
    async with Client.connect(engine_url) as client:
        if client.dialect == "sqlite":
            assert await client.rows("PRAGMA foreign_key_check") == []
        with pytest.raises(Exception, match="append-only"):
            await client.run("UPDATE grade_event SET reason = 'x' WHERE id = 1")
        last = await client.value("SELECT max(id) FROM municipality")
        await client.run("INSERT INTO municipality (code, name, name_th) VALUES ('1', 'a', 'ก')")
        assert await client.value("SELECT id FROM municipality WHERE code = '1'") == last + 1


def load_apart(url: str) -> None:
    """Load from inside a test that has an event loop of its own."""

    async def load() -> None:
        await asyncio.to_thread(seeds.load, url)

    run_apart(load)


def test_memory_does_not_grow_with_the_number_of_cities(tmp_path: Path) -> None:
    peaks = []
    for scale in (2, 14):
        url = f"sqlite:///{tmp_path / str(scale)}.db"
        migration.upgrade(url)
        command = [sys.executable, "-c", MEASURE, url, str(scale)]
        peak, schools = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
        assert schools == 2 * scale
        peaks.append(peak / 1024)
    # Twelve more cities with 20,000 grades each would take over 300 MB if they were kept; the page cache is bounded.
    assert peaks[1] - peaks[0] < 180


@pytest.mark.usefixtures("tiny_world")
def test_accounts_and_tokens_outlive_the_records_and_find_their_schools_again(engine_url: str) -> None:
    """Symptom: records that were replaced gave an account of one school another school, by its old key."""
    moment = "2018-06-10T00:00:00.000+00:00"
    teacher = "(SELECT id FROM teacher ORDER BY staff_no LIMIT 1)"
    found = (
        "SELECT (SELECT code FROM school JOIN account_school ON school.id = school_id),"
        " (SELECT code FROM school JOIN api_token_school ON school.id = school_id),"
        " (SELECT staff_no FROM teacher JOIN api_token ON teacher.id = teacher_id),"
        " (SELECT count(*) FROM account WHERE teacher_id IS NULL)"
    )

    statements = f"""
INSERT INTO account (username, password_hash, role, is_active, created_at)
 VALUES ('head', 'x', 'head', true, '{moment}');
INSERT INTO account (username, password_hash, role, teacher_id, is_active, created_at)
 SELECT 'gone', 'x', 'teacher', max(id), true, '{moment}' FROM teacher;
INSERT INTO account_school (account_id, school_id)
 SELECT account.id, school.id FROM account, school WHERE username = 'head' AND code = '3083000007';
INSERT INTO api_token (purpose, digest, shown, role, all_schools, teacher_id, created_at, created_by, expires_at)
 VALUES ('test', 'x', 'x', 'teacher', false, {teacher}, '{moment}', 'test', '9{moment[1:]}');
INSERT INTO api_token_school (api_token_id, school_id)
 SELECT api_token.id, max(school.id) FROM api_token, school GROUP BY api_token.id;
UPDATE teacher SET staff_no = 'T-GONE' WHERE id = (SELECT max(id) FROM teacher)
"""

    async def make(client: Client) -> None:
        await client.run_all(statements.split(";"))

    seeds.load(engine_url, seed=1)
    run(engine_url, make)
    before = Stored(engine_url).query(found)
    seeds.load(engine_url, seed=2, force=True)
    (after,) = Stored(engine_url).query(found)
    assert after == (*before[0][:3], 2)
    assert find_differences(engine_url, seed=2) == []


@pytest.mark.usefixtures("tiny_world")
def test_the_planner_of_sqlite_is_told_nothing_of_what_grows_by_itself(tmp_path: Path) -> None:
    # By what it was told of 33 changes it sorted 100,000 of them to list the newest: 340 ms in place of one.
    url = f"sqlite:///{tmp_path / 'city.sqlite3'}"
    migration.upgrade(url)
    for _ in range(2):
        seeds.load(url, seed=1, force=True)
        with sqlite3.connect(tmp_path / "city.sqlite3") as connection:
            told = {table for (table,) in connection.execute("SELECT DISTINCT tbl FROM sqlite_stat1")}
            assert {"grade", "student", "term_result"} <= told <= set(TABLES)
            connection.execute("ANALYZE")
        connection.close()
