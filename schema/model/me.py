"""`me`: who asks. What is known of the identity is bound as it is; its schools and teacher are read like any rows."""

from typing import Final

from schema.model.entities import Entity, Scalar, Source, Step, ToMany, ToOne, Value
from schema.policy import EVERYBODY, Access, Role

TEACHER: Final = "asker_teacher"
"""The name of the parameter that is the key of the identity's teacher."""


def parameter_of(name: str) -> str:
    """The name of the parameter that a value of `me` is."""
    return f"asker_{name}"


def _value(
    name: str,
    description: str,
    scalar: Scalar = Scalar.STRING,
    *,
    nullable: bool = False,
    choices: type[Role] | None = None,
) -> Value:
    sql = f"{{{parameter_of(name)}}}"
    return Value(name, description, nullable=nullable, scalar=scalar, sql=sql, choices=choices)


VALUES: Final = (
    _value("name", "The account's name, or `token` and the token's number."),
    _value("role", "The role.", Scalar.ENUM, choices=Role),
    _value("purpose", "What the reads are for, as the log of reads has it."),
    _value("expiresAt", "When the token ends; null for an account.", Scalar.DATETIME, nullable=True),
    _value("only", "The types and fields that the token is narrowed to; empty if to none.", Scalar.STRINGS),
    _value("without", "The types and fields that are left out of what the token reads.", Scalar.STRINGS),
)

VIEW: Final = Entity(
    name="Me",
    table="me",
    description="Who asks, as the hub knows it: an account, or a token.",
    is_node=False,
    plural="me",
    access=Access(EVERYBODY),
    of_asker=True,
    members=(
        *VALUES,
        ToMany(
            "schools",
            "The schools in scope. Thai: โรงเรียน.",
            nullable=False,
            target="School",
            source=Source("school", ("{row}.code",)),
        ),
        ToOne(
            "teacher",
            "The teacher whose account or token it is; null where it is nobody's, or the teacher has no post."
            " Thai: ครู.",
            nullable=True,
            target="Teacher",
            steps=(Step("teacher", "teacher", f"{{{TEACHER}}}", outer=True),),
        ),
    ),
)
