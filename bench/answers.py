"""Answers are compared before anything is timed: parsed, numbers as decimals (75, 75.0 and 75.00 are one)."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


class UnequalAnswersError(Exception):
    """Two servers answer one workload differently."""


def parsed(body: bytes) -> Any:  # noqa: ANN401 - any JSON
    """An answer as Python values."""
    return json.loads(body, parse_float=Decimal, parse_int=Decimal)


def check_equal(workload: str, bodies: Mapping[str, bytes]) -> None:
    """Raise UnequalAnswersError unless all bodies hold the same data, and no errors."""
    values = {name: parsed(body) for name, body in bodies.items()}
    reference, expected = next(iter(values.items()))
    for name, value in values.items():
        if "errors" in value or "data" not in value:
            raise UnequalAnswersError(f"{workload}: {name} answers with errors: {str(value)[:2000]}")
        if value["data"] != expected["data"]:
            raise UnequalAnswersError(
                f"{workload}: {name} and {reference} differ {_difference(value['data'], expected['data'], 'data')}"
            )


def _difference(one: Any, other: Any, path: str) -> str:  # noqa: ANN401 - any JSON
    """Where two values differ first."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return next(_difference(one[key], other[key], f"{path}.{key}") for key in one if one[key] != other[key])
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return next(_difference(a, b, f"{path}[{place}]") for place, (a, b) in pairs if a != b)
    return f"at {path}: {str(one)[:200]} and {str(other)[:200]}"
