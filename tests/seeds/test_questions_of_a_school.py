"""What the cookbook answers about schools and to integrators, counted by hand-written SQL from the records alone."""

from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

import pytest

from tests.docs.examples import COOKBOOK, answer_shown, questions_in
from tests.schema.asking import open_asker
from tests.seeds.quartiles import percentile
from tests.seeds.rows import Stored

ZEROS_OF_2561 = """
    FROM grade g JOIN academic_year y ON y.id = g.academic_year_id AND be_year = 2561
    JOIN grade_code c ON c.id = g.code_id AND label = '0'
    JOIN subject j ON j.id = g.subject_id JOIN school s ON s.id = j.school_id"""


@pytest.fixture
def city(full_city_url: str) -> Stored:
    return Stored(full_city_url)


def test_pupils_who_fail_mathematics_10(city: Stored) -> None:
    counted = city.query(f"""
        SELECT DISTINCT student_no {ZEROS_OF_2561} JOIN student p ON p.id = g.student_id
        JOIN learning_area a ON a.id = j.learning_area_id AND a.code = 'MAT'
        JOIN school_enrollment e ON e.student_id = p.id AND e.academic_year_id = y.id AND e.school_id = s.id
        JOIN grade_level l ON l.id = e.grade_level_id AND l.code = 'ม.3'
        WHERE s.code = '3083000001'""")
    shown = answer_shown(10)["school"]["students"]
    assert shown["totalCount"] == len(counted)
    assert {(one["studentNo"],) for one in shown["nodes"]} == set(counted)
    assert [one["gpax"] for one in shown["nodes"]] == sorted(one["gpax"] for one in shown["nodes"])


def test_subjects_with_most_zeros_11(city: Stored) -> None:
    counted = city.query(f"""
        SELECT s.name, j.code, count(*) AS zeros {ZEROS_OF_2561}
        GROUP BY s.code, s.name, j.id, j.code ORDER BY s.code, zeros DESC, j.id""")
    by_school = {name: [row[1:] for row in rows] for name, rows in groupby(counted, lambda row: row[0])}
    for school in answer_shown(11)["schools"]["nodes"]:
        own = by_school[school["name"]]
        assert school["grades"]["totalCount"] == sum(zeros for _, zeros in own)
        groups = school["grades"]["groups"]["nodes"]
        assert [(one["key"]["subject"]["code"], one["count"]) for one in groups] == own[:3]


def test_subjects_where_a_quarter_gets_1_or_less_12(city: Stored) -> None:
    counted = city.query("""
        SELECT j.id, j.code, s.name, points, count(*) FROM grade g
        JOIN academic_year y ON y.id = academic_year_id JOIN subject j ON j.id = subject_id
        JOIN school s ON s.id = j.school_id LEFT JOIN grade_code c ON c.id = code_id
        WHERE be_year = 2561 GROUP BY j.id, j.code, s.name, points ORDER BY j.id, points""")
    strict = []
    for (_, code, school), rows in groupby(counted, lambda row: row[:3]):
        own = [row[3:] for row in rows]
        points = [Fraction(value) for value, times in own if value is not None for _ in range(times)]
        registered = sum(times for _, times in own)
        if registered >= 50 and points and percentile(points, Fraction(1, 4)) <= 1:
            strict.append((code, school, registered, percentile(points, Fraction(1, 4))))
    shown = answer_shown(12)["grades"]["groups"]
    assert shown["totalCount"] == len(strict)
    assert {
        (
            one["key"]["subject"]["code"],
            one["key"]["subject"]["school"]["name"],
            one["count"],
            one["p25"]["code"]["points"],
        )
        for one in shown["nodes"]
    } == set(strict)
    means = [one["avg"]["score"] for one in shown["nodes"]]
    assert means == sorted(means)


def test_a_report_card_13(city: Stored) -> None:
    counted = city.query("""
        SELECT be_year, t.number, stage, sum(g.credits * points), sum(g.credits) FROM grade g
        JOIN student p ON p.id = student_id JOIN school s ON s.id = p.school_id JOIN section n ON n.id = section_id
        JOIN academic_year y ON y.id = g.academic_year_id JOIN term t ON t.id = term_id
        JOIN subject j ON j.id = g.subject_id JOIN grade_level l ON l.id = j.grade_level_id
        JOIN grade_code c ON c.id = code_id
        WHERE s.code = '3083000001' AND student_no = '13044' AND counts_in_gpa
        GROUP BY be_year, t.number, stage ORDER BY be_year, t.number""")
    shown = answer_shown(13)["studentBy"]
    now = [row for row in counted if row[0] == 2561]
    assert [one["gpa"] for one in shown["termResults"]["nodes"]] == [cut_off(*row[3:]) for row in now]
    stage = [row[3:] for row in counted if row[2] == now[-1][2]]
    assert shown["gpax"] == cut_off(sum(points for points, _ in stage), sum(credit for _, credit in stage))


def cut_off(points: Any, credit: Any) -> Decimal:  # noqa: ANN401 - int or Decimal
    return Decimal(int(Fraction(points) * 100 / Fraction(credit))) / 100


def test_teachers_loads_15(city: Stored) -> None:
    counted = city.query("""
        SELECT staff_no, count(*) AS sections, sum(planned_hours), count(DISTINCT subject_id) FROM section_teacher x
        JOIN section n ON n.id = section_id JOIN academic_year y ON y.id = academic_year_id
        JOIN teacher t ON t.id = x.teacher_id
        WHERE be_year = 2561 AND EXISTS (SELECT 1 FROM teacher_assignment w JOIN school s ON s.id = w.school_id
          WHERE w.teacher_id = t.id AND w.academic_year_id = y.id AND s.code = '3083000001')
        GROUP BY staff_no ORDER BY sections DESC, staff_no""")
    assert counted[:3] == [
        (
            one["staffNo"],
            one["sections"]["totalCount"],
            one["sections"]["aggregate"]["sum"]["plannedHours"],
            one["sections"]["aggregate"]["countDistinct"]["subject"],
        )
        for one in answer_shown(15)["school"]["teachers"]["nodes"]
    ]


def test_attendance_in_mathematics_16(city: Stored) -> None:
    ((rows, held, attended, least, under),) = city.query("""
        SELECT count(*), sum(held_hours), sum(attended_hours), min(attended_hours),
          sum(CASE WHEN attended_hours * 100 < held_hours * 80 THEN 1 ELSE 0 END)
        FROM attendance t JOIN grade g ON g.id = grade_id JOIN subject j ON j.id = subject_id
        JOIN school s ON s.id = j.school_id JOIN learning_area a ON a.id = j.learning_area_id
        JOIN academic_year y ON y.id = academic_year_id
        WHERE s.code = '3083000001' AND be_year = 2561 AND a.code = 'MAT' AND held_hours = 60""")
    shown = answer_shown(16)["attendances"]["aggregate"]
    assert (shown["count"], shown["min"], shown["under"]) == (rows, {"attendedHours": least}, under)
    assert shown["sum"] == {"heldHours": held, "attendedHours": attended}


def test_what_became_of_zeros_17(city: Stored) -> None:
    counted = city.query("""
        SELECT c.label, count(*), max(attempt),
          sum(CASE WHEN EXISTS (SELECT 1 FROM grade_event e WHERE e.grade_id = g.id AND kind = 'RESIT')
            THEN 1 ELSE 0 END)
        FROM grade g JOIN academic_year y ON y.id = academic_year_id JOIN grade_code f ON f.id = first_code_id
        JOIN grade_code c ON c.id = code_id WHERE be_year = 2561 AND f.label = '0'
        GROUP BY c.label, c.ordinal ORDER BY c.ordinal""")
    shown = answer_shown(17)["grades"]
    assert shown["totalCount"] == sum(row[1] for row in counted)
    assert counted == [
        (one["key"]["code"]["label"], one["count"], one["max"]["attempt"], one["resat"])
        for one in shown["groups"]["nodes"]
    ]


def test_a_front_page_18(city: Stored) -> None:
    ((pupils, teachers, homerooms, everyone),) = city.query("""
        SELECT (SELECT count(DISTINCT student_id) FROM school_enrollment WHERE school_id = s.id
            AND academic_year_id = y.id),
          (SELECT count(DISTINCT teacher_id) FROM teacher_assignment WHERE school_id = s.id AND academic_year_id = y.id),
          (SELECT count(*) FROM homeroom WHERE school_id = s.id AND academic_year_id = y.id),
          (SELECT count(DISTINCT student_id) FROM school_enrollment WHERE academic_year_id = y.id)
        FROM school s JOIN academic_year y ON be_year = 2561 WHERE s.code = '3083000004'""")
    ((rows, pending, zeros, mean),) = city.query("""
        SELECT count(*), sum(CASE WHEN label IN ('ร', 'มส') THEN 1 ELSE 0 END),
          sum(CASE WHEN label = '0' THEN 1 ELSE 0 END), avg(score * 1.0)
        FROM grade g JOIN academic_year y ON y.id = academic_year_id JOIN subject j ON j.id = subject_id
        JOIN school s ON s.id = j.school_id LEFT JOIN grade_code c ON c.id = code_id
        WHERE be_year = 2561 AND s.code = '3083000004'""")
    shown = answer_shown(18)
    school = shown["school"]
    assert school["students"]["aggregate"]["count"] == pupils
    assert (school["teachers"]["totalCount"], school["homerooms"]["totalCount"]) == (teachers, homerooms)
    assert shown["city"]["totalCount"] == everyone
    assert school["grades"]["aggregate"] == {
        "registrations": rows,
        "pending": pending,
        "zeros": zeros,
        "avg": {"score": Decimal(str(mean)).quantize(Decimal("0.0001"))},
    }


@pytest.mark.parametrize(
    ("number", "rows", "size", "everything"),
    [
        (19, "students", 1000, "SELECT id FROM student ORDER BY id"),
        (
            20,
            "grades",
            2,
            "SELECT id FROM grade WHERE updated_at >= '2019-05-09T17:00:00.000+00:00' ORDER BY updated_at, id",
        ),
    ],
    ids=["everything", "changes"],
)
async def test_page_by_page_each_row_comes_once(
    full_city_url: str, number: int, rows: str, size: int, everything: str
) -> None:
    question = next(one for one in questions_in(COOKBOOK) if one.asked.heading.startswith(f"{number}. "))
    query, variables = question.ask_with({})
    came: list[str] = []
    more: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    asker = await open_asker(full_city_url)
    try:
        while more["hasNextPage"]:
            page = (await asker.data(query, **variables | {"size": size, "after": more["endCursor"]}))[rows]
            came += [node["id"] for node in page["nodes"]]
            more = page["pageInfo"]
    finally:
        await asker.database.close()
    assert len(came) == page["totalCount"]
    assert [int(one.split(":")[1]) for one in came] == [key for (key,) in Stored(full_city_url).query(everything)]
