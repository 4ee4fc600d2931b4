"""`destinations`: what became of the graduates of a year, and that the rules say the same."""

from decimal import Decimal
from typing import Any

from schema.rules.destinations import Destination, Graduate, summarise_destinations
from tests.oracle.comparison import Engines
from tests.oracle.fixtures import engines
from tests.oracle.rows import Rows
from tests.schema.asking import Asker

__all__ = ["engines"]

SHARE = "{ count denominator rate }"
STATUSES = ("furtherStudy", "employed", "studyAndWork", "unemployed", "inactive", "unknown")
FIGURES = (
    "graduates known responseRate "
    + " ".join(f"{status} {{ count shareOfAll shareOfKnown }}" for status in STATUSES)
    + f" unemployment {SHARE} jobMatch {SHARE}"
)
PARTS = f"levels {{ gradeLevel {{ code }} {FIGURES} }} occupations {{ occupation {{ code nameTh }} count share matchCount }}"
WHOLE = f"year {FIGURES} {PARTS} schools {{ school {{ code }} {FIGURES} {PARTS} }}"


async def test_a_graduate_counts_once_as_last_found(ask: Asker) -> None:
    data = await ask.data(f"{{ destinations {{ {WHOLE} }} }}")
    (year,) = data["destinations"]
    # Kamol studies on; Thong was unknown in June and a cook in December.
    assert (year["year"], year["graduates"], year["known"], year["responseRate"]) == (2560, 2, 2, 1)
    half = {"count": 1, "shareOfAll": Decimal("0.5"), "shareOfKnown": Decimal("0.5")}
    assert year["furtherStudy"] == year["employed"] == half
    assert year["unknown"] == {"count": 0, "shareOfAll": 0, "shareOfKnown": None}
    assert year["unemployment"] == {"count": 0, "denominator": 1, "rate": 0}
    assert year["jobMatch"] == {"count": 1, "denominator": 1, "rate": 1}
    cook = {"occupation": {"code": "5120", "nameTh": "พ่อครัว"}, "count": 1, "share": 1, "matchCount": 1}
    assert year["occupations"] == [cook]
    assert [(level["gradeLevel"]["code"], level["graduates"]) for level in year["levels"]] == [("ม.3", 2)]
    (school,) = year["schools"]
    assert school["school"] == {"code": "3083000002"}
    assert {name: school[name] for name in school if name != "school"} == {
        name: year[name] for name in year if name not in ("year", "schools")
    }


async def test_a_year_without_graduates_has_figures_of_nobody(ask: Asker) -> None:
    data = await ask.data(f"{{ destinations(years: [2559]) {{ {WHOLE} }} none: destinations(years: []) {{ year }} }}")
    (year,) = data["destinations"]
    assert (year["graduates"], year["responseRate"], year["jobMatch"]["rate"]) == (0, None, None)
    assert year["employed"] == {"count": 0, "shareOfAll": None, "shareOfKnown": None}
    assert year["schools"] == year["levels"] == year["occupations"] == data["none"] == []


async def test_a_year_out_of_the_calendar_is_not_found_and_one_out_of_bounds_refused(ask: Asker) -> None:
    assert (await ask.error("{ destinations(years: [2500]) { year } }"))["extensions"]["code"] == "NOT_FOUND"
    error = await ask.error("{ destinations(years: [2399]) { year } }")
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "destinations(years:)" in error["message"]


def test_the_oracle_tells_the_same_of_a_busy_city(engines: Engines) -> None:
    for years in ("", "(years: null)", "(years: [])", "(years: [2561, 2559, 2561])", "(years: [2560])"):
        engines.agree(f"{{ destinations{years} {{ {WHOLE} }} }}")
    assert engines.agree("{ destinations(years: [2500]) { year } }").errors == (("destinations", "NOT_FOUND"),)


def test_the_rules_tell_the_same_of_a_busy_city(engines: Engines) -> None:
    for engine in engines.engines:
        for year in engines.show(engine, f"{{ destinations {{ {WHOLE} }} }}", {})["destinations"]:
            for school in year["schools"]:
                graduates, targets = _graduates(engine.oracle.rows, year["year"], school["school"]["code"])
                summary = summarise_destinations(graduates, targets)
                assert school["graduates"] == summary.response.denominator
                assert school["known"] == summary.response.count
                assert _equal(school["responseRate"], summary.response.rate)
                for name, destination in zip(STATUSES, Destination, strict=True):
                    of_known = summary.share_of_known(destination)
                    assert school[name]["count"] == summary.share_of_all(destination).count
                    assert _equal(school[name]["shareOfAll"], summary.share_of_all(destination).rate)
                    assert _equal(school[name]["shareOfKnown"], None if of_known is None else of_known.rate)
                for name, figure in (("unemployment", summary.unemployment), ("jobMatch", summary.job_match)):
                    assert (school[name]["count"], school[name]["denominator"]) == (figure.count, figure.denominator)
                    assert _equal(school[name]["rate"], figure.rate)


def _equal(told: float | None, expected: Decimal | None) -> bool:
    return (None if told is None else Decimal(str(told))) == expected


def _graduates(rows: Rows, be_year: int, school_code: str) -> tuple[list[Graduate], frozenset[str]]:
    """A school's graduates of a year, an occupation marked by the day it was found, and the marked ones that match."""
    year = next(row["id"] for row in rows["academic_year"] if row["be_year"] == be_year)
    school = next(row for row in rows["school"] if row["code"] == school_code)
    found: dict[int, Any] = {}
    for row in sorted(rows["graduate_destination"], key=lambda row: str(row["as_of"])):
        if row["academic_year_id"] == year:
            found[row["student_id"]] = row
    graduates: list[Graduate] = []
    targets: set[str] = set()
    for row in found.values():
        if row["school_id"] != school["id"]:
            continue
        job = None if row["occupation_id"] is None else f"{row['occupation_id']} on {row['as_of']}"
        graduates.append(Graduate(Destination(row["status"]), job))
        for target in rows["occupation_target"]:
            same = (target["occupation_id"], target["municipality_id"]) == (
                row["occupation_id"],
                school["municipality_id"],
            )
            if job and same and target["target_from"] <= row["as_of"] < (target["target_to"] or "9999-12-31"):
                targets.add(job)
    return graduates, frozenset(targets)
