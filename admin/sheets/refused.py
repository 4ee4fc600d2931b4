"""Why a whole file is not read."""


class SheetRefused(Exception):  # noqa: N818 - what is refused is named, as a broken rule is
    """A file that cannot be taken, with what to do about it in English and in Thai; `code` is for programs."""

    def __init__(self, code: str, message: str, message_th: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.message_th = message_th
