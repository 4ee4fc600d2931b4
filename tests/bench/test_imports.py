from pathlib import Path

from bench.imports import ROWS, Imported, Imports, imported, sheet
from bench.report import MIB
from bench.role_city import prepare
from hub.database import Address
from schema.compiler.reading import Dialect
from tests.conftest import Templates
from tests.engines import Client, run_apart


def one(preview: float, commit: float, grown: int | None = MIB) -> Imported:
    return Imported(Dialect.SQLITE, preview, commit, grown)


def test_the_slowest_sheet_and_the_one_that_took_most_memory_are_judged() -> None:
    seconds, memory = Imports("a machine", [one(4.0, 5.0), one(4.0, 6.1, 99 * MIB), one(1.0, 1.0)]).verdicts()
    assert (seconds.found, seconds.met) == ("10.1 s", False)
    assert (memory.found, memory.met) == ("99 MiB", True)


def test_a_system_that_does_not_tell_of_memory_is_not_judged_by_it() -> None:
    told = Imports("a machine", [one(4.0, 5.0, None)])
    assert [verdict.met for verdict in told.verdicts()] == [True]
    assert "not known" in told.markdown()


def test_a_sheet_has_as_many_subjects_as_it_says_each_of_its_own_code() -> None:
    lines = sheet("3083000001", ROWS).decode().split("\r\n")
    assert len({line.split(",")[1] for line in lines[1:]}) == ROWS


def test_sheets_are_imported_into_a_city_that_is_served(templates: Templates, tmp_path: Path) -> None:
    url = templates.engine.create(templates.city().url)
    schools = ("3083000001", "3083000002")
    found = list(imported(prepare(url), Address.parse(url).dialect, tmp_path, schools, 30))
    assert [taken.seconds > 0 for taken in found] == [True, True]
    assert run_apart(lambda: _counts(url)) == (60, 60)
    templates.engine.drop(url)


async def _counts(url: str) -> tuple[int, int]:
    """The imported subjects, and what the history has of imports."""
    async with Client.connect(url) as client:
        ((subjects, changes),) = await client.rows(
            "SELECT (SELECT count(*) FROM subject WHERE name LIKE 'Subject %'),"
            " (SELECT count(*) FROM change_log WHERE face = 'IMPORT')"
        )
    return subjects, changes
