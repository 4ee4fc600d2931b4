"""Indicators, destinations and distributions as who has figures alone may have them, from plain lists: slow, obvious.

A cell is a figure of some pupils; `judged` says what is told of each. What the cells are is read off the rows.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle.indicators import Census
from tests.oracle.policy import Sights
from tests.oracle.rows import Rows, Values
from tests.oracle.small_groups import Noise

_SMALLEST = 10

STATUSES = ("FURTHER_STUDY", "EMPLOYED", "STUDY_AND_WORK", "UNEMPLOYED", "INACTIVE", "UNKNOWN")
AT_WORK = ("EMPLOYED", "STUDY_AND_WORK")


@dataclass(frozen=True)
class Cell:
    """A figure: who counts in it, how many are left beside them (None: nobody asks), and the lists that it is in."""

    name: Hashable
    pupils: frozenset[int]
    rest: int | None
    lists: tuple[Hashable, ...] = ()


def judged(
    cells: Sequence[Cell], noise: Noise, rounds: int, *, complementary: bool = True
) -> dict[Hashable, int | None]:
    """What is told of each cell; None is hidden."""
    hidden = {cell.name: _is_small(cell, noise) for cell in cells}
    for _ in range(rounds if complementary else 0):
        before = dict(hidden)
        for members in _lists(cells):
            _complete(members, before, hidden, noise)
        same = defaultdict(list)
        for cell in cells:
            same[cell.pupils].append(cell.name)
        for names in same.values():
            if any(before[name] for name in names):
                hidden |= dict.fromkeys(names, True)
    return {cell.name: None if hidden[cell.name] else len(cell.pupils) + noise(cell.pupils) for cell in cells}


def _is_small(cell: Cell, noise: Noise) -> bool:
    told = noise(cell.pupils)
    sizes = (len(cell.pupils), *(() if cell.rest is None else (cell.rest,)))
    return any(size < _SMALLEST or size + told < _SMALLEST for size in sizes)


def _lists(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    found: dict[Hashable, list[Cell]] = defaultdict(list)
    for cell in cells:
        for name in cell.lists:
            found[name].append(cell)
    yield from found.values()


def _complete(members: list[Cell], before: Mapping[Hashable, bool], hidden: dict[Hashable, bool], noise: Noise) -> None:
    """Hide the smallest of those shown until two or more are hidden, who are ten pupils with as many left."""
    if not any(before[cell.name] for cell in members):
        return
    key = getattr(noise, "key", min)
    ordered = sorted(members, key=lambda cell: (not before[cell.name], len(cell.pupils), key(cell.pupils or {0})))
    pupils = rest = 0
    for place, cell in enumerate(ordered):
        if place >= 2 and pupils >= _SMALLEST and rest >= _SMALLEST:
            break
        hidden[cell.name] = True
        pupils += len(cell.pupils)
        rest += _SMALLEST if cell.rest is None else cell.rest


def census_cells(sights: Sights) -> list[Cell]:
    """The cells of the indicators: named by figure, year (B.E.) and school (its key; None: the city)."""
    found = []
    for year in sights.rows["academic_year"]:
        census = Census(sights, year)
        schools = {stay["school_id"] for stay in sights.rows["school_enrollment"]}
        for school in (None, *schools):
            sets = _sets(census, school)
            students, ever = len(sets["students"]), len(sets["ever"])
            left = {
                "students": None,
                "averaged": (students - len(sets["averaged"])) or None,
                "low": len(sets["averaged"]) - len(sets["low"]),
                "ever": students - ever,
                "outstanding": min(ever, students) - len(sets["outstanding"]),
                "dropouts": students - len(sets["dropouts"]),
            }
            for figure, pupils in sets.items():
                # A school of which there is nothing at all has no figures.
                if any(sets.values()):
                    lists = () if school is None else ((figure, year["be_year"]),)
                    found.append(Cell((figure, year["be_year"], school), pupils, left[figure], lists))
    return found


def _sets(census: Census, school: int | None) -> dict[str, frozenset[int]]:
    stays = census.stays_at(school)
    averages = {stay["student_id"]: census.book.exact(census.of_stage(stay)) for stay in stays}
    return {
        "students": frozenset(averages),
        "averaged": frozenset(pupil for pupil, average in averages.items() if average is not None),
        "low": frozenset(
            pupil for pupil, average in averages.items() if average is not None and average < Fraction(3, 2)
        ),
        "ever": _with_many_zeros(census, stays, "first_code_id"),
        "outstanding": _with_many_zeros(census, stays, "code_id"),
        "dropouts": frozenset(
            stay["student_id"]
            for stay in census.rows["school_enrollment"]
            if stay["academic_year_id"] == census.year["id"]
            and school in (None, stay["school_id"])
            and census.is_dropout(stay)
        ),
    }


def _with_many_zeros(census: Census, stays: list[Values], column: str) -> frozenset[int]:
    zeros = [
        grade["student_id"]
        for grade in census.rows["grade"]
        if grade["academic_year_id"] == census.year["id"] and census.book.is_zero(grade[column])
    ]
    return frozenset(stay["student_id"] for stay in stays if zeros.count(stay["student_id"]) > 3)


def graduate_cells(rows: Rows) -> list[Cell]:
    """The cells of the destinations: named by figure, year, school and level (keys; None: all of them)."""
    found = []
    for (year, school, level), graduates in _places(rows, "grade_level_id").items():
        sets = _figures(rows, graduates)
        size, work, jobs = len(graduates), len(sets["at_work"]), len(sets["jobs"])
        for figure, pupils in sets.items():
            rest: int | None = size - len(pupils)
            if figure in ("graduates", "seeking"):
                rest = None
            elif figure == "jobs":
                rest = (work - jobs) or None
            elif figure == "matched":
                rest = jobs - len(pupils)
            lists: list[Hashable] = []
            if school is not None:
                lists.append(("schools", figure, year, level))
            if level is not None:
                lists.append(("levels", figure, year, school))
            place = (year, school, level)
            lists += [("statuses", place)] * (figure in STATUSES)
            lists += [("answers", place)] * (figure in ("known", "UNKNOWN"))
            lists += [("seekers", place)] * (figure in (*AT_WORK, "UNEMPLOYED"))
            if figure != "at_work":
                found.append(Cell((figure, *place), pupils, rest, tuple(lists)))
    return found


def job_cells(rows: Rows) -> list[Cell]:
    """The cells of the occupations: named by figure, year, school and occupation."""
    found = []
    employed = [row for row in _last_found(rows) if _has_job(row)]
    for (year, school, occupation), graduates in _places(rows, "occupation_id", employed).items():
        if occupation is None:
            continue
        everybody = [r for r in employed if r["academic_year_id"] == year and school in (None, r["school_id"])]
        sets = _figures(rows, graduates)
        jobs, matched = sets["jobs"], sets["matched"]
        for figure, pupils in (("jobs", jobs), ("matched", matched)):
            rest = len(everybody) - len(jobs) if figure == "jobs" else (len(jobs) - len(matched)) or None
            lists: list[Hashable] = [("parts", figure, year, school)]
            if school is not None:
                lists.append(("schools", figure, year, occupation))
            found.append(Cell((figure, year, school, occupation), pupils, rest, tuple(lists)))
    return found


def _places(rows: Rows, part: str, graduates: list[Values] | None = None) -> dict[tuple[Any, Any, Any], list[Values]]:
    found: dict[tuple[Any, Any, Any], list[Values]] = defaultdict(list)
    for row in _last_found(rows) if graduates is None else graduates:
        for school in (None, row["school_id"]):
            for inside in (None, row[part]):
                found[row["academic_year_id"], school, inside].append(row)
    return found


def _last_found(rows: Rows) -> list[Values]:
    last: dict[tuple[int, int], Values] = {}
    for row in sorted(rows["graduate_destination"], key=lambda row: str(row["as_of"])):
        last[row["student_id"], row["academic_year_id"]] = row
    return list(last.values())


def _has_job(row: Values) -> bool:
    return row["status"] in AT_WORK and row["occupation_id"] is not None


def _figures(rows: Rows, graduates: list[Values]) -> dict[str, frozenset[int]]:
    def of(found: list[Values]) -> frozenset[int]:
        return frozenset(row["student_id"] for row in found)

    return {
        "graduates": of(graduates),
        **{status: of([row for row in graduates if row["status"] == status]) for status in STATUSES},
        "known": of([row for row in graduates if row["status"] != "UNKNOWN"]),
        "seeking": of([row for row in graduates if row["status"] in (*AT_WORK, "UNEMPLOYED")]),
        "at_work": of([row for row in graduates if row["status"] in AT_WORK]),
        "jobs": of([row for row in graduates if _has_job(row)]),
        "matched": of([row for row in graduates if _has_job(row) and _is_target(rows, row)]),
    }


def _is_target(rows: Rows, graduate: Values) -> bool:
    municipality = next(row["municipality_id"] for row in rows["school"] if row["id"] == graduate["school_id"])
    return any(
        target["occupation_id"] == graduate["occupation_id"]
        and target["municipality_id"] == municipality
        and target["target_from"] <= graduate["as_of"]
        and (target["target_to"] is None or graduate["as_of"] < target["target_to"])
        for target in rows["occupation_target"]
    )


def code_cells(rows: Rows, subject: int, years: set[int]) -> tuple[list[Cell], dict[Hashable, int]]:
    """The cells of a subject's results, and how many rows each has: of codes by their keys, and of three groups."""
    grades = [g for g in rows["grade"] if g["subject_id"] == subject and g["academic_year_id"] in years]
    groups: dict[Hashable, list[Values]] = {
        "registered": grades,
        "graded": [grade for grade in grades if grade["code_id"] is not None],
        "without": [grade for grade in grades if grade["code_id"] is None],
    }
    codes = {code["id"]: [grade for grade in grades if grade["code_id"] == code["id"]] for code in rows["grade_code"]}
    cells = [Cell(name, _pupils(found), None) for name, found in groups.items()]
    cells += [Cell(code, _pupils(found), None, ("codes",)) for code, found in codes.items()]
    return cells, {name: len(found) for name, found in [*groups.items(), *codes.items()]}


def _pupils(grades: list[Values]) -> frozenset[int]:
    return frozenset(grade["student_id"] for grade in grades)
