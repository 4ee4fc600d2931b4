"""A table is declared once: one class more, and it is on every face of the graph."""

import json
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], list[str], list[str]]:
    """What the program answers: the data, the errors, the table's indexes."""
    path = tmp_path_factory.mktemp("new") / "hub.sqlite3"
    # A process of its own: a declared table stays declared for as long as the process lives.
    ran = subprocess.run(
        [sys.executable, "-m", "tests.schema.graph.new_table", path], capture_output=True, check=True, text=True
    )
    data, errors, indexes = json.loads(ran.stdout)
    return data, errors, indexes


Faces = tuple[dict[str, dict[str, object]], list[str], list[str]]


def test_a_new_table_has_its_connection_lookup_node_and_reverse(faces: Faces) -> None:
    data, errors, _ = faces
    assert errors == []
    assert data["wards"] == {
        "totalCount": 2,
        "nodes": [{"code": code, "municipality": {"code": "8301"}} for code in ("w1", "w2")],
    }
    assert data["ward"] == {"nameTh": "แขวง"}
    assert data["node"] == {"__typename": "Ward", "id": "Ward:1"}
    assert data["municipality"] == {"wards": {"nodes": [{"code": "w1"}], "pageInfo": {"hasNextPage": True}}}


def test_a_new_table_is_described_with_its_thai_labels(faces: Faces) -> None:
    described = faces[0]["__type"]
    assert described["description"] == "A ward of a municipality.\n\nThai: แขวง."
    fields = {field["name"]: field["description"] for field in described["fields"]}  # type: ignore[attr-defined]
    assert fields["code"] == "The ward's code. Thai: รหัสแขวง."


def test_a_new_table_has_an_index_for_each_way_to_its_rows(faces: Faces) -> None:
    assert "ix_ward_municipality_id_code" in " ".join(faces[2])
    assert any(name.startswith("ix_ward_updated_at") for name in faces[2])
    assert "ix_ward_name_th_sort_id" in faces[2]
