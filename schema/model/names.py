"""Names: from the database's snake case to GraphQL's camel case, and to that of its enumerations."""

import re


def camel(name: str) -> str:
    """``academic_year`` as ``academicYear``."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def screaming(name: str) -> str:
    """``academicYear`` as ``ACADEMIC_YEAR``."""
    return snake(name).upper()


def snake(name: str) -> str:
    """``academicYear`` as ``academic_year``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
