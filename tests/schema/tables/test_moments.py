from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlmodel import Session, col, select

from schema.tables.records import GradeEvent
from tests.engines import Client, in_session
from tests.small_city import SmallCity

_BANGKOK = timezone(timedelta(hours=7))


def _add(city: SmallCity, at: datetime) -> datetime:
    """Write an event through SQLModel and read its moment back in another session."""
    grade = city.grades["somsri", 2561, 2, "อ21101"]

    def write(session: Session) -> None:
        session.add(GradeEvent(grade_id=grade, sequence=9, kind="INITIAL", code_id=city.codes["4"], at=at))

    def read(session: Session) -> datetime:
        return session.exec(select(GradeEvent.at).where(col(GradeEvent.grade_id) == grade)).one()

    in_session(city.url, write)
    return in_session(city.url, read)


def test_a_moment_comes_back_in_utc_to_the_millisecond(own_city: SmallCity) -> None:
    assert _add(own_city, datetime(2018, 10, 1, 15, 30, 0, 123_000, tzinfo=_BANGKOK)) == datetime(
        2018, 10, 1, 8, 30, 0, 123_000, tzinfo=UTC
    )


def test_a_moment_without_a_time_zone_is_refused(own_city: SmallCity) -> None:
    with pytest.raises(Exception, match="has no time zone; give the moment in UTC"):
        _add(own_city, datetime(2018, 10, 1, 15, 30))  # noqa: DTZ001 - that is the point


async def test_raw_sql_writes_the_text_that_sqlmodel_reads(city_database: Client, own_city: SmallCity) -> None:
    grade = own_city.grades["somsri", 2561, 2, "อ21101"]
    await city_database.run("UPDATE grade SET attempt = attempt WHERE id = $1", grade)
    raw = datetime.fromisoformat(await city_database.value("SELECT updated_at FROM grade WHERE id = $1", grade))
    assert raw.utcoffset() == timedelta(0)
    assert raw.microsecond % 1000 == 0
