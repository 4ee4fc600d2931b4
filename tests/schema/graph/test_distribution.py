"""`Subject.distribution` and `Section.distribution`: how results are spread over the codes."""

from decimal import Decimal

from tests.oracle.comparison import Engines
from tests.oracle.fixtures import engines
from tests.schema.asking import Asker

__all__ = ["engines"]

WHOLE = "registered graded withoutResult codes { code { label points } count share }"


async def test_every_code_is_shown_in_order_with_its_share_of_the_results(ask: Asker) -> None:
    data = await ask.data(f"""{{ subject(schoolCode: "3083000002", code: "ค21101", curriculum: "2551") {{
        distribution {{ {WHOLE} }} past: distribution(year: 2560) {{ registered codes {{ count }} }}
    }} }}""")
    told = data["subject"]["distribution"]
    # A 0 resat to 1, another, a ร, a 3 and a 2.
    assert (told["registered"], told["graded"], told["withoutResult"]) == (5, 5, 0)
    labels = ["4", "3.5", "3", "2.5", "2", "1.5", "1", "0", "ร", "มส", "ผ", "มผ"]
    assert [entry["code"]["label"] for entry in told["codes"]] == labels
    shares = {entry["code"]["label"]: (entry["count"], entry["share"]) for entry in told["codes"] if entry["count"]}
    assert shares == {
        "1": (2, Decimal("0.4")),
        "ร": (1, Decimal("0.2")),
        "3": (1, Decimal("0.2")),
        "2": (1, Decimal("0.2")),
    }
    past = data["subject"]["past"]
    assert past["registered"] == sum(entry["count"] for entry in past["codes"]) == 1


async def test_a_registration_without_a_result_has_a_share_of_none(ask: Asker) -> None:
    data = await ask.data(f"""{{ studentBy(schoolCode: "3083000002", studentNo: "3") {{
        grades(where: {{ code: {{}} }}) {{ totalCount }}
        without: grades(where: {{ NOT: [{{ code: {{}} }}] }}) {{ nodes {{ section {{ distribution {{ {WHOLE} }} }} }} }}
    }} }}""")
    (only,) = data["studentBy"]["without"]["nodes"]
    told = only["section"]["distribution"]
    assert (told["registered"], told["graded"], told["withoutResult"]) == (1, 0, 1)
    assert {(entry["count"], entry["share"]) for entry in told["codes"]} == {(0, None)}


async def test_lists_below_a_code_are_the_codes_own(ask: Asker) -> None:
    data = await ask.data("""{ subject(schoolCode: "3083000001", code: "ท11101", curriculum: "2551") {
        distribution { codes { count code { label grades(first: 1) { totalCount nodes { code { label } } } } } }
    } }""")
    for entry in data["subject"]["distribution"]["codes"]:
        assert {node["code"]["label"] for node in entry["code"]["grades"]["nodes"]} <= {entry["code"]["label"]}


async def test_a_year_out_of_bounds_is_refused(ask: Asker) -> None:
    error = await ask.error("{ subjects { nodes { distribution(year: 3000) { registered } } } }")
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


def test_the_oracle_counts_every_subject_and_section_alike(engines: Engines) -> None:
    for of in (
        f"distribution {{ {WHOLE} }}",
        f"distribution(year: 2560) {{ {WHOLE} }}",
        "distribution(year: 2500) { graded }",
    ):
        engines.agree(f"{{ subjects(first: 1000) {{ nodes {{ code {of} }} }} }}")
    engines.agree(f"{{ sections(first: 1000) {{ nodes {{ distribution {{ {WHOLE} __typename }} }} }} }}")
