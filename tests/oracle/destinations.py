"""What became of the graduates, told from the list of where each was found."""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from schema.rules.exact import round_half_up
from tests.oracle.policy import Sights
from tests.oracle.rows import Rows, Values

_STATUSES = {
    "furtherStudy": "FURTHER_STUDY",
    "employed": "EMPLOYED",
    "studyAndWork": "STUDY_AND_WORK",
    "unemployed": "UNEMPLOYED",
    "inactive": "INACTIVE",
    "unknown": "UNKNOWN",
}


def years_with_graduates(sights: Sights) -> list[int]:
    """The years (B.E.) with destinations, in order."""
    found = {row["academic_year_id"] for row in sights.rows["graduate_destination"]}
    return sorted(year["be_year"] for year in sights.rows["academic_year"] if year["id"] in found)


def of_years(sights: Sights, be_years: Iterable[int]) -> list[Mapping[str, Any]]:
    """The figures of years of the calendar, each once, in order."""
    calendar = {year["be_year"]: year for year in sights.rows["academic_year"]}
    return [_Cohort(sights.rows, calendar[year]).figures() for year in sorted(set(be_years))]


class _Cohort:
    def __init__(self, rows: Rows, year: Values) -> None:
        self.rows = rows
        self.year = year
        self.schools, self.levels, self.occupations = (
            {row["id"]: row for row in rows[table]} for table in ("school", "grade_level", "occupation")
        )
        last: dict[int, Values] = {}
        for row in rows["graduate_destination"]:
            known = last.get(row["student_id"])
            if row["academic_year_id"] == year["id"] and (known is None or known["as_of"] < row["as_of"]):
                last[row["student_id"]] = row
        self.graduates = list(last.values())

    def figures(self) -> dict[str, Any]:
        keys = {row["school_id"] for row in self.graduates}
        places = sorted(keys, key=lambda key: str(self.schools[key]["code"]))
        of_schools = [(key, [row for row in self.graduates if row["school_id"] == key]) for key in places]
        return {
            "year": self.year["be_year"],
            **self._parts(self.graduates),
            "schools": [{"school": key, **self._parts(graduates)} for key, graduates in of_schools],
        }

    def _parts(self, graduates: list[Values]) -> dict[str, Any]:
        levels = sorted({row["grade_level_id"] for row in graduates}, key=lambda key: int(self.levels[key]["ordinal"]))
        return {
            **self._figures(graduates),
            "levels": [
                {"gradeLevel": key, **self._figures([row for row in graduates if row["grade_level_id"] == key])}
                for key in levels
            ],
            "occupations": self._occupations([row for row in graduates if _has_job(row)]),
        }

    def _figures(self, graduates: list[Values]) -> dict[str, Any]:
        counts = Counter(row["status"] for row in graduates)
        known = len(graduates) - counts["UNKNOWN"]
        at_work = counts["EMPLOYED"] + counts["STUDY_AND_WORK"]
        jobs = [row for row in graduates if _has_job(row)]
        return {
            "graduates": len(graduates),
            "known": known,
            "suppressed": False,
            "responseRate": _rate(known, len(graduates)),
            **{
                name: {
                    "count": counts[status],
                    "shareOfAll": _rate(counts[status], len(graduates)),
                    "suppressed": False,
                    "shareOfKnown": None if status == "UNKNOWN" else _rate(counts[status], known),
                }
                for name, status in _STATUSES.items()
            },
            "unemployment": _share(counts["UNEMPLOYED"], at_work + counts["UNEMPLOYED"]),
            "jobMatch": _share(sum(map(self._is_target, jobs)), len(jobs)),
        }

    def _occupations(self, jobs: list[Values]) -> list[dict[str, Any]]:
        counts = Counter(row["occupation_id"] for row in jobs)
        order = sorted(counts, key=lambda key: (-counts[key], str(self.occupations[key]["code"])))
        return [
            {
                "occupation": key,
                "count": counts[key],
                "share": _rate(counts[key], len(jobs)),
                "suppressed": False,
                "matchCount": sum(row["occupation_id"] == key and self._is_target(row) for row in jobs),
            }
            for key in order
        ]

    def _is_target(self, graduate: Values) -> bool:
        """Whether the blueprint of the school's municipality named the occupation on the day."""
        municipality = self.schools[graduate["school_id"]]["municipality_id"]
        return any(
            target["occupation_id"] == graduate["occupation_id"]
            and target["municipality_id"] == municipality
            and target["target_from"] <= graduate["as_of"]
            and (target["target_to"] is None or graduate["as_of"] < target["target_to"])
            for target in self.rows["occupation_target"]
        )


def _has_job(graduate: Values) -> bool:
    return graduate["status"] in ("EMPLOYED", "STUDY_AND_WORK") and graduate["occupation_id"] is not None


def _share(count: int, denominator: int) -> dict[str, Any]:
    return {"count": count, "denominator": denominator, "rate": _rate(count, denominator), "suppressed": False}


def _rate(count: int, denominator: int) -> float | None:
    return float(round_half_up(Fraction(count, denominator))) if denominator else None
