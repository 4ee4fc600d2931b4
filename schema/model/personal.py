"""Personal data in the graph: which members of a type say something of the pupil whose record a row is."""

from schema.model.entities import Entity, Member, Model, Scalar, ToMany, ToOne, Value


def tells_pupil(entity: Entity, member: ToOne | ToMany, target: Entity) -> bool:
    """Whether the pupil of an object of ``entity`` is that of what ``member`` leads to, so that one tells of both."""
    if len(entity.pupils) != 1 or len(target.pupils) != 1:
        return False
    (own,), (other,) = entity.pupils, target.pupils
    if isinstance(member, ToMany):
        return other.table == entity.table and member.source.parent == f"{{row}}.{other.column}"
    return own.table == target.table and [step.key for step in member.steps] == [f"{{row}}.{own.column}"]


def is_personal(entity: Entity, member: Member, model: Model) -> bool:
    """Whether a member says something of the pupil whose record the row is.

    Keys do not, nor lists and records of the same pupil, of which each object tells its own.
    """
    if isinstance(member, ToMany) or not entity.pupils:
        return False
    if isinstance(member, ToOne):
        return not model.entities[member.target].pupils
    return not (isinstance(member, Value) and member.scalar is Scalar.ID)
