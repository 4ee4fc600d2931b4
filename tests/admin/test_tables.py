"""The console's tables follow the declared ones."""

import json
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from admin.engine import ConsoleEngine
from admin.tables import console_tables
from schema.compiler.reading import Dialect
from schema.identity import identity_tables
from schema.tables import tables
from schema.tables.declaration import Kind
from tests.hub.serving import ROOT


@cache
def ward() -> dict[str, Any]:
    """What a process tells that declared one more table."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.admin.new_table"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_new_reference_table_is_there_with_no_line_written_here() -> None:
    told = ward()
    assert told["editable"]
    assert "Ward" in told["groups"]["en"]["__main__".capitalize()]
    assert "แขวง (Ward)" in told["groups"]["th"]["ท้องที่"]


def test_it_is_taken_in_and_out_as_a_sheet() -> None:
    sheet = ward()["sheet"]
    assert list(sheet)[:2] == ["รหัสแขวง (code)", "ชื่อ (name in Thai)"]
    assert {header for header, is_required in sheet.items() if not is_required} == {"หมายเหตุ (note)", "ประเภท (kind)"}
    assert not [header for header in sheet if "secret" in header]


def test_its_columns_are_typed_named_helped_and_required_as_declared() -> None:
    for language, title, help_text, about in (
        ("en", "Code", "The ward's code. (รหัสแขวง)", "A ward of the city."),
        ("th", "รหัสแขวง", "รหัสของแขวง (Code)", "แขวงของเทศบาล"),
    ):
        told = ward()["schema"][language]
        columns = told["properties"]
        assert columns["code"]["title"] == title
        assert columns["code"]["extra"]["help_text"] == help_text
        assert columns["code"]["extra"]["unique"] is True
        assert columns["code"]["maxLength"] == 10
        assert columns["since"]["format"] == "date"
        assert columns["is_old"]["type"] == "boolean"
        assert columns["rank"]["type"] == "integer"
        assert columns["note"]["extra"]["widget"] == "text-area"
        assert columns["note"]["extra"]["nullable"] is True
        assert set(told["required"]) == {"code", "name_th", "area", "since", "is_old", "rank", "municipality_id"}
        assert told["extra"]["help_text"] == about
        assert told["extra"]["link_column_name"] == "code"
        assert told["extra"]["order_by"] == [{"column": "code", "ascending": True}]
        assert list(columns)[-1] == "updated_at"


def test_limits_are_told_to_people_and_to_programs() -> None:
    for language, rank, area in (
        ("en", "From 1 to 9.", "From 0 to 99, in steps of 0.25."),
        ("th", "ตั้งแต่ 1 ถึง 9", "ตั้งแต่ 0 ถึง 99 ทีละ 0.25"),
    ):
        columns = ward()["schema"][language]["properties"]
        assert columns["rank"]["extra"]["help_text"].endswith(rank)
        assert columns["area"]["extra"]["help_text"].endswith(area)
        assert (columns["rank"]["minimum"], columns["rank"]["maximum"], "multipleOf" in columns["rank"]) == (
            1,
            9,
            False,
        )
        assert (columns["area"]["minimum"], columns["area"]["maximum"], columns["area"]["multipleOf"]) == (0, 99, 0.25)
        assert "minimum" not in columns["code"]


def test_choices_and_references_are_called_in_the_readers_language() -> None:
    thai, english = (ward()["schema"][language]["properties"] for language in ("th", "en"))
    assert thai["kind"]["extra"]["choices"]["TOWN"] == {"display_name": "ในเมือง", "value": "TOWN"}
    assert english["kind"]["extra"]["choices"]["TOWN"] == {"display_name": "Town", "value": "TOWN"}
    assert thai["municipality_id"]["extra"]["foreign_key"]["to"] == "เทศบาล (Municipality)"
    assert english["municipality_id"]["extra"]["foreign_key"]["to"] == "Municipality"


def test_what_is_not_exposed_is_not_shown() -> None:
    told = ward()["schema"]["en"]
    assert not {"secret", "name_th_sort"} & set(told["properties"])
    assert not {"secret", "name_th_sort"} & set(told["extra"]["visible_fields_options"])


@pytest.mark.parametrize("dialect", Dialect)
def test_reference_data_are_edited_records_read_and_all_else_is_not_listed(dialect: Dialect) -> None:
    listed = {table.name: table.is_editable for table in console_tables(ConsoleEngine(dialect))}
    for model in tables():
        name, about = str(model.__table__.name), model.about
        if about.exposed and about.kind is not Kind.DERIVED:
            assert listed.pop(name) == (about.kind is Kind.REFERENCE)
    assert listed == {}
    assert not {str(model.__table__.name) for model in identity_tables()} & set(listed)


def test_a_column_called_as_something_of_piccolos_is_refused_with_what_to_do() -> None:
    declared = "class Stock(Row, table=True):\n about = About(kind=Kind.REFERENCE, label_th='x', help_th='สต็อก', plural='stocks')\n insert: str = c.text('x', 'x', 'สิ่งที่เพิ่ม')"
    program = (
        "from schema.tables import columns as c\nfrom schema.tables.declaration import About, Kind, Row\n"
        f"from admin.console import Console\nfrom schema.compiler.reading import Dialect\n{declared}\nConsole(Dialect.SQLITE)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "ColumnNameError: Stock.insert" in done.stderr


def test_importing_the_application_does_not_import_piccolo() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, hub.app, hub.cli; print('piccolo' in sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"
