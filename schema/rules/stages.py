"""The stages of schooling and the years in them."""

from enum import IntEnum
from typing import ClassVar

from schema.rules.errors import RuleViolation


class Stage(IntEnum):
    """A stage that has grades; the value is its digit in a subject code. Kindergarten has none."""

    PRIMARY = 1
    LOWER_SECONDARY = 2
    UPPER_SECONDARY = 3

    @property
    def years(self) -> int:
        """How many years the stage lasts."""
        return 6 if self is Stage.PRIMARY else 3

    @property
    def first_level(self) -> int:
        """The number its first year carries in its level's name: ม.4 opens upper secondary."""
        return 4 if self is Stage.UPPER_SECONDARY else 1


class YearOutsideStage(RuleViolation):
    """A year the stage does not have."""

    code: ClassVar[str] = "YEAR_OUTSIDE_STAGE"

    def __init__(self, stage: Stage, year: int) -> None:
        name = stage.name.replace("_", " ").lower()
        super().__init__(f"There is no year {year} in {name}. Give a year from 1 to {stage.years}.")


def name_level(stage: Stage, year: int) -> str:
    """The Thai name of a grade level: primary 6 -> ป.6, third year of upper secondary -> ม.6."""
    if not 1 <= year <= stage.years:
        raise YearOutsideStage(stage, year)
    prefix = "ป" if stage is Stage.PRIMARY else "ม"
    return f"{prefix}.{stage.first_level + year - 1}"
