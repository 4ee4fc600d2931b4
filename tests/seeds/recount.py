"""The city's figures counted anew from its rows: slow, obvious, and independent of the derived tables."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from tests.seeds.rows import Source, lookup


@dataclass(frozen=True)
class YearFigures:
    """What a year's records say. Counts by school are in no order."""

    be_year: int
    pupils: int
    teachers: int
    subjects: int
    low_gpax: int
    with_gpax: int
    many_zeros_ever: int
    many_zeros_now: int
    dropouts: int
    grades: int
    """Registrations of the year."""
    subjects_by_school: tuple[int, ...]


def recount(source: Source) -> dict[int, YearFigures]:
    """The figures of every year."""
    levels = lookup(source, "grade_level", "id stage")
    stage_of_subject = {key: levels[level] for key, level in source.read("subject", "id grade_level_id")}
    school_of_subject = lookup(source, "subject", "id school_id")
    points = {
        key: float(number) for key, number, counts in source.read("grade_code", "id points counts_in_gpa") if counts
    }
    zero = next(key for key, label in source.read("grade_code", "id label") if label == "0")
    reasons = {key for key, counts in source.read("exit_reason", "id counts_as_dropout") if counts}
    stays = defaultdict(list)
    for pupil, level, entry, left, reason in source.read(
        "school_enrollment", "student_id grade_level_id entry_on exit_on exit_reason_id"
    ):
        stays[pupil].append((entry, left or "9999", levels[level], reason))
    grades = defaultdict(list)
    for pupil, subject, year, credit, code, first in source.read(
        "grade", "student_id subject_id academic_year_id credits code_id first_code_id"
    ):
        grades[pupil].append((year, stage_of_subject[subject], float(credit), code, first))
    assigned = source.read("teacher_assignment", "teacher_id academic_year_id")
    taught = source.read("section", "subject_id academic_year_id")
    figures: dict[int, YearFigures] = {}
    ended: list[int] = []
    for year, be_year, begins, ends, census in source.read("academic_year", "id be_year starts_on ends_on census_on"):
        ended.append(year)
        there = {
            pupil: stage for pupil, own in stays.items() for entry, left, stage, _ in own if entry <= census < left
        }
        low = known = ever = now = 0
        for pupil, stage in there.items():
            counted = [
                (credit, points[code])
                for graded_in, of_stage, credit, code, _ in grades[pupil]
                if graded_in in ended and of_stage == stage and code in points
            ]
            credits_ = sum(credit for credit, _ in counted)
            known += credits_ > 0
            # Steps of a half: these sums are exact. The comparison asks for no division.
            low += credits_ > 0 and sum(credit * point for credit, point in counted) < 1.5 * credits_
            ever += sum(first == zero for graded_in, *_, first in grades[pupil] if graded_in == year) > 3
            now += sum(code == zero for graded_in, _, _, code, _ in grades[pupil] if graded_in == year) > 3
        dropouts = sum(
            any(
                reason in reasons and begins <= left <= ends and not any(left <= entry <= ends for entry, *_ in own)
                for _, left, _, reason in own
            )
            for own in stays.values()
        )
        subjects = {subject for subject, taught_in in taught if taught_in == year}
        figures[be_year] = YearFigures(
            be_year=be_year,
            pupils=len(there),
            teachers=len({teacher for teacher, assigned_in in assigned if assigned_in == year}),
            subjects=len(subjects),
            low_gpax=low,
            with_gpax=known,
            many_zeros_ever=ever,
            many_zeros_now=now,
            dropouts=dropouts,
            grades=sum(graded_in == year for own in grades.values() for graded_in, *_ in own),
            subjects_by_school=tuple(Counter(school_of_subject[subject] for subject in subjects).values()),
        )
    return figures


def check_case(figures: dict[int, YearFigures]) -> None:
    """Assert all that the case says of the city, and that its figures are those of a plausible one."""
    years = [figures[year] for year in (2558, 2559, 2560, 2561)]
    first, last = years[0], years[-1]
    assert (last.teachers, last.pupils, last.subjects) == (658, 9_668, 2_729)
    assert last.low_gpax < 0.75 * first.low_gpax
    # There are as many schools in each year, so the mean falls as the sum does.
    assert last.many_zeros_ever < 0.25 * first.many_zeros_ever
    assert last.many_zeros_now < first.many_zeros_now
    assert all(year.many_zeros_now < year.many_zeros_ever for year in years)
    assert all(later.dropouts < earlier.dropouts for earlier, later in pairwise(years))
    assert all(0 < year.dropouts < 0.01 * year.pupils for year in years)
    assert 300 < first.low_gpax < 0.08 * first.with_gpax
    assert 10 < last.many_zeros_ever < first.many_zeros_ever < 600
    assert all(195_000 < year.grades < 205_000 for year in years)
    assert len(last.subjects_by_school) == 7
    assert max(last.subjects_by_school) - min(last.subjects_by_school) > 150
