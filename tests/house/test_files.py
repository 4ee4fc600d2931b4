import re
from itertools import pairwise

from tests.house.repository import ROOT, committed, modules

LONGEST_MODULE = 400
LONGER_FOR_A_REASON: dict[str, str] = {}
"""Module: why it is longer."""

# Written so that this file does not match itself.
INDEX_HOST = re.compile(r"https?://[\w.-]*(pypi|pythonhosted|npmjs|yarnpkg)\.|--(extra-)?index-url[ =]\S")
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(root|home|work|Users)/\w")


def text_of_committed() -> dict[str, str]:
    texts = {}
    for file in committed():
        content = file.read_bytes()
        if b"\0" not in content:
            texts[str(file.relative_to(ROOT))] = content.decode()
    return texts


def test_no_file_names_a_package_index() -> None:
    assert not [name for name, text in text_of_committed().items() if INDEX_HOST.search(text)]


def test_no_file_names_a_path_of_one_machine() -> None:
    assert not [name for name, text in text_of_committed().items() if MACHINE_PATH.search(text)]


def test_a_module_is_short_or_has_a_reason() -> None:
    written = [file for file in modules() if file.parent.name != "versions"]
    lengths = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in written}
    long = {name for name, lines in lengths.items() if lines > LONGEST_MODULE}
    assert long == LONGER_FOR_A_REASON.keys()


def test_documents_name_only_targets_that_make_has() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    command = re.compile(r"`make ([a-z]+)|^(?:\$ )?make ([a-z]+)(?= *(?:$|#|[A-Z]+=))", re.MULTILINE)
    documents = [file.read_text() for file in committed() if file.suffix == ".md"]
    assert {quoted or shown for text in documents for quoted, shown in command.findall(text)} <= targets


def test_decision_records_are_numbered_in_order_and_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    records = sorted(file.name for file in folder.glob("[0-9]*.md"))
    numbers = [int(name.partition("-")[0]) for name in records]
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))
    assert re.findall(r"\]\((\d[\w-]*\.md)\)", (folder / "README.md").read_text()) == records
