"""The long lists, read from the CSV files beside this module."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation of ISCO-08; where the blueprint names it a local target, since when and until when (ISO days)."""

    code: str
    name: str
    name_th: str
    target_from: str | None
    target_to: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """Names to choose from; a family name joins a start and an end, so that nobody's own is taken."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    family_start: tuple[str, ...]
    family_end: tuple[str, ...]


def _read(name: str) -> list[dict[str, str]]:
    text = files("seeds.reference").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def read_occupations() -> tuple[Occupation, ...]:
    """Every occupation, in the order of codes."""
    rows = sorted(_read("occupations.csv"), key=lambda row: row["code"])
    return tuple(
        Occupation(row["code"], row["name"], row["name_th"], row["target_from"] or None, row["target_to"] or None)
        for row in rows
    )


@cache
def read_names() -> Names:
    """The lists of invented names."""
    rows = _read("names.csv")

    def part(kind: str) -> tuple[str, ...]:
        return tuple(row["text"] for row in rows if row["part"] == kind)

    return Names(part("female"), part("male"), part("family_start"), part("family_end"))
