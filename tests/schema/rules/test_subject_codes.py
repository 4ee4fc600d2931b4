import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.stages import Stage
from schema.rules.subject_codes import (
    AREA_LETTERS,
    Area,
    SubjectCode,
    SubjectCodePolicy,
    SubjectCodeRefused,
    SubjectKind,
    parse_subject_code,
)

stages_and_years = st.sampled_from(Stage).flatmap(lambda stage: st.tuples(st.just(stage), st.integers(1, stage.years)))


@pytest.mark.parametrize(
    ("text", "parts", "level"),
    [
        ("ท21101", SubjectCode("ท", Area.THAI, Stage.LOWER_SECONDARY, 1, SubjectKind.BASIC, 1), "ม.1"),
        ("ค33202", SubjectCode("ค", Area.MATHEMATICS, Stage.UPPER_SECONDARY, 3, SubjectKind.ADDITIONAL, 2), "ม.6"),
        ("ท16101", SubjectCode("ท", Area.THAI, Stage.PRIMARY, 6, SubjectKind.BASIC, 1), "ป.6"),
        (
            "ญ31201",
            SubjectCode("ญ", Area.FOREIGN_LANGUAGES, Stage.UPPER_SECONDARY, 1, SubjectKind.ADDITIONAL, 1),
            "ม.4",
        ),
    ],
)
def test_a_code_is_read_part_by_part(text: str, parts: SubjectCode, level: str) -> None:
    assert parse_subject_code(text) == parts
    assert parts.level == level


@given(st.sampled_from(sorted(AREA_LETTERS)), stages_and_years, st.sampled_from(SubjectKind), st.integers(1, 99))
def test_a_code_survives_writing_and_reading(
    letter: str, place: tuple[Stage, int], kind: SubjectKind, number: int
) -> None:
    code = SubjectCode(letter, AREA_LETTERS[letter], *place, kind, number)
    assert parse_subject_code(str(code)) == code


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ท24101", "year in the stage, 1 to 3"),
        ("ท17101", "year in the stage, 1 to 6"),
        ("ท20101", "year in the stage"),
        ("ท41101", "1 primary"),
        ("ท21301", "1 basic or 2 additional"),
        ("ท21100", "run from 01"),
        ("X21101", "its letter is one of"),
        ("ท2110", "one letter and five digits"),
        ("ท๒๑๑๐๑", "one letter and five digits"),
        ("ท 21101", "one letter and five digits"),
        ("21101", "one letter and five digits"),
    ],
)
def test_a_broken_code_is_refused_with_the_part_at_fault(text: str, reason: str) -> None:
    with pytest.raises(SubjectCodeRefused, match=reason):
        parse_subject_code(text)


def test_an_additional_subject_for_any_year_of_the_stage_is_a_setting() -> None:
    code = parse_subject_code("อ20201")
    assert code.year is None
    assert code.level is None
    assert str(code) == "อ20201"
    with pytest.raises(SubjectCodeRefused):
        parse_subject_code("อ20201", SubjectCodePolicy(additional_any_year=False))


def test_a_school_may_teach_a_further_language() -> None:
    policy = SubjectCodePolicy(letters={**AREA_LETTERS, "ก": Area.FOREIGN_LANGUAGES})
    assert parse_subject_code("ก31201", policy).area is Area.FOREIGN_LANGUAGES
