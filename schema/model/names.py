"""Names: from the database's snake case to GraphQL's camel case."""


def camel(name: str) -> str:
    """``academic_year`` as ``academicYear``."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
