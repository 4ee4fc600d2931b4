"""What the database itself refuses is told in words, by what the drivers of both engines say."""

import pytest

from hub.database import Address, Database
from hub.database.errors import IntegrityError
from hub.editor.constraints import refusals_of_database
from schema.tables import learning, places, records
from schema.tables.declaration import Row
from tests.small_city import SmallCity

YEAR = "INSERT INTO academic_year (be_year, starts_on, ends_on, census_on) VALUES "


@pytest.mark.parametrize(
    ("model", "sql", "field", "code"),
    [
        (places.AcademicYear, YEAR + "(2561, '2018-05-16', '2019-05-15', '2018-06-10')", "be_year", "TAKEN"),
        (
            places.AcademicYear,
            YEAR + "(1999, '2018-05-16', '2019-05-15', '2018-06-10')",
            "be_year",
            "REFUSED_BY_DATABASE",
        ),
        (places.AcademicYear, YEAR + "(2599, '2020-05-16', '2019-05-15', '2019-06-10')", None, "REFUSED_BY_DATABASE"),
        (places.AcademicYear, YEAR + "(2599, NULL, '2019-05-15', '2018-06-10')", "starts_on", "REQUIRED"),
        (places.School, "UPDATE school SET code = '1010720039'", None, "REFUSED_BY_DATABASE"),
        (places.School, "UPDATE school SET code = '3083000001'", "code", "TAKEN"),
        (places.School, "UPDATE school SET municipality_id = 99999", None, "BROKEN_REFERENCE"),
        (places.School, "DELETE FROM school", None, "BROKEN_REFERENCE"),
        (places.Term, "UPDATE term SET starts_on = '2016-01-01', ends_on = '2020-01-01'", None, "OVERLAPS"),
        (learning.Subject, "UPDATE subject SET credits = 1.3", "credits", "REFUSED_BY_DATABASE"),
        (learning.Subject, "UPDATE subject SET kind = 'OTHER'", "kind", "REFUSED_BY_DATABASE"),
        (
            records.SchoolEnrollment,
            (
                "INSERT INTO school_enrollment (student_id, school_id, academic_year_id, grade_level_id, entry_on) SELECT"
                " student_id, school_id, academic_year_id, grade_level_id, '2001-01-01' FROM school_enrollment"
                " WHERE exit_on IS NULL"
            ),
            None,
            "TAKEN",
        ),
    ],
)
async def test_a_refusal_says_the_field_and_what_to_do(
    own_city: SmallCity, model: type[Row], sql: str, field: str | None, code: str
) -> None:
    database = await Database.open(Address.parse(own_city.url), readers=1)
    with pytest.raises(IntegrityError) as refused:
        async with database.writing() as connection:
            await connection.execute(sql)
    await database.close()
    (told,) = refusals_of_database(model, str(refused.value))
    assert (told.field, told.code) == (field, code)
    assert "constraint" not in told.message.lower()
    assert told.message.endswith(".")
    assert told.message_th


def test_what_no_constraint_says_is_told_without_the_drivers_words() -> None:
    (told,) = refusals_of_database(places.School, "something of the driver's own")
    assert told.code == "REFUSED_BY_DATABASE"
    assert "driver" not in told.message
