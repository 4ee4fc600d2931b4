"""Which members take part in what; on the graph of the tables as they are declared."""

from schema.graph import build_model
from schema.model.entities import Scalar, ToOne, Value
from schema.model.summaries import Family, Summaries

MODEL = build_model()
SUMMARIES = Summaries(MODEL)


def test_no_family_of_figures_is_empty() -> None:
    for entity in MODEL.listed:
        assert all(SUMMARIES.families(entity).values()), entity.name


def test_each_number_says_what_makes_it_whole() -> None:
    for entity in MODEL.listed:
        for member in SUMMARIES.numbers(entity).values():
            assert isinstance(member, ToOne) or (member.scale or 0) >= 1, (entity.name, member.name)


def test_numbers_lead_only_to_what_has_numbers() -> None:
    for entity in MODEL.listed:
        for member in SUMMARIES.numbers(entity).values():
            if isinstance(member, ToOne):
                assert SUMMARIES.numbers(MODEL.entities[member.target]), (entity.name, member.name)


def test_an_id_orders_but_groups_nothing() -> None:
    student = MODEL.entities["Student"]
    assert "id" in SUMMARIES.ordering(student)
    assert not any(isinstance(m, Value) and m.scalar is Scalar.ID for m in SUMMARIES.grouped(student).values())


def test_truth_and_choices_have_no_extremes() -> None:
    student = MODEL.entities["Student"]
    assert "sex" not in SUMMARIES.families(student)[Family.EXTREMES]
    assert "birthDate" in SUMMARIES.families(student)[Family.EXTREMES]
