from schema.compiler.drafts import Draft
from schema.compiler.rows import Year
from schema.model.entities import Step

OUTER = Step("term", "term", "{row}.term_id", outer=True)
INNER = Step("year", "academic_year", "{row}.academic_year_id", outer=False)


def test_the_same_join_is_made_once() -> None:
    draft = Draft("grades")
    assert draft.join("grade", INNER, None) is draft.join("grade", INNER, None)
    assert draft.join("grade", INNER, None) is not draft.join("grade", INNER, Year(None))
    assert len(draft.joins) == 2


def test_what_follows_an_outer_join_is_outer_too() -> None:
    # A row without a term was lost where the term's year was asked for.
    draft = Draft("grades")
    term = draft.join("grade", OUTER, None)
    assert draft.join(term.alias, INNER, None).outer
    assert not draft.join("grade", INNER, None).outer


def test_an_alias_that_is_taken_is_told_apart_by_where_the_join_begins_and_by_a_number() -> None:
    draft = Draft("grades", taken={"year", "grade_year"})
    assert draft.join("grade", INNER, None).alias == "grade_year_2"
    assert draft.join("section", INNER, None).alias == "section_year"


def test_an_object_of_a_level_shares_its_joins_and_a_subquery_within_it_does_not() -> None:
    draft = Draft("grades", taken={"grade"})
    draft.within("subject").join("grade", INNER, None)
    draft.apart("drawn").join("drawn", INNER, None)
    assert [join.origin for join in draft.joins.values()] == ["grade"]
    assert draft.within("subject").path == "grades.subject"
