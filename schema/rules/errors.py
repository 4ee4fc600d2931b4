"""The one base of every refusal by a rule."""

from typing import ClassVar


class RuleViolation(Exception):  # noqa: N818 - a broken rule is named for what it is; every subclass names its rule
    """A rule of the domain refuses a value or a step.

    `code` is stable and meant for programs; `message` says what is wrong and what to do about it, and `message_th` the
    same in Thai where administrators meet the rule; elsewhere it is the English one.
    """

    code: ClassVar[str] = "RULE_VIOLATION"

    def __init__(self, message: str, message_th: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.message_th = message_th or message
