"""A copy of the city for several roles: with a teacher who sees every row, and a role that serves PostgreSQL."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import asyncpg  # type: ignore[import-untyped]

from bench.databases import seeded
from hub import migration
from hub.database import Address, Database
from schema.compiler.reading import Dialect

STAFF_NO: Final = "EVERY-HOMEROOM"
SERVICE: Final = "hub_bench_service"

_TEACHER: Final = (
    "INSERT INTO teacher (staff_no, given_name, family_name, sex) VALUES ($1, 'Every', 'Homeroom', 'FEMALE')",
    (
        "INSERT INTO homeroom_teacher (homeroom_id, teacher_id)"
        " SELECT homeroom.id, teacher.id FROM homeroom, teacher WHERE teacher.staff_no = $1"
    ),
    (
        "INSERT INTO teacher_assignment (teacher_id, school_id, academic_year_id, position)"
        " SELECT teacher.id, school.id, (SELECT max(id) FROM academic_year), 'Teacher'"
        " FROM school, teacher WHERE teacher.staff_no = $1"
    ),
)


@dataclass(frozen=True, slots=True)
class RoleCity:
    """A database with such a teacher: the URL to serve from, and that of the tables' owner."""

    url: str
    owner: str


@contextmanager
def with_roles(
    engines: Sequence[Dialect], within: Path, copy: str = "roles", *, anew: bool = False
) -> Iterator[dict[Dialect, RoleCity]]:
    """A copy of the seeded city on each engine, made once, or `anew`; PostgreSQL serves until the block is left."""
    with seeded(engines, within) as urls:
        yield {engine: prepare(_copied(url, copy, anew=anew)) for engine, url in urls.items()}


def prepare(owner: str) -> RoleCity:
    """Give a database the teacher, if it has none yet, and on PostgreSQL the role that serves."""
    asyncio.run(_add_teacher(owner))
    address = Address.parse(owner)
    if address.dialect is Dialect.SQLITE:
        return RoleCity(owner, owner)
    asyncio.run(_make_service(owner))
    parts = urlsplit(owner)
    url = urlunsplit(parts._replace(netloc=f"{SERVICE}@{parts.netloc.rpartition('@')[2]}"))
    migration.upgrade(owner, service=Address.parse(url))
    return RoleCity(url, owner)


def _copied(url: str, name: str, *, anew: bool) -> str:
    address = Address.parse(url)
    if address.dialect is Dialect.SQLITE:
        copy = address.path.with_stem(f"{address.path.stem}-{name}")
        if anew:
            for file in (copy, *(copy.with_name(f"{copy.name}{ending}") for ending in ("-wal", "-shm"))):
                file.unlink(missing_ok=True)
        if not copy.exists():
            _copy_file(address.path, copy)
        return f"sqlite:///{copy}"
    asyncio.run(_copy_database(url, f"hub_{name}", anew=anew))
    return urlunsplit(urlsplit(url)._replace(path=f"/hub_{name}"))


def _copy_file(original: Path, copy: Path) -> None:
    half = copy.with_suffix(".half")
    with closing(sqlite3.connect(original)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(original, half)
    half.rename(copy)


async def _copy_database(url: str, name: str, *, anew: bool) -> None:
    parts = urlsplit(url)
    # Nobody may be in a database that is copied.
    connection = await asyncpg.connect(urlunsplit(parts._replace(path="/template1")))
    try:
        if anew:
            await connection.execute(f"DROP DATABASE IF EXISTS {name}")
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            await connection.execute(f'CREATE DATABASE {name} TEMPLATE "{parts.path[1:]}" STRATEGY file_copy')
    finally:
        await connection.close()


async def _make_service(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", SERVICE):
            await connection.execute(f"CREATE ROLE {SERVICE} LOGIN")
        await connection.execute("VACUUM ANALYZE homeroom_teacher, teacher_assignment, teacher")
    finally:
        await connection.close()


async def _add_teacher(url: str) -> None:
    database = await Database.open(Address.parse(url), readers=1)
    try:
        async with database.writing() as connection:
            if not await connection.rows("SELECT 1 FROM teacher WHERE staff_no = $1", (STAFF_NO,)):
                for statement in _TEACHER:
                    await connection.execute(statement, (STAFF_NO,))
    finally:
        await database.close()
