"""The statement that answers tells whose records it shows, and the client's answer is the same to the byte."""

from collections.abc import Collection
from dataclasses import dataclass, field

import orjson
import pytest

from hub.database import Address, Database
from schema.compiler.marks import take_out
from schema.graph import GraphContext, build_model
from schema.policy import Person
from tests.counting import calls_of
from tests.engines import Client
from tests.schema.asking import whole_schema
from tests.small_city import SmallCity


@dataclass
class Recording:
    pupils: set[int] = field(default_factory=set)
    personal: set[str] = field(default_factory=set)
    refuses: bool = False

    def admit(self) -> None:
        if self.refuses:
            raise ConnectionError("the log is away")

    def record(self, pupils: Collection[int], personal: frozenset[str]) -> None:
        self.pupils |= set(pupils)
        self.personal |= personal


async def recorded(url: str, query: str, *, refuses: bool = False) -> tuple[Recording, bytes]:
    """What is taken down of a question, and the answer, which must be what it is without a recorder."""
    database = await Database.open(Address.parse(url), readers=2)
    recording = Recording(refuses=refuses)
    try:
        answers = []
        for recorder in (None, recording):
            async with database.snapshot() as reader:
                context = GraphContext(reader, recorder=recorder)
                result = await whole_schema().execute(query, context_value=context)
                answers.append(orjson.dumps({"data": result.data, "errors": [str(e) for e in result.errors or ()]}))
    finally:
        await database.close()
    assert refuses or answers[0] == answers[1]
    return recording, answers[1]


async def keys(url: str, sql: str) -> set[int]:
    async with Client.connect(url) as client:
        return {row[0] for row in await client.rows(sql)}


@pytest.mark.parametrize(
    ("query", "sql"),
    [
        ("{ students(first: 3) { nodes { givenName } } }", "SELECT id FROM student ORDER BY id LIMIT 3"),
        ("{ students(first: 3) { edges { cursor node { id } } pageInfo { endCursor } } }", "SELECT id FROM student ORDER BY id LIMIT 3"),
        ("{ students(orderBy: [{familyName: DESC}]) { nodes { id grades { nodes { score } } } } }", "SELECT id FROM student"),
        ("{ students { totalCount aggregate { count } } }", "SELECT id FROM student WHERE 1 = 0"),
        ("{ grades(first: 5) { nodes { score } } }", "SELECT student_id FROM (SELECT student_id FROM grade ORDER BY academic_year_id, id LIMIT 5) AS g"),
        ("{ gradeEvents(first: 2) { nodes { reason } } }", "SELECT g.student_id FROM (SELECT grade_id FROM grade_event ORDER BY sequence, id LIMIT 2) AS e JOIN grade AS g ON g.id = e.grade_id"),
        ("{ gradeEvents(first: 2) { nodes { grade { student { sex } } } } }", "SELECT g.student_id FROM (SELECT grade_id FROM grade_event ORDER BY sequence, id LIMIT 2) AS e JOIN grade AS g ON g.id = e.grade_id"),
        ("{ attendances { nodes { heldHours } } }", "SELECT student_id FROM grade WHERE id IN (SELECT grade_id FROM attendance)"),
        ("{ studentIdentifiers { nodes { value } } }", "SELECT student_id FROM student_identifier"),
        ("{ schoolEnrollments { nodes { entryOn } } }", "SELECT student_id FROM school_enrollment"),
        ("{ graduateDestinations { nodes { status } } }", "SELECT student_id FROM graduate_destination"),
        ("{ termResults { nodes { zeros } } }", "SELECT student_id FROM term_result"),
        ("{ homeroomMemberships { nodes { entryOn } } }", "SELECT student_id FROM homeroom_membership"),
        ("{ grades { groups(by: [STUDENT]) { nodes { key { student { givenName } } count } } } }", "SELECT student_id FROM grade"),
        ("{ homerooms { nodes { students { nodes { givenName } } } } }", "SELECT student_id FROM homeroom_membership WHERE homeroom_id IN (SELECT id FROM homeroom)"),
        ("{ schools { nodes { name } } teachers { nodes { givenName } } }", "SELECT id FROM student WHERE 1 = 0"),
    ],
)  # fmt: skip
async def test_an_answer_tells_just_the_pupils_whose_records_it_shows(
    small_city: SmallCity, query: str, sql: str
) -> None:
    recording, _ = await recorded(small_city.url, query)
    assert recording.pupils == await keys(small_city.url, sql)


async def test_lookups_and_ids_tell_the_pupil_too(small_city: SmallCity) -> None:
    async with Client.connect(small_city.url) as client:
        ((pupil, number, code),) = await client.rows(
            "SELECT student.id, student_no, school.code FROM student JOIN school ON school.id = school_id"
            " ORDER BY student.id LIMIT 1"
        )
        ((grade, other),) = await client.rows("SELECT id, student_id FROM grade ORDER BY id DESC LIMIT 1")
    for query, found in (
        (f'{{ node(id: "Student:{pupil}") {{ __typename }} }}', {pupil}),
        (f'{{ nodes(ids: ["Grade:{grade}", "Student:{pupil}"]) {{ __typename id }} }}', {pupil, other}),
        (f'{{ studentBy(schoolCode: "{code}", studentNo: "{number}") {{ sex }} }}', {pupil}),
        ('{ node(id: "Student:0") { id } }', set()),
    ):
        recording, _ = await recorded(small_city.url, query)
        assert recording.pupils == found, query


@pytest.mark.parametrize(
    ("query", "personal"),
    [
        ("{ students { nodes { id givenName school { name } } } }", {"Student.givenName", "Student.school"}),
        ('{ students(where: {nationalId: {equals: "1"}}) { totalCount } }', {"Student.nationalId"}),
        ("{ students(orderBy: [{birthDate: ASC}]) { nodes { id } } }", {"Student.birthDate"}),
        ("{ students { aggregate { min { birthDate } } } }", {"Student.birthDate"}),
        ("{ students { groups(by: [SEX]) { nodes { count } } } }", {"Student.sex"}),
        ('{ schools(where: {students: {some: {givenName: {equals: "ก"}}}}) { totalCount } }', {"Student.givenName"}),
        ('{ studentBy(schoolCode: "1", studentNo: "2") { id } }', {"Student.studentNo"}),
        ("{ grades { nodes { student { sex } code { label } } } }", {"Grade.code", "Student.sex"}),
        ("{ schools { nodes { name } } }", set()),
        ("{ students { totalCount } }", set()),
    ],
)  # fmt: skip
async def test_what_is_shown_filtered_ordered_and_grouped_by_is_told(
    small_city: SmallCity, query: str, personal: set[str]
) -> None:
    recording, _ = await recorded(small_city.url, query)
    assert recording.personal == personal


async def test_a_name_that_holds_the_marks_own_characters_is_shown_as_it_is_and_marks_nobody(
    own_city: SmallCity,
) -> None:
    name = "\x01999999\x02"
    async with Client.connect(own_city.url) as client:
        pupil = await client.value("SELECT min(id) FROM student")
        await client.run("UPDATE student SET given_name = $1 WHERE id = $2", name, pupil)
    query = f'{{ node(id: "Student:{pupil}") {{ ... on Student {{ givenName school {{ name }} }} }} }}'
    recording, answer = await recorded(own_city.url, query)
    assert orjson.loads(answer)["data"]["node"]["givenName"] == name
    assert recording.pupils == {pupil}


async def test_nothing_is_read_where_it_cannot_be_taken_down(small_city: SmallCity) -> None:
    recording, answer = await recorded(small_city.url, "{ students { nodes { givenName } } }", refuses=True)
    assert orjson.loads(answer)["data"] is None
    assert recording.pupils == set()


def test_marks_are_taken_out_wherever_they_stand() -> None:
    assert take_out(b"[]") == (b"[]", frozenset())
    assert take_out(b'\x017\x02{"a":[\x018\x02{},\x017\x02{}]}') == (b'{"a":[{},{}]}', frozenset({7, 8}))


def test_marks_of_megabytes_are_taken_out_without_a_step_of_python_for_each() -> None:
    answer = b"[" + b",".join(b"\x01%d\x02%s" % (key, b'{"a":1}' * 470) for key in range(700)) + b"]"
    assert len(answer) > 2_300_000
    (taken, pupils), calls = calls_of(lambda: take_out(answer))
    assert len(pupils) == 700
    assert b"\x01" not in taken
    assert calls < 20


def test_whose_record_a_row_is_follows_from_its_references_as_its_access_declares() -> None:
    for entity in build_model().entities.values():
        declared = entity.access.pupil if entity.access and entity.access.about is Person.PUPIL else None
        # A change may also be of another pupil whose record the row was before.
        others = ["{row}.former_student_id"] if entity.name == "Change" else []
        assert [pupil.sql for pupil in entity.pupils] == ([] if declared is None else [declared, *others]), entity.name
