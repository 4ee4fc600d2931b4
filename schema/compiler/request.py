"""What is asked, while it is being read: by which model, the fields whose arguments are bound, the parameters."""

from collections.abc import Callable, Mapping
from typing import Any

from schema.compiler import operands, parameters
from schema.compiler.operands import Path
from schema.compiler.parameters import FIRST_YEAR, LAST_YEAR, Arguments, Limits, Parameter, Slot, given
from schema.compiler.reading import Value as ParameterValue
from schema.compiler.rows import Year
from schema.compiler.selection import Selected, Selection
from schema.model.entities import Entity, Member, Model
from schema.model.personal import is_personal
from schema.model.summaries import Summaries
from schema.tables.columns import Years


class Request:
    """What a root field asks for, as far as it is read: ``slots``, ``parameters`` and ``personal`` fill as it goes."""

    def __init__(self, model: Model, selection: Selection, limits: Limits) -> None:
        """``limits`` are the page sizes allowed."""
        self.model = model
        self.summaries = Summaries(model)
        self.selection = selection
        self.limits = limits
        self.slots: list[Slot] = []
        self.parameters: list[Parameter] = []
        self.personal: set[str] = set()

    def slot(self, selected: Selected) -> int:
        """Register a field whose arguments will be bound."""
        if selected.definition is None:
            msg = f"{selected.name} has no definition"
            raise LookupError(msg)
        self.slots.append(Slot.of(selected.definition, selected.node, self.selection.variables))
        return len(self.slots) - 1

    def now(self, slot: int) -> Arguments:
        """The arguments of a slot in the request being planned; only their presence may shape the plan."""
        return self.slots[slot].arguments(self.selection.variables)

    def parameter(self, slot: int, name: str, sql_type: str, read: Callable[[Arguments], ParameterValue]) -> Parameter:
        """Register a parameter; it is checked at each request, whether or not the statement comes to need it."""
        made = Parameter(slot, name, sql_type, read)
        self.parameters.append(made)
        return made

    def note(self, entity: Entity, member: Member) -> None:
        """Note that a member of a row is read, to be shown or to decide what is shown."""
        if is_personal(entity, member, self.model):
            self.personal.add(f"{entity.name}.{member.name}")

    def year(self, path: str, slot: int, years: Years | None) -> Year | None:
        """The school year that a field is asked for; None: all of them."""
        if years is None:
            return None
        if given(self.now(slot), "year") is None:
            return Year.default(years)
        read = parameters.whole(path, "year", None, FIRST_YEAR, LAST_YEAR)
        return Year(self.parameter(slot, "year", "integer", read))

    def year_in(self, slot: int, path: str, keys: Path, asked: Mapping[str, Any], years: Years | None) -> Year | None:
        """The school year that a part of an argument asks for, which stands at ``keys``; None: all of them."""
        if years is None or asked.get("year") is None:
            return Year.default(years)
        own = (*keys, "year")
        read = operands.read_year(path, own)
        return Year(self.parameter(slot, ".".join(map(str, own)), "integer", read))
