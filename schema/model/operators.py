"""What a `where` can ask of a value, by how the value is written."""

from collections.abc import Mapping
from typing import Final

from schema.model.entities import Scalar

EQUALITY: Final = ("equals", "in", "notIn")
ORDER: Final = ("lt", "lte", "gt", "gte")
TEXT: Final = ("contains", "startsWith", "endsWith")
IS_NULL: Final = "isNull"
LISTS: Final = ("in", "notIn")

OPERATORS: Final[Mapping[Scalar, tuple[str, ...]]] = {
    Scalar.ID: EQUALITY,
    Scalar.STRING: (*EQUALITY, *ORDER, *TEXT, IS_NULL),
    Scalar.INT: (*EQUALITY, *ORDER, IS_NULL),
    Scalar.FLOAT: (*EQUALITY, *ORDER, IS_NULL),
    Scalar.BOOLEAN: ("equals", IS_NULL),
    Scalar.DATE: (*EQUALITY, *ORDER, IS_NULL),
    Scalar.DATETIME: (*EQUALITY, *ORDER, IS_NULL),
    Scalar.ENUM: (*EQUALITY, IS_NULL),
}

DESCRIPTIONS: Final[Mapping[str, str]] = {
    "equals": "Is this value.",
    "in": "Is one of these values; of none, nothing is.",
    "notIn": "Is none of these values; of none, every value is.",
    "lt": "Comes before this value.",
    "lte": "Comes before this value, or is it.",
    "gt": "Comes after this value.",
    "gte": "Comes after this value, or is it.",
    "contains": "Holds this text; a-z and A-Z are alike.",
    "startsWith": "Begins with this text; a-z and A-Z are alike.",
    "endsWith": "Ends with this text; a-z and A-Z are alike.",
    "isNull": "Is null (true), or is not (false).",
}
