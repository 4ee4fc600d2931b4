"""From a selection of figures to what is summed up, where no row may be told of: small groups are hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from graphql import FieldNode

from schema.compiler.plan import Aggregate, Guarded, Leaf, Mean, Object, Output, Part, TypeName
from schema.compiler.predicates import Predicate
from schema.compiler.rows import Term
from schema.compiler.selection import Selected
from schema.compiler.summing import Summing
from schema.model.entities import Entity, Scalar, ToOne, Value
from schema.model.summaries import COUNT, COUNT_DISTINCT, Family

_SUMMED = "summed"
_SUPPRESSED, _PUPILS = "suppressed", "pupils"


@dataclass(slots=True)
class Guarding(Summing):
    """Plans the figures of a connection of which there are figures alone.

    ``level`` has all its rows, ``where`` holds of those that are asked for.
    """

    where: Predicate | None = None
    means: dict[str, Mean] = field(default_factory=dict)

    def part(self, selected: Selected) -> Part:
        """The plan of a part of the connection."""
        if selected.name == "aggregate":
            return self.aggregate(selected)
        if selected.name == "groups":
            return self.groups(selected)
        if selected.name == "__typename":
            return TypeName(f"{self.entity.name}Connection")
        if selected.name not in ("totalCount", _SUPPRESSED):
            msg = f"{self.entity.name} has figures alone, no {selected.name}"
            raise TypeError(msg)
        leaf = _hidden(_SUMMED) if selected.name == _SUPPRESSED else _told(COUNT, _SUMMED)
        return Aggregate(self._sums(()), leaf)

    def _sums(self, by: tuple[str, ...]) -> Guarded:
        access = self.entity.access
        if access is None or access.pupil is None:
            msg = f"{self.entity.name} does not say whom its rows are about"
            raise TypeError(msg)
        pupil = self._column("pupil", Term(access.pupil, self.row))
        asked = None if self.where is None else self._column("asked", self.where)
        # What `totalCount`, `suppressed` and `aggregate` tell of the same rows is summed up once.
        path = self.path if by else f"{self.level.path}.figures"
        level = replace(self.level, path=path, joins=tuple(self.draft.joins.values()))
        return Guarded(level, tuple(self.columns.values()), by, pupil, asked, tuple(self.means.values()))

    def _members(
        self,
        type_name: str,
        nodes: Sequence[FieldNode],
        stands: str,
        by: Mapping[str, str] | None = None,
    ) -> tuple[tuple[str, Output], ...]:
        members: list[tuple[str, Output]] = []
        for one in self.builder.selection.fields(type_name, nodes):
            made: Output
            if one.name == "__typename":
                made = TypeName(type_name)
            elif one.name == COUNT:
                made = _told(COUNT, stands)
            elif one.name == _SUPPRESSED:
                made = _hidden(stands)
            elif one.name == COUNT_DISTINCT:
                made = self._pupils(one, stands)
            elif one.name == "key" and by is not None:
                made = self._key_object(one, by)
            else:
                made, _ = self._means(self.entity, self.row, one, stands, ())
            members.append((one.key, made))
        return tuple(members)

    def _pupils(self, selected: Selected, stands: str) -> Object:
        type_name = f"{self.entity.name}{Family.DISTINCT}"
        return Object(
            tuple(
                (one.key, TypeName(type_name) if one.name == "__typename" else _told(_PUPILS, stands))
                for one in self.builder.selection.fields(type_name, selected.nodes)
            )
        )

    def _means(
        self, entity: Entity, row: str, selected: Selected, stands: str, path: tuple[str, ...]
    ) -> tuple[Object, list[Mean]]:
        """The object of means of an entity's numbers, and those it has, what is inside it included."""
        type_name = f"{entity.name}{Family.NUMBERS}"
        members: list[tuple[str, Output | None]] = []
        means: list[Mean] = []
        for one in self.builder.selection.fields(type_name, selected.nodes):
            made: Output | None
            if one.name == "__typename":
                made = TypeName(type_name)
            elif one.name == _SUPPRESSED:
                made = None
            elif isinstance(member := entity.by_name[one.name], ToOne):
                target = self.builder.model.entities[member.target]
                made, inner = self._means(target, self.follow(member, row), one, stands, (*path, one.name))
                means += inner
            else:
                mean = self._mean(member, row, ".".join((*path, one.name)))
                means.append(mean)
                made = Leaf(f"{{row}}.{mean.name}", Scalar.FLOAT, nullable=True, row=stands)
            members.append((one.key, made))
        hidden = _hidden(stands, means)
        return Object(tuple((key, hidden if made is None else made) for key, made in members)), means

    def _mean(self, member: object, row: str, path: str) -> Mean:
        counting = self.entity.counted
        if not isinstance(member, Value) or member.scale is None or counting is None or path not in counting.measures:
            msg = f"{self.entity.name}: {path} is no measure"
            raise TypeError(msg)
        known = self.means.get(path)
        if known is None:
            column = self._column(member.name, self._term(member, row), member.scale)
            known = Mean(f"mean_{len(self.means) + 1}", column, member.scale, counting.measures[path])
            self.means[path] = known
        return known


def _told(column: str, stands: str) -> Leaf:
    return Leaf(f"{{row}}.{column}", Scalar.INT, nullable=True, row=stands)


def _hidden(stands: str, means: Sequence[Mean] = ()) -> Leaf:
    """Whether the group is hidden, or one of the means is."""
    names = [_SUPPRESSED, *(mean.hidden for mean in means)]
    # Where there is no row at all, nobody is counted.
    sql = reduce(lambda before, name: f"{before} OR {{row}}.{name}", names[1:], f"{{row}}.{names[0]}")
    return Leaf(f"coalesce({sql}, 1 = 1)", Scalar.BOOLEAN, nullable=False, row=stands)
