from datetime import date

import pytest

from schema.rules.rows import Candidate
from schema.rules.rows.dates import in_order

MONDAY, TUESDAY = date(2018, 5, 14), date(2018, 5, 15)


@pytest.mark.parametrize(
    ("first", "last", "may_be_equal", "is_sound"),
    [
        (MONDAY, TUESDAY, False, True),
        (TUESDAY, MONDAY, False, False),
        (MONDAY, MONDAY, False, False),
        (MONDAY, MONDAY, True, True),
        (TUESDAY, MONDAY, True, False),
        (MONDAY, None, False, True),
    ],
)
def test_the_first_day_lies_before_the_last(
    first: date, last: date | None, *, may_be_equal: bool, is_sound: bool
) -> None:
    rule = in_order("first", "last", may_be_equal=may_be_equal)
    found = list(rule.check(Candidate({"first": first, "last": last}, {})))
    assert [refusal.field for refusal in found] == ([] if is_sound else ["last"])
