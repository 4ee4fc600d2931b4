"""What an analyst is told by `indicators`, `destinations` and `distribution`, beside a naive suppressor of plain lists."""

from collections.abc import AsyncIterator, Hashable, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

import pytest

from hub.database import Address, Database
from schema.policy import Reach, Role, Scope
from tests.engines import Client, in_session
from tests.oracle.policy import sights
from tests.oracle.rows import Rows, load
from tests.oracle.small_groups import Noise
from tests.oracle.told import STATUSES, census_cells, code_cells, graduate_cells, job_cells, judged
from tests.schema.asking import Asker
from tests.schema.graph.crowd import noise_of
from tests.schema.graph.test_small_groups import schema_of
from tests.schema.graph.trouble import add_trouble
from tests.small_city import SmallCity

RATE: Final = "{ count denominator rate change suppressed }"
ZEROS: Final = "ever outstanding denominator everRate outstandingRate everChange suppressed"
FIGURES: Final = f"studentCount suppressed lowGpax {RATE} dropout {RATE}"
SHARE: Final = "{ count shareOfAll shareOfKnown suppressed }"
NAMES: Final = dict(
    zip(STATUSES, ("furtherStudy", "employed", "studyAndWork", "unemployed", "inactive", "unknown"), strict=True)
)
GRADUATES: Final = (
    f"graduates known responseRate suppressed {' '.join(f'{name} {SHARE}' for name in NAMES.values())}"
    " unemployment { count denominator rate suppressed } jobMatch { count denominator rate suppressed }"
)
OCCUPATIONS: Final = "occupations { occupation { code } count share matchCount suppressed }"


class Troubled(NamedTuple):
    analyst: Asker
    rows: Rows
    noise: Noise


@pytest.fixture
async def troubled(own_city: SmallCity) -> AsyncIterator[Troubled]:
    in_session(own_city.url, lambda session: add_trouble(session, own_city))
    async with Client.connect(own_city.url) as client:
        noise = await noise_of(client.rows)
    database = await Database.open(Address.parse(own_city.url), readers=2)
    yield Troubled(Asker(database, schema_of(Role.ANALYST)), await load(own_city.url), noise)
    await database.close()


def rate(count: int | None, of: int | None, scale: int = 10_000) -> Decimal | None:
    if count is None or of is None:
        return None
    return min(Decimal(1), Decimal((count * scale * 2 // of + 1) // 2) / scale)


def change(latest: int | None, base: int | None) -> Decimal | None:
    if latest is None or base is None:
        return None
    size = Decimal((abs(latest - base) * 20_000 // base + 1) // 2) / 10_000
    return -size if latest < base else size


async def test_indicators_are_those_of_a_naive_suppressor(troubled: Troubled) -> None:
    told = judged(census_cells(sights(troubled.rows, Scope(Reach.ALL))), troubled.noise, 2)
    schools = {row["code"]: row["id"] for row in troubled.rows["school"]}
    means = "schoolMeanEver schoolMeanOutstanding schoolMeanEverChange"
    answer = await troubled.analyst.data(
        f"{{ indicators {{ year {FIGURES} overThreeZeros {{ {ZEROS} {means} }}"
        f" schools {{ school {{ code }} {FIGURES} overThreeZeros {{ {ZEROS} }} }} }} }}"
    )
    for year in answer["indicators"]:
        of_year = {"year": year["year"], "school": None}
        check(year, told, of_year)
        count = len(year["schools"])
        mean = told[("ever", year["year"], None)]
        assert year["overThreeZeros"]["schoolMeanEver"] == (
            None if mean is None else Decimal((mean * 200 // count + 1) // 2) / 100
        )
        for school in year["schools"]:
            check(school, told, {**of_year, "school": schools[school["school"]["code"]]})
    figures = [value for name, value in told.items() if name[0] in ("low", "ever", "dropouts")]  # type: ignore[index]
    assert None in figures
    assert any(value is not None for value in figures)


def check(shown: Mapping[str, Any], told: Mapping[Hashable, int | None], place: Mapping[str, Any]) -> None:
    """Every figure of a year or a school is as it is told, and nothing that rests on a hidden one is shown."""

    def of(figure: str, years: int = 0) -> int | None:
        return told.get((figure, place["year"] - years, place["school"]))

    assert (shown["studentCount"], shown["suppressed"]) == (of("students"), of("students") is None)
    for name, figure, whole in (("lowGpax", "low", "averaged"), ("dropout", "dropouts", "students")):
        assert shown[name] == {
            "count": of(figure),
            "denominator": of(whole),
            "rate": rate(of(figure), of(whole)),
            "change": change(of(figure), of(figure, 1)),
            "suppressed": None in (of(figure), of(whole)),
        }, (place, name)
    zeros = shown["overThreeZeros"]
    assert (zeros["ever"], zeros["outstanding"], zeros["denominator"]) == (
        of("ever"),
        of("outstanding"),
        of("students"),
    )
    assert zeros["everRate"] == rate(of("ever"), of("students"))
    assert zeros["everChange"] == change(of("ever"), of("ever", 1))
    assert zeros["suppressed"] is (None in (of("ever"), of("outstanding"), of("students")))


async def test_destinations_are_those_of_a_naive_suppressor(troubled: Troubled) -> None:
    told = judged(graduate_cells(troubled.rows), troubled.noise, 3)
    jobs = judged(job_cells(troubled.rows), troubled.noise, 3)
    keys = {table: _keys(troubled.rows, table) for table in ("school", "grade_level", "occupation")}
    parts = f"{GRADUATES} levels {{ gradeLevel {{ code }} {GRADUATES} }} {OCCUPATIONS}"
    answer = await troubled.analyst.data(
        f"{{ destinations {{ year {parts} schools {{ school {{ code }} {parts} }} }} }}"
    )
    (year,) = (row["id"] for row in troubled.rows["academic_year"] if row["be_year"] == 2560)
    (found,) = (one for one in answer["destinations"] if one["year"] == 2560)
    for place in (found, *found["schools"]):
        school = keys["school"][place["school"]["code"]] if "school" in place else None
        check_graduates(place, told, (year, school, None))
        for level in place["levels"]:
            check_graduates(level, told, (year, school, keys["grade_level"][level["gradeLevel"]["code"]]))
        shown = []
        for one in place["occupations"]:
            key = (year, school, keys["occupation"][one["occupation"]["code"]])
            count, matched = jobs[("jobs", *key)], jobs[("matched", *key)]
            assert (one["count"], one["matchCount"], one["suppressed"]) == (count, matched, None in (count, matched))
            assert one["share"] == rate(count, told[("jobs", year, school, None)])
            shown.append((-(count or 0), one["occupation"]["code"]))
        assert shown == sorted(shown), "the order would tell which of those hidden has more"
    assert {value is None for value in told.values()} == {True, False}


def check_graduates(
    shown: Mapping[str, Any], told: Mapping[Hashable, int | None], place: tuple[int, int | None, int | None]
) -> None:
    def of(figure: str) -> int | None:
        return told[(figure, *place)]

    assert (shown["graduates"], shown["known"]) == (of("graduates"), of("known")), place
    assert shown["responseRate"] == rate(of("known"), of("graduates"))
    assert shown["suppressed"] is (None in (of("graduates"), of("known")))
    for status, name in NAMES.items():
        assert shown[name] == {
            "count": of(status),
            "shareOfAll": rate(of(status), of("graduates")),
            "shareOfKnown": None if status == "UNKNOWN" else rate(of(status), of("known")),
            "suppressed": of(status) is None,
        }, (place, name)
    for name, figure, whole in (("unemployment", "UNEMPLOYED", "seeking"), ("jobMatch", "matched", "jobs")):
        assert shown[name] == {
            "count": of(figure),
            "denominator": of(whole),
            "rate": rate(of(figure), of(whole)),
            "suppressed": None in (of(figure), of(whole)),
        }, (place, name)


async def test_distributions_are_those_of_a_naive_suppressor(troubled: Troubled) -> None:
    rows, hidden = troubled.rows, 0
    labels = {row["label"]: row["id"] for row in rows["grade_code"]}
    codes = "codes { code { label } count share suppressed }"
    answer = await troubled.analyst.data(
        f"{{ subjects(first: 1000) {{ nodes {{ id distribution(year: 2561) {{ registered graded withoutResult suppressed {codes} }} }} }} }}"
    )
    years = {row["id"] for row in rows["academic_year"] if row["be_year"] == 2561}
    for node in answer["subjects"]["nodes"]:
        cells, counts = code_cells(rows, int(node["id"].partition(":")[2]), years)
        told = judged(cells, troubled.noise, 1)
        sizes = {cell.name: len(cell.pupils) for cell in cells}
        shown = {
            name: None if value is None else (2 * counts[name] * value + sizes[name]) // (2 * sizes[name])
            for name, value in told.items()
        }
        distribution = node["distribution"]
        registered = None if shown["without"] is None else shown["registered"]
        assert distribution["graded"] == shown["graded"]
        assert (distribution["registered"], distribution["withoutResult"]) == (registered, shown["without"])
        assert distribution["suppressed"] is (None in (registered, shown["graded"], shown["without"]))
        for one in distribution["codes"]:
            count = shown[labels[one["code"]["label"]]]
            assert (one["count"], one["suppressed"]) == (count, count is None)
            assert one["share"] == rate(count, shown["graded"])
            hidden += count is None
    assert any(one["count"] for node in answer["subjects"]["nodes"] for one in node["distribution"]["codes"])
    assert hidden


async def test_results_of_a_code_are_told_alike_by_another_question(troubled: Troubled) -> None:
    answer = await troubled.analyst.data(
        "{ subjects(first: 1000) { nodes { distribution(year: 2561) { graded codes { code { label } count } }"
        " grades(year: 2561) { groups(by: [CODE]) { nodes { key { code { label } } count } } } } } }"
    )
    alike = 0
    for subject in answer["subjects"]["nodes"]:
        spread = {one["code"]["label"]: one["count"] for one in subject["distribution"]["codes"]}
        for group in subject["grades"]["groups"]["nodes"]:
            label = group["key"]["code"] and group["key"]["code"]["label"]
            counts = {group["count"], spread.get(label)} - {None}
            assert len(counts) <= 1
            alike += bool(group["count"] and spread.get(label))
    assert alike


async def test_what_is_not_of_pupils_is_told_exactly(troubled: Troubled) -> None:
    answer = await troubled.analyst.data("{ indicators { year teacherCount subjectCount } }")
    for year in answer["indicators"]:
        (key,) = (row["id"] for row in troubled.rows["academic_year"] if row["be_year"] == year["year"])
        of = {
            table: [r for r in troubled.rows[table] if r["academic_year_id"] == key]
            for table in ("teacher_assignment", "section")
        }
        assert year["teacherCount"] == len({row["teacher_id"] for row in of["teacher_assignment"]})
        assert year["subjectCount"] == len({row["subject_id"] for row in of["section"]})


def _keys(rows: Rows, table: str) -> dict[str, int]:
    return {row["code"]: row["id"] for row in rows[table]}
