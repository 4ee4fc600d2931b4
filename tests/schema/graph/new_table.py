"""A program that declares one more table and asks for it on each face; run by its test, in a process of its own."""

import asyncio
import json
import sys
from typing import ClassVar

import orjson
from sqlalchemy import UniqueConstraint, create_engine
from sqlmodel import Session

from hub.database import Address, Database
from schema.graph import GraphContext, build_schema
from schema.tables import columns as c
from schema.tables import metadata
from schema.tables.declaration import About, Kind, Row
from schema.tables.places import Municipality


class Ward(Row, table=True):
    """A ward of a municipality."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="แขวง",
        help_th="แขวงของเทศบาล",
        plural="wards",
        natural_key=("code",),
        order=("code",),
        argument="wardCode",
    )
    __table_args__ = (UniqueConstraint("code"),)

    code: str = c.text("The ward's code.", "รหัสแขวง", "รหัสของแขวง", max_length=10)
    name_th: str = c.text("Name in Thai.", "ชื่อ", "ชื่อภาษาไทย", thai=True)
    municipality_id: int = c.reference("municipality", "Its municipality.", "เทศบาล", "เทศบาลของแขวง", many="wards")


async def main(path: str) -> None:
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    with Session(engine) as session:
        city = Municipality(code="8301", name="City", name_th="เมือง")
        session.add(city)
        session.flush()
        session.add_all(Ward(code=f"w{n}", name_th="แขวง", municipality_id=int(city.id or 0)) for n in (2, 1))
        session.commit()
    engine.dispose()
    schema = build_schema()
    database = await Database.open(Address.parse(f"sqlite:///{path}"), readers=1)
    async with database.snapshot() as reader:
        answer = await schema.execute(
            """{ wards { totalCount nodes { code municipality { code } } }
                 ward(code: "w2") { nameTh } node(id: "Ward:1") { __typename id }
                 municipality(code: "8301") { wards(first: 1) { nodes { code } pageInfo { hasNextPage } } }
                 __type(name: "Ward") { description fields { name description } } }""",
            context_value=GraphContext(reader),
        )
    await database.close()
    errors = [str(error) for error in answer.errors or ()]
    indexes = sorted(str(index.name) for index in Ward.__table__.indexes)
    sys.stdout.write(json.dumps(json.loads(orjson.dumps([answer.data, errors, indexes]))))


asyncio.run(main(sys.argv[1]))
