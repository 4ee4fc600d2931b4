import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.thai_text import make_sort_key

thai = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E4C, exclude_categories=["Cn"]), max_size=12)


@pytest.mark.parametrize(
    "words",
    [
        ["กา", "แก", "ขา", "เขา", "คน"],
        ["กก", "กราบ", "เกม", "แกะ", "โกรธ", "ใกล้", "ไก่", "ขา"],
        ["ปา", "ป่า", "ป้า", "ป๊า", "ป๋า"],
        ["กง", "ก้ง", "กจ"],
        ["สม", "สม ใจ", "สมชาย"],
        ["ม.1/1", "ม.1/2", "ม.2/1"],
        ["anan", "Boon", "chai", "กานดา"],
    ],
)
def test_words_stand_in_the_order_of_the_dictionary(words: list[str]) -> None:
    backwards = words[::-1]
    assert sorted(backwards, key=make_sort_key) == words


def test_a_leading_vowel_stands_behind_its_consonant() -> None:
    assert make_sort_key("เก").startswith("กเ")


def test_thai_and_arabic_digits_are_one_number() -> None:
    assert sorted(["ห้อง ๒", "ห้อง 1", "ห้อง 3"], key=make_sort_key) == ["ห้อง 1", "ห้อง ๒", "ห้อง 3"]


def test_both_ways_of_writing_am_sort_together() -> None:
    assert max(["นำ", "นิ", "น\u0e4d\u0e32"], key=make_sort_key) == "นิ"


@given(thai, thai)
def test_different_texts_have_different_keys(one: str, other: str) -> None:
    assert (make_sort_key(one) == make_sort_key(other)) == (one == other)


@given(thai, thai)
def test_utf_8_bytes_and_code_points_give_the_same_order(one: str, other: str) -> None:
    first, second = make_sort_key(one), make_sort_key(other)
    assert (first < second) == (first.encode() < second.encode())


@given(thai, thai)
def test_a_word_stands_before_the_words_it_begins(word: str, rest: str) -> None:
    word += "ก"  # a word never ends in a vowel that belongs to the next consonant
    assert make_sort_key(word) < make_sort_key(word + "า" + rest)
