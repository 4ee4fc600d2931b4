from decimal import Decimal

from hypothesis import strategies as st

from schema.rules.gpa import CreditedGrade
from schema.rules.grades import STANDARD_GRADE_CODES, find_grade_code

codes = st.sampled_from(STANDARD_GRADE_CODES)
graded_codes = st.sampled_from([code for code in STANDARD_GRADE_CODES if code.points is not None])
passing_codes = st.sampled_from([code for code in STANDARD_GRADE_CODES if code.points])
credits_ = st.integers(1, 80).map(lambda halves: Decimal(halves) / 2)
credited_grades = st.builds(CreditedGrade.of, credits_, codes)
grade_lists = st.lists(credited_grades, max_size=40)


def grade(credits_: str | int, label: str) -> CreditedGrade:
    return CreditedGrade.of(Decimal(credits_), find_grade_code(label))
