"""Role x type x field x argument x operation: what each role's schema offers, and what is said of all that it hides.

What a role may read is written once more in `SEEN` and `FIELDS`; a cell that stands in neither is denied.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Final

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    parse,
    validate,
)

from hub.database import Address, Database
from schema.compiler.scoping import conditions
from schema.graph import GraphContext, Schemas, Sight, build_model
from schema.model.entities import Embedded, Entity, Listing, ToMany, ToOne
from schema.model.names import screaming
from schema.policy import NO_ROWS, REACHES, SCHOOL_SETS, SETS, Narrowing, Reach, Role
from schema.tables import tables
from tests.small_city import SmallCity

SEEN: Final[Mapping[str, str]] = {
    # a admin, o officer, h head, t teacher, n analyst, i integrator
    **dict.fromkeys(("Municipality", "AcademicYear", "Term", "GradeLevel", "Curriculum", "LearningArea"), "aohtni"),
    **dict.fromkeys(("GradeCode", "ExitReason", "Occupation", "OccupationTarget", "School", "Subject"), "aohtni"),
    "Me": "aohtni",
    **dict.fromkeys(("Section", "SectionTeacher", "Homeroom", "HomeroomTeacher", "HomeroomMembership"), "aohti"),
    **dict.fromkeys(("Student", "SchoolEnrollment", "Grade", "GradeEvent", "Attendance", "TermResult"), "aohti"),
    **dict.fromkeys(("Teacher", "TeacherAssignment"), "aohti"),
    **dict.fromkeys(("YearIndicators", "SchoolIndicators", "YearDestinations", "SchoolDestinations"), "aohni"),
    **dict.fromkeys(("LevelDestinations", "OccupationDestinations"), "aohni"),
    "GradeCodeCount": "aohtni",
    "GraduateDestination": "aohi",
    **dict.fromkeys(("StudentIdentifier", "Change"), "a"),
}
"""The roles that see a type."""

FIELDS: Final[Mapping[str, str]] = {"Student.nationalId": "a"}
"""The roles that see a field, where they are fewer than see its type."""

_OF_GRADES = "subject year code firstCode term school learningArea gradeLevel"
_OF_GRADUATES = "year school gradeLevel status occupation"
_OF_STAYS = "school year gradeLevel exitReason"
COUNTED: Final[Mapping[str, Mapping[str, str]]] = {
    "Student": {"where": "school sex", "groups": "school sex"},
    "SchoolEnrollment": {"where": _OF_STAYS, "groups": _OF_STAYS, "countDistinct": "student"},
    "Grade": {
        "where": "year code firstCode school gradeLevel",
        "groups": _OF_GRADES,
        "countDistinct": "student",
        "avg": "score code",
    },
    "TermResult": {"where": "year stage", "groups": "year term stage", "countDistinct": "student", "avg": "gpa"},
    "GraduateDestination": {"where": _OF_GRADUATES, "groups": _OF_GRADUATES, "countDistinct": "student"},
    "GradeCode": {"avg": "points"},
}
"""What an analyst may ask the figures of rows by that it does not see: by operation, the members."""

LETTERS: Final = dict(zip("aohtni", ("admin", "officer", "head", "teacher", "analyst", "integrator"), strict=True))

READ_BY_NOBODY: Final[frozenset[str]] = frozenset()
"""Tables of records without an access, by name; none as yet."""

NARROWED: Final = Sight(
    Role.INTEGRATOR,
    Reach.SCHOOLS,
    Narrowing(frozenset({"students", "grades.score", "grades.student"}), frozenset({"birthDate"})),
)

_OPERATIONS: Final = {
    "select": "",
    "where": "Where",
    "orderBy": "Order",
    "groups": "GroupKey",
    "groups by the order of": "GroupKeyOrder",
    "countDistinct": "Distinct",
    "countDistinct having": "DistinctHaving",
    "countDistinct ordering": "DistinctOrder",
    "avg": "Numbers",
    "avg having": "NumbersHaving",
    "avg ordering": "NumbersOrder",
    "min": "Extremes",
    "min having": "ExtremesHaving",
    "min ordering": "ExtremesOrder",
}
"""Where a member of a type can be named, by what follows the type's name."""

Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType


@cache
def schemas() -> Schemas:
    return Schemas()


def sight(role: str) -> Sight:
    return Sight(Role(role), REACHES[Role(role)])


def schema_of(seen: Sight) -> GraphQLSchema:
    return schemas().of(seen)._schema  # noqa: SLF001 - Strawberry has no public way to it


def whole() -> GraphQLSchema:
    return schema_of(sight("admin"))


def sees(letter: str, entity: Entity, name: str | None = None) -> bool:
    """Whether the table above lets a role see a type, or a member of it and the type that it leads to."""
    if letter not in SEEN.get(entity.name, ""):
        return False
    member = entity.by_name.get(name or "")
    target = member.target if isinstance(member, ToOne | ToMany | Listing) else entity.name
    return letter in SEEN.get(target, "") and letter in FIELDS.get(f"{entity.name}.{name}", LETTERS.keys())


every_role = pytest.mark.parametrize("letter", [*LETTERS], ids=[*LETTERS.values()])
every_sight = pytest.mark.parametrize(
    "seen", [*(sight(role) for role in LETTERS.values()), NARROWED], ids=[*LETTERS.values(), "narrowed"]
)


def test_every_table_says_who_reads_it() -> None:
    # A new table fails here until it declares an access, or stands in the list of those that nobody reads.
    without = {model.__table__.name for model in tables() if model.about.access is None}
    assert without == READ_BY_NOBODY
    for reach in (Reach.SCHOOLS, Reach.TEACHER):
        assert all(conditions(reach)[name] == NO_ROWS for name in without)


def test_every_type_of_the_graph_stands_in_the_table_above() -> None:
    assert {*build_model().entities} == {*SEEN}


@every_role
def test_a_role_can_name_a_member_where_the_table_says_so_and_nowhere_else(letter: str) -> None:
    offered = schema_of(sight(LETTERS[letter])).type_map
    wrong = []
    for entity in build_model().entities.values():
        for operation, suffix in _OPERATIONS.items():
            made = whole().type_map.get(entity.name + suffix)
            for name, field in made.fields.items() if isinstance(made, Composite) else ():
                expected = _may(letter, entity, operation, name)
                own = offered.get(entity.name + suffix)
                actual = isinstance(own, Composite) and name in own.fields
                # What is summed up by way of a row, or is of nothing seen, has nothing left to name.
                if expected != actual and not (expected and _is_empty(letter, field.type)):
                    wrong.append((entity.name, operation, name, expected))
        by = whole().type_map.get(f"{entity.name}GroupBy")
        for value in by.values if isinstance(by, GraphQLEnumType) else ():
            name = next(one for one in entity.by_name if screaming(one) == value)
            own = offered.get(f"{entity.name}GroupBy")
            expected = _may(letter, entity, "by", name)
            if expected != (isinstance(own, GraphQLEnumType) and value in own.values):
                wrong.append((entity.name, "by", name, expected))
    assert wrong == []


def _may(letter: str, entity: Entity, operation: str, name: str) -> bool:
    """Whether a role may name a member in an operation."""
    asked = COUNTED.get(entity.name, {}) if letter == "n" else {}
    if letter == "n" and entity.name in COUNTED and (operation in asked or letter not in SEEN[entity.name]):
        same = {"by": "groups", "groups by the order of": "groups"}.get(operation, operation)
        return name in asked.get(same, "").split()
    member = entity.by_name.get(name)
    if letter == "n" and operation == "select" and isinstance(member, ToMany) and member.target in COUNTED:
        return letter in SEEN[entity.name]
    return sees(letter, entity, name if name in entity.by_name else None)


def _is_empty(letter: str, made: object) -> bool:
    """Whether a type is not left for a role, for nothing that it names is."""
    return get_named_type(made).name not in schema_of(sight(LETTERS[letter])).type_map  # type: ignore[call-overload]


@every_role
def test_a_role_can_begin_at_the_types_it_sees_and_at_no_other(letter: str) -> None:
    offered, query = schema_of(sight(LETTERS[letter])), whole().query_type
    assert query is not None
    assert offered.query_type is not None
    model = build_model()
    for name, field in query.fields.items():
        kind = re.sub(r"Connection$", "", get_named_type(field.type).name)
        is_counted = letter == "n" and kind in COUNTED and name == model.entities[kind].plural
        expected = name in ("node", "nodes") or is_counted or sees(letter, model.entities[kind])
        assert (name in offered.query_type.fields) is expected, name
    node = offered.type_map["Node"]
    found = {made.name for made in offered.get_possible_types(node)}  # type: ignore[arg-type]
    assert found == {entity.name for entity in model.entities.values() if entity.is_node and sees(letter, entity)}


@every_role
def test_no_type_that_is_left_leads_to_one_that_the_role_may_not_see(letter: str) -> None:
    hidden = {entity.name for entity in build_model().entities.values() if not sees(letter, entity)}
    counted = {f"{name}{kind}" for name in COUNTED for kind in ("Connection", "Where")} if letter == "n" else set()
    for made in schema_of(sight(LETTERS[letter])).type_map.values():
        if isinstance(made, Composite):
            for name, field in made.fields.items():
                of = [
                    get_named_type(field.type).name,
                    *(get_named_type(a.type).name for a in getattr(field, "args", {}).values()),
                ]
                left = {re.sub(r"(Connection|Where|ListFilter|Order)$", "", one) for one in of if one not in counted}
                assert not left & hidden, (made, name)


@every_sight
def test_of_what_is_hidden_the_server_says_what_it_says_of_what_never_was(seen: Sight) -> None:
    schema = schema_of(seen)
    known = _names(schema)
    count = 0
    for asked, unknown in _hidden(schema):
        said, of_none = (
            [_bare(error.message) for error in validate(schema, parse(document))] for document in (asked, unknown)
        )
        assert said, asked
        assert said == [message.replace("Zyxwv", _HIDDEN_NAME.search(asked)[1]) for message in of_none], asked  # type: ignore[index]
        for error in validate(schema, parse(asked)):
            _, _, suggested = error.message.partition("Did you mean")
            assert {*re.findall(r"'([\w.]+)'", suggested)} <= known, error.message
        count += 1
    assert bool(count) is (seen != sight("admin"))


_HIDDEN_NAME: Final = re.compile(r"#(\w+)")


def _hidden(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """For each name that a schema hides: a document that uses it, and one that uses a name that never was."""
    for name, made in whole().type_map.items():
        own = schema.type_map.get(name)
        if own is None:
            yield _pair(f"query ($v: {_X}) {{ __typename }}", name)
        elif isinstance(made, GraphQLObjectType) and isinstance(own, GraphQLObjectType):
            yield from _hidden_of(made, own)
        elif isinstance(made, GraphQLEnumType) and isinstance(own, GraphQLEnumType):
            for value in made.values.keys() - own.values.keys():
                yield _pair(f"query ($v: {name} = {_X}) {{ __typename }}", value)
        elif isinstance(made, GraphQLInputObjectType) and isinstance(own, GraphQLInputObjectType):
            for field in made.fields.keys() - own.fields.keys():
                yield _pair(f"query ($v: {name} = {{{_X}: {{}}}}) {{ __typename }}", field)


def _hidden_of(made: GraphQLObjectType, own: GraphQLObjectType) -> Iterator[tuple[str, str]]:
    """The same for an object's fields and their arguments."""
    for field, told in made.fields.items():
        if field not in own.fields:
            yield _pair(f"fragment F on {made.name} {{ {_X} }} query {{ __typename }}", field)
            continue
        for argument in told.args.keys() - own.fields[field].args.keys():
            yield _pair(f"fragment F on {made.name} {{ {field}({_X}: 1) }} query {{ __typename }}", argument)


_X: Final = "@@"


def _pair(template: str, name: str) -> tuple[str, str]:
    return f"{template.replace(_X, name)} #{name}", template.replace(_X, "Zyxwv")


def _bare(message: str) -> str:
    """An error without what it found and suggests, which graphql-core says one of."""
    return re.split(r", found: | Did you mean ", message)[0].rstrip(".")


def _names(schema: GraphQLSchema) -> set[str]:
    found = {*schema.type_map}
    for made in schema.type_map.values():
        if isinstance(made, GraphQLEnumType):
            found |= {*made.values}
        elif isinstance(made, Composite):
            found |= {*made.fields}
            for field in made.fields.values():
                found |= {*getattr(field, "args", {})}
    return found


@every_sight
def test_no_description_names_what_is_hidden(seen: Sight) -> None:
    sdl = schemas().of(seen).as_str()
    hidden = _names(whole()) - _names(schema_of(seen))
    told = re.findall(r'"""(.*?)"""', sdl, re.DOTALL)
    quoted = {word for text in told for code in re.findall(r"`([^`]+)`", text) for word in re.findall(r"\w+", code)}
    assert quoted & hidden == set()
    counted = {*COUNTED} if seen.role is Role.ANALYST else set()
    types = {name for name in hidden - counted if re.search(r"[a-z][A-Z]", name)}
    assert {word for text in told for word in re.findall(r"\w+", text)} & types == set()


def test_names_that_a_statement_uses_are_no_two_things_in_any_case() -> None:
    # Of two things of one name a scoped statement would read the wrong one.
    model = build_model()
    names = [*(made.__table__.name for made in tables()), *{**SETS, **SCHOOL_SETS}, *model.shared]
    lower = sorted(name.lower() for name in names)
    assert [one for one, other in pairwise(lower) if one == other] == []


def test_every_table_that_the_model_reads_is_one_that_the_scope_knows() -> None:
    # A name after a schema's would be read whole; only `{all}` says so, and says it openly.
    model = build_model()
    known = {made.__table__.name for made in tables()} | {*model.shared}
    texts = [shared.sql for shared in model.shared.values()]
    for entity in model.entities.values():
        for member in (*entity.members, *(entity.told.members if entity.told else ())):
            texts += _texts(member)
    read = {name for text in texts for name in re.findall(r"(?:FROM|JOIN) (?:\{all\})?(\w[\w.]*)", text)}
    assert read <= known | {"own_pupil", "noise_secret"}
    assert {name for text in texts for name in re.findall(r"\{all\}(\w+)", text)} <= {"school_enrollment"}


def _texts(member: object) -> Iterator[str]:
    for name in ("sql", "rows", "tables"):
        yield str(getattr(member, name, None) or "")
    for inner in member.values if isinstance(member, Embedded) else ():
        yield from _texts(inner)


async def test_nobody_is_answered_without_a_scope(small_city: SmallCity) -> None:
    database = await Database.open(Address.parse(small_city.url), readers=1)
    for role in ("head", "teacher", "integrator"):
        async with database.snapshot() as reader:
            asked = schemas().of(sight(role)).execute("{ students { totalCount } }", context_value=GraphContext(reader))
            answer = await asked
        assert answer.data is None
        assert answer.errors
    await database.close()
