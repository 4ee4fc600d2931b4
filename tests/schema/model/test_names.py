import pytest

from schema.model.names import camel, screaming, snake


@pytest.mark.parametrize(
    ("name", "snaked"), [("academicYear", "academic_year"), ("sex", "sex"), ("gpaPoints", "gpa_points")]
)
def test_a_name_is_written_as_the_database_and_as_an_enumeration_writes_it(name: str, snaked: str) -> None:
    assert snake(name) == snaked
    assert screaming(name) == snaked.upper()
    assert camel(snaked) == name
