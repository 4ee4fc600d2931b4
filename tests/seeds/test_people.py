"""The people of the synthetic city: where they are, and when."""

from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

from schema.rules.identifiers import IdentifierKind, parse_identifier, parse_school_code
from seeds.rows import COLUMNS
from tests.seeds.rows import Made, lookup


def stays_of(rows: Made) -> dict[int, list[tuple[Any, ...]]]:
    """By pupil: entry, exit, school, year, level, reason."""
    stays = defaultdict(list)
    columns = "student_id entry_on exit_on school_id academic_year_id grade_level_id exit_reason_id"
    for pupil, *stay in rows.read("school_enrollment", columns):
        stays[pupil].append(tuple(stay))
    return stays


def test_no_pupil_is_enrolled_twice_at_once(small_city_rows: Made) -> None:
    for stays in stays_of(small_city_rows).values():
        for (_, left, *_), (entered, *_) in pairwise(stays):
            assert left is not None
            assert left <= entered


def test_a_stay_lies_inside_its_year_and_ends_with_it_without_a_reason(small_city_rows: Made) -> None:
    years = {key: (first, last) for key, first, last in small_city_rows.read("academic_year", "id starts_on ends_on")}
    newest = max(years)
    for stays in stays_of(small_city_rows).values():
        for entered, left, _, year, _, reason in stays:
            first, last = years[year]
            assert first <= entered <= last
            if left is None:
                assert year == newest
            elif reason is None:
                assert left == years[year + 1][0]
            else:
                assert entered < left <= last


def test_pupils_move_up_a_level_a_year_or_repeat_it(small_city_rows: Made) -> None:
    ordinal = lookup(small_city_rows, "grade_level", "id ordinal")
    steps: Counter[int] = Counter()
    for stays in stays_of(small_city_rows).values():
        for (*_, year, level, _), (*_, next_year, next_level, _) in pairwise(stays):
            step = ordinal[next_level] - ordinal[level]
            assert step == 0 if year == next_year else step in (0, 1)
            steps[step] += year != next_year
    assert 0 < steps[0] < 0.03 * steps[1]


def test_some_move_between_the_schools_within_a_year_and_some_come_back(small_city_rows: Made) -> None:
    dropped = {key for key, counts in small_city_rows.read("exit_reason", "id counts_as_dropout") if counts}
    moves = returns = 0
    for stays in stays_of(small_city_rows).values():
        for (_, _, school, year, _, reason), (_, _, next_school, next_year, *_) in pairwise(stays):
            moves += year == next_year and school != next_school
            returns += reason in dropped
    assert moves > 3
    assert returns > 0


def test_a_pupils_school_is_the_latest_and_the_number_is_unique_in_it(small_city_rows: Made) -> None:
    stays = stays_of(small_city_rows)
    pupils = small_city_rows.read("student", "id school_id student_no")
    assert all(stays[pupil][-1][2] == school for pupil, school, _ in pupils)
    numbers = [(school, number) for _, school, number in pupils]
    assert len(set(numbers)) == len(numbers)
    assert all(len(number) == 5 and number.isdecimal() for _, number in numbers)


def test_keys_rise_with_schools_numbers_and_rooms(small_city_rows: Made) -> None:
    codes = lookup(small_city_rows, "school", "id code")
    assert list(codes.values()) == sorted(codes.values())
    pupils = [(codes[school], number) for school, number in small_city_rows.read("student", "school_id student_no")]
    assert pupils == sorted(pupils)
    rooms = [
        (school, year, level, int(name.split("/")[1]))
        for school, year, level, name in small_city_rows.read(
            "homeroom", "school_id academic_year_id grade_level_id name"
        )
    ]
    assert rooms == sorted(rooms)


def test_school_codes_are_municipal(small_city_rows: Made) -> None:
    codes = [code for (code,) in small_city_rows.read("school", "code")]
    assert [parse_school_code(code) for code in codes] == codes
    assert codes[0] == "3083000001"


def test_identifiers_are_valid_and_no_living_person_bears_them(small_city_rows: Made) -> None:
    kinds: Counter[str] = Counter()
    for kind, value in small_city_rows.read("student_identifier", "kind value"):
        assert parse_identifier(IdentifierKind(kind), value) == value
        # A first digit of 9 is never issued.
        assert kind != "NATIONAL_ID" or value[0] == "9"
        kinds[kind] += 1
    assert 0.01 < kinds["G_CODE"] / kinds.total() < 0.03
    assert kinds["PASSPORT"] > 0


def test_some_pupils_without_papers_get_a_national_id_and_stay_the_same_pupil(small_city_rows: Made) -> None:
    held: defaultdict[int, dict[str, tuple[str, str | None]]] = defaultdict(dict)
    columns = "student_id kind valid_from valid_to"
    for pupil, kind, since, until in small_city_rows.read("student_identifier", columns):
        held[pupil][kind] = since, until
    settled = [own for own in held.values() if len(own) == 2]
    assert settled
    assert all(own["G_CODE"][1] == own["NATIONAL_ID"][0] for own in settled)
    assert len(held) == len(small_city_rows.rows["student"])


def test_memberships_of_homerooms_fill_the_stay_without_gaps(small_city_rows: Made) -> None:
    room = {
        key: place for key, *place in small_city_rows.read("homeroom", "id school_id academic_year_id grade_level_id")
    }
    sat: defaultdict[int, list[tuple[str, str | None, list[int]]]] = defaultdict(list)
    moved = 0
    for pupil, homeroom, since, until in small_city_rows.read(
        "homeroom_membership", "student_id homeroom_id entry_on exit_on"
    ):
        own = sat[pupil]
        if own and own[-1][1] == since and own[-1][2] == room[homeroom]:
            moved += 1
            own[-1] = (own[-1][0], until, room[homeroom])
        else:
            own.append((since, until, room[homeroom]))
    for pupil, stays in stays_of(small_city_rows).items():
        assert sat[pupil] == [(since, until, [school, year, level]) for since, until, school, year, level, _ in stays]
    assert moved > 5


def test_teachers_teach_one_area_and_hold_a_post_at_the_school(small_city_rows: Made) -> None:
    subject = {key: place for key, *place in small_city_rows.read("subject", "id school_id learning_area_id kind")}
    section = {key: place for key, *place in small_city_rows.read("section", "id subject_id academic_year_id")}
    posts = set(small_city_rows.read("teacher_assignment", "teacher_id school_id academic_year_id"))
    areas = defaultdict(set)
    for taught, teacher in small_city_rows.read("section_teacher", "section_id teacher_id"):
        subject_id, year = section[taught]
        school, area, kind = subject[subject_id]
        assert (teacher, school, year) in posts
        if kind != "ACTIVITY":
            areas[teacher].add(area)
    assert all(len(own) == 1 for own in areas.values())


def test_most_graduates_answer_and_some_work_in_target_occupations(small_city_rows: Made) -> None:
    targets = {occupation for (occupation,) in small_city_rows.read("occupation_target", "occupation_id")}
    asked = small_city_rows.read("graduate_destination", "status occupation_id")
    answered = [status for status, _ in asked if status != "UNKNOWN"]
    assert 0.8 < len(answered) / len(asked) < 0.95
    jobs = [occupation for _, occupation in asked if occupation is not None]
    assert {True, False} == {job in targets for job in jobs}


def test_texts_hold_nothing_that_would_break_a_copy(small_city_rows: Made) -> None:
    texts = {
        value for table in COLUMNS for row in small_city_rows.rows[table] for value in row if isinstance(value, str)
    }
    assert "None" not in texts
    assert not any(forbidden in text for text in texts for forbidden in "\t\n\r\\")


def test_every_row_changed_last_at_a_moment_of_the_past(small_city_rows: Made) -> None:
    moments = {row[1] for table in COLUMNS for row in small_city_rows.rows[table]}
    assert min(moments) >= "2015-05-01"
    assert max(moments) < "2019-05-16"
    assert all(len(moment) == 29 and moment[10] == "T" and moment[19] == "." for moment in moments)


def test_no_homeroom_is_almost_empty(small_city_rows: Made) -> None:
    # Pupils once kept a programme that their new school does not teach, each alone in a room of it.
    sizes = Counter(homeroom for (homeroom,) in small_city_rows.read("homeroom_membership", "homeroom_id"))
    assert set(sizes) == {homeroom for (homeroom,) in small_city_rows.read("homeroom", "id")}
    assert min(sizes.values()) > 3
