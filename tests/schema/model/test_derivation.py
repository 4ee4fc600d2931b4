from schema.model.derivation import derive
from schema.model.entities import Value
from schema.tables import tables

_ENTITIES = derive(tables()).entities


def test_thai_words_are_sorted_by_the_column_beside_them() -> None:
    name = _ENTITIES["Student"].by_name["givenName"]
    assert isinstance(name, Value)
    assert name.sorted_by == "{row}.given_name_sort"


def test_other_values_are_sorted_by_themselves() -> None:
    for field in ("id", "studentNo", "birthDate", "sex"):
        value = _ENTITIES["Student"].by_name[field]
        assert isinstance(value, Value)
        assert value.sorted_by is None


def test_a_column_that_sorts_another_is_no_field() -> None:
    assert not [name for entity in _ENTITIES.values() for name in entity.by_name if name.endswith("Sort")]
