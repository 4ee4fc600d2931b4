from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from schema.rules.completion import CompletionPolicy, judge_completion, sum_earned_credits
from schema.rules.subject_codes import SubjectKind
from tests.schema.rules.strategies import credits_, grade


def test_what_is_missing_is_said_in_credits() -> None:
    completion = judge_completion(Decimal("64.5"), 10)
    assert (completion.missing_basic, completion.missing_additional) == (Decimal("1.5"), Decimal(1))


def test_additional_credits_do_not_make_up_for_basic_ones() -> None:
    assert not judge_completion(65, 40).is_complete


@given(credits_, credits_, credits_)
def test_more_credits_never_undo_completion(basic: Decimal, additional: Decimal, more: Decimal) -> None:
    if judge_completion(basic, additional).is_complete:
        assert judge_completion(basic + more, additional + more).is_complete


def test_a_stage_may_ask_for_other_credits() -> None:
    policy = CompletionPolicy(basic=Decimal(41), additional=Decimal(36))
    assert judge_completion(41, 36, policy).is_complete


def test_zeros_pending_results_and_activities_earn_nothing_towards_completion() -> None:
    earned = sum_earned_credits(
        [
            (SubjectKind.BASIC, grade("1.5", "4")),
            (SubjectKind.BASIC, grade(1, "0")),
            (SubjectKind.ADDITIONAL, grade(1, "ร")),
            (SubjectKind.ADDITIONAL, grade("0.5", "1")),
            (SubjectKind.ADDITIONAL, grade(1, "ผ")),
        ]
    )
    assert earned == (Decimal("1.5"), Decimal("0.5"))


@given(st.lists(st.tuples(st.sampled_from(SubjectKind), credits_), max_size=20))
def test_passed_credits_are_summed_by_kind(subjects: list[tuple[SubjectKind, Decimal]]) -> None:
    basic, additional = sum_earned_credits((kind, grade(str(credit), "2")) for kind, credit in subjects)
    assert basic == sum(credit for kind, credit in subjects if kind is SubjectKind.BASIC)
    assert additional == sum(credit for kind, credit in subjects if kind is SubjectKind.ADDITIONAL)
