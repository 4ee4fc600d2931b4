"""What is computed of a table's rows, by the table's class."""

from collections.abc import Mapping
from typing import Final

from schema.model import distribution, figures, risk
from schema.model.entities import Embedded, Member, Scalar, Value

_ACTOR: Final = Embedded(
    "actor",
    "Who made it. Thai: ผู้แก้ไข.",
    nullable=False,
    type_name="Actor",
    type_description="Who made a change.",
    values=(
        Value(
            "username",
            "The name that the account or token had then, or the command line; null where it is not known.",
            nullable=True,
            scalar=Scalar.STRING,
            sql="coalesce({row}.actor_name, {row}.actor_key)",
        ),
    ),
)

COMPUTED: Final[Mapping[str, tuple[Member, ...]]] = {
    **figures.COMPUTED,
    "Student": (*figures.COMPUTED["Student"], risk.RISK),
    "Change": (_ACTOR,),
    "Subject": (distribution.OF_SUBJECT,),
    "Section": (distribution.OF_SECTION,),
}

TOLD: Final[Mapping[str, tuple[Member, ...]]] = {
    "Subject": (distribution.TOLD_OF_SUBJECT,),
    "Section": (distribution.TOLD_OF_SECTION,),
}
"""What stands in place of it for who reads no records, but figures of them."""
