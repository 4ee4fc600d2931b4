"""The command line as a user meets it: the real program, its words and its exit codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hub.cli import seed
from seeds import world

PROGRAM = "import sys; from hub.cli import main; sys.argv[0] = 'hub'; main()"


def hub(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100", **environment},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """The one line on stderr of a refused command."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("hub: ")
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture
def fresh(tmp_path: Path) -> str:
    """The URL of a file that is not there."""
    return f"sqlite:///{tmp_path}/fresh.db"


def test_help_names_every_command_and_imports_nothing_costly() -> None:
    program = f"{PROGRAM.replace('main()', '')}\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program, "--help"], capture_output=True, text=True, check=True)
    for command in ("serve", "migrate", "seed", "demo", "schema", "explain", "user", "token"):
        assert command in done.stdout
    loaded = set(done.stderr.split())
    assert not loaded & {"sqlalchemy", "strawberry", "graphql", "alembic", "uvicorn", "starlette", "seeds", "pydantic"}


def test_a_command_that_is_not_there_is_a_usage_error() -> None:
    assert hub("unknown").returncode == 2


def test_serve_without_a_database_says_which_command_to_run(fresh: str) -> None:
    assert "hub migrate" in complaint(hub("serve", HUB_DATABASE_URL=fresh))


def test_serve_with_a_bad_setting_names_the_variable(fresh: str) -> None:
    assert "HUB_PORT" in complaint(hub("serve", HUB_DATABASE_URL=fresh, HUB_PORT="high"))


def test_a_traceback_is_shown_to_who_asks(fresh: str) -> None:
    done = hub("--debug", "serve", HUB_DATABASE_URL=fresh)
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_migrate_makes_the_tables_and_takes_them_away(blank_url: str) -> None:
    up = hub("migrate", HUB_DATABASE_URL=blank_url)
    assert (up.returncode, " is at " in up.stdout) == (0, True), up.stderr
    down = hub("migrate", "--down", "base", HUB_DATABASE_URL=blank_url)
    assert (down.returncode, "no tables" in down.stdout) == (0, True), down.stderr


def test_migrate_to_a_revision_that_is_not_there_is_refused(fresh: str) -> None:
    complaint(hub("migrate", "--to", "nowhere", HUB_DATABASE_URL=fresh))


def test_migrate_goes_one_way_at_a_time(fresh: str) -> None:
    assert hub("migrate", "--to", "0001", "--down", "base", HUB_DATABASE_URL=fresh).returncode == 2


def test_the_owner_migrates(fresh: str, tmp_path: Path) -> None:
    owned = tmp_path / "owned.db"
    assert hub("migrate", HUB_DATABASE_URL=fresh, HUB_MIGRATE_URL=f"sqlite:///{owned}").returncode == 0
    assert owned.exists()
    assert not Path(fresh.removeprefix("sqlite:///")).exists()


def test_seed_without_tables_says_which_command_to_run(blank_url: str) -> None:
    assert "hub migrate" in complaint(hub("seed", HUB_DATABASE_URL=blank_url))


def test_seed_of_no_city_is_a_usage_error(fresh: str) -> None:
    assert hub("seed", "--scale", "0", HUB_DATABASE_URL=fresh).returncode == 2


def test_the_seed_that_help_shows_is_the_one_that_is_used() -> None:
    assert seed._DEFAULT_SEED == world.DEFAULT_SEED  # noqa: SLF001


def test_schema_prints_the_sdl_without_a_database() -> None:
    done = hub("schema", HUB_DATABASE_URL="sqlite:///nowhere/at/all.db")
    assert done.returncode == 0, done.stderr
    assert "type Query" in done.stdout


def test_explain_prints_the_statement_and_the_plan_of_a_root_field(engine_url: str) -> None:
    query = "query Q($n: Int!) { those: schools(first: $n) { nodes { name } } }"
    done = hub("explain", query, "--variables", '{"n": 3}', HUB_DATABASE_URL=engine_url)
    assert done.returncode == 0, done.stderr
    heading, _, rest = done.stdout.partition("\n")
    statement, _, plan = rest.partition("-- plan")
    assert heading == "-- those"
    assert "SELECT" in statement
    assert "school" in plan


def test_explain_reads_a_query_from_standard_input(engine_url: str) -> None:
    done = hub("explain", "-", stdin="{ schools { nodes { name } } }", HUB_DATABASE_URL=engine_url)
    assert done.stdout.startswith("-- schools\n"), done.stderr


@pytest.mark.parametrize("query", ["{", "{ unknown }", "{ schools(first: -1) { nodes { name } } }"])
def test_explain_of_a_query_that_is_refused_is_one_complaint(engine_url: str, query: str) -> None:
    complaint(hub("explain", query, HUB_DATABASE_URL=engine_url))


@pytest.mark.parametrize("variables", ["{", "[]", "7"])
def test_variables_that_are_no_object_are_a_usage_error(fresh: str, variables: str) -> None:
    assert hub("explain", "{ __typename }", "--variables", variables, HUB_DATABASE_URL=fresh).returncode == 2


@pytest.mark.parametrize(("role", "hidden"), [("officer", "nationalId"), ("teacher", "indicators")])
def test_schema_of_a_role_has_no_word_of_what_the_role_may_not_read(role: str, hidden: str) -> None:
    whole, own = hub("schema").stdout, hub("schema", "--role", role).stdout
    assert f"  {hidden}" in whole
    assert "type Student " in own
    assert f"  {hidden}" not in own
