"""The typed clients of `examples/clients`: generated from the committed schema, compiled, and asking a running hub."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import Templates
from tests.hub.serving import ROOT, Server, served
from tests.hub.test_graph import SERVE
from tests.hub.tokens import bearing, token_of

pytestmark = pytest.mark.xdist_group("clients")  # they install much, once

CLIENTS = ROOT / "examples" / "clients"
OLDEST_NODE = 20
SHARED = (
    "query($code: String!) { school(code: $code) { name students(where: {sex: {equals: FEMALE}}) { totalCount } } }"
)


@pytest.fixture(scope="module")
def token(sqlite_templates: Templates) -> str:
    """A token of that hub."""
    return token_of(sqlite_templates.shared_city().url)


@pytest.fixture(scope="module")
def hub(sqlite_templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running hub of the small city; a client cannot tell its engine."""
    url = sqlite_templates.shared_city().url
    with served(SERVE, tmp_path_factory.mktemp("hub"), {"HUB_DATABASE_URL": url}) as server:
        yield server


@pytest.fixture(scope="module")
def code(hub: Server, token: str) -> str:
    """The code of a school with pupils."""
    query = "{ schools { nodes { code students { totalCount } } } }"
    asked = httpx.post(f"{hub.base_url}/graphql", json={"query": query}, headers=bearing(token))
    schools = asked.json()["data"]["schools"]["nodes"]
    return next(str(school["code"]) for school in schools if school["students"]["totalCount"] > 2)


def copied(language: str, folder: Path) -> Path:
    """The example in a folder of its own, as far from the schema as in the repository."""
    shutil.copy(ROOT / "schema.graphql", folder)
    target = folder / "examples" / "clients" / language
    made = shutil.ignore_patterns("node_modules", "dist", "gql", "hub_client", ".venv")
    shutil.copytree(CLIENTS / language, target, ignore=made)
    return target


def run(command: list[str], folder: Path, token: str = "") -> str:
    """Run a command; what it wrote."""
    environment = {**os.environ, "HUB_TOKEN": token}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def typescript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The TypeScript client, installed and generated."""
    if shutil.which("npm") is None:
        pytest.skip("The TypeScript client was NOT run: it needs Node (npm is not on the PATH).")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    if int(re.findall(r"\d+", version)[0]) < OLDEST_NODE:
        pytest.skip(f"The TypeScript client was NOT run: it needs Node {OLDEST_NODE} or later (here is {version}).")
    folder = copied("typescript", tmp_path_factory.mktemp("typescript"))
    run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
    run(["npm", "run", "generate"], folder)
    return folder


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python client, generated in a virtual environment of its own."""
    folder = copied("python", tmp_path_factory.mktemp("python"))
    run([sys.executable, "-m", "venv", ".venv"], folder)
    run([".venv/bin/pip", "install", "--quiet", "--require-hashes", "-r", "requirements.txt"], folder)
    run([".venv/bin/ariadne-codegen"], folder)
    return folder


def check_answer(printed: str, hub: Server, code: str, token: str) -> None:
    """What a client printed is what the hub answers to a plain request."""
    question = {"query": SHARED, "variables": {"code": code}}
    asked = httpx.post(f"{hub.base_url}/graphql", json=question, headers=bearing(token)).json()
    school = asked["data"]["school"]
    heading, *pupils = printed.splitlines()
    assert heading == f"{school['name']}: {school['students']['totalCount']} pupils"
    assert len(pupils) == min(3, school["students"]["totalCount"])
    assert all(re.fullmatch(r"\S+ (\d\.\d\d|no GPAX): .*", pupil) for pupil in pupils)


def test_the_typescript_client_compiles_and_asks_the_hub(typescript: Path, hub: Server, code: str, token: str) -> None:
    run(["npm", "run", "build"], typescript)
    printed = run(["node", "dist/main.js", f"{hub.base_url}/graphql", code], typescript, token)
    check_answer(printed, hub, code, token)


def test_the_typescript_compiler_refuses_a_field_that_was_not_asked_for(typescript: Path) -> None:
    program = (typescript / "src" / "main.ts").read_text()
    wrong = typescript / "src" / "wrong.ts"
    wrong.write_text(f"{program}\nconsole.log(school.students.nodes[0]?.shoeSize);\n")
    done = subprocess.run(["npx", "tsc", "--noEmit"], cwd=typescript, capture_output=True, text=True, check=False)
    wrong.unlink()
    assert "Property 'shoeSize' does not exist" in done.stdout


def test_the_typescript_client_has_the_types_of_its_operations_alone(typescript: Path) -> None:
    generated = (typescript / "src" / "gql" / "graphql.ts").read_text()
    assert "PupilsOfASchoolQuery" in generated
    assert "StudentWhere" not in generated
    assert len(generated.splitlines()) < 200


def test_the_python_client_asks_the_hub(python: Path, hub: Server, code: str, token: str) -> None:
    printed = run([".venv/bin/python", "main.py", f"{hub.base_url}/graphql", code], python, token)
    check_answer(printed, hub, code, token)


def test_the_python_client_is_typed(python: Path) -> None:
    check = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--python-executable=.venv/bin/python"]
    run([*check, "main.py"], python)
    (python / "wrong.py").write_text(
        "from hub_client import HubClient\n"
        "with HubClient('http://hub') as hub:\n"
        "    print(hub.pupils_of_a_school(code=1, sex='FEMALE', pupils=3).shoe_size)\n"
    )
    done = subprocess.run([*check, "wrong.py"], cwd=python, capture_output=True, text=True, check=False)
    assert '"PupilsOfASchool" has no attribute "shoe_size"' in done.stdout
    assert 'Argument "code"' in done.stdout
    (python / "wrong.py").unlink()


def test_the_python_client_has_the_types_of_its_operations_alone(python: Path) -> None:
    generated = "".join(path.read_text() for path in (python / "hub_client").glob("*.py"))
    assert "class PupilsOfASchool(" in generated
    assert "StudentWhere" not in generated
    assert len(generated.splitlines()) < 1000


def test_the_lock_file_names_no_package_host() -> None:
    lock = json.loads((CLIENTS / "typescript" / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
