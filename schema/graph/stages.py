"""The stages of an operation that extensions take part in, at less cost for each request.

Strawberry looks at every hook of every extension anew for every request. Here that is done once a class, and a stage in
which no extension takes part costs nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial
from inspect import isgeneratorfunction
from types import TracebackType

from strawberry.extensions import SchemaExtension
from strawberry.extensions.context import (
    ExecutingContextManager,
    ExtensionContextManagerBase,
    OperationContextManager,
    ParsingContextManager,
    ValidationContextManager,
    WrappedHook,
)
from strawberry.extensions.runner import SchemaExtensionsRunner


@cache
def _manager(hook: Callable[..., Iterator[None]]) -> Callable[..., AbstractContextManager[None]]:
    return contextmanager(hook)


class _Stage(ExtensionContextManagerBase):
    def get_hook(self, extension: SchemaExtension) -> WrappedHook | None:
        hook = getattr(type(extension), self.HOOK_NAME)
        if hook is self.default_hook:
            return None
        if not isgeneratorfunction(hook):
            return super().get_hook(extension)
        return WrappedHook(extension=extension, hook=partial(_manager(hook), extension), is_async=False)

    async def __aenter__(self) -> None:
        if self.hooks:
            await super().__aenter__()

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        if self.hooks:
            await super().__aexit__(exc_type, exc_val, exc_tb)


class _Operation(_Stage, OperationContextManager):
    pass


class _Parsing(_Stage, ParsingContextManager):
    pass


class _Validation(_Stage, ValidationContextManager):
    pass


class _Executing(_Stage, ExecutingContextManager):
    pass


class StagesRunner(SchemaExtensionsRunner):
    """Strawberry's runner of extensions, with stages that remember."""

    def operation(self) -> OperationContextManager:
        """All of an operation."""
        return _Operation(self.extensions)

    def parsing(self) -> ParsingContextManager:
        """Its parsing."""
        return _Parsing(self.extensions)

    def validation(self) -> ValidationContextManager:
        """Its validation."""
        return _Validation(self.extensions)

    def executing(self) -> ExecutingContextManager:
        """Its execution."""
        return _Executing(self.extensions)
