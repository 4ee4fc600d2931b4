import pytest

from bench.answers import UnequalAnswersError, check_equal


def test_numbers_are_compared_as_decimals() -> None:
    check_equal("W", {"one": b'{"data":{"a":75}}', "other": b'{"data": {"a": 75.00}}'})


def test_a_number_that_is_off_by_little_is_unequal_and_named_by_its_path() -> None:
    with pytest.raises(UnequalAnswersError, match=r"data\.a\[1\]"):
        check_equal("W", {"one": b'{"data":{"a":[1,0.1]}}', "other": b'{"data":{"a":[1,0.10000000000000001]}}'})


def test_rows_in_another_order_are_unequal() -> None:
    with pytest.raises(UnequalAnswersError):
        check_equal("W", {"one": b'{"data":{"a":[1,2]}}', "other": b'{"data":{"a":[2,1]}}'})


def test_an_answer_with_errors_is_refused_even_where_all_agree() -> None:
    failed = b'{"data":null,"errors":[{"message":"no"}]}'
    with pytest.raises(UnequalAnswersError, match="errors"):
        check_equal("W", {"one": failed, "other": failed})
