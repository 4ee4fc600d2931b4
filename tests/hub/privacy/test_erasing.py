"""An erased pupil is named nowhere on either engine, and no figure of the city has changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from hub import migration
from hub.database import Address
from hub.privacy import Erased, erase, find_pupil
from hub.privacy.former import NotErasedError
from hub.privacy.storage import sweep
from tests.engines import Client
from tests.schema.asking import open_asker
from tests.small_city import SmallCity

FIGURES = """{
  indicators { year studentCount lowGpax { count denominator rate } overThreeZeros { ever outstanding }
    dropout { count denominator rate } schools { school { code } studentCount lowGpax { count } } }
  destinations { year graduates schools { school { code } graduates } }
  students { totalCount groups(by: [SCHOOL, SEX]) { nodes { key { sex } count } } }
  grades { groups(by: [SUBJECT, CODE]) { nodes { count avg { score } } } }
  termResults { aggregate { count sum { zeros gpaPoints gpaCredits } } }
  graduateDestinations { groups(by: [STATUS, SOURCE]) { nodes { key { status source } count } } }
  attendances { aggregate { sum { heldHours attendedHours } } }
  schools { nodes { code students { totalCount } homerooms { nodes { name students { totalCount } } } } }
}"""
NATIONAL_ID = "1234567890121"
HIDDEN = "ฮินดู-ความลับ"
DEEDS = (
    "INSERT INTO student_sensitive (student_id, religion, health) VALUES ({pupil}, '{secret}', 'หอบหืด')",
    (
        "INSERT INTO grade_event (grade_id, sequence, kind, code_id, at, reason)"
        " SELECT grade_id, max(sequence) + 1, 'CORRECTION', max(code_id), '2018-10-01T12:00:00.000+00:00', 'ชูใจ เลิศล้ำ ขอแก้'"
        " FROM grade_event WHERE grade_id IN (SELECT id FROM grade WHERE student_id = {pupil}) GROUP BY grade_id"
    ),
    (
        "INSERT INTO grade_event (grade_id, sequence, kind, code_id, at, reason)"
        " SELECT grade_id, max(sequence) + 1, 'CORRECTION', max(code_id), '2018-10-01T12:00:00.000+00:00', 'ลอกจาก ชูใจ เลิศล้ำ'"
        " FROM grade_event WHERE grade_id IN (SELECT min(id) FROM grade WHERE student_id = {other}) GROUP BY grade_id"
    ),
)


@pytest.fixture
async def city(own_city: SmallCity) -> SmallCity:
    """A city in which a pupil has all that can be erased, and another pupil's event names her too."""
    pupil, other = own_city.students["chujai"], own_city.students["wira"]
    async with Client.connect(own_city.url) as client:
        await client.run("DELETE FROM student_identifier WHERE student_id = $1", pupil)
        await client.run(
            "INSERT INTO student_identifier (student_id, kind, value, valid_from)"
            f" VALUES ({pupil}, 'NATIONAL_ID', '{NATIONAL_ID}', '2010-01-01')"
        )
        await client.run_all(deed.format(pupil=pupil, other=other, secret=HIDDEN) for deed in DEEDS)
        assert await client.value("SELECT count(*) FROM grade_event WHERE reason LIKE 'ลอกจาก%'") == 1
    return own_city


def erased(city: SmallCity, before: Callable[[Connection], Any] = lambda _: None) -> Erased:
    def work(connection: Connection) -> Erased:
        before(connection)
        pupil = find_pupil(connection, f"Student:{city.students['chujai']}")
        return erase(connection, pupil, reason="asked for", by="registrar")

    return migration.run(city.url, work)


async def figures(city: SmallCity) -> Any:  # noqa: ANN401 - an answer
    ask = await open_asker(city.url)
    try:
        return await ask.data(FIGURES)
    finally:
        await ask.database.close()


async def test_no_figure_of_the_city_changes(city: SmallCity) -> None:
    before = await figures(city)
    erased(city)
    assert await figures(city) == before


async def test_names_numbers_identifiers_sensitive_rows_and_reasons_are_gone(city: SmallCity) -> None:
    pupil = city.students["chujai"]
    done = erased(city)
    async with Client.connect(city.url) as client:
        (row,) = await client.rows(
            "SELECT student_no, given_name, family_name, sex, birth_date FROM student WHERE id = $1", pupil
        )
        assert row == (f"X{pupil}", "(erased)", "(erased)", "FEMALE", "2003-01-01")
        for table in ("student_identifier", "student_sensitive"):
            assert await client.value(f"SELECT count(*) FROM {table} WHERE student_id = $1", pupil) == 0
        assert await client.value("SELECT count(*) FROM grade_event WHERE reason LIKE '%ชูใจ%'") == 0
        assert await client.value("SELECT count(*) FROM student WHERE given_name_sort LIKE '%ชูใจ%'") == 0
    own = {"grade_event", "student", "student_identifier", "student_sensitive"}
    assert done.counts.keys() == {*own, "change_log"}
    assert done.proof.columns > 40
    assert done.proof.values >= 6


async def test_others_keep_what_they_have(city: SmallCity) -> None:
    async with Client.connect(city.url) as client:
        query = "SELECT id, student_no, given_name, family_name, birth_date FROM student WHERE id <> $1 ORDER BY id"
        before = await client.rows(query, city.students["chujai"])
        erased(city)
        assert await client.rows(query, city.students["chujai"]) == before


async def test_the_record_keeps_when_who_why_and_how_many_and_no_name(city: SmallCity) -> None:
    done = erased(city)
    async with Client.connect(city.url) as client:
        ((student, finished, by, reason, counts),) = await client.rows(
            "SELECT student_id, finished_at IS NOT NULL, erased_by, reason, counts FROM erasure"
        )
    assert (student, finished, by, reason) == (city.students["chujai"], 1, "registrar", "asked for")
    assert f'"student": {done.counts["student"]}' in counts
    assert "ชูใจ" not in counts


async def test_erasing_again_changes_nothing(city: SmallCity) -> None:
    erased(city)
    assert erased(city).counts == {}


async def test_a_name_left_in_anothers_row_undoes_the_erasure_and_tells_where(city: SmallCity) -> None:
    def mention(connection: Connection) -> None:
        connection.execute(text("UPDATE teacher_assignment SET position = 'ครูของ ชูใจ เลิศล้ำ' WHERE id = 1"))

    with pytest.raises(NotErasedError, match=r"teacher_assignment\.position"):
        erased(city, mention)
    async with Client.connect(city.url) as client:
        assert await client.value("SELECT count(*) FROM student WHERE given_name = 'ชูใจ'") == 1
        assert await client.value("SELECT count(*) FROM erasure") == 0


async def test_the_same_given_name_of_another_pupil_is_no_hindrance(city: SmallCity) -> None:
    async with Client.connect(city.url) as client:
        await client.run("UPDATE student SET given_name = 'ชูใจ' WHERE id = $1", city.students["eka"])
        erased(city)
        assert await client.value("SELECT given_name FROM student WHERE id = $1", city.students["eka"]) == "ชูใจ"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE grade_event SET reason = 'another'",
        "UPDATE grade_event SET reason = NULL",
        "UPDATE grade_event SET reason = NULL, code_id = code_id + 1",
        "DELETE FROM grade_event",
    ],
)
async def test_events_stay_append_only_outside_of_an_erasure(city: SmallCity, change: str) -> None:
    erased(city)
    async with Client.connect(city.url) as client:
        with pytest.raises(Exception, match="append-only: add another event"):
            await client.run(change)


async def test_an_open_erasure_lets_nothing_through_but_words_taken_away(city: SmallCity) -> None:
    async with Client.connect(city.url) as client:
        await client.run("BEGIN")
        await client.run(
            "INSERT INTO erasure (student_id, begun_at, erased_by, reason) VALUES (1, '2018-10-01T12:00:00.000+00:00', 'a', 'b')"
        )
        with pytest.raises(Exception, match="append-only: add another event"):
            await client.run("UPDATE grade_event SET reason = NULL, sequence = sequence + 1")
        await client.run("ROLLBACK")


async def test_on_postgresql_an_erasure_left_open_opens_nothing_to_others(city: SmallCity) -> None:
    async with Client.connect(city.url) as client:
        if client.dialect == "sqlite":
            pytest.skip("SQLite cannot tell transactions apart; there the one who may write the file may drop triggers")
        await client.run(
            "INSERT INTO erasure (student_id, begun_at, erased_by, reason) VALUES (1, '2018-10-01T12:00:00.000+00:00', 'a', 'b')"
        )
        with pytest.raises(Exception, match="append-only: add another event"):
            await client.run("UPDATE grade_event SET reason = NULL")


async def test_the_record_is_finished_once_and_then_neither_changed_nor_deleted(city: SmallCity) -> None:
    erased(city)
    async with Client.connect(city.url) as client:
        for sql in ("UPDATE erasure SET reason = 'x'", "UPDATE erasure SET finished_at = NULL", "DELETE FROM erasure"):
            with pytest.raises(Exception, match="erasure is append-only"):
                await client.run(sql)


def test_no_byte_of_a_sqlite_file_holds_the_identifier_any_more(city: SmallCity) -> None:
    address = Address.parse(city.url)
    done = erased(city)
    said = sweep(address, done.counts, done.former)
    assert "Backups" in said[-1]
    if city.url.startswith("sqlite"):
        assert "none of its bytes" in said[0]
        for value in (NATIONAL_ID, HIDDEN, "ชูใจ เลิศล้ำ"):
            assert value.encode() not in Path(address.target).read_bytes()
    else:
        assert "change_log, grade_event, student, student_identifier, student_sensitive were vacuumed" in said[0]
