import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.repository import PACKAGES, ROOT, modules, project


def pins(file: str) -> dict[str, str]:
    """Return the exact version of each distribution in a requirements file, all of whose lines must be hashed pins."""
    lines = (ROOT / file).read_text().replace("\\\n", " ").splitlines()
    found: dict[str, str] = {}
    for line in lines:
        text = line.partition("#")[0].strip()
        if text:
            pin = re.fullmatch(r"([\w.-]+)==([^\s;]+)( ; [^\\]+?)?((\s+--hash=sha256:[0-9a-f]{64})+)", text)
            assert pin, f"{file}: not a pin with hashes: {text[:80]}"
            found[canonicalize_name(pin[1])] = pin[2]
    return found


def declared() -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in project()["project"]["dependencies"]}


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_every_declared_dependency_is_pinned_with_hashes() -> None:
    assert declared() <= pins("requirements.txt").keys()


def test_tests_run_on_the_versions_that_are_served() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_every_import_is_of_a_declared_dependency() -> None:
    ours = {*PACKAGES, *sys.stdlib_module_names}
    distributions = packages_distributions()
    undeclared = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules()
        for name in imported(file)
        if name not in ours and not {canonicalize_name(each) for each in distributions.get(name, [])} & declared()
    }
    assert not undeclared
