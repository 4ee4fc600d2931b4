"""Values that no client should send, by the type of the argument."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

_MEGABYTE: Final = 1_000_000

TEXTS: Final[Sequence[str]] = (
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "\udfff\ud800",
    "'",
    '"',
    "' OR '1'='1",
    "'; DROP TABLE student; --",
    "\\",
    "%",
    "_",
    "$1",
    "?1",
    "{row}",
    "{0}",
    "\n\r\t\b\x1b\x7f",
    "\u2028\ufeff\ufffe",
    "\U0001f600",
    "ﷺ" * 500,
    "x" * _MEGABYTE,
)

CURSORS: Final[Sequence[str]] = (
    *TEXTS,
    "5B5D",
    "7B7D",
    "6E756C6C",
    "FF",
    "5B" * 2000,
    "5B2253747564656E743A6964222C315D",  # ["Student:id",1]
    "5B2253747564656E743A6964222C312E355D",  # ["Student:id",1.5]
    "5B2253747564656E743A6964222C3165333030305D",  # ["Student:id",1e3000]
    "5B2253747564656E743A6964222C747275655D",  # ["Student:id",true]
    "5B2253747564656E743A6964222C393939393939393939393939393939393939395D",  # ["Student:id",9999999999999999999]
    "5B225363686F6F6C3A636F64652C6964222C225C7530303030222C315D",  # ["School:code,id","\u0000",1]
    "5B225363686F6F6C3A636F64652C6964222C225C7564383030222C315D",  # ["School:code,id","\ud800",1]
    "<cursor Query.nothing 1>",
)

IDS: Final[Sequence[str]] = (
    *TEXTS,
    "Student",
    "Student:",
    "Student:0",
    "Student:-1",
    "Student:01",
    "Student:1 ",
    "Student:1\n",
    "Student:\u0661",
    "student:1",
    "Student:1:1",
    "Student:9223372036854775807",
    "Student:9223372036854775808",
    "Student:99999999999999999999999",
    "TermResult:1",
    "StudentSensitive:1",
    "StudentYear:1",
    "Query:1",
    "A" * 64 + ":1",
)

NUMBERS: Final[Sequence[Any]] = (-1, -(2**31), 2**31 - 1, 2**31, -(2**31) - 1, 2**63, -(2**63), 10**400, 1.5, True, "1")

DATES: Final[Sequence[str]] = (*TEXTS, "2016-02-30", "0000-01-01", "9999-12-31", "infinity", "2016-01-01T00:00:00")

MOMENTS: Final[Sequence[Any]] = (
    *DATES,
    "2016-10-01T01:02:03",
    "2016-10-01T01:02:03.004Z",
    "2016-10-01T01:02:03.0045Z",
    "2016-10-01T01:02:03,004000+00:00",
    "20161001T010203.004Z",
    "2016-10-01T24:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.9999Z",
    "9999-12-31T23:59:59-23:59",
    "2016-10-01T01:02:60Z",
    "2016-10-01T01:02:03+24:00",
    1475283723,
    1.5,
    True,
)

FLOATS: Final[Sequence[Any]] = (
    *NUMBERS,
    -0.0,
    5e-324,
    1.7976931348623157e308,
    0.1 + 0.2,
    2**53 + 1,
    float("inf"),
    float("-inf"),
    float("nan"),
)

JSON: Final[Sequence[Any]] = (
    *(
        "",
        "x",
        "\0",
        "\ud800",
        "MALE",
        "2016-02-30",
        "2005-01-01",
        "20050101",
        "2016-10-01T01:02:03",
        "2016-10-01T01:02:03Z",
    ),
    *(0, 1, -1, 2, 2**31, 2**63 - 1, 2**63, 10**400, 0.5, -0.0, 1e300, float("inf"), float("nan"), 3.62),
    *(True, False, [], [1], {}, {"a": 1}),
)
"""What a cursor could hold where a value stands."""

BY_TYPE: Final[Mapping[str, Sequence[Any]]] = {
    "String": TEXTS,
    "ID": IDS,
    "Int": NUMBERS,
    "Date": DATES,
    "DateTime": MOMENTS,
    "Float": FLOATS,
    "Boolean": (None, 0, 1, "true", ""),
    **dict.fromkeys(
        ("GradeEventKind", "IdentifierKind", "Sex", "Stage"), (*TEXTS, 1, "male", "national_id", "primary")
    ),
}
