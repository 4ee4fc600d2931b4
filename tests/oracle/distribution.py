"""How results are spread over the codes, counted one by one."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from schema.rules.exact import round_half_up
from tests.oracle.rows import Rows, Values


def of_grades(rows: Rows, grades: Sequence[Values]) -> dict[str, Any]:
    """The distribution of some grades."""
    given = [grade["code_id"] for grade in grades if grade["code_id"] is not None]
    return {
        "registered": len(grades),
        "suppressed": False,
        "graded": len(given),
        "withoutResult": len(grades) - len(given),
        "codes": [
            {
                "code": code["id"],
                "suppressed": False,
                "count": given.count(code["id"]),
                "share": float(round_half_up(Fraction(given.count(code["id"]), len(given)))) if given else None,
            }
            for code in sorted(rows["grade_code"], key=lambda code: int(code["ordinal"]))
        ],
    }
