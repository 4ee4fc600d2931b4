"""Reference data is edited: what is written, refused, and told."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from tests.engines import Client
from tests.hub.editor.visiting import TABLES
from tests.small_city import SmallCity

SUBJECT = {"code": "ค22102", "name": "Mathematics 4", "name_th": "คณิตศาสตร์ 4", "credits": "1.5", "kind": "BASIC"}


def subject(city: SmallCity, **values: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever is sent
    """A subject of the city school, as the form sends it: every value as text."""
    keys = {
        "school_id": str(city.schools["CITY"]),
        "curriculum_id": "1",
        "learning_area_id": "2",
        "grade_level_id": str(city.levels["ม.2"]),
        "updated_at": "",
    }
    return {**SUBJECT, **keys, **values}


async def read(admin: httpx.AsyncClient, table: str, key: int) -> dict[str, Any]:
    response = await admin.get(f"{TABLES}/{table}/{key}/", params={"__readable": "true"})
    assert response.status_code == 200, response.text
    row: dict[str, Any] = response.json()
    return row


def fields(response: httpx.Response) -> list[tuple[str | None, str]]:
    return [(one["field"], one["type"]) for one in response.json()["detail"]]


async def test_a_subject_is_added_changed_and_deleted(
    admin: httpx.AsyncClient, own_city: SmallCity, city_database: Client
) -> None:
    made = await admin.post(f"{TABLES}/subject/", json=subject(own_city))
    assert made.status_code == 201, made.text
    key = made.json()[0]["id"]
    row = await read(admin, "subject", key)
    assert (row["code"], row["credits"], row["school_id_readable"][:10]) == ("ค22102", "1.5", "3083000002")
    assert await city_database.value("SELECT name_th_sort IS NOT NULL FROM subject WHERE id = $1", key) == 1

    changed = await admin.patch(f"{TABLES}/subject/{key}/", json={**row_form(row), "name_th": "คณิต 3"})
    assert changed.status_code == 200, changed.text
    assert changed.json()["name_th"] == "คณิต 3"
    assert changed.json()["updated_at"] > row["updated_at"]

    gone = await admin.delete(f"{TABLES}/subject/{key}/")
    assert gone.status_code == 204
    assert (await admin.get(f"{TABLES}/subject/{key}/")).status_code == 404
    assert (await admin.delete(f"{TABLES}/subject/{key}/")).status_code == 404


async def test_each_edit_is_in_the_history_with_its_author_and_a_refused_one_is_not(
    admin: httpx.AsyncClient, own_city: SmallCity, city_database: Client
) -> None:
    made = await admin.post(f"{TABLES}/subject/", json=subject(own_city))
    key = made.json()[0]["id"]
    row = await read(admin, "subject", key)
    await admin.patch(f"{TABLES}/subject/{key}/", json={**row_form(row), "name": "Mathematics for all"})
    await admin.patch(f"{TABLES}/subject/{key}/", json={**row_form(row), "name": "Too late"})
    await admin.delete(f"{TABLES}/school/1/")
    await admin.delete(f"{TABLES}/subject/{key}/")
    told = await city_database.rows(
        "SELECT operation, actor_key, actor_name, face FROM change_log WHERE row_id = $1 AND table_name = 'subject' ORDER BY id",
        key,
    )
    assert told == [(operation, "account:1", "somchai", "CONSOLE") for operation in ("INSERT", "UPDATE", "DELETE")]
    assert (
        await city_database.value(
            "SELECT count(*) FROM change_log WHERE table_name = 'school' AND row_id = 1 AND operation = 'DELETE'"
        )
        == 0
    )


def row_form(row: dict[str, Any]) -> dict[str, Any]:
    """A row as the form sends it back: all that it shows."""
    return {name: value for name, value in row.items() if name != "id" and not name.endswith("_readable")}


async def test_a_mistyped_subject_code_is_told_beside_its_field(admin: httpx.AsyncClient, own_city: SmallCity) -> None:
    refused = await admin.post(f"{TABLES}/subject/", json=subject(own_city, code="ท24101"))
    assert refused.status_code == 422
    (told,) = refused.json()["detail"]
    assert (told["field"], told["loc"][-1]) == ("code", "Code")
    thai = await admin.post(
        f"{TABLES}/subject/", json=subject(own_city, code="ท24101"), headers={"accept-language": "th"}
    )
    (told,) = thai.json()["detail"]
    assert told["loc"][-1] == "รหัสวิชา"
    assert "รหัส" in told["msg"]


async def test_the_second_of_two_editors_is_told_and_nothing_is_lost(admin: httpx.AsyncClient) -> None:
    first = await read(admin, "school", 1)
    second = await read(admin, "school", 1)
    done = await admin.patch(f"{TABLES}/school/1/", json={**row_form(first), "name": "The first editor's"})
    assert done.status_code == 200
    late = await admin.patch(f"{TABLES}/school/1/", json={**row_form(second), "name_th": "ของคนที่สอง"})
    assert late.status_code == 422
    assert fields(late) == [("updated_at", "CHANGED_SINCE")]
    assert (await read(admin, "school", 1))["name"] == "The first editor's"
    again = await admin.patch(
        f"{TABLES}/school/1/", json={**row_form(await read(admin, "school", 1)), "name_th": "ใหม่"}
    )
    assert again.status_code == 200


async def test_a_change_without_a_version_is_refused(admin: httpx.AsyncClient) -> None:
    for version in ({}, {"updated_at": "yesterday"}, {"updated_at": "2026-01-01T00:00:00"}, {"updated_at": 5}):
        refused = await admin.patch(f"{TABLES}/school/1/", json={"name": "x", **version})
        assert fields(refused) == [("updated_at", "VERSION_MISSING")]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "ค21101"}, "code"),  # taken
        ({"credits": "1.3"}, "credits"),
        ({"credits": "lots"}, "credits"),
        ({"credits": None}, "credits"),
        ({"credits": 1e999}, "credits"),
        ({"kind": "OTHER"}, "kind"),
        ({"name": ""}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": ["x"]}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"school_id": "99999"}, "school_id"),
        ({"school_id": str(2**70)}, "school_id"),
        ({"school_id": 2**70}, "school_id"),
        ({"school_id": True}, "school_id"),
        ({"code_sort": "x"}, "code_sort"),
        ({"name_th_sort": "x"}, "name_th_sort"),
        ({"id": 5}, "id"),
        ({"nothing": 1}, "nothing"),
    ],
)
async def test_what_does_not_fit_is_refused_at_its_field(
    admin: httpx.AsyncClient, own_city: SmallCity, values: dict[str, Any], field: str
) -> None:
    # httpx's own encoder refuses what a hostile client would send.
    body = json.dumps(subject(own_city, **values)).replace("Infinity", "1e999")
    refused = await admin.post(f"{TABLES}/subject/", content=body, headers={"content-type": "application/json"})
    assert 400 <= refused.status_code < 500, refused.text
    if refused.status_code == 422:
        assert field in [one for one, _ in fields(refused)]


async def test_overlapping_terms_are_refused(admin: httpx.AsyncClient, own_city: SmallCity) -> None:
    body = {
        "academic_year_id": own_city.years[2561],
        "number": "3",
        "starts_on": "2018-05-20",
        "ends_on": "2018-06-20",
    }
    existing = (2561, 3) in own_city.terms
    if existing:
        key = own_city.terms[2561, 3]
        row = await read(admin, "term", key)
        refused = await admin.patch(f"{TABLES}/term/{key}/", json={**row_form(row), **body})
    else:
        refused = await admin.post(f"{TABLES}/term/", json=body)
    assert refused.status_code == 422
    assert "overlap" in refused.text.lower()


async def test_deleting_what_is_used_says_what_uses_it(admin: httpx.AsyncClient, own_city: SmallCity) -> None:
    refused = await admin.delete(f"{TABLES}/school/{own_city.schools['CITY']}/")
    assert refused.status_code == 422
    message = refused.json()["custom_form_error"]
    assert "subject" in message
    assert "3083000002" in message
    thai = await admin.delete(f"{TABLES}/school/{own_city.schools['CITY']}/", headers={"accept-language": "th"})
    assert "รายวิชา" in thai.json()["custom_form_error"]


async def test_many_edits_at_once_are_all_written_and_none_is_locked_out(
    admin: httpx.AsyncClient, city_database: Client
) -> None:
    reasons = [
        {"code": f"R{number}", "name": f"Reason {number}", "name_th": "เหตุ", "counts_as_dropout": "false"}
        for number in range(50)
    ]
    made = await asyncio.gather(*(admin.post(f"{TABLES}/exit_reason/", json=reason) for reason in reasons))
    assert [response.status_code for response in made] == [201] * 50
    keys = [response.json()[0]["id"] for response in made]
    rows = [await read(admin, "exit_reason", key) for key in keys]
    bodies = [{**row_form(row), "name": f"{row['name']} again"} for row in rows]
    calls = zip(keys, bodies, strict=True)
    done = await asyncio.gather(*(admin.patch(f"{TABLES}/exit_reason/{key}/", json=body) for key, body in calls))
    assert [response.status_code for response in done] == [200] * 50
    assert await city_database.value("SELECT count(*) FROM exit_reason WHERE name LIKE 'Reason % again'") == 50


async def test_of_editors_of_one_row_at_once_one_alone_is_heard(
    admin: httpx.AsyncClient, city_database: Client
) -> None:
    before = row_form(await read(admin, "school", 1))
    bodies = [{**before, "name": f"Editor {number}"} for number in range(20)]
    done = await asyncio.gather(*(admin.patch(f"{TABLES}/school/1/", json=body) for body in bodies))
    heard = [body["name"] for body, response in zip(bodies, done, strict=True) if response.status_code == 200]
    told = [response for response in done if response.status_code == 422]
    assert len(heard) == 1
    assert len(told) == 19
    assert all(fields(response) == [("updated_at", "CHANGED_SINCE")] for response in told)
    assert await city_database.value("SELECT name FROM school WHERE id = 1") == heard[0]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", "school/1/", 405),
        ("PUT", "school/", 405),
        ("DELETE", "school/", 405),
        ("PATCH", "school/", 405),
        ("POST", "school/1/", 405),
        ("POST", "student/", 405),
        ("PATCH", "student/1/", 405),
        ("DELETE", "student/1/", 405),
        ("DELETE", "school/0/", 404),
        ("DELETE", f"school/{2**64}/", 404),
        ("DELETE", "school/-1/", 404),
        ("DELETE", "school/x/", 404),
        ("DELETE", "account/1/", 404),
        ("POST", "term_result/", 404),
    ],
)
async def test_what_the_console_does_not_do_is_refused(
    admin: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    response = await admin.request(method, f"{TABLES}/{path}", json={})
    assert response.status_code == status, response.text


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b'{"name": "x"}', "application/x-www-form-urlencoded", 415),
        (b" " * (2**20 + 1), "application/json", 413),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    admin: httpx.AsyncClient, content: bytes, media: str, status: int
) -> None:
    response = await admin.post(f"{TABLES}/school/", content=content, headers={"content-type": media})
    assert response.status_code == status
