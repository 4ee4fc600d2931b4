from schema.checking.uses import Counted, Use, refusal_of_uses, uses_of
from schema.identity import Account
from schema.tables.learning import Curriculum, GradeLevel, Subject
from schema.tables.places import AcademicYear, School
from tests.engines import Client
from tests.small_city import SmallCity


def test_every_foreign_key_to_a_table_is_a_use_of_it() -> None:
    assert {(use.table, use.column) for use in uses_of(Curriculum)} == {
        ("learning_area", "curriculum_id"),
        ("subject", "curriculum_id"),
    }
    assert ("account_school", "school_id") in {(use.table, use.column) for use in uses_of(School)}


def test_what_goes_with_a_row_or_is_derived_is_no_use_of_it() -> None:
    assert [use.table for use in uses_of(Account) if use.table.startswith("account")] == []
    assert "term_result" not in {use.table for use in uses_of(AcademicYear)}


async def test_a_use_counts_what_refers_to_a_row_and_names_one(small_city: SmallCity) -> None:
    async with Client.connect(small_city.url) as client:
        level = small_city.levels["ม.1"]
        found = {use.table: (await client.rows(use.sql, level))[0] for use in uses_of(GradeLevel)}
        assert found["subject"] == (7, "3083000002 / ท21101 / 2551")
        assert found["homeroom"][1] == "3083000002 / 2559 / ม.1/1"
        assert found["school_enrollment"][0] > 0
        assert found["school_enrollment"][1] is None, "pupils are counted, not named"
        subject = small_city.subjects["ท21101"]
        rows = {use.table: (await client.rows(use.sql, subject))[0] for use in uses_of(Subject)}
        assert rows["section"] == (3, "3083000002 / ท21101 / 2551 / 2559 / 2559 / 1 / 1")


def test_the_refusal_to_delete_says_what_uses_the_row() -> None:
    use = Use("grade_level", "ระดับชั้น", "x_id", "")
    assert refusal_of_uses([Counted(use, 0, None)]) is None
    refusal = refusal_of_uses([Counted(use, 1200, "ม.1"), Counted(use, 2, None)])
    assert refusal is not None
    assert (refusal.field, refusal.code) == (None, "IN_USE")
    assert "grade level (1,200, such as ม.1), grade level (2)" in refusal.message
    assert "ระดับชั้น (1,200, เช่น ม.1)" in refusal.message_th
