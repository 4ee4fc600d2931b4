"""How a Strawberry type is made of fields: the same for objects and for inputs."""

from collections.abc import Iterable
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.field import StrawberryField

Namespace = dict[str, Any]
"""Classes by the name of their type; types refer to one another by name, so their order does not matter."""


class InputTypes:
    """Input types in the making, by name; all of a name's fields are given at once, whenever that is."""

    def __init__(self) -> None:
        """With none yet."""
        self.namespace: Namespace = {}

    def announce(self, name: str) -> None:
        """Let others refer to a type before it is made."""
        self.namespace[name] = type(name, (), {})

    def field(self, name: str, annotation: Any, description: str) -> StrawberryField:  # noqa: ANN401 - a type, or its name
        """A field that may be left out, unless its type is named without ``| None``."""
        required = isinstance(annotation, str) and not annotation.endswith("| None")
        return StrawberryField(
            # Some names are Python's own: `in`.
            python_name=f"{name}_",
            graphql_name=name,
            type_annotation=StrawberryAnnotation(annotation, namespace=self.namespace),
            description=description,
            **({} if required else {"default": strawberry.UNSET}),
        )

    def add(self, name: str, fields: Iterable[StrawberryField], description: str, *, one_of: bool = False) -> None:
        """Make an announced type; ``one_of``: just one of its fields may be given."""
        strawberry.input(filled(self.namespace[name], fields), name=name, description=description, one_of=one_of)


def filled(bare: type, fields: Iterable[StrawberryField]) -> type:
    """The class with these fields."""
    bare.__annotations__ = {}
    for made in fields:
        setattr(bare, str(made.python_name), made)
        bare.__annotations__[str(made.python_name)] = made.type_annotation.annotation if made.type_annotation else Any
    return bare
