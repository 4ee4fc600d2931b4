"""A program that declares a reference table and shows what the console makes of it; run by its test, in a process."""

import asyncio
import json
from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from starlette.requests import Request

from admin.console import Console
from admin.forms import described
from admin.sheets.layout import layout_of, sheet_tables
from schema.checking import Language
from schema.compiler.reading import Dialect
from schema.policy import REFERENCE
from schema.tables import columns as c
from schema.tables.choices import Choice
from schema.tables.declaration import About, Kind, Row

LABEL_TH = "ท้องที่"


class WardKind(Choice):
    TOWN = "TOWN", "ในเมือง"


class Ward(Row, table=True):
    """A ward of the city.

    Its schools are near each other.
    """

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="แขวง",
        help_th="แขวงของเทศบาล",
        plural="wards",
        natural_key=("code",),
        order=("code",),
        access=REFERENCE,
    )
    __table_args__ = (UniqueConstraint("code"),)

    code: str = c.text("The ward's code.", "รหัสแขวง", "รหัสของแขวง", max_length=10)
    name_th: str = c.text("Name in Thai.", "ชื่อ", "ชื่อภาษาไทย", thai=True)
    note: str | None = c.text("Anything else.", "หมายเหตุ", "ข้อมูลอื่น", max_length=2000, nullable=True)
    secret: str | None = c.text("Not to be shown.", "ลับ", "ข้อมูลที่ไม่แสดง", nullable=True, exposed=False)
    kind: str = c.choice(WardKind, "What ward.", "ประเภท", "ประเภทของแขวง", default=WardKind.TOWN)
    area: Decimal = c.fixed("Square kilometres.", "พื้นที่", "พื้นที่เป็นตารางกิโลเมตร", step="0.25", maximum="99")
    since: date = c.day("First day.", "ตั้งแต่", "วันแรก")
    is_old: bool = c.flag("Whether it is old.", "เก่า", "เป็นแขวงเก่าหรือไม่")
    rank: int = c.whole("Its rank.", "อันดับ", "อันดับของแขวง", minimum=1, maximum=9)
    municipality_id: int = c.reference("municipality", "Whose.", "เทศบาล", "เทศบาลของแขวง")


def main() -> None:
    console = Console(Dialect.SQLITE)
    (table,) = [table for table in console.tables if table.name == "ward"]
    request = Request({"type": "http", "method": "GET", "query_string": b"", "headers": []})
    plain = json.loads(bytes(asyncio.run(console.rows["ward"].get_schema(request)).body))
    told = {language.value: described(table, plain, console.names, language) for language in Language}
    groups = {language.value: console.names.groups(language) for language in Language}
    assert Ward in sheet_tables()
    sheet = {column.header: column.is_required for column in layout_of(Ward).columns}
    told_of = {"schema": told, "groups": groups, "editable": table.is_editable, "sheet": sheet}
    print(json.dumps(told_of))  # noqa: T201 - its test reads it


if __name__ == "__main__":
    main()
