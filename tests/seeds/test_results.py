"""The results of the synthetic pupils obey the rules of `schema.rules`."""

from collections import defaultdict
from datetime import date

from schema.rules.attendance import judge_attendance
from schema.rules.calendar import AcademicYear
from schema.rules.grades import find_grade_code, grade_score
from schema.rules.regrading import EventKind, Registration, ResultEvent, derive_state
from tests.seeds.rows import Made, lookup


def labels(rows: Made) -> dict[int | None, str]:
    return lookup(rows, "grade_code", "id label")


def test_every_history_is_one_that_the_rules_allow(small_city_rows: Made) -> None:
    rows, label = small_city_rows, labels(small_city_rows)
    years = lookup(rows, "academic_year", "id be_year")
    number = lookup(rows, "term", "id number")
    section = {key: number.get(term) for key, term in rows.read("section", "id term_id")}
    hours = {
        grade: (held, attended)
        for grade, held, attended in rows.read("attendance", "grade_id held_hours attended_hours")
    }
    events = defaultdict(list)
    for grade, sequence, kind, code, at in rows.read("grade_event", "grade_id sequence kind code_id at"):
        events[grade].append((sequence, kind, find_grade_code(label[code]), date.fromisoformat(at[:10])))
    changed = 0
    for grade, section_id, year, code, first, attempt in rows.read(
        "grade", "id section_id academic_year_id code_id first_code_id attempt"
    ):
        own = events[grade]
        if code is None:
            assert not own
            assert attempt == 0
            continue
        assert [sequence for sequence, *_ in own] == list(range(1, len(own) + 1))
        held, attended = hours[grade]
        registration = Registration(AcademicYear(years[year]), section[section_id], judge_attendance(attended, held))
        state = derive_state((ResultEvent(EventKind(kind), result, on) for _, kind, result, on in own), registration)
        assert state is not None
        awarded = next((result.label for _, _, result, _ in own if not result.is_pending), None)
        assert (awarded, state.current.label, state.attempt) == (label.get(first), label[code], attempt)
        changed += len(own) > 1
    assert changed > 1000


def test_events_of_a_registration_follow_one_another_in_time(small_city_rows: Made) -> None:
    moments = defaultdict(list)
    for grade, at in small_city_rows.read("grade_event", "grade_id at"):
        moments[grade].append(at)
    assert all(own == sorted(own) for own in moments.values())
    last = {grade: own[-1] for grade, own in moments.items()}
    assert all(at == last.get(grade, at) for grade, at in small_city_rows.read("grade", "id updated_at"))


def initial_codes(rows: Made) -> dict[int, int]:
    """The code of each registration's first event."""
    events = rows.read("grade_event", "grade_id kind code_id")
    return {grade: code for grade, kind, code in events if kind == "INITIAL"}


def test_a_score_earns_its_code_by_the_table(small_city_rows: Made) -> None:
    label = labels(small_city_rows)
    scored = [
        (code, score)
        for table in ("grade", "grade_event")
        for code, score in small_city_rows.read(table, "code_id score")
        if score is not None
    ]
    assert all(grade_score(int(score)).label == label[code] for code, score in scored)
    assert {score % 1 for _, score in scored} == {0, 0.5}


def test_a_pupil_is_barred_exactly_below_four_fifths_of_the_hours(small_city_rows: Made) -> None:
    label = labels(small_city_rows)
    activities = {key for key, kind in small_city_rows.read("subject", "id kind") if kind == "ACTIVITY"}
    hours = {
        grade: (held, there)
        for grade, held, there in small_city_rows.read("attendance", "grade_id held_hours attended_hours")
    }
    barred = 0
    initial = initial_codes(small_city_rows)
    for grade, subject in small_city_rows.read("grade", "id subject_id"):
        held, attended = hours[grade]
        if (first := initial.get(grade)) is not None:
            below = attended * 100 < held * 80
            assert (label[first] == ("มผ" if subject in activities else "มส")) == below
            barred += below
    assert barred > 100


def test_results_look_like_results(small_city_rows: Made) -> None:
    label = labels(small_city_rows)
    given = [label[first] for first in initial_codes(small_city_rows).values()]
    shares = {code: given.count(code) / len(given) for code in set(given)}
    assert set(shares) == {"4", "3.5", "3", "2.5", "2", "1.5", "1", "0", "ร", "มส", "ผ", "มผ"}
    assert all(0.03 < shares[code] < 0.3 for code in ("4", "3.5", "3", "2.5", "2", "1.5", "1"))
    assert 0.003 < shares["0"] < 0.04
    still = [label.get(code) for (code,) in small_city_rows.read("grade", "code_id")]
    assert still.count("ร") < 0.5 * given.count("ร")
    assert still.count("0") < given.count("0")


def test_pupils_of_kindergarten_have_no_results_of_those_years(small_city_rows: Made) -> None:
    small = {key for key, stage in small_city_rows.read("grade_level", "id stage") if stage == "KINDERGARTEN"}
    stays = small_city_rows.read("school_enrollment", "student_id academic_year_id grade_level_id")
    then = {(pupil, year) for pupil, year, level in stays if level in small}
    assert then
    assert not then & set(small_city_rows.read("grade", "student_id academic_year_id"))


def test_a_pupil_takes_twenty_to_twenty_four_subjects_a_year(small_city_rows: Made) -> None:
    taken: dict[tuple[int, int], int] = defaultdict(int)
    for pupil, year in small_city_rows.read("grade", "student_id academic_year_id"):
        taken[pupil, year] += 1
    full = [number for number in taken.values() if 20 <= number <= 24]
    assert len(full) > 0.95 * len(taken)


def test_a_pupils_grades_stand_in_the_order_of_time(small_city_rows: Made) -> None:
    term = lookup(small_city_rows, "section", "id term_id")
    grades = small_city_rows.read("grade", "student_id academic_year_id section_id")
    order = [(pupil, year, term[section] or 0) for pupil, year, section in grades]
    assert order == sorted(order)


def test_the_teacher_of_the_section_gives_the_results(small_city_rows: Made) -> None:
    teachers = lookup(small_city_rows, "section_teacher", "section_id teacher_id")
    section = lookup(small_city_rows, "grade", "id section_id")
    given = small_city_rows.read("grade_event", "grade_id teacher_id")
    assert all(teachers[section[grade]] == teacher for grade, teacher in given)
