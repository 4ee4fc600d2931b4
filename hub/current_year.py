"""The current year that a setting names, against the school years that the database has."""

from typing import Final

import orjson

from hub.database import Database
from hub.identities.owner import OWNER
from schema.compiler.reading import Dialect

_YEARS: Final = {
    Dialect.SQLITE: "SELECT CAST(json_group_array(be_year) AS BLOB) FROM academic_year",
    Dialect.POSTGRESQL: "SELECT coalesce(json_agg(be_year), '[]') FROM academic_year",
}


async def complaint(database: Database, year: int | None) -> str | None:
    """Say what is wrong when memberships of the year would all be empty, in silence; None when nothing is.

    It is no error: a hub may be made ready for a year before its records arrive.
    """
    if year is None:
        return None
    async with database.snapshot(identity=OWNER) as reader:
        years: list[int] = orjson.loads(await reader.read(_YEARS[database.dialect], (), alone=True) or b"[]")
    if year in years:
        return None
    have = f"which has {min(years)} to {max(years)}" if years else "which has none yet"
    return (
        f"HUB_CURRENT_YEAR is {year}, a school year that is not in the database, {have}: homerooms, pupils and "
        "teachers of the current year will be empty. Correct it, or leave it out for the latest year with enrollments."
    )
