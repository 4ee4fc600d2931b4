"""How a statement is laid out, so that a person can read it: a clause a line where one line is not enough."""

from collections.abc import Sequence

_WIDEST = 100
"""Characters that a query may have to stand on one line."""


def query(  # noqa: PLR0913 - the clauses of a query
    selected: Sequence[str],
    source: Sequence[str] = (),
    where: Sequence[str] = (),
    *,
    group: str = "",
    order: str = "",
    limit: str = "",
) -> str:
    """A query: ``source`` is a table and the joins that follow it, ``where`` holds all together."""
    clauses = [
        _clause("SELECT ", selected, ",\n  "),
        _clause("FROM ", source, "\n  "),
        _clause("WHERE ", where, "\n  AND "),
        *(f"{word} {text}" for word, text in (("GROUP BY", group), ("ORDER BY", order), ("LIMIT", limit)) if text),
    ]
    told = [clause for clause in clauses if clause]
    short = " ".join(told)
    return short if "\n" not in short and len(short) <= _WIDEST else "\n".join(told)


def nested(sql: str) -> str:
    """A query in parentheses, set in if it has several lines."""
    return f"({sql})" if "\n" not in sql else f"(\n{indented(sql)}\n)"


def indented(sql: str) -> str:
    """Lines set in."""
    return "  " + sql.replace("\n", "\n  ")


def _clause(word: str, parts: Sequence[str], between: str) -> str:
    if not parts:
        return ""
    told = word + between.replace("\n  ", " ").join(parts)
    if "\n" not in told and len(told) <= _WIDEST:
        return told
    return word + between.join(part.replace("\n", "\n  ") for part in parts)
