from typing import Any

import pytest

from tests.engines import Client, Refusal, as_rows
from tests.small_city import SmallCity

_APPEND_ONLY = "append-only: add another event"
_ADD = "INSERT INTO grade_event (grade_id, sequence, kind, code_id, score, at) VALUES ($1, $2, $3, $4, $5, $6)"
_NOON = "2018-10-01T12:00:00.000+00:00"
_NO_RESULT = ("somsri", 2561, 2, "อ21101")


class _Grade:
    """A registration of the small city, its codes by label."""

    def __init__(self, client: Client, city: SmallCity, name: tuple[str, int, int | None, str]) -> None:
        self._client = client
        self._key = city.grades[name]
        self._codes = city.codes
        self._labels = {key: label for label, key in city.codes.items()}

    async def happen(self, sequence: int, kind: str, label: str, score: int | None = None) -> None:
        sql = _ADD.replace("$6", f"'{_NOON}'")
        await self._client.run(sql, self._key, sequence, kind, self._codes[label], score)

    async def result(self) -> tuple[Any, ...]:
        """Current code, score, first code, attempt."""
        sql = "SELECT code_id, score, first_code_id, attempt FROM grade WHERE id = $1"
        ((code, score, first, attempt),) = await self._client.rows(sql, self._key)
        return self._labels.get(code), score, self._labels.get(first), attempt


async def test_a_registration_without_events_has_no_result(city_database: Client, own_city: SmallCity) -> None:
    assert await _Grade(city_database, own_city, _NO_RESULT).result() == (None, None, None, 0)


async def test_the_first_event_gives_the_first_and_the_current_result(
    city_database: Client, own_city: SmallCity
) -> None:
    grade = _Grade(city_database, own_city, _NO_RESULT)
    await grade.happen(1, "INITIAL", "0", 49)
    assert await grade.result() == ("0", 49, "0", 1)


async def test_a_resit_is_another_attempt_and_leaves_the_first_result(
    city_database: Client, own_city: SmallCity
) -> None:
    grade = _Grade(city_database, own_city, _NO_RESULT)
    await grade.happen(1, "INITIAL", "0", 49)
    await grade.happen(2, "RESIT", "0", 40)
    await grade.happen(3, "RESIT", "1", 50)
    assert await grade.result() == ("1", 50, "0", 3)


async def test_resolving_and_correcting_are_no_attempts(city_database: Client, own_city: SmallCity) -> None:
    grade = _Grade(city_database, own_city, _NO_RESULT)
    await grade.happen(1, "INITIAL", "ร")
    await grade.happen(2, "RESOLVE", "2", 60)
    await grade.happen(3, "CORRECTION", "2.5", 65)
    assert await grade.result() == ("2.5", 65, "2", 1)


async def test_a_pending_result_awards_none(city_database: Client, own_city: SmallCity) -> None:
    grade = _Grade(city_database, own_city, _NO_RESULT)
    await grade.happen(1, "INITIAL", "มส")
    assert await grade.result() == ("มส", None, None, 1)
    await grade.happen(2, "RESOLVE", "0", 40)
    assert await grade.result() == ("0", 40, "0", 1)


async def test_a_history_that_does_not_begin_with_an_initial_event_has_one_attempt(
    city_database: Client, own_city: SmallCity
) -> None:
    grade = _Grade(city_database, own_city, _NO_RESULT)
    await grade.happen(1, "RESOLVE", "2", 60)
    assert await grade.result() == ("2", 60, "2", 1)


async def test_events_that_arrive_out_of_order_count_by_their_sequence(
    city_database: Client, own_city: SmallCity
) -> None:
    grade = _Grade(city_database, own_city, _NO_RESULT)
    await grade.happen(2, "RESIT", "1", 50)
    await grade.happen(1, "INITIAL", "0", 49)
    assert await grade.result() == ("1", 50, "0", 2)


@pytest.mark.parametrize("change", ["UPDATE grade_event SET reason = 'x'", "DELETE FROM grade_event"])
async def test_an_event_is_neither_changed_nor_deleted(city_database: Client, change: str) -> None:
    before = await city_database.rows("SELECT * FROM grade_event ORDER BY id")
    with pytest.raises(Refusal, match=_APPEND_ONLY):
        await city_database.run(f"{change} WHERE id = 1")
    assert await city_database.rows("SELECT * FROM grade_event ORDER BY id") == before


async def test_nothing_overwrites_an_event(city_database: Client, own_city: SmallCity) -> None:
    grade = own_city.grades["wira", 2560, 1, "ท21101"]
    code = own_city.codes["4"]
    verb = "INSERT OR REPLACE INTO" if city_database.dialect == "sqlite" else "INSERT INTO"
    columns = "(id, grade_id, sequence, kind, code_id, at)"
    with pytest.raises(Refusal):
        await city_database.run(
            f"{verb} grade_event {columns} VALUES (9999, $1, 1, 'INITIAL', $2, '{_NOON}')", grade, code
        )
    with pytest.raises(Refusal):
        await city_database.run(
            f"{verb} grade_event {columns} VALUES (1, $1, 9, 'INITIAL', $2, '{_NOON}')", grade, code
        )
    rows = await city_database.rows("SELECT sequence FROM grade_event WHERE grade_id = $1 ORDER BY sequence", grade)
    assert rows == as_rows([(1,), (2,), (3,)])


async def test_a_history_is_not_emptied_at_once(city_database: Client) -> None:
    whole = "DELETE FROM grade_event" if city_database.dialect == "sqlite" else "TRUNCATE grade_event"
    with pytest.raises(Refusal, match=_APPEND_ONLY):
        await city_database.run(whole)
