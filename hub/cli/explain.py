"""`hub explain`: the SQL of each root field of a query, and the engine's plan."""

NAME = "explain"


def run() -> None:
    """Placeholder"""
