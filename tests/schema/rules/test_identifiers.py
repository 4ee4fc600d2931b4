import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.identifiers import (
    PROVINCES,
    IdentifierKind,
    IdentifierRefused,
    SchoolCodeRefused,
    calculate_check_digit,
    parse_g_code,
    parse_identifier,
    parse_national_id,
    parse_passport,
    parse_school_code,
)

first_twelves = st.text("0123456789", min_size=12, max_size=12)


def calculate_remainder(first_twelve: str) -> int:
    return sum(int(digit) * (13 - place) for place, digit in enumerate(first_twelve)) % 11


def test_a_national_id_is_told_from_one_with_a_wrong_check_digit() -> None:
    assert parse_national_id("1234567890121") == "1234567890121"
    with pytest.raises(IdentifierRefused, match="13 digits"):
        parse_national_id("1234567890123")


def test_the_printed_form_is_taken() -> None:
    assert parse_national_id("1-2345-67890-12-1") == "1234567890121"


@pytest.mark.parametrize(
    "text", ["", "123456789012", "12345678901211", "๑๒๓๔๕๖๗๘๙๐๑๒๑", "123456789012a", "G12345678901"]
)
def test_what_is_not_thirteen_ascii_digits_is_refused(text: str) -> None:
    with pytest.raises(IdentifierRefused):
        parse_national_id(text)


def test_a_refusal_does_not_repeat_the_number() -> None:
    with pytest.raises(IdentifierRefused) as refusal:
        parse_national_id("1234567890123")
    assert "1234567890123" not in refusal.value.message


@given(first_twelves)
def test_just_one_check_digit_fits(first_twelve: str) -> None:
    fitting = []
    for digit in "0123456789":
        try:
            fitting.append(parse_national_id(first_twelve + digit))
        except IdentifierRefused:
            continue
    assert fitting == [f"{first_twelve}{calculate_check_digit(first_twelve)}"]


@given(first_twelves, st.integers(0, 11), st.integers(1, 9))
def test_a_wrong_digit_is_seen_but_for_the_third_and_between_remainders_0_and_10(
    right: str, place: int, shift: int
) -> None:
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    seen = calculate_check_digit(right) != calculate_check_digit(wrong)
    remainders = {calculate_remainder(right), calculate_remainder(wrong)}
    assert seen or place == 2 or remainders == {0, 10}


@pytest.mark.parametrize("slip", ["6234567890121", "1294567890121"])
def test_the_checksum_misses_a_slip_between_remainders_0_and_10_and_any_in_the_third_digit(slip: str) -> None:
    assert parse_national_id(slip) == slip


def test_a_g_code_is_g_and_twelve_digits() -> None:
    assert parse_g_code(" g123456789012 ") == "G123456789012"
    for text in ("G12345678901", "G1234567890123", "1234567890121", "G12345678901a"):
        with pytest.raises(IdentifierRefused, match="letter G and 12 digits"):
            parse_g_code(text)


def test_a_passport_has_letters_and_digits_up_to_nine() -> None:
    assert parse_passport("aa 1234567") == "AA1234567"
    for text in ("AA12345678", "ABCDEFG", "A1", "ก1234567"):
        with pytest.raises(IdentifierRefused, match="passport"):
            parse_passport(text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (IdentifierKind.NATIONAL_ID, "1234567890121"),
        (IdentifierKind.G_CODE, "G123456789012"),
        (IdentifierKind.PASSPORT, "AA1234567"),
    ],
)
def test_each_kind_is_read_by_its_own_shape(kind: IdentifierKind, text: str) -> None:
    assert parse_identifier(kind, text) == text


def test_a_municipal_school_code_begins_with_30_and_a_province() -> None:
    assert parse_school_code("3083000001") == "3083000001"


@pytest.mark.parametrize("text", ["1010720039", "3099000001", "308300000", "30830000011", "30๘3000001", ""])
def test_other_school_codes_are_refused(text: str) -> None:
    with pytest.raises(SchoolCodeRefused, match="3083000001"):
        parse_school_code(text)


def test_there_are_77_provinces() -> None:
    assert len(PROVINCES) == 77
