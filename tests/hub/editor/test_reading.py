"""The tables are listed, searched, filtered, followed and ordered; what is read of pupils is logged."""

import asyncio
from typing import Any

import httpx
import pytest

from hub.read_log import ReadLog, ReadLogStuckError
from hub.read_log.entry import digest_of
from tests.engines import Client
from tests.hub.editor.visiting import TABLES, visiting
from tests.small_city import SmallCity

THAI = {"accept-language": "th-TH,th;q=0.9,en;q=0.8"}


async def rows(admin: httpx.AsyncClient, table: str, **query: str | int) -> list[dict[str, Any]]:
    response = await admin.get(f"{TABLES}/{table}/", params=query)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["rows"]
    return found


async def test_every_table_is_described_listed_counted_chosen_from_and_followed(admin: httpx.AsyncClient) -> None:
    for language in ({}, THAI):
        called = (await admin.get("/admin/api/tables/", headers=language)).json()
        grouped = (await admin.get("/admin/api/tables/grouped/", headers=language)).json()["grouped"]
        assert sorted(called) == sorted(name for names in grouped.values() for name in names)
        for name in called:
            for part in (
                "schema/",
                "count/",
                "?__readable=true&__page_size=2",
                "ids/?limit=3",
                "ids/?search=a",
                "new/",
            ):
                response = await admin.get(f"{TABLES}/{name}/{part}", headers=language)
                assert response.status_code == 200, f"{name} {part} {response.text}"
            for one in (await admin.get(f"{TABLES}/{name}/references/", headers=language)).json()["references"]:
                assert one["tableName"] in called
            first = (await rows(admin, name, __page_size=1))[0]["id"]
            assert (await admin.get(f"{TABLES}/{name}/{first}/?__readable=true")).json()["id"] == first


async def test_menus_are_in_the_readers_language(admin: httpx.AsyncClient) -> None:
    english = (await admin.get("/admin/api/tables/grouped/")).json()["grouped"]
    thai = (await admin.get("/admin/api/tables/grouped/", headers=THAI)).json()["grouped"]
    assert list(english) == ["Learning", "Outcomes", "People", "Places", "Records"]
    assert english["Places"] == ["Academic year", "Municipality", "School", "Term"]
    assert "โรงเรียน (School)" in thai["สถานที่และเวลา"]
    assert (await admin.get("/admin/api/links/", headers=THAI)).json()["ประวัติ"] == "/console/history"


async def test_the_language_that_is_chosen_is_spoken_from_then_on(admin: httpx.AsyncClient) -> None:
    languages = (await admin.get("/admin/public/translations/")).json()
    assert [one["language_code"] for one in languages["translations"]] == ["th", "en"]
    chosen = await admin.get("/admin/public/translations/th/")
    assert chosen.json()["translations"]["Save"] == "บันทึก"
    assert "โรงเรียน (School)" in (await admin.get("/admin/api/tables/")).json()
    assert '<html lang="th">' in (await admin.get("/admin/")).text
    assert (await admin.get("/admin/public/translations/cy/")).status_code == 404


async def test_a_subject_is_found_by_school_and_part_of_its_name(admin: httpx.AsyncClient, own_city: SmallCity) -> None:
    school = own_city.schools["CITY"]
    found = await rows(admin, "subject", school_id=school, name="mathematics", __readable="true")
    assert {row["school_id"] for row in found} == {school}
    assert all(row["name"].startswith("Mathematics") for row in found)
    assert all(row["school_id_readable"].startswith("3083000002 โรงเรียน") for row in found)
    exact = await rows(admin, "subject", code="ค21101", code__match="exact", school_id=school)
    assert {row["code"] for row in exact} == {"ค21101"}
    assert await rows(admin, "subject", credits="1.5", credits__operator="gt", kind="ACTIVITY") == []
    counted = await admin.get(f"{TABLES}/subject/count/", params={"school_id": school, "name": "mathematics"})
    assert counted.json()["count"] == len(found)


async def test_words_in_thai_are_ordered_as_the_dictionary_does(
    admin: httpx.AsyncClient, city_database: Client
) -> None:
    wanted = [key for (key,) in await city_database.rows("SELECT id FROM student ORDER BY given_name_sort, id")]
    up = await rows(admin, "student", __order="given_name,id")
    down = await rows(admin, "student", __order="-given_name,-id")
    assert [row["id"] for row in up] == wanted
    assert [row["id"] for row in down] == wanted[::-1]


async def test_dates_are_asked_for_in_either_era_and_nulls_too(admin: httpx.AsyncClient) -> None:
    both = [
        await rows(admin, "term", starts_on=year, starts_on__operator="gte") for year in ("2018-05-16", "2561-05-16")
    ]
    assert both[0] == both[1] != []
    assert all(row["exit_on"] is None for row in await rows(admin, "school_enrollment", exit_on__operator="is_null"))


@pytest.mark.parametrize(
    "query",
    [
        "nothing=1",
        "name_th_sort=x",
        "__nothing=1",
        "__keys=1",
        "name__nothing=x",
        "name__operator=like",
        "school_id=x",
        f"school_id={2**64}",
        "school_id=1&school_id=2",
        "credits=1e999",
        "credits=lots",
        "name=%00",
        f"name={'x' * 201}",
        "__page=0",
        "__page=x",
        "__page_size=1001",
        "__page_size=-1",
        "__visible_fields=password",
        "__visible_fields=school_id.name",
        "__readable=perhaps",
        "__range_header=true",
        "kind=OTHER",
        "&".join(f"a{number}=1" for number in range(201)),
    ],
)
async def test_a_parameter_that_cannot_be_read_is_refused(admin: httpx.AsyncClient, query: str) -> None:
    response = await admin.get(f"{TABLES}/subject/?{query}")
    assert response.status_code == 400, response.text
    assert response.json().get("detail") or response.json()["custom_form_error"]


@pytest.mark.parametrize("query", ["limit=101", "limit=x", "limit=-1", "offset=-1", "search=%00", "other=1"])
async def test_a_choice_that_cannot_be_read_is_refused(admin: httpx.AsyncClient, query: str) -> None:
    assert (await admin.get(f"{TABLES}/subject/ids/?{query}")).status_code == 400


@pytest.mark.parametrize("search", ["'", "%", "_", "{}", "{0}", "%s", "\\", '"; DROP TABLE school; --', "ค21"])
async def test_a_search_is_a_value_and_never_sql(admin: httpx.AsyncClient, search: str) -> None:
    for table in ("subject", "student"):
        response = await admin.get(f"{TABLES}/{table}/ids/", params={"search": search})
        assert response.status_code == 200, response.text
        assert (await admin.get(f"{TABLES}/{table}/", params={"__order": search})).status_code == 200
    assert (await admin.get(f"{TABLES}/school/count/")).json()["count"] == 2


async def log_of(database: Client) -> list[tuple[Any, ...]]:
    """What the log has of each read: the operation, the fields, the pupils; once it is written."""
    for _ in range(200):
        found = await database.rows("SELECT id, name, operation, document, fields FROM read_log ORDER BY id")
        if found:
            break
        await asyncio.sleep(0.02)
    entries = []
    for key, *entry in found:
        pupils = await database.rows("SELECT student_id FROM read_log_pupil WHERE read_id = $1 ORDER BY 1", key)
        entries.append((*entry, [pupil for (pupil,) in pupils]))
    return entries


async def test_a_list_of_pupils_is_logged_with_the_pupils_and_fields_read(
    admin: httpx.AsyncClient, city_database: Client
) -> None:
    found = await rows(admin, "student", __page_size=3, __visible_fields="given_name,school_id")
    ((name, operation, document, fields, pupils),) = await log_of(city_database)
    assert (name, operation, fields) == ("somchai", "console", "Student.givenName")
    assert document == digest_of("GET student")
    assert pupils == sorted(row["id"] for row in found)


async def test_rows_that_lead_to_pupils_by_way_of_others_are_logged(
    admin: httpx.AsyncClient, city_database: Client
) -> None:
    (event,) = await rows(admin, "grade_event", __page_size=1)
    ((*_, fields, pupils),) = await log_of(city_database)
    wanted = await city_database.rows("SELECT student_id FROM grade WHERE id = $1", event["grade_id"])
    assert pupils == [wanted[0][0]]
    assert "GradeEvent.score" in fields.split()


@pytest.mark.parametrize("path", ["student/{}/", "student/ids/?search=ชูใจ"])
async def test_one_pupil_is_logged_however_it_is_looked_up(
    admin: httpx.AsyncClient, city_database: Client, own_city: SmallCity, path: str
) -> None:
    pupil = own_city.students["chujai"]
    assert (await admin.get(f"{TABLES}/{path.format(pupil)}")).status_code == 200
    ((*_, pupils),) = await log_of(city_database)
    assert pupils == [pupil]


async def test_a_count_by_a_national_id_is_logged_though_it_names_nobody(
    admin: httpx.AsyncClient, city_database: Client
) -> None:
    response = await admin.get(f"{TABLES}/student_identifier/count/", params={"value": "1234567890121"})
    assert response.json()["count"] == 1
    ((*_, fields, pupils),) = await log_of(city_database)
    assert (fields, pupils) == ("StudentIdentifier.value", [])


async def test_what_is_about_nobody_is_not_logged(admin: httpx.AsyncClient, city_database: Client) -> None:
    for table in ("school", "subject", "teacher", "section"):
        await rows(admin, table)
    await rows(admin, "student", given_name="nobody is called so", __visible_fields="sex")
    entries = await log_of(city_database)
    assert [(fields, pupils) for *_, fields, pupils in entries] == [("Student.givenName", [])]


async def test_pupils_are_not_read_while_reads_cannot_be_logged(
    own_city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(_: ReadLog) -> None:
        raise ReadLogStuckError

    async with visiting(own_city.url) as admin:
        assert (await admin.get(f"{TABLES}/student/")).status_code == 200
        monkeypatch.setattr(ReadLog, "check", stuck)
        assert (await admin.get(f"{TABLES}/student/")).status_code == 503
        assert (await admin.get(f"{TABLES}/school/")).status_code == 200
