"""The small city as a value: where it is, and the keys of its rows."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class SmallCity:
    """Where the city is, and the keys of its rows by the names used in the table above.

    `terms` are keyed by year and number, `levels` and `codes` by how they are written, `sections` by year, term (None:
    the whole year) and subject code, `grades` by pupil, year, term and subject code.
    """

    url: str
    schools: dict[str, int]
    years: dict[int, int]
    terms: dict[tuple[int, int], int]
    levels: dict[str, int]
    codes: dict[str, int]
    subjects: dict[str, int]
    sections: dict[tuple[int, int | None, str], int]
    students: dict[str, int]
    teachers: dict[str, int]
    homerooms: dict[tuple[str, int], int]
    grades: dict[tuple[str, int, int | None, str], int]
    exit_reasons: dict[str, int]

    def at(self, url: str) -> "SmallCity":
        """The same city in another database."""
        return replace(self, url=url)
