"""Domain answers that are fields: averages, term results, indicators."""

from decimal import Decimal

from tests.schema.asking import Asker


async def test_gpax_is_of_the_own_stage_unless_one_is_named(ask: Asker) -> None:
    data = await ask.data("""{ studentBy(schoolCode: "3083000002", studentNo: "5") {
        gpax lower: gpax(stage: LOWER_SECONDARY) primary: gpax(stage: PRIMARY)
    } }""")
    assert data["studentBy"] == {"gpax": 4, "lower": 1, "primary": None}


async def test_gpax_is_cut_off_never_rounded(ask: Asker) -> None:
    data = await ask.data('{ studentBy(schoolCode: "3083000002", studentNo: "1") { gpax } }')
    # 1.5 credits each of 1.5, 1 (a 0 resat), 1, 1.5 and 2: 10.5 / 7.5.
    assert data["studentBy"]["gpax"] == Decimal("1.4")


async def test_no_counting_credits_give_no_average(ask: Asker) -> None:
    data = await ask.data('{ studentBy(schoolCode: "3083000002", studentNo: "7") { gpax termResults { totalCount } } }')
    assert data["studentBy"] == {"gpax": None, "termResults": {"totalCount": 0}}


async def test_term_results_say_what_was_registered_earned_and_pending(ask: Asker) -> None:
    data = await ask.data("""{ studentBy(schoolCode: "3083000002", studentNo: "3") {
        termResults { nodes { year { beYear } term { number } registered pending zeros creditsEarned gpaCredits gpa } }
    } }""")
    assert data["studentBy"]["termResults"]["nodes"] == [
        {
            "year": {"beYear": 2561},
            "term": {"number": number},
            "registered": registered,
            "pending": pending,
            "zeros": 0,
            "creditsEarned": earned,
            "gpaCredits": earned,
            "gpa": gpa,
        }
        for number, registered, pending, earned, gpa in ((1, 4, 2, Decimal("1.5"), 4), (2, 1, 1, 0, None))
    ]


async def test_indicators_count_pupils_on_the_census_day(ask: Asker) -> None:
    data = await ask.data("""{ indicators(years: [2561, 2560]) {
        year studentCount teacherCount subjectCount
        lowGpax { count denominator rate }
        overThreeZeros { ever outstanding denominator everRate schoolMeanEver schoolMeanOutstanding }
        dropout { count denominator rate }
        schools { school { code } studentCount overThreeZeros { ever } dropout { count } }
    } }""")
    before, now = data["indicators"]
    assert (before["year"], now["year"]) == (2560, 2561)
    # 2560: piti, aree at WAT; chujai, wira, kamol, thong at CITY. The wira of five zeros resigned in August.
    assert before["studentCount"] == 6
    assert before["overThreeZeros"]["ever"] == 1
    assert before["overThreeZeros"]["outstanding"] == 0
    assert before["overThreeZeros"]["everRate"] == Decimal("0.1667")
    assert before["overThreeZeros"]["schoolMeanEver"] == Decimal("0.5")
    assert before["dropout"] == {"count": 1, "denominator": 6, "rate": Decimal("0.1667")}
    assert [(s["school"]["code"], s["studentCount"], s["dropout"]["count"]) for s in before["schools"]] == [
        ("3083000001", 2, 0),
        ("3083000002", 4, 1),
    ]
    assert now["dropout"]["count"] == 0


async def test_indicators_of_no_year_are_an_empty_list(ask: Asker) -> None:
    assert await ask.data("{ indicators(years: []) { year } }") == {"indicators": []}


async def test_indicators_without_years_are_of_every_year_with_pupils(ask: Asker) -> None:
    data = await ask.data("{ indicators { year } }")
    assert [entry["year"] for entry in data["indicators"]] == [2559, 2560, 2561]
