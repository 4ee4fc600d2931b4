"""From a plan to a statement: how SQL says it."""

from dataclasses import dataclass
from typing import Final

from schema.compiler.dialects import WRITERS
from schema.compiler.parameters import Parameter
from schema.compiler.plan import Plan, Several, Single
from schema.compiler.reading import Dialect
from schema.compiler.scoping import ScopeWriter, shown_in
from schema.compiler.scribe import Scribe
from schema.model.entities import Model
from schema.policy import Reach

LONGEST_KEPT: Final = 64 * 1024
"""Characters of statements worth keeping: memory is bounded by size, not by number alone."""


@dataclass(frozen=True, slots=True)
class Statement:
    """The text, its parameters in the order of their numbers, and whether its answer is marked with pupils."""

    sql: str
    parameters: tuple[Parameter, ...]
    is_marked: bool = False


def write(plan: Plan, model: Model, dialect: Dialect, reach: Reach = Reach.ALL, *, marks: bool = False) -> Statement:
    """The statement of a plan: one row, one column, the answer's JSON as bytes, or NULL.

    It reads the rows that an identity of this ``reach`` may read. With ``marks`` each object that stands for a pupil's
    record begins with a mark that `schema.compiler.marks` takes out.
    """
    writer = WRITERS[dialect]
    real = "" if reach is Reach.ALL else writer.real
    scribe = Scribe(model, writer, shown_in(reach), marks=marks, real=real)
    for name, parameter in plan.arguments:
        scribe.share(name, parameter)
    if isinstance(plan.root, Single):
        query = scribe.single(plan.root)
    elif isinstance(plan.root, Several):
        query = scribe.several(plan.root)
    else:
        query = scribe.listed(plan.root, plan.guard)
    ctes, parameters = scribe.ctes(), list(scribe.parameters)
    scoped = ScopeWriter(scribe.writer, reach, parameters).ctes("\n".join((*ctes, query)))
    told = f"WITH {', '.join((*scoped, *ctes))}\n" if scoped or ctes else ""
    return Statement(told + query, tuple(parameters), scribe.has_marked)
