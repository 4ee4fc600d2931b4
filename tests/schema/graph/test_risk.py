"""`Student.risk`: which of the indicators' rules a pupil meets, and that the indicators count the same pupils."""

from decimal import Decimal
from typing import Any

import pytest

from tests.oracle.comparison import Engines
from tests.oracle.fixtures import engines
from tests.schema.asking import Asker

__all__ = ["engines"]

WHOLE = """
    year metCount
    lowGpax { met gpax credits }
    overThreeZeros { met ever metEver outstanding metOutstanding }
    lowAttendance { met attended held rate }
    dropout { met exitOn reasonCode }
"""


async def _risk(ask: Asker, student_no: str, year: str = "") -> Any:  # noqa: ANN401 - an answer
    query = f"""query ($no: String!) {{ studentBy(schoolCode: "3083000002", studentNo: $no) {{ risk{year} {{ {WHOLE} }} }} }}"""
    return (await ask.data(query, no=student_no))["studentBy"]["risk"]


async def test_a_low_average_is_a_risk_by_its_exact_value(ask: Asker) -> None:
    # 10.5 / 7.5 by the end of 2561.
    risk = await _risk(ask, "1")
    assert risk["year"] == 2561
    assert risk["lowGpax"] == {"met": True, "gpax": Decimal("1.4"), "credits": Decimal("7.5")}
    assert risk["metCount"] == 1


async def test_zeros_count_as_first_awarded_and_as_they_stand(ask: Asker) -> None:
    risk = await _risk(ask, "2", "(year: 2560)")
    assert risk["overThreeZeros"] == {
        "met": True,
        "ever": 5,
        "metEver": True,
        "outstanding": 3,
        "metOutstanding": False,
    }
    # 47 of 60 hours, and resigned in August; his average, 3 credits at 1 over 6.5, is low too.
    assert risk["lowAttendance"] == {"met": True, "attended": 47, "held": 60, "rate": Decimal("0.7833")}
    assert risk["dropout"] == {"met": True, "exitOn": "2017-08-31", "reasonCode": "RESIGNED"}
    assert risk["metCount"] == 4


async def test_eighty_per_cent_of_the_hours_is_enough(ask: Asker) -> None:
    risk = await _risk(ask, "1", "(year: 2559)")
    assert risk["lowAttendance"] == {"met": False, "attended": 48, "held": 60, "rate": Decimal("0.8")}


async def test_what_nothing_tells_is_null_and_does_not_count(ask: Asker) -> None:
    # Enrolled after the census day: neither average nor zeros are counted.
    late = await _risk(ask, "6")
    assert late["lowGpax"] == {"met": None, "gpax": None, "credits": None}
    assert late["overThreeZeros"]["met"] is None
    assert late["dropout"] == {"met": False, "exitOn": None, "reasonCode": None}
    nowhere = await _risk(ask, "6", "(year: 2559)")
    assert (nowhere["year"], nowhere["metCount"], nowhere["dropout"]["met"]) == (2559, 0, None)
    unknown = await _risk(ask, "1", "(year: 2500)")
    assert (unknown["year"], unknown["metCount"], unknown["lowGpax"]["met"]) == (None, 0, None)


async def test_a_year_out_of_bounds_is_refused_by_its_path(ask: Asker) -> None:
    error = await ask.error("{ students { nodes { risk(year: 2399) { metCount } } } }")
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "students.nodes.risk(year:)" in error["message"] or "students.risk(year:)" in error["message"]


@pytest.mark.parametrize("year", [2559, 2560, 2561])
async def test_the_pupils_at_risk_are_those_that_the_indicators_count(ask: Asker, year: int) -> None:
    data = await ask.data(f"""{{
        indicators(years: [{year}]) {{
            lowGpax {{ count denominator }} overThreeZeros {{ ever outstanding denominator }} dropout {{ count }}
        }}
        students(first: 1000) {{ nodes {{ risk(year: {year}) {{ {WHOLE} }} }} }}
    }}""")
    assert _counted([node["risk"] for node in data["students"]["nodes"]]) == data["indicators"][0]


def test_in_a_busy_city_too(engines: Engines) -> None:
    for year in (2559, 2560, 2561):
        query = f"""{{
            indicators(years: [{year}]) {{
                lowGpax {{ count denominator }} overThreeZeros {{ ever outstanding denominator }} dropout {{ count }}
            }}
            students(first: 1000) {{ nodes {{ risk(year: {year}) {{ {WHOLE} }} }} }}
        }}"""
        engines.agree(query)
        for engine in engines.engines:
            data = engines.show(engine, query, {})
            assert _counted([node["risk"] for node in data["students"]["nodes"]]) == data["indicators"][0]


def test_the_oracle_judges_every_pupil_alike(engines: Engines) -> None:
    engines.agree(
        f"{{ students(first: 1000) {{ nodes {{ own: risk {{ {WHOLE} }} none: risk(year: 2500) {{ {WHOLE} }} }} }} }}"
    )


def _counted(risks: list[dict[str, Any]]) -> dict[str, Any]:
    """The indicators as they would be counted pupil by pupil."""

    def count(rule: str, met: str = "met") -> int:
        return sum(risk[rule][met] is True for risk in risks)

    return {
        "lowGpax": {
            "count": count("lowGpax"),
            "denominator": sum(risk["lowGpax"]["met"] is not None for risk in risks),
        },
        "overThreeZeros": {
            "ever": count("overThreeZeros", "metEver"),
            "outstanding": count("overThreeZeros", "metOutstanding"),
            "denominator": sum(risk["overThreeZeros"]["met"] is not None for risk in risks),
        },
        "dropout": {"count": count("dropout")},
    }
