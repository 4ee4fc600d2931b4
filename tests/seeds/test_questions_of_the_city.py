"""What the cookbook answers about the city, counted by hand-written SQL from the records alone."""

from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

import pytest

from tests.docs.examples import answer_shown
from tests.seeds.quartiles import quartiles
from tests.seeds.recount import YearFigures
from tests.seeds.rows import Record, Stored

Json = dict[str, Any]


@pytest.fixture
def city(full_city_url: str) -> Stored:
    return Stored(full_city_url)


def mean(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.0001"))


def test_failing_1(full_city_figures: dict[int, YearFigures]) -> None:
    shown = {one["year"]: one for one in answer_shown(1)["indicators"]}
    for year in shown:
        figures = full_city_figures[year]
        low, dropout = shown[year]["lowGpax"], shown[year]["dropout"]
        assert (low["count"], low["rate"]) == (
            figures.low_gpax,
            round(Decimal(figures.low_gpax) / figures.with_gpax, 4),
        )
        assert dropout["count"] == figures.dropouts
        before = full_city_figures.get(year - 1)
        assert low["change"] == (before and round(Decimal(figures.low_gpax) / before.low_gpax - 1, 4))
        assert shown[year]["overThreeZeros"]["schoolMeanEver"] == round(Decimal(figures.many_zeros_ever) / 7, 2)


def test_the_sizes_of_schools_2(city: Stored) -> None:
    counted = city.query("""
        SELECT code,
          (SELECT count(*) FROM school_enrollment e WHERE e.school_id = s.id AND e.entry_on <= '2018-06-10'
            AND (e.exit_on IS NULL OR e.exit_on > '2018-06-10')),
          (SELECT count(DISTINCT teacher_id) FROM teacher_assignment t JOIN academic_year y ON y.id = t.academic_year_id
            WHERE t.school_id = s.id AND be_year = 2561),
          (SELECT count(DISTINCT subject_id) FROM section c JOIN subject j ON j.id = c.subject_id
            JOIN academic_year y ON y.id = c.academic_year_id WHERE j.school_id = s.id AND be_year = 2561)
        FROM school s ORDER BY code""")
    shown = answer_shown(2)["indicators"][0]["schools"]
    assert counted == [
        (one["school"]["code"], one["studentCount"], one["teacherCount"], one["subjectCount"]) for one in shown
    ]


def test_leavers_3(city: Stored) -> None:
    counted = city.query("""
        SELECT be_year, r.code, count(*) AS leavers, count(DISTINCT school_id) FROM school_enrollment e
        JOIN academic_year y ON y.id = academic_year_id JOIN exit_reason r ON r.id = exit_reason_id
        WHERE r.code IN ('UNTRACEABLE', 'RESIGNED', 'OVER_AGE') AND be_year IN (2560, 2561)
        GROUP BY be_year, r.code ORDER BY be_year DESC, leavers DESC""")
    shown = answer_shown(3)["schoolEnrollments"]
    assert shown["totalCount"] == sum(leavers for _, _, leavers, _ in counted)
    assert counted == [
        (
            one["key"]["year"]["beYear"],
            one["key"]["exitReason"]["code"],
            one["count"],
            one["countDistinct"]["school"],
        )
        for one in shown["groups"]["nodes"]
    ]


def test_pupils_with_more_than_three_zeros_4(city: Stored, full_city_figures: dict[int, YearFigures]) -> None:
    counted = city.query("""
        SELECT count(*) AS zeros, student_no, given_name, s.name FROM grade g
        JOIN student p ON p.id = student_id JOIN school s ON s.id = p.school_id
        JOIN academic_year y ON y.id = academic_year_id JOIN grade_code c ON c.id = code_id
        WHERE be_year = 2561 AND label = '0' GROUP BY p.id, student_no, given_name, s.name
        HAVING count(*) > 3 ORDER BY zeros DESC, p.id""")
    shown = answer_shown(4)["grades"]["groups"]
    assert shown["totalCount"] == len(counted) == full_city_figures[2561].many_zeros_now
    assert counted[:3] == [
        (
            one["count"],
            one["key"]["student"]["studentNo"],
            one["key"]["student"]["givenName"],
            one["key"]["student"]["school"]["name"],
        )
        for one in shown["nodes"]
    ]


def test_averages_by_school_area_and_year_5(city: Stored) -> None:
    counted = city.query("""
        SELECT s.name, a.code, be_year, count(*), avg(points * 1.0) AS mean,
          sum(CASE WHEN points = 0 THEN 1 ELSE 0 END)
        FROM grade g JOIN subject j ON j.id = subject_id JOIN school s ON s.id = j.school_id
        JOIN learning_area a ON a.id = j.learning_area_id JOIN academic_year y ON y.id = academic_year_id
        LEFT JOIN grade_code c ON c.id = code_id
        WHERE a.code IN ('MAT', 'SCI', 'FOR') GROUP BY s.name, a.code, be_year ORDER BY mean""")
    shown = answer_shown(5)["grades"]["groups"]
    assert shown["totalCount"] == len(counted)
    assert [(*row[:4], mean(row[4]), row[5]) for row in counted[:4]] == [
        (
            one["key"]["school"]["name"],
            one["key"]["learningArea"]["code"],
            one["key"]["year"]["beYear"],
            one["count"],
            one["avg"]["code"]["points"],
            one["zeros"],
        )
        for one in shown["nodes"]
    ]


def gpaxs(city: Stored) -> dict[int, Fraction | None]:
    """The GPAX of the pupils of 2561 in the stage of their latest level, cut off at two decimals."""
    stage_now: dict[int, str] = dict(
        city.query("""
            SELECT student_id, stage FROM school_enrollment e JOIN grade_level l ON l.id = grade_level_id
            ORDER BY entry_on, e.id""")
    )
    sums = {
        (pupil, stage): (Fraction(points), Fraction(credit))
        for pupil, stage, points, credit in city.query("""
            SELECT student_id, stage, sum(g.credits * c.points), sum(g.credits) FROM grade g
            JOIN grade_code c ON c.id = code_id JOIN subject j ON j.id = subject_id
            JOIN grade_level l ON l.id = j.grade_level_id
            WHERE counts_in_gpa AND g.credits > 0 GROUP BY student_id, stage""")
    }
    there = city.query("""
        SELECT DISTINCT student_id FROM school_enrollment JOIN academic_year y ON y.id = academic_year_id
        WHERE be_year = 2561""")
    found = {pupil: sums.get((pupil, stage_now[pupil])) for (pupil,) in there}
    return {pupil: own and Fraction(int(own[0] * 100 / own[1]), 100) for pupil, own in found.items()}


def shown_quartiles(figures: Json) -> list[Decimal]:
    return [figures[name]["gpax"] for name in ("p25", "median", "p75")]


def test_quartiles_of_gpax_6(city: Stored) -> None:
    found = gpaxs(city)
    shown = answer_shown(6)["students"]
    assert shown_quartiles(shown["aggregate"]) == quartiles(found.values())
    homes = city.query("SELECT s.name, p.id FROM student p JOIN school s ON s.id = p.school_id ORDER BY s.name")
    by_school = {
        name: [found[pupil] for _, pupil in own if pupil in found] for name, own in groupby(homes, lambda row: row[0])
    }
    groups = shown["groups"]["nodes"]
    assert {one["key"]["school"]["name"]: (one["count"], shown_quartiles(one)) for one in groups} == {
        name: (len(own), quartiles(own)) for name, own in by_school.items()
    }
    medians = [one["median"]["gpax"] for one in groups]
    assert medians == sorted(medians, reverse=True)


def test_girls_and_boys_7(city: Stored) -> None:
    counted = city.query("""
        SELECT sex, count(DISTINCT p.id), count(DISTINCT p.id * 10 + t.number),
          sum(CASE WHEN f.label = '0' THEN 1 ELSE 0 END)
        FROM grade g JOIN student p ON p.id = student_id JOIN section n ON n.id = section_id
        JOIN term t ON t.id = n.term_id JOIN academic_year y ON y.id = g.academic_year_id
        JOIN subject j ON j.id = g.subject_id JOIN grade_level l ON l.id = j.grade_level_id
        LEFT JOIN grade_code f ON f.id = first_code_id
        WHERE be_year = 2561 AND stage = 'LOWER_SECONDARY' GROUP BY sex ORDER BY sex""")
    shown = answer_shown(7)
    assert counted == [
        (sex, one["countDistinct"]["student"], one["count"], one["sum"]["zerosEver"])
        for sex, one in (("FEMALE", shown["girls"]["aggregate"]), ("MALE", shown["boys"]["aggregate"]))
    ]


def test_moves_within_the_city_8(city: Stored) -> None:
    moved: list[Record] = city.query("""
        SELECT student_id, be_year FROM school_enrollment e JOIN academic_year y ON y.id = academic_year_id
        GROUP BY student_id, be_year HAVING count(DISTINCT school_id) > 1 ORDER BY be_year DESC, student_id""")
    shown = answer_shown(8)["schoolEnrollments"]["groups"]
    assert shown["totalCount"] == len(moved)
    names: dict[int, str] = dict(city.query("SELECT id, given_name FROM student"))
    assert [one["key"]["student"]["givenName"] for one in shown["nodes"]] == [names[pupil] for pupil, _ in moved[:2]]


def test_graduates_9(city: Stored) -> None:
    cohort = "graduate_destination d JOIN academic_year y ON y.id = academic_year_id AND be_year = 2560"
    statuses = city.query(f"SELECT status, count(*) FROM {cohort} GROUP BY status")
    shown = answer_shown(9)["graduateDestinations"]
    assert {one["key"]["status"]: one["count"] for one in shown["groups"]["nodes"]} == dict(statuses)
    ((known, matched),) = city.query(f"""
        SELECT count(*), sum(CASE WHEN EXISTS (SELECT 1 FROM occupation_target t WHERE t.occupation_id = d.occupation_id
            AND target_from <= '2018-12-15' AND (target_to IS NULL OR target_to >= '2018-12-15')) THEN 1 ELSE 0 END)
        FROM {cohort} WHERE status IN ('EMPLOYED', 'STUDY_AND_WORK') AND occupation_id IS NOT NULL""")
    assert shown["aggregate"] == {"knownOccupation": known, "inTarget": matched}
