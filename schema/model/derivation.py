"""From the declared tables to the model: no list of fields is written anywhere else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import Boolean, Column, Date, Integer, Numeric, UniqueConstraint

from schema.model import natural_keys
from schema.model.entities import Entity, Member, Model, Scalar, Shared, Source, Step, ToMany, ToOne, Value
from schema.model.names import camel
from schema.privacy import pupils_of
from schema.tables.columns import Years, info_of, sorted_by
from schema.tables.declaration import YEAR, Kind, Link, Row, Shortcut, order_of
from schema.tables.moments import Moment

CURRENT_YEAR = Shared(
    "current_year",
    "SELECT academic_year.id FROM academic_year"
    " WHERE EXISTS (SELECT 1 FROM {all}school_enrollment WHERE school_enrollment.academic_year_id = academic_year.id)"
    " ORDER BY academic_year.be_year DESC LIMIT 1",
)
"""The hub's current year where no setting names one: the latest with enrollments, whoever may read them."""


def derive(
    models: Iterable[type[Row]],
    *,
    computed: Mapping[str, tuple[Member, ...]] | None = None,
    told: Mapping[str, tuple[Member, ...]] | None = None,
    views: Iterable[Entity] = (),
    shared: Iterable[Shared] = (),
) -> Model:
    """The model of the exposed tables, with the ``computed`` members of some, and ``views`` that are no tables.

    ``told`` are members that stand in place of those of their names for who has figures alone.
    """
    exposed = {model.__table__.name: model for model in models if model.about.exposed}
    whole = [_entity(model, exposed, (computed or {}).get(model.__name__, ())) for model in exposed.values()]
    entities = [_with_told(entity, (told or {}).get(entity.name, ())) for entity in whole]
    return Model(
        {entity.name: entity for entity in (*entities, *views)},
        {cte.name: cte for cte in (CURRENT_YEAR, *shared)},
    )


def _entity(model: type[Row], exposed: Mapping[str, type[Row]], computed: tuple[Member, ...]) -> Entity:
    table = model.__table__.name
    is_node = model.about.kind is not Kind.DERIVED
    members: list[Member] = []
    if is_node:
        sql = f"'{model.__name__}:' || {{row}}.id"
        members.append(Value("id", "The object's global id; opaque.", nullable=False, scalar=Scalar.ID, sql=sql))
    for column in model.__table__.columns:
        if column.foreign_keys:
            members.extend(_to_one(column, exposed))
        elif info_of(column).exposed:
            members.append(_value(column))
    members.extend(computed)
    members.extend(_shortcut(model, shortcut, exposed) for shortcut in model.about.shortcuts)
    for other in exposed.values():
        members.extend(_reverses(other, table))
        members.extend(_shortcut_reverses(other, table, exposed))
        members.extend(_links(other, table, exposed))
    return Entity(
        name=model.__name__,
        table=table,
        description=_describe(model),
        members=tuple(members),
        is_node=is_node,
        is_few=model.about.kind is Kind.REFERENCE,
        plural=model.about.plural,
        root=Source(table, _order(model)),
        lookups=tuple(natural_keys.lookups(model, exposed)),
        access=model.about.access,
        pupils=pupils_of(model.__table__),
    )


def _with_told(entity: Entity, told: tuple[Member, ...]) -> Entity:
    if not told:
        return entity
    in_place = {member.name: member for member in told}
    members = tuple(in_place.get(member.name, member) for member in entity.members)
    return replace(entity, told=replace(entity, members=members))


def _describe(model: type[Row]) -> str:
    text = f"{(model.__doc__ or '').strip()}\n\nThai: {model.about.label_th}."
    return f"{text} OneRoster: {model.about.one_roster}." if model.about.one_roster else text


def _labelled(description: str, label_th: str) -> str:
    return f"{description} Thai: {label_th}."


def _value(column: Column[object]) -> Value:
    info, key = info_of(column), sorted_by(column)
    return Value(
        name=info.called or camel(column.name),
        description=_labelled(info.description, info.label_th),
        nullable=bool(column.nullable),
        scalar=scalar_of(column),
        sql=f"{{row}}.{column.name}",
        choices=info.choices,
        scale=_scale(column),
        sorted_by=f"{{row}}.{key}" if key else None,
    )


def _scale(column: Column[object]) -> int | None:
    """By what a column's numbers are multiplied to be whole."""
    step = info_of(column).step
    if step is not None:
        return int(1 / step)
    return 1 if scalar_of(column) is Scalar.INT else None


def scalar_of(column: Column[object]) -> Scalar:
    """How a column's values are written as JSON."""
    if info_of(column).choices is not None:
        return Scalar.ENUM
    kinds = ((Moment, Scalar.DATETIME), (Boolean, Scalar.BOOLEAN), (Date, Scalar.DATE), (Integer, Scalar.INT))
    for sa_type, scalar in (*kinds, (Numeric, Scalar.FLOAT)):
        if isinstance(column.type, sa_type):
            return scalar
    return Scalar.STRING


def _to_one(column: Column[object], exposed: Mapping[str, type[Row]]) -> Iterator[ToOne]:
    info = info_of(column)
    target = exposed.get(_referred(column))
    if target is None:
        return
    name = camel(str(info.one))
    yield ToOne(
        name=name,
        description=_labelled(info.description, info.label_th),
        nullable=bool(column.nullable) or target.about.kind is not Kind.REFERENCE,
        target=target.__name__,
        steps=(_step(column, target),),
    )


def _step(column: Column[object], target: type[Row]) -> Step:
    key = f"{{row}}.{column.name}"
    return Step(str(info_of(column).one), target.__table__.name, key, outer=bool(column.nullable))


def _referred(column: Column[object]) -> str:
    """The table that a foreign key column refers to by that table's key."""
    return next(key.column.table.name for key in column.foreign_keys if key.column.name == "id")


def _path(
    model: type[Row], shortcut: Shortcut, exposed: Mapping[str, type[Row]]
) -> Iterator[tuple[Column[object], type[Row]]]:
    """The foreign keys that a shortcut follows, each with the table it leads to."""
    here = model
    for name in shortcut.path:
        column = next(c for c in here.__table__.columns if c.foreign_keys and info_of(c).one == name)
        here = exposed[_referred(column)]
        yield column, here


def _shortcut(model: type[Row], shortcut: Shortcut, exposed: Mapping[str, type[Row]]) -> ToOne:
    path = list(_path(model, shortcut, exposed))
    steps = [_step(column, target) for column, target in path]
    _, here = path[-1]
    return ToOne(
        name=camel(shortcut.name),
        description=_labelled(shortcut.description, shortcut.label_th),
        nullable=any(step.outer for step in steps) or here.about.kind is not Kind.REFERENCE,
        target=here.__name__,
        steps=tuple(steps),
    )


def _reverses(model: type[Row], table: str) -> Iterator[ToMany]:
    """The to-many relations that ``model``'s foreign keys give to ``table``."""
    own = model.__table__.name
    for column in model.__table__.columns:
        info = info_of(column)
        if not column.foreign_keys or info.many is None or _referred(column) != table:
            continue
        yield ToMany(
            name=camel(info.many),
            description=_dated(f"{(model.__doc__ or '').strip()} Thai: {model.about.label_th}.", info.years),
            nullable=False,
            target=model.__name__,
            source=Source(
                table=own,
                order=_order(model),
                parent=f"{{row}}.{column.name}",
                year=f"{{row}}.{YEAR}" if info.years else None,
            ),
            years=info.years,
        )


def _shortcut_reverses(model: type[Row], table: str, exposed: Mapping[str, type[Row]]) -> Iterator[ToMany]:
    """The to-many relations that ``model``'s shortcuts to ``table`` give to it."""
    for shortcut in model.about.shortcuts:
        if shortcut.many is None:
            continue
        (column, middle), (last, target) = _path(model, shortcut, exposed)
        if target.__table__.name != table:
            continue
        yield ToMany(
            name=camel(shortcut.many),
            description=_dated(f"{(model.__doc__ or '').strip()} Thai: {model.about.label_th}.", shortcut.years),
            nullable=False,
            target=model.__name__,
            source=Source(
                table=model.__table__.name,
                order=_order(model),
                link=middle.__table__.name,
                on=f"{{row}}.{column.name} = {{link}}.id",
                parent=f"{{link}}.{last.name}",
                year=f"{{row}}.{YEAR}" if shortcut.years else None,
            ),
            years=shortcut.years,
        )


def _links(model: type[Row], table: str, exposed: Mapping[str, type[Row]]) -> Iterator[ToMany | ToOne]:
    """The relations that ``model`` links from ``table``."""
    for link in model.about.links:
        columns = model.__table__.columns
        target = exposed.get(_referred(columns[link.target]))
        if target is None or _referred(columns[link.source]) != table:
            continue
        yield _link_many(model, link, target) if link.many else _link_one(model, link, target)


def _order(model: type[Row]) -> tuple[str, ...]:
    """The sort keys of the default order, none of which is null."""
    columns = model.__table__.columns
    return tuple(
        f"coalesce({{row}}.{name}, 0)" if columns[name].nullable else f"{{row}}.{name}" for name in order_of(model)
    )


def _link_many(model: type[Row], link: Link, target: type[Row]) -> ToMany:
    dated = "link" if YEAR in model.__table__.columns else "row"
    by_key = order_of(target) == ("id",)
    return ToMany(
        name=link.name,
        description=_dated(_labelled(link.description, link.label_th), link.years),
        nullable=False,
        target=target.__name__,
        source=Source(
            table=target.__table__.name,
            order=(f"{{link}}.{link.target}",) if by_key else _order(target),
            link=model.__table__.name,
            on=f"{{row}}.id = {{link}}.{link.target}",
            parent=f"{{link}}.{link.source}",
            year=f"{{{dated}}}.{YEAR}" if link.years else None,
            condition=_first_of_its_kind(model, link),
            link_suffices=not link.years or dated == "link",
        ),
        years=link.years,
    )


def _first_of_its_kind(model: type[Row], link: Link) -> str | None:
    """The condition by which a row linked more than once is listed once; None where that cannot be."""
    own = model.__table__
    same = [link.source, link.target, *([YEAR] if link.years and YEAR in own.columns else [])]
    for constraint in own.constraints:
        if isinstance(constraint, UniqueConstraint) and {column.name for column in constraint.columns} <= set(same):
            return None
    alike = " AND ".join(f"alike.{name} = {{link}}.{name}" for name in same)
    # The least of them, not NOT EXISTS: PostgreSQL would join all rows of the parent to tell which are the first.
    return f"{{link}}.id = (SELECT min(alike.id) FROM {own.name} AS alike WHERE {alike})"


def _link_one(model: type[Row], link: Link, target: type[Row]) -> ToOne:
    own = model.__table__.name
    latest = (
        f"SELECT {own}.{link.target} FROM {own} WHERE {own}.{link.source} = {{row}}.id"
        f" AND {own}.{YEAR} = {{year}} ORDER BY {own}.entry_on DESC, {own}.id DESC LIMIT 1"
    )
    return ToOne(
        name=link.name,
        description=_dated(_labelled(link.description, link.label_th), link.years),
        nullable=True,
        target=target.__name__,
        steps=(Step(link.name, target.__table__.name, f"({latest})", outer=True),),
        years=link.years,
    )


def _dated(description: str, years: Years | None) -> str:
    return f"{description} Without `year`: {years.value}." if years else description
