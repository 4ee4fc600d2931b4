"""What is computed of a table's rows, by the table's class."""

from collections.abc import Mapping
from typing import Final

from schema.model import distribution, figures, risk
from schema.model.entities import Member

COMPUTED: Final[Mapping[str, tuple[Member, ...]]] = {
    **figures.COMPUTED,
    "Student": (*figures.COMPUTED["Student"], risk.RISK),
    "Subject": (distribution.OF_SUBJECT,),
    "Section": (distribution.OF_SECTION,),
}

TOLD: Final[Mapping[str, tuple[Member, ...]]] = {
    "Subject": (distribution.TOLD_OF_SUBJECT,),
    "Section": (distribution.TOLD_OF_SECTION,),
}
"""What stands in place of it for who reads no records, but figures of them."""
