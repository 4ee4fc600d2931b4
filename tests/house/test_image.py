import json
import re

from tests.house.repository import PACKAGES, ROOT

INSTRUCTION = re.compile(r"^([A-Z]+) (.*)$", re.MULTILINE)


def stages() -> list[list[tuple[str, str]]]:
    """Return the Dockerfile's stages, each a list of instructions with their arguments."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    found: list[list[tuple[str, str]]] = []
    for name, rest in INSTRUCTION.findall(text):
        if name == "FROM":
            found.append([])
        found[-1].append((name, rest))
    return found


def last(instruction: str) -> str:
    return [rest for name, rest in stages()[-1] if name == instruction][-1]


def test_the_image_runs_as_a_user_without_rights() -> None:
    assert int(last("USER")) > 0


def test_the_image_serves_and_checks_its_health_without_a_shell() -> None:
    assert json.loads(last("CMD")) == ["hub", "serve"]
    command = json.loads(last("HEALTHCHECK").partition("CMD ")[2])
    assert command[0] == "python"
    assert "/healthz" in command[-1]
    compile(command[-1], "HEALTHCHECK", "exec")


def test_the_image_installs_only_hashed_wheels_and_the_project() -> None:
    installs = [rest for stage in stages() for name, rest in stage if name == "RUN" and "pip install" in rest]
    requirements, project = installs
    assert "--require-hashes --only-binary :all: -r requirements.txt" in requirements
    assert "--no-deps --no-build-isolation ." in project


def test_the_image_holds_every_package() -> None:
    copied = {rest.split()[0] for stage in stages() for name, rest in stage if name == "COPY" and "--from" not in rest}
    assert copied >= set(PACKAGES)
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), flags=re.MULTILINE))
    assert {source.split("/")[0] for source in copied} == let_in
    assert all((ROOT / source).exists() for source in copied)


def test_no_password_has_a_default() -> None:
    compose = (ROOT / "compose.yaml").read_text()
    used = re.findall(r"\$\{(\w*PASSWORD\w*)([^}]*)\}", compose)
    assert used
    assert all(not rest or rest.startswith(":?") for _, rest in used)
    assert "PASSWORD" not in (ROOT / "Dockerfile").read_text()
