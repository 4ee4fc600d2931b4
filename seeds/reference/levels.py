"""The fifteen levels of schooling."""

from dataclasses import dataclass

from schema.tables.learning import GradingBasis, Stage


@dataclass(frozen=True, slots=True)
class Level:
    """A level; ``index`` is its place from 0 and ``year`` its place in its stage from 1."""

    index: int
    code: str
    name: str
    name_th: str
    stage: Stage
    basis: GradingBasis
    year: int

    @property
    def code_prefix(self) -> str:
        """Stage and year as subject codes write them: 21 for ม.1; empty for kindergarten."""
        digit = {Stage.PRIMARY: 1, Stage.LOWER_SECONDARY: 2, Stage.UPPER_SECONDARY: 3}.get(self.stage)
        return f"{digit}{self.year}" if digit else ""


def _levels() -> tuple[Level, ...]:
    parts = (
        (Stage.KINDERGARTEN, GradingBasis.UNGRADED, "อ", "Kindergarten", "อนุบาลปีที่", 3, 0),
        (Stage.PRIMARY, GradingBasis.YEAR, "ป", "Primary", "ประถมศึกษาปีที่", 6, 0),
        (Stage.LOWER_SECONDARY, GradingBasis.TERM, "ม", "Secondary", "มัธยมศึกษาปีที่", 3, 0),
        (Stage.UPPER_SECONDARY, GradingBasis.TERM, "ม", "Secondary", "มัธยมศึกษาปีที่", 3, 3),
    )
    found: list[Level] = []
    for stage, basis, letter, name, name_th, years, before in parts:
        for year in range(1, years + 1):
            number = before + year
            code = f"{letter}.{number}"
            found.append(Level(len(found), code, f"{name} {number}", f"{name_th} {number}", stage, basis, year))
    return tuple(found)


LEVELS = _levels()
"""อ.1 to อ.3, ป.1 to ป.6, ม.1 to ม.6."""
