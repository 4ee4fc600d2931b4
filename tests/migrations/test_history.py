"""The tables that the migrations make are those declared, on both engines, and rows outlive changes of tables."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, inspect

import migrations
from hub import migration
from schema import derived, history, identity, privacy
from schema.history import recorded_tables
from schema.rules import noise
from schema.tables import metadata
from tests.conftest import Templates
from tests.engines import Client
from tests.small_city import SmallCity

DECLARED = (history, identity, privacy)
_HISTORY = Path(migrations.__file__).parent
_NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("grade") as batch_op:
        batch_op.add_column(sa.Column("remark", sa.String(20), nullable=True))
        batch_op.alter_column("credits", existing_type=sa.Numeric(3, 1), type_=sa.Numeric(4, 1))
    with op.batch_alter_table("student") as batch_op:
        batch_op.alter_column("given_name", existing_type=sa.String(200), type_=sa.String(300))


def downgrade() -> None:
    with op.batch_alter_table("student") as batch_op:
        batch_op.alter_column("given_name", existing_type=sa.String(300), type_=sa.String(200))
    with op.batch_alter_table("grade") as batch_op:
        batch_op.alter_column("credits", existing_type=sa.Numeric(4, 1), type_=sa.Numeric(3, 1))
        batch_op.drop_column("remark")
"""


@pytest.fixture
def longer_history(templates: Templates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The history with a revision more, which rebuilds two tables that others refer to."""
    templates.city()  # All tests copy it, so it is made by the history as it is.
    folder = tmp_path / "migrations"
    shutil.copytree(_HISTORY, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0002_next.py").write_text(_NEXT)
    yield from _use(folder, monkeypatch)


@pytest.fixture
def empty_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The history before its first revision."""
    folder = tmp_path / "migrations"
    shutil.copytree(_HISTORY, folder, ignore=shutil.ignore_patterns("__pycache__", "0*.py"))
    yield from _use(folder, monkeypatch)


def _use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    migration.forget_history()
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "__file__", str(folder / "__init__.py"))
        yield folder
    migration.forget_history()


def _shown(value: Any) -> str:  # noqa: ANN401 - what an inspector tells
    """A value as text; types and SQL texts by what they say."""
    if isinstance(value, dict):
        return str({key: _shown(part) for key, part in sorted(value.items())})
    return str([_shown(part) for part in value]) if isinstance(value, list) else str(value)


def _structure(connection: Connection) -> dict[str, Any]:
    """Everything the database knows of its tables, but those of Alembic."""
    inspector = inspect(connection)
    facts: dict[str, Any] = {
        "columns": inspector.get_multi_columns(),
        "primary keys": inspector.get_multi_pk_constraint(),
        "foreign keys": inspector.get_multi_foreign_keys(),
        "unique": inspector.get_multi_unique_constraints(),
        "checks": inspector.get_multi_check_constraints(),
        "indexes": inspector.get_multi_indexes(),
    }
    return {
        f"{fact} of {table}": sorted(map(_shown, found)) if isinstance(found, list) else _shown(found)
        for fact, tables in facts.items()
        for (_, table), found in tables.items()
        if table != "alembic_version"
    }


async def _counts(url: str) -> dict[str, int]:
    async with Client.connect(url) as client:
        # But of the history, to which a change of tables adds, and of what counts changes.
        counted = [table for table in metadata.tables if table not in ("change_log", "scope_change")]
        return {table: await client.value(f"SELECT count(*) FROM {table}") for table in counted}


async def _differ(url: str) -> bool:
    async with Client.connect(url) as client:
        return any([await client.value(query) for query in derived.difference_queries(client.dialect).values()])


def test_a_migrated_database_has_what_is_declared_and_nothing_else(engine_url: str, blank_url: str) -> None:
    migration.run(blank_url, metadata.create_all)
    assert migration.run(engine_url, _structure) == migration.run(blank_url, _structure)


def test_a_new_revision_would_find_nothing_to_change(engine_url: str) -> None:
    migration.run(engine_url, lambda connection: command.check(migration.alembic_config(connection)))


def test_a_revision_reads_alike_whichever_engine_it_is_written_against(
    sqlite_templates: Templates, postgresql_templates: Templates, empty_history: Path
) -> None:
    def write(connection: Connection) -> None:
        command.revision(migration.alembic_config(connection), connection.dialect.name, autogenerate=True)

    written = {}
    for templates in (sqlite_templates, postgresql_templates):
        url = templates.engine.create()
        migration.run(url, write)
        templates.engine.drop(url)
        (file,) = (empty_history / "versions").glob("*.py")
        written[templates.engine.name] = file.read_text().split("def upgrade")[1]
        file.unlink()
    assert written["sqlite"] == written["postgresql"]


async def test_going_down_to_base_drops_all_and_going_up_again_makes_all(own_city: SmallCity) -> None:
    before = migration.run(own_city.url, _structure)
    migration.downgrade(own_city.url, "base")
    assert migration.run(own_city.url, _structure) == {}
    assert migration.current_revision(own_city.url) is None
    migration.upgrade(own_city.url)
    assert migration.run(own_city.url, _structure) == before
    counts = await _counts(own_city.url)
    # The secrets of the noise are made with their table, and are others now.
    assert {table: count for table, count in counts.items() if count} == {"noise_secret": noise.SECRETS}


@pytest.mark.usefixtures("longer_history")
async def test_rows_that_refer_to_a_table_outlive_its_rebuilding(own_city: SmallCity) -> None:
    before = await _counts(own_city.url)
    migration.upgrade(own_city.url)
    assert migration.current_revision(own_city.url) == "0002"
    assert await _counts(own_city.url) == before
    migration.downgrade(own_city.url, "0001")
    assert await _counts(own_city.url) == before


@pytest.mark.usefixtures("longer_history")
async def test_the_history_outlives_a_rebuilding_and_says_that_there_was_one(own_city: SmallCity) -> None:
    async with Client.connect(own_city.url) as client:
        before = await client.value("SELECT count(*) FROM change_log")
    migration.upgrade(own_city.url)
    async with Client.connect(own_city.url) as client:
        loads = await client.rows("SELECT table_name, after, face FROM change_log WHERE operation = 'LOAD' ORDER BY id")
        assert [table for table, _, _ in loads] == [table.name for table in recorded_tables()]
        grades = await client.value("SELECT count(*) FROM grade")
        assert ("grade", f'{{"rows":{grades},"revision":"0002"}}', "CLI") in loads
        assert await client.value("SELECT count(*) FROM change_log") == before + len(loads)
        await client.run("UPDATE subject SET name = 'Rebuilt' WHERE id = 1")
        await client.run("UPDATE grade SET credits = credits + 0.5 WHERE id = 1")
        recorded = await client.value("SELECT count(*) FROM change_log")
    assert recorded == before + len(loads) + 2


@pytest.mark.usefixtures("longer_history")
async def test_triggers_are_back_after_a_table_is_rebuilt(own_city: SmallCity) -> None:
    migration.upgrade(own_city.url)
    async with Client.connect(own_city.url) as client:
        await client.run("UPDATE grade SET credits = credits + 1, remark = 'x'")
    assert not await _differ(own_city.url)
