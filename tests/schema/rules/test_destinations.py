from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from schema.rules.destinations import Destination, Graduate, summarise_destinations
from schema.rules.indicators import Figure

graduates = st.lists(
    st.builds(Graduate, st.sampled_from(Destination), st.sampled_from([None, "5120", "7231"])), max_size=30
)


def make_cohort() -> list[Graduate]:
    return [
        *[Graduate(Destination.FURTHER_STUDY)] * 4,
        Graduate(Destination.EMPLOYED, "5120"),
        Graduate(Destination.EMPLOYED, "9999"),
        Graduate(Destination.EMPLOYED),
        Graduate(Destination.STUDY_AND_WORK, "7231"),
        Graduate(Destination.UNEMPLOYED),
        Graduate(Destination.INACTIVE),
        *[Graduate(Destination.UNKNOWN)] * 2,
    ]


def test_a_cohort_is_summed_up_by_each_definition() -> None:
    summary = summarise_destinations(make_cohort(), frozenset({"5120", "7231"}))
    assert summary.response == Figure(10, 12)
    assert summary.unemployment == Figure(1, 5)
    assert summary.job_match == Figure(2, 3)
    assert summary.share_of_all(Destination.FURTHER_STUDY) == Figure(4, 12)
    assert summary.share_of_known(Destination.FURTHER_STUDY) == Figure(4, 10)
    assert summary.share_of_known(Destination.UNKNOWN) is None


def test_who_counts_as_employed_is_a_parameter() -> None:
    summary = summarise_destinations(make_cohort(), frozenset(), frozenset({Destination.EMPLOYED}))
    assert summary.unemployment.rate == Decimal("0.2500")


@given(graduates)
def test_the_shares_of_all_paths_make_up_the_whole(cohort: list[Graduate]) -> None:
    summary = summarise_destinations(cohort, frozenset({"5120"}))
    assert sum(summary.share_of_all(path).count for path in Destination) == len(cohort)
    known = [share for path in Destination if (share := summary.share_of_known(path))]
    assert sum(share.count for share in known) == summary.response.count


def test_an_empty_cohort_has_no_rates() -> None:
    summary = summarise_destinations([], frozenset())
    assert (summary.response.rate, summary.unemployment.rate, summary.job_match.rate) == (None, None, None)
