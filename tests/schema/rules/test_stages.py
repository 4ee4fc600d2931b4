import pytest

from schema.rules.stages import Stage, YearOutsideStage, name_level


@pytest.mark.parametrize(
    ("stage", "year", "name"),
    [
        (Stage.PRIMARY, 6, "ป.6"),
        (Stage.LOWER_SECONDARY, 1, "ม.1"),
        (Stage.LOWER_SECONDARY, 3, "ม.3"),
        (Stage.UPPER_SECONDARY, 1, "ม.4"),
        (Stage.UPPER_SECONDARY, 3, "ม.6"),
    ],
)
def test_a_year_in_a_stage_has_its_thai_name(stage: Stage, year: int, name: str) -> None:
    assert name_level(stage, year) == name


@pytest.mark.parametrize(
    ("stage", "year"), [(Stage.PRIMARY, 7), (Stage.LOWER_SECONDARY, 4), (Stage.UPPER_SECONDARY, 0)]
)
def test_a_year_the_stage_lacks_is_refused(stage: Stage, year: int) -> None:
    with pytest.raises(YearOutsideStage, match="Give a year from 1"):
        name_level(stage, year)
