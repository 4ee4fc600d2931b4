"""The model as it is where not all rows are read: what a row refers to may be out of reach, and so missing."""

from dataclasses import replace

from schema.model import risk
from schema.model.entities import Entity, Member, Model, Step, ToMany, ToOne
from schema.policy import Reach
from schema.tables import tables
from schema.tables.declaration import Kind


def within(model: Model, reach: Reach) -> Model:
    """The model for a reach: what may lead out of it is joined outer and nullable; what is not told whole is null."""
    if reach is Reach.ALL:
        return model
    # Reference data are shown wherever a row in reach refers to them.
    records = [model for model in tables() if model.about.kind is not Kind.REFERENCE]
    limited = {m.__table__.name for m in records if m.about.access is None or m.about.access.rows.of(reach)}
    entities = {name: _entity(entity, limited) for name, entity in model.entities.items()}
    return replace(model, entities=entities)


def _entity(entity: Entity, limited: set[str]) -> Entity:
    return replace(entity, members=tuple(_member(member, limited) for member in entity.members))


def _member(member: Member, limited: set[str]) -> Member:
    if member is risk.RISK:
        return risk.RISK_IN_SCOPE
    if isinstance(member, ToMany):
        # A row that a link leads to may be out of reach, reference data too: it is looked for where it is only counted.
        return replace(member, source=replace(member.source, link_suffices=False))
    if not isinstance(member, ToOne) or limited.isdisjoint(step.table for step in member.steps):
        return member
    return replace(member, nullable=True, steps=tuple(_step(step, limited) for step in member.steps))


def _step(step: Step, limited: set[str]) -> Step:
    return replace(step, outer=True, limited=True) if step.table in limited else step
