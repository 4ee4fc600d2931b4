import random
from typing import Any

import pytest
from sqlmodel import Session

from schema.rules.thai_text import make_sort_key
from schema.tables import tables
from schema.tables.columns import info_of
from schema.tables.places import Municipality
from tests.engines import Client, in_session
from tests.small_city import SmallCity

_WORDS = [
    (str(model.__tablename__), info_of(column).sorts, column.name)
    for model in tables()
    for column in model.__table__.columns
    if info_of(column).sorts
]
_APPEND = "INSERT INTO municipality (code, name, name_th) VALUES ('x', 'x', $1)"
_THAI = [chr(code) for code in range(0x0E01, 0x0E5C)]
_TRICKY = "เแโใไกฮฤฦรนำ\u0e4d\u0e32็่้๊๋์๐๙"


def _texts(count: int) -> list[str]:
    """Texts of Thai characters in any order, words or not, and of others among them."""
    draw = random.Random(2561)  # noqa: S311 - nothing secret
    alphabets = (_TRICKY, [*_THAI, *"AZaz09 '\\\n%é\U0001f600\x02\x7f"])
    lengths = (1, 2, 3, 8, 200)
    return ["".join(draw.choices(draw.choice(alphabets), k=draw.choice(lengths))) for _ in range(count)]


async def _keys(client: Client, table: str, words: Any, key: str) -> dict[str, str]:  # noqa: ANN401 - a name
    return dict(await client.rows(f"SELECT {words}, {key} FROM {table}"))


@pytest.mark.parametrize(("table", "words", "key"), _WORDS)
async def test_each_stored_key_is_that_of_the_rule_after_insert_and_update(
    city_database: Client, table: str, words: str, key: str
) -> None:
    inserted = await _keys(city_database, table, words, key)
    assert inserted
    await city_database.run(f"UPDATE {table} SET {words} = 'เ' || {words}")
    updated = await _keys(city_database, table, words, key)
    assert updated.keys() == {f"เ{text}" for text in inserted}
    for text, stored in (*inserted.items(), *updated.items()):
        assert stored == make_sort_key(text)


async def test_the_key_of_any_text_is_that_of_the_rule(city_database: Client) -> None:
    texts = _texts(400)
    async with city_database.transaction():
        for text in texts:
            await city_database.run("UPDATE municipality SET name_th = $1", text)
            stored = await city_database.value("SELECT min(name_th_sort) FROM municipality")
            assert stored == make_sort_key(text), repr(text)


async def test_rows_stand_in_the_order_of_the_dictionary(city_database: Client) -> None:
    words = ["กก", "กราบ", "เกม", "แกะ", "โกรธ", "ใกล้", "ไก่", "ปา", "ป่า", "ป้า"]
    await city_database.run("DELETE FROM occupation_target")
    for number, word in enumerate(reversed(words)):
        await city_database.run("INSERT INTO occupation (code, name, name_th) VALUES ($1, 'x', $2)", f"9{number}", word)
    listed = "SELECT name_th FROM occupation WHERE name = 'x' ORDER BY name_th_sort"
    assert [row[0] for row in await city_database.rows(listed)] == words


@pytest.mark.parametrize("written", ["'เ'", "NULL"])
async def test_a_key_written_by_hand_is_put_right(city_database: Client, written: str) -> None:
    await city_database.run(f"UPDATE student SET given_name_sort = {written}, family_name_sort = {written}")
    for words in ("given_name", "family_name"):
        for text, stored in (await _keys(city_database, "student", words, f"{words}_sort")).items():
            assert stored == make_sort_key(text)


async def test_a_key_inserted_by_hand_is_put_right(city_database: Client) -> None:
    await city_database.run(
        "INSERT INTO municipality (code, name, name_th, name_th_sort) VALUES ('x', 'x', 'เมือง', 'untrue')"
    )
    stored = await city_database.value("SELECT name_th_sort FROM municipality WHERE code = 'x'")
    assert stored == make_sort_key("เมือง")


async def test_a_replaced_row_gets_the_key_of_its_new_words(city_database: Client) -> None:
    merge = "ON CONFLICT (code) DO UPDATE SET name_th = excluded.name_th"
    await city_database.run(_APPEND, "เก่า")
    await city_database.run(f"{_APPEND} {merge}", "ใหม่")
    stored = await city_database.value("SELECT name_th_sort FROM municipality WHERE code = 'x'")
    assert stored == make_sort_key("ใหม่")


async def test_a_key_follows_where_sqlites_triggers_are_recursive(city_database: Client) -> None:
    if city_database.dialect == "sqlite":
        await city_database.run("PRAGMA recursive_triggers = ON")
    await city_database.run(_APPEND, "เก่า")
    await city_database.run("UPDATE municipality SET name_th = 'ใหม่'")
    assert set((await _keys(city_database, "municipality", "name_th", "name_th_sort")).items()) == {
        ("ใหม่", make_sort_key("ใหม่"))
    }


async def test_the_keeping_of_a_key_leaves_the_moment_of_the_rows_change(city_database: Client) -> None:
    told = "2018-01-02T03:04:05.678000+00:00"
    await city_database.run(f"UPDATE municipality SET name_th = 'เอก', updated_at = '{told}'")
    await city_database.run(
        f"INSERT INTO municipality (code, name, name_th, updated_at) VALUES ('x', 'x', 'เมือง', '{told}')"
    )
    moments = {row[0] for row in await city_database.rows("SELECT updated_at FROM municipality")}
    assert moments == {told}


def test_programs_neither_see_nor_write_a_key(own_city: SmallCity) -> None:
    def write(session: Session) -> tuple[set[str], str]:
        made = Municipality(code="x", name="x", name_th="เมือง")
        session.add(made)
        session.flush()
        made.name_th = "เทศบาล"
        session.flush()
        session.refresh(made)
        return set(made.model_dump()), made.name_th

    assert in_session(own_city.url, write) == ({"id", "updated_at", "code", "name", "name_th"}, "เทศบาล")
    assert not hasattr(Municipality, "name_th_sort")
